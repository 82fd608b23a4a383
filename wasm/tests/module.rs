//! The classes of the module, from within the module.

#[cfg(not(feature = "sql"))]
use trackstats_wasm::Engine;
#[cfg(feature = "sql")]
use trackstats_wasm::Replica;
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg(not(feature = "sql"))]
#[wasm_bindgen_test]
fn a_store_knows_what_today_is() {
    assert_eq!(
        Engine::new(86_400.0)
            .expect("1970 is in every calendar")
            .today(),
        1
    );
}

#[cfg(feature = "sql")]
#[wasm_bindgen_test]
fn an_empty_copy_answers_no_rows() {
    let mut replica = Replica::new(0.0).unwrap();
    assert_eq!(replica.run("SELECT * FROM metric"), Ok(0));
}

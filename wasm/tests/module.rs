//! The classes of the module, from within the module.

#[cfg(not(feature = "objects"))]
#[cfg(target_arch = "wasm32")]
mod core {
    use trackstats_wasm::Engine;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_new_engine_is_empty_and_knows_no_handle() {
        let mut engine = Engine::new();
        assert!(engine.is_empty());
        assert!(!engine.record_integer(0, 0, 20_000, 1.0));
        assert_ne!(engine.ask_error(), 0);
        assert_eq!(engine.ask_error(), 0);
    }
}

#[cfg(feature = "objects")]
#[cfg(target_arch = "wasm32")]
mod copy {
    #[cfg(feature = "interchange")]
    use trackstats_wasm::Exchange;
    #[cfg(feature = "sql")]
    use trackstats_wasm::Replica;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[cfg(feature = "sql")]
    #[wasm_bindgen_test]
    fn sql_refuses_bytes_that_are_no_snapshot() {
        assert!(Replica::new("UTC".to_owned(), false, &[1, 2, 3]).is_err());
    }

    #[cfg(feature = "interchange")]
    #[wasm_bindgen_test]
    fn an_exchange_refuses_bytes_that_are_no_snapshot() {
        assert!(Exchange::new("UTC".to_owned(), &[1, 2, 3]).is_err());
    }
}

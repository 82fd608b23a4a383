//! What the module exports, from within the module.

#[cfg(not(feature = "objects"))]
#[cfg(target_arch = "wasm32")]
mod core {
    use trackstats_wasm::{ask, free, len, make, record, reply_length};
    use wasm_bindgen_test::wasm_bindgen_test;

    /// As in `questions.ts`.
    const TAKE_ERROR: u8 = 255;

    #[wasm_bindgen_test]
    fn a_new_engine_is_empty_and_knows_no_handle() {
        let engine = make();
        assert!(len(engine) < 1.0);
        assert!(!record(engine, 0, 20_000 << 4, 1.0));
        assert_ne!(ask(engine, TAKE_ERROR), 0);
        assert_ne!(reply_length(engine), 0);
        assert_ne!(ask(engine, TAKE_ERROR), 0);
        assert_eq!(reply_length(engine), 0);
    }

    #[wasm_bindgen_test]
    fn the_number_of_a_freed_engine_is_given_again() {
        let [first, second] = [make(), make()];
        assert_ne!(first, second);
        free(first);
        assert_eq!(make(), first);
        free(u32::MAX);
        assert!(!record(u32::MAX, 0, 0, 1.0));
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
        assert!(Exchange::new("UTC".to_owned(), false, &[1, 2, 3]).is_err());
    }
}

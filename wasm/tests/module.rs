//! The classes of the module, from within the module.

#[cfg(not(any(feature = "sql", feature = "interchange")))]
#[cfg(target_arch = "wasm32")]
mod core {
    use trackstats_wasm::Engine;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_snapshot_restores_a_store() {
        let empty = Engine::new("UTC".to_owned(), false, None).expect("nothing is restored");
        let snapshot = empty.snapshot();
        let restored = Engine::new("UTC".to_owned(), false, Some(snapshot));
        assert!(restored.is_ok_and(|store| store.len() == 0.0));
    }

    #[wasm_bindgen_test]
    fn bytes_that_are_no_snapshot_are_refused() {
        assert!(Engine::new("UTC".to_owned(), false, Some(vec![1, 2, 3])).is_err());
    }
}

#[cfg(any(feature = "sql", feature = "interchange"))]
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

//! Errors on their way to JavaScript.

use trackstats::{Error, ErrorCode};

/// What goes wrong in the library or in the binding: the text of the code, and a text for people.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) code: &'static str,
    pub(crate) text: String,
}

impl Fault {
    pub(crate) fn new(code: ErrorCode, text: impl Into<String>) -> Self {
        Self {
            code: code.as_str(),
            text: text.into(),
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

#[cfg(feature = "objects")]
mod thrown {
    //! Throwing, for the modules that speak in JavaScript's values.

    use trackstats::{Error, ErrorCode};
    use wasm_bindgen::JsValue;

    use super::Fault;

    /// What the methods that throw return.
    pub(crate) type Thrown<T> = Result<T, JsValue>;

    /// A JavaScript `Error` with the code as its name; the TypeScript makes a `TrackstatsError` of it.
    impl From<Fault> for JsValue {
        fn from(fault: Fault) -> Self {
            let thrown = js_sys::Error::new(&fault.text);
            thrown.set_name(fault.code);
            thrown.into()
        }
    }

    /// Turns an error into one to throw.
    pub(crate) trait OrThrow<T> {
        fn or_throw(self) -> Thrown<T>;
    }

    impl<T> OrThrow<T> for Result<T, Error> {
        fn or_throw(self) -> Thrown<T> {
            self.map_err(|error| Fault::from(error).into())
        }
    }

    impl<T> OrThrow<T> for Result<T, serde_wasm_bindgen::Error> {
        fn or_throw(self) -> Thrown<T> {
            self.map_err(|error| Fault::new(ErrorCode::InvalidValue, error.to_string()).into())
        }
    }
}

#[cfg(feature = "objects")]
pub(crate) use thrown::{OrThrow, Thrown};

//! Errors on their way to JavaScript.

use trackstats::Error;
use wasm_bindgen::JsValue;

/// A JavaScript `Error` with the code as its name; the TypeScript makes a `TrackstatsError` of it.
pub(crate) fn thrown(error: &Error) -> JsValue {
    thrown_as(error.code().as_str(), &error.to_string())
}

/// The same for what goes wrong in the binding itself.
pub(crate) fn thrown_as(code: &str, text: &str) -> JsValue {
    let thrown = js_sys::Error::new(text);
    thrown.set_name(code);
    thrown.into()
}

/// What the methods that throw return.
pub(crate) type Thrown<T> = Result<T, JsValue>;

/// Turns the error of the library into one to throw.
pub(crate) trait OrThrow<T> {
    fn or_throw(self) -> Thrown<T>;
}

impl<T> OrThrow<T> for Result<T, Error> {
    fn or_throw(self) -> Thrown<T> {
        self.map_err(|error| thrown(&error))
    }
}

impl<T> OrThrow<T> for Result<T, serde_wasm_bindgen::Error> {
    fn or_throw(self) -> Thrown<T> {
        self.map_err(|error| thrown_as("invalid_value", &error.to_string()))
    }
}

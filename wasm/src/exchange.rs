//! The class `Exchange`: a copy of a store that reads and writes files.
//!
//! It has a module of its own, because the readers and writers of files are larger than all else
//! together. What it reads comes back as changes, so that the store takes all of a file or nothing.

use std::ops::ControlFlow;

use js_sys::Function;
use serde::{Deserialize, Serialize};
use trackstats::{Error, ErrorCode, Export, Import, ImportReport, Progress, Store};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::{Fault, OrThrow as _, Thrown};
use crate::filter::JsFilter;
use crate::host::{HostZone, Today};
use crate::number::to_js;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Options {
    skip_bad_lines: bool,
    any_time_zone: bool,
    /// Number, app and model.
    content_types: Vec<(i64, String, String)>,
    /// App, model and dimension.
    object_types: Vec<(String, String, String)>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    read: f64,
    created: f64,
    changed: f64,
    unchanged: f64,
    ignored: f64,
    skipped: f64,
    bad_lines: Vec<BadLine>,
}

#[derive(Debug, Serialize)]
struct BadLine {
    line: f64,
    code: &'static str,
    message: String,
}

/// A copy of a store.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Exchange {
    store: Store,
}

#[wasm_bindgen]
impl Exchange {
    /// A copy of the store that was written down as a snapshot in the zone of that name.
    ///
    /// # Errors
    ///
    /// `corrupt` when the bytes are no snapshot.
    #[wasm_bindgen(constructor)]
    pub fn new(zone: String, snapshot: &[u8]) -> Result<Exchange, JsValue> {
        let builder = Store::builder()
            .zone(HostZone(zone))
            .clock(Today::default());
        let mut store = builder.restore(snapshot).or_throw()?;
        store.keep_changes();
        Ok(Self { store })
    }

    /// What was read since this was last asked, as changes for the store.
    ///
    /// # Errors
    ///
    /// None: no import leaves a batch open.
    #[wasm_bindgen(js_name = takeChanges)]
    pub fn take_changes(&mut self) -> Result<Vec<u8>, JsValue> {
        self.store.take_changes().or_throw()
    }

    /// Takes a file: all of it, or nothing on an error. `progress` is called with bytes and lines, and
    /// stops the work by answering `true`.
    ///
    /// # Errors
    ///
    /// The error of the first bad line, unless they are skipped; `aborted` when `progress` stopped it.
    pub fn import(
        &mut self,
        format: &str,
        bytes: &[u8],
        options: JsValue,
        progress: Option<Function>,
    ) -> Thrown<JsValue> {
        let options: Options = serde_wasm_bindgen::from_value(options).or_throw()?;
        let told = |at: Progress| tell(progress.as_ref(), at);
        let report: Result<ImportReport, Error> = match format {
            "jsonl" => {
                let mut import = Import::json_lines().on_progress(told);
                if options.any_time_zone {
                    import = import.any_time_zone();
                }
                if options.skip_bad_lines {
                    import = import.skip_bad_lines();
                }
                import.read(&mut self.store, bytes)
            }
            "csv" => {
                let mut import = Import::csv().on_progress(told);
                if options.skip_bad_lines {
                    import = import.skip_bad_lines();
                }
                import.read(&mut self.store, bytes)
            }
            "django" => {
                let mut import = Import::django().on_progress(told);
                if options.skip_bad_lines {
                    import = import.skip_bad_lines();
                }
                for (number, app, model) in options.content_types {
                    import = import.content_type(number, app, model);
                }
                for (app, model, dimension) in options.object_types {
                    import = import.object_type(app, model, dimension);
                }
                import.read(&mut self.store, bytes)
            }
            _ => return Err(no_format(format, "jsonl, csv or django")),
        };
        to_js(&written_down(report.or_throw()?), false)
    }

    /// The statistics that a filter chooses, as a file.
    ///
    /// # Errors
    ///
    /// `aborted` when `progress` stopped it.
    pub fn export(
        &self,
        format: &str,
        filter: JsValue,
        progress: Option<Function>,
    ) -> Result<Vec<u8>, JsValue> {
        let filter: JsFilter = serde_wasm_bindgen::from_value(filter).or_throw()?;
        let filter = filter.chosen();
        let told = |at: Progress| tell(progress.as_ref(), at);
        let mut bytes = Vec::new();
        let written = match format {
            "jsonl" => Export::json_lines()
                .filter(&filter)
                .on_progress(told)
                .write(&self.store, &mut bytes),
            "csv" => Export::csv()
                .filter(&filter)
                .on_progress(told)
                .write(&self.store, &mut bytes),
            _ => return Err(no_format(format, "jsonl, csv or store")),
        };
        written.or_throw()?;
        Ok(bytes)
    }
}

fn no_format(format: &str, accepted: &str) -> JsValue {
    let text = format!("'{format}' is no format: use {accepted}");
    Fault::new(ErrorCode::InvalidValue, text).into()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "fewer than 2^53 bytes fit in memory"
)]
fn tell(progress: Option<&Function>, at: Progress) -> ControlFlow<()> {
    let Some(progress) = progress else {
        return ControlFlow::Continue(());
    };
    let (bytes, lines) = (at.bytes as f64, at.lines as f64);
    match progress.call2(&JsValue::UNDEFINED, &bytes.into(), &lines.into()) {
        Ok(stop) if stop.is_truthy() => ControlFlow::Break(()),
        Ok(_) => ControlFlow::Continue(()),
        // What the callback threw is known to the TypeScript, which throws it on.
        Err(_) => ControlFlow::Break(()),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "fewer than 2^53 lines fit in memory"
)]
fn written_down(report: ImportReport) -> Report {
    let bad_line = |bad: trackstats::BadLine| BadLine {
        line: bad.line as f64,
        code: bad.error.code().as_str(),
        message: bad.error.to_string(),
    };
    Report {
        read: report.read as f64,
        created: report.created as f64,
        changed: report.changed as f64,
        unchanged: report.unchanged as f64,
        ignored: report.ignored as f64,
        skipped: report.skipped as f64,
        bad_lines: report.bad_lines.into_iter().map(bad_line).collect(),
    }
}

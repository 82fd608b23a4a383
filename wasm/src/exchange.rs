//! The class `Exchange`: a copy of a store that reads and writes files.
//!
//! It has a module of its own, because the readers and writers of files are larger than all else
//! together. What it reads comes back as changes, so that the store takes all of a file or nothing.

use std::ops::ControlFlow;

use js_sys::Function;
use serde::{Deserialize, Serialize};
use trackstats::{
    Error, ErrorCode, Export, ExportFormat, Filter, Import, ImportFormat, ImportReport, Progress,
    Store,
};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::fault::{Fault, OrThrow as _, Thrown};
use crate::filter::JsFilter;
use crate::host::{Today, copy};
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
        let store = copy(zone, snapshot, &Today::default()).or_throw()?;
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
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a function from JavaScript comes by value"
    )]
    pub fn import(
        &mut self,
        format: &str,
        bytes: &[u8],
        options: JsValue,
        progress: Option<Function>,
    ) -> Thrown<JsValue> {
        let options: Options = serde_wasm_bindgen::from_value(options).or_throw()?;
        let (skip, progress) = (options.skip_bad_lines, progress.as_ref());
        let report = match format {
            "jsonl" if options.any_time_zone => {
                self.read(Import::json_lines().any_time_zone(), bytes, skip, progress)
            }
            "jsonl" => self.read(Import::json_lines(), bytes, skip, progress),
            "csv" => self.read(Import::csv(), bytes, skip, progress),
            "django" => {
                let mut import = Import::django();
                for (number, app, model) in options.content_types {
                    import = import.content_type(number, app, model);
                }
                for (app, model, dimension) in options.object_types {
                    import = import.object_type(app, model, dimension);
                }
                self.read(import, bytes, skip, progress)
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
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a function from JavaScript comes by value"
    )]
    pub fn export(
        &self,
        format: &str,
        filter: JsValue,
        progress: Option<Function>,
    ) -> Result<Vec<u8>, JsValue> {
        let filter: JsFilter = serde_wasm_bindgen::from_value(filter).or_throw()?;
        let filter = filter.chosen();
        let progress = progress.as_ref();
        let mut bytes = Vec::new();
        let written = match format {
            "jsonl" => self.write(Export::json_lines(), &filter, &mut bytes, progress),
            "csv" => self.write(Export::csv(), &filter, &mut bytes, progress),
            _ => return Err(no_format(format, "jsonl or csv")),
        };
        written.or_throw()?;
        Ok(bytes)
    }
}

impl Exchange {
    fn read<F: ImportFormat>(
        &mut self,
        mut import: Import<'_, F>,
        bytes: &[u8],
        skip_bad_lines: bool,
        progress: Option<&Function>,
    ) -> Result<ImportReport, Error> {
        if skip_bad_lines {
            import = import.skip_bad_lines();
        }
        let import = import.on_progress(|at| tell(progress, at));
        import.read(&mut self.store, bytes)
    }

    fn write<F: ExportFormat>(
        &self,
        export: Export<'_, F>,
        filter: &Filter,
        bytes: &mut Vec<u8>,
        progress: Option<&Function>,
    ) -> Result<usize, Error> {
        let export = export.on_progress(|at| tell(progress, at));
        export.filter(filter).write(&self.store, bytes)
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

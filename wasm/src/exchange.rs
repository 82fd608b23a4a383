//! The class `Exchange`: a copy of a store that reads and writes files.
//!
//! It has a module of its own, because the readers and writers of files are larger than all else
//! together. What it reads comes back as changes, so that the store takes all of a file or nothing.

use serde::{Deserialize, Serialize};
use trackstats::{
    Error, ErrorCode, Export, ExportFormat, ExportPieces, Filter, Import, ImportFormat,
    ImportPieces, ImportReport, Store,
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
    memory_limit: Option<f64>,
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undeclared: Vec<Undeclared>,
}

#[derive(Debug, Serialize)]
struct Undeclared {
    metric: String,
    dimension: String,
}

#[derive(Debug, Serialize)]
struct BadLine {
    line: f64,
    code: &'static str,
    message: String,
}

/// A copy of a store, and the file that is on its way in or out.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Exchange {
    store: Store,
    import: Option<ImportPieces<'static>>,
    export: Option<ExportPieces<'static>>,
}

#[wasm_bindgen]
impl Exchange {
    /// A copy of the store that was written down as a snapshot in the zone of that name.
    ///
    /// # Errors
    ///
    /// `corrupt` when the bytes are no snapshot.
    #[wasm_bindgen(constructor)]
    pub fn new(zone: String, bigint: bool, snapshot: &[u8]) -> Result<Exchange, JsValue> {
        let store = copy(zone, bigint, snapshot, &Today::default()).or_throw()?;
        Ok(Self {
            store,
            import: None,
            export: None,
        })
    }

    /// What was read since this was last asked, as changes for the store.
    ///
    /// # Errors
    ///
    /// None: no import leaves a batch open.
    #[wasm_bindgen(js_name = drainChanges)]
    pub fn drain_changes(&mut self) -> Result<Vec<u8>, JsValue> {
        self.store.drain_changes().or_throw()
    }

    /// Begins to take a file.
    ///
    /// # Errors
    ///
    /// `invalid_value` for a format that is none.
    pub fn import(&mut self, format: &str, options: JsValue) -> Result<(), JsValue> {
        let options: Options = serde_wasm_bindgen::from_value(options).or_throw()?;
        self.import = Some(match format {
            "jsonl" if options.any_time_zone => {
                reading(Import::json_lines().any_time_zone(), &options)
            }
            "jsonl" => reading(Import::json_lines(), &options),
            "csv" => reading(Import::csv(), &options),
            "django" => {
                let mut import = Import::django();
                for (number, app, model) in &options.content_types {
                    import = import.content_type(*number, app, model);
                }
                for (app, model, dimension) in &options.object_types {
                    import = import.object_type(app, model, dimension);
                }
                reading(import, &options)
            }
            _ => return Err(no_format(format, "jsonl, csv or django")),
        });
        Ok(())
    }

    /// Takes the next piece of the file. After an error the copy is not to be used any more.
    ///
    /// # Errors
    ///
    /// The error of the first bad line, unless they are skipped.
    ///
    /// # Panics
    ///
    /// Where no import was begun: only the TypeScript calls it.
    pub fn read(&mut self, bytes: &[u8], is_last: bool) -> Result<(), JsValue> {
        let import = self.import.as_mut();
        let import = import.expect("the TypeScript begins an import before it reads");
        import.read(&mut self.store, bytes, is_last).or_throw()
    }

    /// What was taken of the file that was read to its end.
    ///
    /// # Errors
    ///
    /// None.
    ///
    /// # Panics
    ///
    /// Where no import was begun: only the TypeScript calls it.
    pub fn report(&mut self) -> Thrown<JsValue> {
        let import = self.import.take();
        let import = import.expect("the TypeScript begins an import before it asks");
        to_js(&written_down(import.into_report()), false)
    }

    /// Begins to write the statistics that a filter chooses.
    ///
    /// # Errors
    ///
    /// `invalid_value` for a format that is none.
    pub fn export(
        &mut self,
        format: &str,
        filter: JsValue,
        for_spreadsheets: bool,
    ) -> Result<(), JsValue> {
        let filter: JsFilter = serde_wasm_bindgen::from_value(filter).or_throw()?;
        let filter = filter.chosen();
        let export = match format {
            "jsonl" => writing(Export::json_lines(), filter),
            "csv" if for_spreadsheets => writing(Export::csv().for_spreadsheets(), filter),
            "csv" => writing(Export::csv(), filter),
            _ => return Err(no_format(format, "jsonl or csv")),
        };
        self.export = Some(export.or_throw()?);
        Ok(())
    }

    /// The next piece of the file, which may be of nothing; none after the last.
    ///
    /// # Errors
    ///
    /// None.
    ///
    /// # Panics
    ///
    /// Where no export was begun: only the TypeScript calls it.
    pub fn write(&mut self) -> Result<Option<Vec<u8>>, JsValue> {
        let export = self.export.as_mut();
        let export = export.expect("the TypeScript begins an export before it writes");
        let piece = export.next(&self.store).or_throw()?;
        Ok(piece.map(<[u8]>::to_vec))
    }
}

fn reading<F: ImportFormat>(
    mut import: Import<'static, F>,
    options: &Options,
) -> ImportPieces<'static> {
    if options.skip_bad_lines {
        import = import.skip_bad_lines();
    }
    if let Some(bytes) = options.memory_limit {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast of a float stays within the bounds"
        )]
        let bytes = bytes as usize;
        import = import.memory_limit(bytes);
    }
    import.in_pieces()
}

fn writing<F: ExportFormat>(
    export: Export<'static, F>,
    filter: Filter,
) -> Result<ExportPieces<'static>, Error> {
    export.of_filter(filter).in_pieces()
}

fn no_format(format: &str, accepted: &str) -> JsValue {
    let text = format!("'{format}' is not a format: use {accepted}");
    Fault::new(ErrorCode::InvalidValue, text).into()
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
    let undeclared = |found: trackstats::Undeclared| Undeclared {
        metric: found.metric,
        dimension: found.dimension,
    };
    Report {
        read: report.read as f64,
        created: report.created as f64,
        changed: report.changed as f64,
        unchanged: report.unchanged as f64,
        ignored: report.ignored as f64,
        skipped: report.skipped as f64,
        bad_lines: report.bad_lines.into_iter().map(bad_line).collect(),
        undeclared: report.undeclared.into_iter().map(undeclared).collect(),
    }
}

//! Splits a wasm module in two: what only some of its exports reach becomes a module of its own.
//!
//! Called as `split <module> <second> <export>...`; the module is written anew, without these exports. The
//! second module works in the memory of the first and calls its functions: it imports them from it, so
//! that an instance of the second takes the exports of an instance of the first as they are.

use std::collections::HashSet;
use std::process::ExitCode;

use walrus::passes::gc;
use walrus::{ExportItem, FunctionKind, GlobalKind, ImportKind, ImportedFunction, Module, Result};

/// What the second module imports from: the shortest name there is.
const FIRST: &str = "";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [first, second, exports @ ..] if !exports.is_empty() => split(first, second, exports),
        _ => {
            eprintln!("split: give the module, the second module, and the exports that go there");
            return ExitCode::FAILURE;
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("split: {error:?}");
            ExitCode::FAILURE
        }
    }
}

fn split(path: &str, second_path: &str, exports: &[String]) -> Result<()> {
    let first = || -> Result<Module> {
        let mut module = Module::from_file(path)?;
        exports
            .iter()
            .try_for_each(|name| module.exports.remove(name))?;
        Ok(module)
    };
    let mut kept = first()?;
    gc::run(&mut kept);
    let mut second = Module::from_file(path)?;
    import_all(&mut second, &kept, exports);
    gc::run(&mut second);
    let mut first = first()?;
    export_to(&mut first, &second);
    gc::run(&mut first);
    first.emit_wasm_file(path)?;
    second.emit_wasm_file(second_path)
}

/// Makes all that the first module keeps an import of the second. Both are read from the same file, so
/// that they number things in the same order. What the second does not need goes afterwards.
fn import_all(second: &mut Module, kept: &Module, exports: &[String]) {
    let gone: Vec<_> = second
        .exports
        .iter()
        .filter(|export| !exports.contains(&export.name))
        .map(walrus::Export::id)
        .collect();
    for id in gone {
        second.exports.delete(id);
    }
    second.start = None;

    let kept: HashSet<usize> = kept
        .funcs
        .iter()
        .map(|function| function.id().index())
        .collect();
    let functions: Vec<_> = second.funcs.iter_local().map(|(id, _)| id).collect();
    for id in functions {
        if kept.contains(&id.index()) {
            let ty = second.funcs.get(id).ty();
            let import = second.imports.add(FIRST, &name("f", id.index()), id);
            second.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
    }
    let globals: Vec<_> = second.globals.iter().map(walrus::Global::id).collect();
    for id in globals {
        let import = second.imports.add(FIRST, &name("g", id.index()), id);
        second.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
    let tables: Vec<_> = second.tables.iter().map(walrus::Table::id).collect();
    for id in tables {
        let import = second.imports.add(FIRST, &name("t", id.index()), id);
        let table = second.tables.get_mut(id);
        table.import = Some(import);
        table.elem_segments.clear();
    }
    let memories: Vec<_> = second.memories.iter().map(walrus::Memory::id).collect();
    for id in memories {
        let import = second.imports.add(FIRST, &name("m", id.index()), id);
        let memory = second.memories.get_mut(id);
        memory.import = Some(import);
        memory.data_segments.clear();
    }
    // Memory and table hold what belongs there already.
    let elements: Vec<_> = second.elements.iter().map(walrus::Element::id).collect();
    for id in elements {
        second.elements.delete(id);
    }
    let data: Vec<_> = second.data.iter().map(walrus::Data::id).collect();
    for id in data {
        second.data.delete(id);
    }
}

fn name(kind: &str, index: usize) -> String {
    format!("{kind}{index}")
}

/// Exports what the second module imports, under the same names.
fn export_to(first: &mut Module, second: &Module) {
    for import in second
        .imports
        .iter()
        .filter(|import| import.module == FIRST)
    {
        let item = match import.kind {
            ImportKind::Function(id) => {
                let mut functions = first.funcs.iter().map(walrus::Function::id);
                functions
                    .find(|own| own.index() == id.index())
                    .map(ExportItem::Function)
            }
            ImportKind::Global(id) => {
                let mut globals = first.globals.iter().map(walrus::Global::id);
                globals
                    .find(|own| own.index() == id.index())
                    .map(ExportItem::Global)
            }
            ImportKind::Table(id) => {
                let mut tables = first.tables.iter().map(walrus::Table::id);
                tables
                    .find(|own| own.index() == id.index())
                    .map(ExportItem::Table)
            }
            ImportKind::Memory(id) => {
                let mut memories = first.memories.iter().map(walrus::Memory::id);
                memories
                    .find(|own| own.index() == id.index())
                    .map(ExportItem::Memory)
            }
            ImportKind::Tag(_) => None,
        };
        if let Some(item) = item {
            first.exports.add(&import.name, item);
        }
    }
}

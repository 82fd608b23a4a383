//! Splits a wasm module in two: what only some of its exports reach becomes a module of its own.
//!
//! Called as `split <module> <second> <path> <export>...`; the module is written anew, without these exports. The
//! second module works in the memory of the first and calls its functions: it imports them from it, so
//! that an instance of the second takes the exports of an instance of the first as they are.
//!
//! Who calls a function through the table is not to be seen. So the code of one path, such as
//! `trackstats::track`, is said to be of the second: what the table has of it, the second puts there. That
//! the first calls nothing of it is checked.

use std::collections::HashSet;
use std::process::ExitCode;

use walrus::passes::gc;
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionId, FunctionKind, GlobalKind,
    ImportKind, ImportedFunction, Module, Result, TableId, ir,
};

/// What the second module imports from: the shortest name there is.
const FIRST: &str = "";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [first, second, path, exports @ ..] if !exports.is_empty() => {
            split(first, second, path, exports)
        }
        _ => {
            eprintln!(
                "split: give the module, the second module, the path and the exports that go there"
            );
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

fn split(file: &str, second_file: &str, path: &str, exports: &[String]) -> Result<()> {
    let first = || -> Result<Module> {
        let mut module = Module::from_file(file)?;
        exports
            .iter()
            .try_for_each(|name| module.exports.remove(name))?;
        take_from_table(&mut module, path)?;
        Ok(module)
    };
    let mut kept = first()?;
    gc::run(&mut kept);
    if let Some(name) = kept.funcs.iter().find_map(|function| {
        let name = function.name.as_deref()?;
        is_of(name, path).then_some(name)
    }) {
        let text = format!("the first module calls {name} of {path}");
        return Err(std::io::Error::other(text).into());
    }
    let mut second = Module::from_file(file)?;
    let taken = take_from_table(&mut second, path)?;
    import_all(&mut second, &kept, exports);
    for (table, place, function) in taken {
        let offset = ConstExpr::Value(ir::Value::I32(place));
        let kind = ElementKind::Active { table, offset };
        let items = ElementItems::Functions(vec![function]);
        let element = second.elements.add(kind, items);
        second.tables.get_mut(table).elem_segments.insert(element);
    }
    gc::run(&mut second);
    let mut first = first()?;
    export_to(&mut first, &second);
    gc::run(&mut first);
    first.emit_wasm_file(file)?;
    second.emit_wasm_file(second_file)
}

/// Whether a function is of a path: one of its own, or of a trait for one of its types. What writes a type as a
/// text is of no path, since errors of any may hold one.
fn is_of(name: &str, path: &str) -> bool {
    if name.contains("::fmt::") {
        return false;
    }
    let (krate, module) = path.split_once("::").unwrap_or((path, ""));
    let mut rest = name.trim_start_matches(['<', '&']);
    rest = rest.strip_prefix(krate).unwrap_or_default();
    // The number of the crate stands between.
    let Some((_, behind)) = rest.split_once("]::") else {
        return false;
    };
    behind
        .strip_prefix(module)
        .is_some_and(|behind| behind.starts_with("::"))
}

/// Takes the functions of a path out of the table, and tells where they were.
fn take_from_table(module: &mut Module, path: &str) -> Result<Vec<(TableId, i32, FunctionId)>> {
    let mut taken = Vec::new();
    let elements: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    for id in elements {
        let element = module.elements.get(id);
        let (ElementKind::Active { table, offset }, ElementItems::Functions(functions)) =
            (&element.kind, &element.items)
        else {
            continue;
        };
        let (table, ConstExpr::Value(ir::Value::I32(start))) = (*table, offset) else {
            let text = "the table begins at a place that is not known";
            return Err(std::io::Error::other(text).into());
        };
        let mut runs: Vec<(i32, Vec<FunctionId>)> = Vec::new();
        for (place, &function) in (*start..).zip(functions) {
            let name = module.funcs.get(function).name.as_deref();
            if name.is_some_and(|name| is_of(name, path)) {
                taken.push((table, place, function));
                continue;
            }
            match runs.last_mut() {
                Some((start, run)) if *start + i32::try_from(run.len())? == place => {
                    run.push(function);
                }
                _ => runs.push((place, vec![function])),
            }
        }
        module.elements.delete(id);
        module.tables.get_mut(table).elem_segments.remove(&id);
        for (start, run) in runs {
            let offset = ConstExpr::Value(ir::Value::I32(start));
            let kind = ElementKind::Active { table, offset };
            let element = module.elements.add(kind, ElementItems::Functions(run));
            module.tables.get_mut(table).elem_segments.insert(element);
        }
    }
    Ok(taken)
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

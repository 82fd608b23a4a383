//! Measures what a declaration of 1,000 metrics adds to the time of compiling.
//!
//! Two programs that differ in this declaration only are built in turn, each as a whole and after
//! everything that they depend on. The medians are compared.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use std::{env, fs};

const DOMAINS: usize = 100;
/// In each domain.
const METRICS: usize = 10;
/// Of each program; odd, so that one of them is the median.
const RUNS: usize = 7;
/// The most seconds that the declaration may add.
const TARGET: f64 = 3.0;

/// What both programs are: one declared metric, recorded.
const PROGRAM: &str = r#"use trackstats::{Period, Store, stats};

stats! { shop { orders "Orders" } }

fn main() -> Result<(), trackstats::Error> {
    Store::in_memory().record(shop::ORDERS, Period::Day, "2026-11-23", 1)
}
"#;

fn main() -> ExitCode {
    match measure() {
        Ok([without, ours]) => {
            let extra = ours - without;
            let met = extra <= TARGET;
            println!(
                "compile  ours {ours:.2} s  without {without:.2} s  extra {extra:.2} s  \
                 target {TARGET:.1} s  {}",
                if met { "met" } else { "short" }
            );
            if met {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("compile_time: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The median seconds without the declaration and with it.
fn measure() -> Result<[f64; 2], Box<dyn Error>> {
    let declaration = declaration()?;
    let programs = [
        ("without", PROGRAM.to_owned()),
        ("ours", format!("{PROGRAM}\n{declaration}")),
    ];
    let folder = folder();
    write_workspace(&folder, &programs)?;
    let mut seconds = [Vec::new(), Vec::new()];
    // The first builds what both depend on, and is not counted.
    for run in 0..=RUNS {
        for ((name, text), seconds) in programs.iter().zip(&mut seconds) {
            let taken = build(&folder, name, text)?;
            if run > 0 {
                seconds.push(taken);
            }
        }
    }
    Ok(seconds.map(median))
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A third of the metrics is not split, a third by one dimension, and a third by two.
fn declaration() -> Result<String, std::fmt::Error> {
    let mut text = "stats! {\n".to_owned();
    for domain in 0..DOMAINS {
        writeln!(text, "/// What part {domain} of the application does.")?;
        writeln!(text, "pub part_{domain} \"Part {domain}\" {{")?;
        for metric in 0..METRICS {
            let kind = if metric % 2 == 0 { "" } else { ": f64" };
            let by = match (domain + metric) % 3 {
                0 => "",
                1 => " by user",
                _ => " by (country, province)",
            };
            writeln!(text, "/// Counted once a day, number {metric} of its part.")?;
            writeln!(
                text,
                "measure_{metric}{kind}{by} \"Measure {metric} of part {domain}\","
            )?;
        }
        text.push_str("}\n");
    }
    text.push_str("}\n");
    Ok(text)
}

fn root() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}

fn folder() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), PathBuf::from)
        .join("compile_time")
}

/// A workspace of the programs, apart from ours but with the versions of its lock file.
fn write_workspace(folder: &Path, programs: &[(&str, String)]) -> Result<(), Box<dyn Error>> {
    let core = root().join("core");
    let core = core
        .to_str()
        .ok_or("the path of the workspace is no UTF-8")?;
    for (name, text) in programs {
        fs::create_dir_all(folder.join(name).join("src"))?;
        fs::write(folder.join(name).join("src/main.rs"), text)?;
        // Which features there are makes no difference to a declaration.
        let manifest = format!(
            "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n\
             [dependencies]\ntrackstats = {{ path = {core:?}, default-features = false }}\n"
        );
        fs::write(folder.join(name).join("Cargo.toml"), manifest)?;
    }
    let names: Vec<_> = programs.iter().map(|(name, _)| name).collect();
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n");
    fs::write(folder.join("Cargo.toml"), workspace)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// The seconds that building the program takes.
fn build(folder: &Path, name: &str, text: &str) -> Result<f64, Box<dyn Error>> {
    // Written each time, so that it is newer than what was built of it.
    fs::write(folder.join(name).join("src/main.rs"), text)?;
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .current_dir(folder)
        .args(["build", "--package", name, "--target-dir", "target"])
        // What is unchanged would otherwise be taken from the run before.
        .env("CARGO_INCREMENTAL", "0");
    let started = Instant::now();
    let output = command.output()?;
    let seconds = started.elapsed().as_secs_f64();
    if output.status.success() {
        Ok(seconds)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into())
    }
}

//! The statistics of a version-control history.
//!
//! Reads `git log` of the repository it stands in, or of the one that is named, tracks its commits, and
//! shows what a store answers: `cargo run --example commits -- ../some/repository`. A second argument is
//! the date to look back from, which is today if there is none.

use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::process::{Command, ExitCode, Output};
use std::time::Instant;

use trackstats::{
    Bucket, Clock, Date, Error, EventDimension, Fill, Period, Series, Store, Sum, SystemClock,
    Timestamp, Tracker, stats,
};

stats! {
    /// What the version-control history says.
    history "History" {
        commit_count by author "Commits",
    }
}

struct Commit {
    at: Option<Timestamp>,
    author: String,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let repository = arguments.next().unwrap_or_else(|| ".".to_owned());
    match run(&repository, arguments.next().as_deref()) {
        Ok(page) => print(&page),
        Err(reason) => {
            eprintln!("commits: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(repository: &str, date: Option<&str>) -> Result<String, String> {
    let now = match date {
        None => SystemClock.now(),
        Some(date) => noon(date).map_err(|error| error.to_string())?,
    };
    let commits = read(repository)?;
    let start = Instant::now();
    let mut page = page(&commits, now).map_err(|error| error.to_string())?;
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    let _ = writeln!(page, "\ntracked and read in {milliseconds:.1} ms");
    Ok(page)
}

fn noon(date: &str) -> Result<Timestamp, Error> {
    let date: Date = date.parse()?;
    format!("{date}T12:00:00Z").parse()
}

/// Writes the page. Nothing is wrong if nobody reads it to its end, as in `… | head -1`.
fn print(page: &str) -> ExitCode {
    match std::io::stdout().write_all(page.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("commits: writing failed: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// The commits of a repository.
fn read(repository: &str) -> Result<Vec<Commit>, String> {
    let git = |arguments: &[&str]| {
        Command::new("git")
            .args(["-C", repository, "-c", "log.showSignature=false"])
            .args(arguments)
            .env("LC_ALL", "C")
            .output()
            .map_err(|error| format!("git cannot be started: {error}"))
    };
    let refused = |output: &Output| {
        let text = String::from_utf8_lossy(&output.stderr);
        let text = text.trim();
        let reason = text.strip_prefix("fatal: ").unwrap_or(text);
        format!("'{repository}' cannot be read: {reason}")
    };
    let found = git(&["rev-parse", "--git-dir"])?;
    if !found.status.success() {
        return Err(refused(&found));
    }
    let head = git(&["rev-parse", "--verify", "--quiet", "HEAD"])?;
    if !head.status.success() {
        return Err(format!("'{repository}' has no commits yet"));
    }
    // Seconds and author, whose other names are in `.mailmap`, with a zero byte after each commit.
    let log = git(&["log", "-z", "--format=%ct%x09%aN"])?;
    if !log.status.success() {
        return Err(refused(&log));
    }
    let text = String::from_utf8_lossy(&log.stdout);
    let lines = text.split('\0').filter_map(|line| line.split_once('\t'));
    Ok(lines
        .map(|(seconds, author)| Commit {
            at: seconds
                .parse()
                .ok()
                .and_then(|seconds| Timestamp::from_seconds(seconds).ok()),
            author: author.chars().take(80).collect(),
        })
        .collect())
}

/// Tracks the commits, and writes what the store answers about them.
fn page(commits: &[Commit], now: Timestamp) -> Result<String, Error> {
    let mut store = Store::builder().clock(now).build();
    for period in [Period::Day, Period::Week, Period::Lifetime] {
        Tracker::count(history::COMMIT_COUNT, period)
            .at(|commit: &Commit| commit.at)
            .track(&mut store, commits)?;
    }
    let report = Tracker::count(history::COMMIT_COUNT, Period::Day)
        .at(|commit: &Commit| commit.at)
        .by("author", |commit| EventDimension::from(&commit.author))
        .track(&mut store, commits)?;

    let mut page = format!("{} commits; dates in UTC\n", commits.len());
    write_metrics(&mut page, &store)?;
    write_authors(&mut page, &store)?;
    write_months(&mut page, &store)?;
    write_busiest_day(&mut page, &store)?;
    let skipped = report.undated + report.future;
    if skipped > 0 {
        let _ = writeln!(
            page,
            "\nnot counted: {skipped} without a date or in the future"
        );
    }
    Ok(page)
}

fn write_metrics(page: &mut String, store: &Store) -> Result<(), Error> {
    let today = store.today();
    let _ = writeln!(
        page,
        "\n{:<14}{:>10}  {:<28}  lowest to highest",
        "commits",
        today.to_string(),
        "28 days until then"
    );
    for (title, period) in [
        ("that day", Period::Day),
        ("in 7 days", Period::Week),
        ("so far", Period::Lifetime),
    ] {
        let series = store
            .series(&history::COMMIT_COUNT.total(), period)
            .range(today.plus_days(-27)?..=today)
            .fill(Fill::Zero)
            .read()?;
        let latest = series.last().and_then(|point| point.value).unwrap_or(0);
        let lowest = series.values().flatten().min().unwrap_or(0);
        let highest = series.values().flatten().max().unwrap_or(0);
        let line = sparkline(&series, lowest, highest);
        let _ = writeln!(
            page,
            "  {title:<12}{latest:>10}  {line:<28}  {lowest} to {highest}"
        );
    }
    Ok(())
}

fn write_authors(page: &mut String, store: &Store) -> Result<(), Error> {
    let today = store.today();
    let top = store
        .breakdown(history::COMMIT_COUNT, Period::Day)
        .by("author")
        .range(today.plus_days(-27)?..=today)
        .limit(5)
        .read()?;
    let _ = writeln!(page, "\ntop authors of the 28 days");
    for part in &top.parts {
        let _ = writeln!(page, "  {:>10}  {}", part.value, shown(&part.at.concat()));
    }
    if let Some(other) = top.other {
        let _ = writeln!(page, "  {other:>10}  ({} others)", top.other_count);
    }
    if top.parts.is_empty() {
        let _ = writeln!(page, "  {:>10}  (no commits)", 0);
    }
    Ok(())
}

fn write_months(page: &mut String, store: &Store) -> Result<(), Error> {
    let today = store.today();
    let month = today.year() * 12 + i32::from(today.month()) - 12;
    let first = Date::new(
        month.div_euclid(12),
        u8::try_from(month.rem_euclid(12) + 1).unwrap_or(1),
        1,
    )?;
    let months = store
        .series(&history::COMMIT_COUNT.total(), Period::Day)
        .range(first..=today)
        .fill(Fill::Zero)
        .bucket(Bucket::Month, Sum)
        .read()?;
    let most = months.values().flatten().max().unwrap_or(0).max(1);
    let _ = writeln!(page, "\ncommits by month");
    for point in &months {
        let month: String = point.date.to_string().chars().take(7).collect();
        let value = point.value.unwrap_or(0);
        let bar = "█".repeat(usize::try_from(value * 40 / most).unwrap_or(0));
        let line = format!("  {month:<10}{value:>6}  {bar}");
        let _ = writeln!(page, "{}", line.trim_end());
    }
    Ok(())
}

fn write_busiest_day(page: &mut String, store: &Store) -> Result<(), Error> {
    let busiest = store.select(
        "SELECT date, value FROM statistic_by_date \
         WHERE metric = 'commit_count' AND period = 'day' ORDER BY value DESC, date LIMIT 1",
    )?;
    let _ = writeln!(page, "\nbusiest day, by SQL");
    for row in &busiest {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        let _ = writeln!(page, "  {}", cells.join("  "));
    }
    Ok(())
}

/// A name as it fits on a line.
fn shown(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .take(60)
        .collect();
    match plain.trim() {
        "" => "(no name)".to_owned(),
        name => name.to_owned(),
    }
}

/// The values as bars, the highest at full height.
fn sparkline(series: &Series<i64>, lowest: i64, highest: i64) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let span = (highest - lowest).max(1);
    let bar = |value: Option<i64>| {
        let height = (value.unwrap_or(lowest) - lowest) * 7 / span;
        usize::try_from(height)
            .ok()
            .and_then(|height| BARS.get(height))
            .unwrap_or(&BARS[0])
    };
    series.values().map(bar).collect()
}

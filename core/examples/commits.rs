//! The statistics of a version-control history.
//!
//! Reads `git log` of the repository it stands in, or of the one that is named, tracks its commits, and
//! shows what a store answers: `cargo run --example commits -- ../some/repository`.

use std::process::{Command, ExitCode};
use std::time::Instant;

use trackstats::{Bucket, By, Error, Fill, Period, Series, Store, Sum, Timestamp, Tracker, stats};

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
    let repository = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let result = read(&repository).and_then(|commits| {
        let start = Instant::now();
        let text = show(&commits).map_err(|error| error.to_string())?;
        println!("{text}");
        println!("{} commits in {:.1} ms", commits.len(), start.elapsed().as_secs_f64() * 1e3);
        Ok(())
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("commits: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// The commits of a repository; none if it has none yet.
fn read(repository: &str) -> Result<Vec<Commit>, String> {
    let git = |arguments: &[&str]| {
        Command::new("git")
            .args(["-C", repository])
            .args(arguments)
            .output()
            .map_err(|error| format!("git cannot be started: {error}"))
    };
    if !git(&["rev-parse", "--git-dir"])?.status.success() {
        return Err(format!("'{repository}' is no git repository"));
    }
    if !git(&["rev-parse", "--verify", "--quiet", "HEAD"])?.status.success() {
        return Ok(Vec::new());
    }
    // Seconds and author, with a zero byte after each commit.
    let log = git(&["log", "-z", "--format=%ct%x09%an"])?;
    if !log.status.success() {
        return Err(String::from_utf8_lossy(&log.stderr).trim().to_owned());
    }
    let text = String::from_utf8_lossy(&log.stdout);
    let lines = text.split('\0').filter_map(|line| line.split_once('\t'));
    Ok(lines
        .map(|(seconds, author)| Commit {
            at: seconds.parse().ok().and_then(|seconds| Timestamp::from_seconds(seconds).ok()),
            author: author.chars().take(80).collect(),
        })
        .collect())
}

fn show(commits: &[Commit]) -> Result<String, Error> {
    let mut store = Store::in_memory();
    for period in [Period::Day, Period::Week, Period::Lifetime] {
        Tracker::count(history::COMMIT_COUNT, period)
            .at(|commit: &Commit| commit.at)
            .track(&mut store, commits)?;
    }
    let report = Tracker::count(history::COMMIT_COUNT, Period::Day)
        .at(|commit: &Commit| commit.at)
        .by("author", |commit| By::from(&commit.author))
        .track(&mut store, commits)?;

    let total = history::COMMIT_COUNT.total();
    let today = store.today();
    let month_ago = today.plus_days(-27)?;
    let mut text = format!("{:<22}{:>8}  last 28 days\n", "commits", "latest");
    for (title, period) in
        [("a day", Period::Day), ("in 7 days", Period::Week), ("so far", Period::Lifetime)]
    {
        let series = store.series(&total, period).range(month_ago..=today).fill(Fill::Zero).read()?;
        let latest = series.last().and_then(|point| point.value).unwrap_or(0);
        text += &format!("  {title:<20}{latest:>8}  {}\n", sparkline(&series));
    }

    let top = store
        .breakdown(history::COMMIT_COUNT, Period::Day)
        .by("author")
        .range(month_ago..=today)
        .limit(5)
        .read()?;
    text += "\ntop authors of the last 28 days\n";
    for part in &top.parts {
        let name: String = part.at.concat().chars().filter(|letter| !letter.is_control()).collect();
        text += &format!("  {:>6}  {name}\n", part.value);
    }
    if let Some(other) = top.other {
        text += &format!("  {other:>6}  {} others\n", top.other_count);
    }

    let months = store
        .series(&total, Period::Day)
        .range(today.plus_days(-364)?..=today)
        .bucket(Bucket::Month, Sum)
        .read()?;
    text += "\ncommits by month\n";
    for point in &months {
        let month: String = point.date.to_string().chars().take(7).collect();
        text += &format!("  {month}  {:>6}\n", point.value.unwrap_or(0));
    }

    let busiest = store.sql(
        "SELECT date, value FROM statistic_by_date \
         WHERE metric = 'commit_count' AND period = 'day' ORDER BY value DESC, date LIMIT 1",
    )?;
    text += "\nbusiest day, by SQL\n";
    for row in busiest.iter() {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        text += &format!("  {}\n", cells.join("  "));
    }
    let skipped = report.undated + report.future;
    if skipped > 0 {
        text += &format!("\n{skipped} commits have no date, or one in the future\n");
    }
    Ok(text)
}

/// The values as bars, the largest at full height.
fn sparkline(series: &Series<i64>) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = series.values().flatten().max().unwrap_or(0).max(1);
    let bar = |value: Option<i64>| {
        let height = value.unwrap_or(0).max(0) * 7 / most;
        usize::try_from(height).ok().and_then(|height| BARS.get(height)).unwrap_or(&BARS[0])
    };
    series.values().map(bar).collect()
}

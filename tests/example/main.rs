//! The example `commits`, as its user runs it.
#![cfg(test)]

mod history;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use history::{Commit, Folder, commits};
use trackstats::Date;

const TODAY: &str = "2026-11-23";

/// The program, built as the tests are.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "trackstats"])
        .args(["--example", "commits", "--message-format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let path = text.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message.get("executable")?.as_str().map(PathBuf::from)
    });
    path.expect("cargo names what it built")
});

fn program(folder: &Path) -> Command {
    let mut command = Command::new(&*PROGRAM);
    command.arg(folder).arg(TODAY);
    command
}

fn page(folder: &Path) -> String {
    let output = program(folder).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn refusal(output: &Output) -> String {
    assert!(!output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn today() -> Date {
    TODAY.parse().unwrap()
}

/// What the program should count, counted otherwise.
fn in_days(commits: &[Commit], days: i32) -> impl Iterator<Item = &Commit> {
    let first = today().plus_days(1 - days).unwrap();
    commits.iter().filter(move |commit| commit.date >= first)
}

fn authors(commits: &[Commit]) -> Vec<(usize, String)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for commit in in_days(commits, 28) {
        let name = match commit.author.as_str() {
            "" => "(no name)",
            "ada" => "Ada",
            "Tab\tStop" => "Tab Stop",
            name => name.get(..60).unwrap_or(name),
        };
        *counts.entry(name).or_default() += 1;
    }
    let mut counts: Vec<_> = counts
        .into_iter()
        .map(|(name, count)| (count, name.to_owned()))
        .collect();
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counts
}

/// The lines below a title, up to the next blank one.
fn section(page: &str, title: &str) -> Vec<String> {
    let lines = page.lines().skip_while(|line| !line.starts_with(title));
    lines
        .skip(1)
        .take_while(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The number that a line begins with, and what follows it.
fn number(line: &str) -> (usize, &str) {
    let (number, rest) = line.trim().split_once("  ").unwrap();
    (number.parse().unwrap(), rest)
}

#[test]
fn five_thousand_commits_are_counted_as_they_were_made() {
    let all = commits(5_000, today());
    let folder = Folder::new("history");
    folder.init();
    folder.import(&all);
    let page = page(folder.path());

    assert!(page.starts_with("5000 commits; dates in UTC\n"), "{page}");
    for line in page.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }

    let table = section(&page, "commits ");
    let on_the_day = in_days(&all, 1).count();
    let in_the_week = in_days(&all, 7).count();
    for (line, (title, latest)) in table.iter().zip([
        ("that day", on_the_day),
        ("in 7 days", in_the_week),
        ("so far", 5_000),
    ]) {
        let rest = line.trim().strip_prefix(title).unwrap();
        let (value, rest) = number(rest);
        assert_eq!(value, latest, "{page}");
        let bars = rest.chars().filter(|sign| ('▁'..='█').contains(sign));
        assert_eq!(bars.count(), 28, "{line}");
    }
    assert_eq!(table.len(), 3);

    let expected = authors(&all);
    let top = section(&page, "top authors");
    let counts: Vec<_> = top.iter().map(|line| number(line).0).collect();
    let others = expected[5..].iter().map(|(count, _)| count).sum();
    let mut wanted: Vec<_> = expected[..5].iter().map(|(count, _)| *count).collect();
    wanted.push(others);
    assert_eq!(counts, wanted, "{page}");
    for line in &top[..5] {
        let (count, name) = number(line);
        let known = expected.contains(&(count, name.to_owned()));
        assert!(known, "{line} is not in {expected:?}");
    }

    let months = section(&page, "commits by month");
    assert_eq!(months.len(), 12);
    for line in months {
        let (month, rest) = line.trim().split_once(' ').unwrap();
        let count = rest.split_whitespace().next().unwrap();
        let made = all
            .iter()
            .filter(|commit| commit.date.to_string().starts_with(month))
            .count();
        assert_eq!(count.parse(), Ok(made), "{page}");
    }

    let mut days: BTreeMap<Date, usize> = BTreeMap::new();
    for commit in &all {
        *days.entry(commit.date).or_default() += 1;
    }
    let most = *days.values().max().unwrap();
    let first = days.iter().find(|(_, count)| **count == most).unwrap().0;
    let busiest = section(&page, "busiest day, by SQL");
    assert_eq!(busiest, [format!("  {first}  {most}")]);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new("pipe");
    folder.init();
    folder.import(&commits(20, today()));
    let mut command = program(folder.path());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}

#[test]
fn a_folder_that_is_no_repository_is_refused() {
    let folder = Folder::new("plain");
    // The temporary folder may lie in a repository.
    let output = program(folder.path())
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir())
        .output()
        .unwrap();
    let text = refusal(&output);
    assert!(
        text.contains("cannot be read: not a git repository"),
        "{text}"
    );

    let missing = folder.path().join("missing");
    let text = refusal(&program(&missing).output().unwrap());
    assert!(text.contains("No such file or directory"), "{text}");
}

#[test]
fn a_repository_without_commits_is_refused() {
    let folder = Folder::new("empty");
    folder.init();
    let text = refusal(&program(folder.path()).output().unwrap());
    assert!(text.ends_with("has no commits yet\n"), "{text}");
}

#[test]
fn a_machine_without_git_is_told_so() {
    let folder = Folder::new("without-git");
    let output = program(folder.path()).env("PATH", folder.path()).output();
    let text = refusal(&output.unwrap());
    assert!(
        text.starts_with("commits: git cannot be started: "),
        "{text}"
    );
}

#[test]
fn a_date_that_is_none_is_refused() {
    let output = Command::new(&*PROGRAM).args([".", "yesterday"]).output();
    let text = refusal(&output.unwrap());
    assert!(text.contains("'yesterday' is not a date"), "{text}");
}

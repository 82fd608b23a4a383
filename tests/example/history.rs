//! A repository with a history that was made up, through `git fast-import`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use trackstats::Date;

/// One commit, as it is written.
pub(crate) struct Commit {
    pub(crate) date: Date,
    pub(crate) author: String,
}

/// Names that are hard to show: with a tab, with an emoji, empty, long, and one that `.mailmap` replaces.
const ODD: [&str; 5] = ["Tab\tStop", "Zoë 🦀", "", LONG, "ada"];
const LONG: &str =
    "An author whose name is so very long that a line of eighty columns cannot hold it";

/// Where git writes the zone; the dates of the statistics do not depend on it.
const ZONES: [&str; 5] = ["+0000", "+0530", "-0800", "+1300", "-0330"];

/// So many commits on the days up to `last`, two years of them. The same at each call.
pub(crate) fn commits(count: u32, last: Date) -> Vec<Commit> {
    // A linear congruential generator, so that days and authors follow no pattern that the code knows.
    let mut state = 1_u64;
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut commits: Vec<Commit> = (0..count)
        .map(|_| {
            let back = i32::try_from(draw(730)).unwrap();
            // The product of two draws: some write much more than others.
            let author = usize::try_from(draw(8) * draw(6)).unwrap();
            Commit {
                date: last.plus_days(-back).unwrap(),
                author: ODD
                    .get(author)
                    .map_or_else(|| format!("Author {author}"), ToString::to_string),
            }
        })
        .collect();
    commits.sort_by_key(|commit| commit.date);
    commits
}

/// A folder that is removed in the end.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("trackstats-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn init(&self) {
        assert!(self.git(&["init", "--quiet"]).status().unwrap().success());
    }

    /// Puts the commits into the repository, with a `.mailmap` in which `ada` is Ada.
    pub(crate) fn import(&self, commits: &[Commit]) {
        let mut import = self.git(&["fast-import", "--quiet"]);
        let mut import = import.stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = import.stdin.take().unwrap();
        stdin.write_all(stream(commits).as_bytes()).unwrap();
        drop(stdin);
        assert!(import.wait().unwrap().success());
        let branch = ["symbolic-ref", "HEAD", "refs/heads/main"];
        assert!(self.git(&branch).status().unwrap().success());
        std::fs::write(self.0.join(".mailmap"), "Ada <ada@example.org>\n").unwrap();
    }

    fn git(&self, arguments: &[&str]) -> Command {
        let mut git = Command::new("git");
        git.arg("-C").arg(&self.0).args(arguments);
        git
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn stream(commits: &[Commit]) -> String {
    let mut stream = String::new();
    for (number, commit) in commits.iter().enumerate() {
        let day = i64::from(commit.date.days_since_epoch()) * 86_400;
        // Within the day in UTC, whatever the zone says.
        let second = day + i64::try_from(number).unwrap() * 7_919 % 86_400;
        let zone = ZONES[number % ZONES.len()];
        let name = &commit.author;
        let mail = if name == "ada" { "ada" } else { "any" };
        writeln!(
            stream,
            "commit refs/heads/main\n\
             author {name} <{mail}@example.org> 0 +0000\n\
             committer C <c@example.org> {second} {zone}\n\
             data 1\n.\n"
        )
        .unwrap();
    }
    stream
}

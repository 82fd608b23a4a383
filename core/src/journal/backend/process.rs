//! Which process has a lock, and whether it lives.

use std::fmt;
use std::fs;
use std::time::{Duration, SystemTime};

/// A process as far as others have to know it: its number, when it began, the boot of the machine that
/// this counts from, the namespaces that both are of, and the host.
///
/// A number alone is given again to a later process, and means another process in another container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Process {
    pub(super) id: u32,
    start: String,
    boot: String,
    /// The namespace of the number.
    space: String,
    /// The namespace of what has passed since the boot.
    clock: String,
    pub(super) host: String,
}

/// Whether a process lives, as far as this one can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Liveness {
    Alive,
    Dead,
    /// It cannot be seen from here.
    Unsure,
}

/// The last sign of life that a lock shows of its owner.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sign {
    /// Its beat: hundredths of a second since the boot, where the system tells them.
    pub(super) beat: Option<u64>,
    /// When the lock was written.
    pub(super) written: Option<SystemTime>,
}

/// How long the beat of an owner may stop, in hundredths of a second. It beats each second; a program in
/// JavaScript does not while it computes.
pub(super) const PATIENCE: u64 = 800;

/// What stands for what a system does not tell.
const UNKNOWN: &str = "-";

impl Process {
    pub(super) fn own() -> Self {
        let id = std::process::id();
        Self {
            id,
            start: running_since(id).unwrap_or_else(|| UNKNOWN.to_owned()),
            boot: told("/proc/sys/kernel/random/boot_id"),
            space: namespace("pid"),
            clock: namespace("time"),
            host: told("/proc/sys/kernel/hostname"),
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_ascii_whitespace().map(str::to_owned);
        Some(Self {
            id: words.next()?.parse().ok()?,
            start: words.next()?,
            boot: words.next()?,
            space: words.next()?,
            clock: words.next()?,
            host: words.next()?,
        })
    }

    pub(super) fn liveness(&self, sign: Sign) -> Liveness {
        self.seen_by(&Self::own(), sign)
    }

    /// Whether it lives, as a process sees it that runs here.
    fn seen_by(&self, own: &Self, sign: Sign) -> Liveness {
        if !cfg!(target_os = "linux") {
            return match is_listed(self.id).filter(|_| self.host == own.host) {
                Some(true) => Liveness::Alive,
                Some(false) => Liveness::Dead,
                None => Liveness::Unsure,
            };
        }
        if !self.is_of_the_system_of(own) {
            // It is of another host; or of this one before that was started anew, and silent since.
            let silent = sign
                .written
                .zip(booted())
                .is_some_and(|(sign, boot)| sign < boot);
            let known = self.boot != UNKNOWN && own.boot != UNKNOWN && self.host == own.host;
            return if silent && known {
                Liveness::Dead
            } else {
                Liveness::Unsure
            };
        }
        if is_same(&self.space, &own.space) {
            match running_since(self.id) {
                Some(start) if start == self.start => return Liveness::Alive,
                Some(_) => return Liveness::Dead,
                // Who does not see the first process of all may not see others either.
                None if is_visible(1) && !is_running(self.id) => return Liveness::Dead,
                None => {}
            }
        }
        // Since the boot, the same time has passed in all containers of a machine.
        let beat = sign.beat.filter(|_| is_same(&self.clock, &own.clock));
        match beat.zip(uptime()) {
            Some((beat, now)) if now >= beat.saturating_add(PATIENCE) => Liveness::Dead,
            _ => Liveness::Unsure,
        }
    }

    /// Whether both are of one running system, whose locks both see.
    pub(super) fn is_of_the_system_of(&self, other: &Self) -> bool {
        if cfg!(target_os = "linux") {
            is_same(&self.boot, &other.boot)
        } else {
            self.host == other.host
        }
    }
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            id,
            start,
            boot,
            space,
            clock,
            host,
        } = self;
        write!(f, "{id} {start} {boot} {space} {clock} {host}")
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one == other && one != UNKNOWN
}

/// What a file of the system says, as one word.
fn told(path: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let word: Vec<_> = text.split_ascii_whitespace().collect();
    if word.is_empty() {
        UNKNOWN.to_owned()
    } else {
        word.join("_")
    }
}

/// The number of a namespace.
fn namespace(kind: &str) -> String {
    let link = fs::read_link(format!("/proc/self/ns/{kind}")).unwrap_or_default();
    let number: String = link
        .to_string_lossy()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    if number.is_empty() {
        UNKNOWN.to_owned()
    } else {
        number
    }
}

/// Hundredths of a second since the boot.
pub(super) fn uptime() -> Option<u64> {
    let text = fs::read_to_string("/proc/uptime").ok()?;
    let (seconds, hundredths) = text.split_ascii_whitespace().next()?.split_once('.')?;
    Some(seconds.parse::<u64>().ok()? * 100 + hundredths.parse::<u64>().ok()?)
}

/// When the machine was started.
fn booted() -> Option<SystemTime> {
    let text = fs::read_to_string("/proc/stat").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("btime "))?;
    let seconds = Duration::from_secs(line.trim().parse().ok()?);
    SystemTime::UNIX_EPOCH.checked_add(seconds)
}

/// The state and the start of a process, in ticks since the boot.
fn status(id: u32) -> Option<(String, String)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name of the program comes second, in brackets, and may have spaces and brackets in it.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut words = rest.split_ascii_whitespace().map(str::to_owned);
    Some((words.next()?, words.nth(18)?))
}

/// None if the process is over, or on a system that does not tell.
fn running_since(id: u32) -> Option<String> {
    // A process that nobody has waited for is over all the same.
    let (state, start) = status(id)?;
    (!matches!(state.as_str(), "Z" | "X")).then_some(start)
}

fn is_visible(id: u32) -> bool {
    status(id).is_some()
}

/// Whether there is a process of which nothing more is told.
fn is_running(id: u32) -> bool {
    !is_visible(id) && fs::exists(format!("/proc/{id}")).unwrap_or(true)
}

/// Whether the system lists a process of that number; none where nobody can tell.
fn is_listed(id: u32) -> Option<bool> {
    let output = if cfg!(windows) {
        let filter = format!("PID eq {id}");
        std::process::Command::new("tasklist")
            .args(["/NH", "/FI", &filter])
            .output()
    } else {
        std::process::Command::new("ps")
            .args(["-o", "pid=", "-p", &id.to_string()])
            .output()
    };
    let text = String::from_utf8_lossy(&output.ok()?.stdout).into_owned();
    let id = id.to_string();
    Some(text.split_ascii_whitespace().any(|word| word == id))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::{Liveness, PATIENCE, Process, Sign, booted, uptime};
    use std::time::Duration;

    fn sign(beat: u64) -> Sign {
        Sign {
            beat: Some(beat),
            written: booted().map(|boot| boot + Duration::from_secs(1)),
        }
    }

    /// What another one says of itself, seen by this one.
    fn seen(change: impl FnOnce(&mut Process), sign: Sign) -> Liveness {
        let own = Process::own();
        let mut other = own.clone();
        change(&mut other);
        other.seen_by(&own, sign)
    }

    #[test]
    fn a_process_of_the_same_namespace_is_seen() {
        let fresh = sign(uptime().unwrap());
        let zombie = 4_000_000;
        assert_eq!(seen(|_| {}, sign(0)), Liveness::Alive);
        assert_eq!(
            seen(|other| other.start = "1".to_owned(), fresh),
            Liveness::Dead
        );
        assert_eq!(seen(|other| other.id = zombie, fresh), Liveness::Dead);
    }

    #[test]
    fn a_process_of_another_namespace_lives_as_long_as_it_beats() {
        let now = uptime().unwrap();
        let elsewhere = |other: &mut Process| other.space = "1".to_owned();
        assert_eq!(seen(elsewhere, sign(now)), Liveness::Unsure);
        assert_eq!(seen(elsewhere, sign(now - PATIENCE - 1)), Liveness::Dead);
        assert_eq!(seen(elsewhere, Sign::default()), Liveness::Unsure);
        let unknown = |other: &mut Process| other.space = "-".to_owned();
        assert_eq!(seen(unknown, sign(now)), Liveness::Unsure);
        // Whose clock is another one cannot be compared.
        let timeless = |other: &mut Process| {
            elsewhere(other);
            other.clock = "1".to_owned();
        };
        assert_eq!(seen(timeless, sign(0)), Liveness::Unsure);
    }

    #[test]
    fn the_boot_counts() {
        // The same number, begun at the same moment, of another boot.
        let boot = |other: &mut Process| other.boot = "another".to_owned();
        let silent = Sign {
            beat: Some(0),
            written: booted().map(|boot| boot - Duration::from_secs(1)),
        };
        assert_eq!(seen(boot, silent), Liveness::Dead);
        assert_eq!(seen(boot, sign(0)), Liveness::Unsure);
        let host = |other: &mut Process| {
            boot(other);
            other.host = "another".to_owned();
        };
        assert_eq!(seen(host, silent), Liveness::Unsure);
        let unknown = |other: &mut Process| other.boot = "-".to_owned();
        assert_eq!(seen(unknown, silent), Liveness::Unsure);
    }

    #[test]
    fn a_process_is_read_as_it_is_written() {
        let own = Process::own();
        assert_eq!(Process::parse(&own.to_string()), Some(own));
        for text in ["", "12 13 boot", "x 1 2 3 4 5", "1 2 3 4 5"] {
            assert_eq!(Process::parse(text), None);
        }
    }
}

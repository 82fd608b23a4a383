//! Which process has a lock, and whether it lives.

use std::fmt;
use std::fs;

/// A process: its number, when it began, and the boot of the machine that this counts from.
///
/// A number alone is given again to a later process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Process {
    pub(super) id: u32,
    start: String,
    boot: String,
}

impl Process {
    pub(super) fn own() -> Self {
        let id = std::process::id();
        Self {
            id,
            start: running_since(id).unwrap_or_else(unknown),
            boot: boot().unwrap_or_else(unknown),
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_ascii_whitespace();
        Some(Self {
            id: words.next()?.parse().ok()?,
            start: words.next()?.to_owned(),
            boot: words.next()?.to_owned(),
        })
    }

    pub(super) fn is_alive(&self) -> bool {
        if cfg!(target_os = "linux") {
            boot().is_none_or(|boot| boot == self.boot)
                && running_since(self.id).is_some_and(|start| start == self.start)
        } else {
            is_listed(self.id)
        }
    }
}

impl fmt::Display for Process {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.id, self.start, self.boot)
    }
}

/// What stands for what a system does not tell.
fn unknown() -> String {
    "-".to_owned()
}

/// In ticks since the boot; none if the process is over, or on a system that does not tell.
fn running_since(id: u32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name of the program comes second, in brackets, and may have spaces and brackets in it.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut words = rest.split_ascii_whitespace();
    let state = words.next()?;
    // A process that nobody has waited for is over all the same.
    if matches!(state, "Z" | "X") {
        return None;
    }
    words.nth(18).map(str::to_owned)
}

fn boot() -> Option<String> {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(id.trim().to_owned())
}

/// Whether the system lists a process of that number.
fn is_listed(id: u32) -> bool {
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
    // Where nobody can tell, the owner is taken to live: two owners would be worse.
    output.map_or(true, |output| {
        let id = id.to_string();
        let text = String::from_utf8_lossy(&output.stdout);
        text.split_ascii_whitespace().any(|word| word == id)
    })
}

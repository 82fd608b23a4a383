//! Who has a lock, for those who cannot have it.

use std::fmt;

use super::process::{Liveness, Process};

/// An owner, as its lock names it.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    language: String,
    process: Option<Process>,
    is_unsure: bool,
}

impl Holder {
    pub(super) fn new(line: &str, liveness: Liveness) -> Self {
        let (language, rest) = line.split_once(' ').unwrap_or_default();
        Self {
            language: language.to_owned(),
            process: Process::parse(rest),
            is_unsure: liveness == Liveness::Unsure,
        }
    }

    /// Whether nobody can tell from here whether it lives.
    pub(crate) fn is_unsure(&self) -> bool {
        self.is_unsure
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(process) = &self.process else {
            return f.write_str("somebody else");
        };
        let Process { id, host, .. } = process;
        let language = if self.language == "node" {
            "JavaScript"
        } else {
            "Rust"
        };
        write!(f, "the process {id} ({language}")?;
        if *id == std::process::id() && *process == Process::own() {
            f.write_str(", this one")?;
        }
        match host.as_str() {
            "-" => f.write_str(")"),
            host => write!(f, ", on the host {host})"),
        }
    }
}

//! The tests tested: each planted mistake has to be found by one of them.

use std::fmt;

use trackstats::journal::Bug;

use super::damage::{self, Sample};
use super::{fault, power};

/// Which mistakes were found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Each mistake, and what found it.
    pub caught: Vec<(Bug, String)>,
    /// Those that nothing found.
    pub missed: Vec<Bug>,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (bug, by) in &self.caught {
            writeln!(f, "  {bug:?}: {by}")?;
        }
        for bug in &self.missed {
            writeln!(f, "  {bug:?}: NOT caught")?;
        }
        let all = self.caught.len() + self.missed.len();
        write!(f, "planted bugs caught: {} of {all}", self.caught.len())
    }
}

/// Plants each mistake in turn and looks whether a test fails.
///
/// # Errors
///
/// When a test fails without a mistake.
pub fn run() -> Result<Found, String> {
    try_all()?;
    let mut found = Found::default();
    for bug in Bug::ALL {
        Bug::plant(Some(bug));
        // A mistake may also be found by a panic.
        let result = std::panic::catch_unwind(try_all);
        Bug::plant(None);
        match result {
            Ok(Ok(())) => found.missed.push(bug),
            Ok(Err(error)) => found.caught.push((bug, error)),
            Err(_) => found.caught.push((bug, "a panic".to_owned())),
        }
    }
    Ok(found)
}

fn try_all() -> Result<(), String> {
    power::run(0..4, 30).map_err(|error| format!("power loss: {error}"))?;
    fault::run(0..2, 12).map_err(|error| format!("I/O errors: {error}"))?;
    let text = |error: String| format!("damage: {error}");
    let sample = Sample::new(1, 3_000).map_err(|error| text(error.to_string()))?;
    damage::mutate(&sample, 1, 1_500).map_err(text)?;
    damage::flip(&sample, 43).map_err(text)?;
    Ok(())
}

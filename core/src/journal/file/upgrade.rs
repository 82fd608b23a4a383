//! From the formats of older releases to that of this one.

use super::header::{Header, VERSION};
use crate::journal::fault::JournalFault;

/// What makes a file of the next version out of one of this version; none if it is damaged.
pub(crate) type UpgradeStep = (u8, fn(&[u8]) -> Option<Vec<u8>>);

/// The steps from each older version, ascending. Version 1 is the first that there is.
pub(crate) const STEPS: &[UpgradeStep] = &[];

/// The version of an older file, and the file in the present format; none if it is that already, or
/// tells no version.
pub(crate) fn upgrade(
    bytes: &[u8],
    steps: &[UpgradeStep],
) -> Result<Option<(u8, Vec<u8>)>, JournalFault> {
    let Some(written) = Header::version_of(bytes).filter(|&version| version < VERSION) else {
        return Ok(None);
    };
    let mut upgraded: Option<Vec<u8>> = None;
    for version in written..VERSION {
        let step = steps.iter().find(|(from, _)| *from == version);
        let bytes = upgraded.as_deref().unwrap_or(bytes);
        let next = step.and_then(|(_, step)| step(bytes));
        upgraded = Some(next.ok_or(JournalFault::Damaged {
            what: "a file of an older version",
            at: 0,
        })?);
    }
    Ok(upgraded.map(|upgraded| (written, upgraded)))
}

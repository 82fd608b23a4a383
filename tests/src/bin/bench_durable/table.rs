//! The lines that are printed.

use std::fmt;

/// One measure: ours beside the peer's.
#[derive(Debug)]
pub(crate) struct Line {
    name: &'static str,
    ours: String,
    peer: String,
    ratio: f64,
    target: String,
    pub(crate) met: bool,
}

impl Line {
    pub(crate) fn heading() -> String {
        columns(["name", "ours", "peer", "ratio", "target"], "met")
    }

    /// Our rate beside the peer's, by the seconds that one takes. Ours has to be `target` times as high.
    pub(crate) fn rate(name: &'static str, ours: f64, peer: f64, target: f64) -> Self {
        let per_second = |seconds: f64| format!("{:.0}/s", seconds.recip());
        Self::of(
            name,
            per_second(ours),
            per_second(peer),
            peer / ours,
            target,
        )
    }

    /// Our rate beside that of a peer that no target is set for.
    pub(crate) fn beside(name: &'static str, ours: f64, peer: f64) -> Self {
        Self {
            target: "-".to_owned(),
            met: true,
            ..Self::rate(name, ours, peer, 0.0)
        }
    }

    /// Our seconds beside the peer's, which have to be `target` times as many.
    pub(crate) fn time(name: &'static str, ours: f64, peer: f64, target: f64) -> Self {
        let shown = |seconds: f64| format!("{:.1} ms", seconds * 1e3);
        Self::of(name, shown(ours), shown(peer), peer / ours, target)
    }

    /// Our bytes beside the peer's, which have to be `target` times as many.
    pub(crate) fn size(name: &'static str, ours: u64, peer: u64, target: f64) -> Self {
        let (ours, peer) = (megabytes(ours), megabytes(peer));
        let shown = |size: f64| format!("{size:.2} MB");
        Self::of(name, shown(ours), shown(peer), peer / ours, target)
    }

    /// Ours, which may be `most` of the unit.
    pub(crate) fn at_most(name: &'static str, ours: f64, most: f64, unit: &str) -> Self {
        Self {
            name,
            ours: format!("{ours:.2} {unit}"),
            peer: "-".to_owned(),
            ratio: most / ours,
            target: format!("<= {most} {unit}"),
            met: ours <= most,
        }
    }

    fn of(name: &'static str, ours: String, peer: String, ratio: f64, target: f64) -> Self {
        Self {
            name,
            ours,
            peer,
            ratio,
            target: format!("{target}"),
            met: ratio >= target,
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "megabytes are rounded when they are shown"
)]
pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = format!("{:.2}", self.ratio);
        let cells = [self.name, &self.ours, &self.peer, &ratio, &self.target];
        f.write_str(&columns(cells, if self.met { "met" } else { "short" }))
    }
}

fn columns([name, ours, peer, ratio, target]: [&str; 5], met: &str) -> String {
    format!("{name:<62}  {ours:>10}  {peer:>10}  {ratio:>8}  {target:>9}  {met}")
}

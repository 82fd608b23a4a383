//! The lines that are printed.

use std::fmt;

/// One measure: ours beside a peer's.
#[derive(Debug)]
pub(crate) struct Line {
    name: String,
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

    /// Our seconds beside a peer's. The peer has to take `target` times as long, or longer.
    pub(crate) fn faster(name: String, ours: f64, peer: f64, target: f64) -> Self {
        let ratio = peer / ours;
        Self {
            name,
            ours: time(ours),
            peer: time(peer),
            ratio,
            target: target.to_string(),
            met: ratio >= target,
        }
    }

    /// The seconds of a large case beside those of a small one, in the place of the peer. The large
    /// one may take `target` times as long.
    pub(crate) fn grows(name: String, large: f64, small: f64, target: f64) -> Self {
        let ratio = large / small;
        Self {
            name,
            ours: time(large),
            peer: time(small),
            ratio,
            target: format!("<= {target}"),
            met: ratio <= target,
        }
    }

    /// Megabytes beside a peer's. Ours may be `target`; the peer's are shown to compare.
    pub(crate) fn smaller(name: String, ours: f64, peer: f64, target: f64) -> Self {
        Self {
            name,
            ours: format!("{ours:.1} MB"),
            peer: format!("{peer:.1} MB"),
            ratio: peer / ours,
            target: format!("<= {target} MB"),
            met: ours <= target,
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = format!("{:.2}", self.ratio);
        let cells = [&self.name, &self.ours, &self.peer, &ratio, &self.target];
        let met = if self.met { "met" } else { "short" };
        f.write_str(&columns(cells.map(String::as_str), met))
    }
}

fn columns([name, ours, peer, ratio, target]: [&str; 5], met: &str) -> String {
    format!("{name:<58}  {ours:>9}  {peer:>9}  {ratio:>7}  {target:>8}  {met}")
}

fn time(seconds: f64) -> String {
    if seconds < 0.001 {
        format!("{:.1} us", seconds * 1e6)
    } else {
        format!("{:.2} ms", seconds * 1e3)
    }
}

//! Medians of runs that take turns, so that other load on the machine falls on all of them.

use std::time::Duration;

use cpu_time::ThreadTime;

use crate::Outcome;

/// Of each contender; odd, so that one of them is the median.
pub(crate) const RUNS: usize = 7;

/// One run. It answers the time of the work alone, without what has to be there before.
pub(crate) type Run<'r> = &'r mut dyn FnMut() -> Outcome<Duration>;

/// Runs all in turn, and answers the median seconds of each.
pub(crate) fn in_turn<const N: usize>(mut runs: [Run<'_>; N]) -> Outcome<[f64; N]> {
    let mut seconds = [const { Vec::new() }; N];
    // The first turn warms caches and memory, and is not counted.
    for turn in 0..=RUNS {
        for (run, seconds) in runs.iter_mut().zip(&mut seconds) {
            let taken = run()?.as_secs_f64();
            if turn > 0 {
                seconds.push(taken);
            }
        }
    }
    Ok(seconds.map(median))
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The time that this thread works. What other programs take of the processor meanwhile is not in it:
/// the clock on the wall would count it for long works and hardly for short ones.
pub(crate) fn timed(work: impl FnOnce() -> Outcome<()>) -> Outcome<Duration> {
    let started = ThreadTime::try_now()?;
    work()?;
    Ok(started.try_elapsed()?)
}

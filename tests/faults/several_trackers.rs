//! Several trackers over one reading, and trackers and runs that are kept.

use trackstats::{Aggregation, ErrorCode, Period, Tracker, track_all};

use crate::tracked::{Event, events, rows, store_on, tracker};

#[test]
fn several_trackers_read_the_events_once_and_are_written_together() {
    let mut store = store_on(50, None);
    let read = std::cell::Cell::new(0);
    let source = |days: std::ops::Range<i32>| {
        let read = &read;
        events(days)
            .into_iter()
            .inspect(move |_| read.set(read.get() + 1))
    };
    let month = tracker(Aggregation::Count, Period::Month);
    let revenue = tracker(Aggregation::Sum, Period::Day);
    let reports = track_all(&mut store, &[&month, &revenue], source(0..51)).unwrap();
    assert_eq!(read.get(), 51);
    assert_eq!([reports[0].created, reports[1].created], [51, 51]);
    let before = rows(&store);
    // The second could be written, and the first is refused.
    track_all(&mut store, &[&revenue, &month], source(48..51)).unwrap_err();
    assert_eq!(rows(&store), before);
}

#[test]
fn a_tracker_and_its_run_can_be_kept_sent_and_used_again() {
    fn is_state<T: Send + Sync + Clone + 'static>(_: &T) {}
    fn is_sent<T: Send + 'static>(_: &T) {}
    let tracker = tracker(Aggregation::Count, Period::Day).by("user", |event| event.user.into());
    is_state(&tracker);
    let mut store = store_on(50, None);
    let run = tracker.begin(&store).unwrap();
    is_sent(&run);
    let run = std::thread::spawn(move || {
        let mut run = run;
        for event in events(0..5) {
            run.push(&event).unwrap();
        }
        run
    });
    assert_eq!(run.join().unwrap().finish(&mut store).unwrap().created, 5);
    assert_eq!(tracker.track(&mut store, events(0..6)).unwrap().created, 1);
}

#[test]
fn a_run_that_is_not_finished_leaves_nothing() {
    let mut store = store_on(50, None);
    let long = "x".repeat(2_000);
    let tracker = Tracker::count("a.count", Period::Day)
        .at(|event: &Event| event.day)
        .by("user", |event| {
            if event.user > 1 {
                long.clone().into()
            } else {
                event.user.into()
            }
        });
    let mut run = tracker.begin(&store).unwrap();
    run.push(&events([1])[0]).unwrap();
    assert_eq!(
        run.push(&events([2])[0]).unwrap_err().code(),
        ErrorCode::InvalidValue
    );
    assert_eq!(
        run.finish(&mut store).unwrap_err().code(),
        ErrorCode::InvalidState
    );
    tracker.track(&mut store, events(0..3)).unwrap_err();
    assert!(store.is_empty());
}

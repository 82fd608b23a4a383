//! How much memory statistics take.

use allocation_counter::measure;

use crate::Outcome;
use crate::contender::Contender;
use crate::maps::Maps;
use crate::ours::Ours;
use crate::table::Line;
use crate::workload::{Row, Size, date};

const SIZE: Size = Size {
    metrics: 1,
    objects: 1_000,
    days: 1_000,
};

pub(crate) fn line() -> Outcome<Line> {
    let (ours, maps) = (held::<Ours>()?, held::<Maps>()?);
    let name = "memory of 1000000 statistics in 1000 series: BTreeMap";
    Ok(Line::smaller(name.to_owned(), ours, maps, 20.0))
}

/// The megabytes that stay allocated when all is recorded.
fn held<C: Contender>() -> Outcome<f64> {
    let mut made = Err("nothing was made".into());
    let allocated = measure(|| made = fill::<C>());
    drop(made?);
    #[expect(
        clippy::cast_precision_loss,
        reason = "megabytes are rounded when they are shown"
    )]
    Ok(allocated.bytes_current as f64 / 1e6)
}

/// One row at a time, so that nothing but the store is held. There is a gap after every second day:
/// without gaps the library keeps fewer dates, which would be a better case than most.
fn fill<C: Contender>() -> Outcome<C> {
    let mut contender = C::empty(SIZE)?;
    for day in 0..SIZE.days {
        let date = date(day + day / 2)?;
        for object in 1..=SIZE.objects {
            let value = i64::from(day) * i64::from(object);
            contender.record(&[Row {
                metric: 0,
                object,
                date,
                value,
            }])?;
        }
    }
    Ok(contender)
}

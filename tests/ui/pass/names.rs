//! Names that mean something elsewhere.
#![deny(missing_docs, warnings)]

use ::trackstats::{Metric, MetricAt, stats};

stats! {
    /// Called like the crates that the expansion names.
    pub trackstats { trackstats by trackstats, core by core, std by std }
    pub core { option by convert, into, some by none }
    pub i64 { i64: i64 by f64, f64: f64 by i64 }
    /// Keywords: raw where they are written, and as they are where they are not.
    pub r#mod { r#type by type, Loop by (loop, Match), by by by }
    /// Called like what the expansion is made of.
    pub made {
        declared by (t0, T1, METRICS, DECLARED, domains),
        metrics by (declared, orders),
        t0,
        orders by (ORDERS, a),
    }
    /// Without an upper case.
    pub caseless { _1, _2_, by_place by (_1, _3) }
}

fn main() {
    let _: MetricAt<'_, i64, 1> = self::trackstats::trackstats("a");
    let _: MetricAt<'_, i64, 1> = self::core::some(1);
    let _: MetricAt<'_, f64, 1> = self::i64::f64("a");
    let _: MetricAt<'_, i64, 1> = r#mod::r#type(1);
    let _: MetricAt<'_, i64, 2> = r#mod::r#loop(1, 2);
    let _: MetricAt<'_, i64, 1> = r#mod::by(1);
    assert_eq!(r#mod::LOOP.dimensions(), ["loop", "Match"]);
    let _: Metric<i64, 5> = made::DECLARED;
    let _: MetricAt<'_, i64, 2> = made::orders(1, 2);
    assert_eq!(made::ORDERS.dimensions(), ["ORDERS", "a"]);
    let _: Metric<i64> = caseless::_1;
    let _: MetricAt<'_, i64, 2> = caseless::by_place(1, 2);
}

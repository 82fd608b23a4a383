//! Everything that the grammar allows.
#![deny(missing_docs, warnings)]

use trackstats::{Metric, MetricAt, stats};

stats! {
    /// What the web shop sells.
    pub shopping "Shopping" {
        /// Paid orders only.
        order_count "Number of orders sold",
        revenue: f64 "Revenue, in euro",
        sales: i64 by (country, province,) "Items sold, by region",
        #[reference("returned-items")]
        returns by product,
        r#type,
    }
    #[reference("web-users")]
    pub(crate) users { user_count }
}

mod second {
    trackstats::stats! { pub site { visits by page, } }
}

const HANDLE: Metric<i64> = shopping::ORDER_COUNT;

fn main() {
    let _: MetricAt<'_, i64, 2> = shopping::sales("NL", String::from("Utrecht"));
    let _: Metric<f64> = shopping::REVENUE;
    let _: Metric<i64, 1> = second::site::VISITS;
    assert_eq!(HANDLE.reference(), "order_count");
    assert_eq!(shopping::RETURNS.reference(), "returned-items");
    assert_eq!(shopping::TYPE.reference(), "type");
    assert_eq!(users::USER_COUNT.domain(), "web-users");
}

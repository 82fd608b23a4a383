#![deny(dead_code, deprecated)]

use trackstats::stats;

stats! {
    #[allow(dead_code)]
    shop {
        #[cfg(any())]
        orders: f64 by country,
        #[cfg(all())]
        orders "Orders",
        #[deprecated = "count orders"]
        visits by page,
        sales,
    }
    #[cfg(any())]
    away { nothing }
    #[cfg(all())]
    away { all }
    #[deprecated]
    old { orders }
}

mod elsewhere {
    pub use trackstats as ts;

    ts::stats! { pub(super) users { count by country } }
}

#[allow(deprecated)]
fn old() -> (trackstats::Metric<i64>, trackstats::MetricAt<'static, i64, 1>) {
    (old::ORDERS, shop::visits("/"))
}

fn main() {
    let metric: trackstats::Metric<i64> = shop::ORDERS;
    assert_eq!(metric.declaration().title, Some("Orders"));
    assert_eq!(shop::DOMAIN.metrics().len(), 3);
    assert_eq!(away::ALL.to_string(), "away.all");
    assert_eq!(old().0.to_string(), "old.orders");
    assert_eq!(elsewhere::users::count("NL").to_string(), "users.count(country: NL)");
}

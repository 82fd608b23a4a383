//! A declaration whose parts another macro passes on.
#![deny(missing_docs, warnings)]

macro_rules! declare {
    ($visibility:vis $domain:ident { $metric:ident: $type:ty, $dimension:ident, $title:literal }) => {
        ::trackstats::stats! {
            $visibility $domain $title { $metric: $type by $dimension $title }
        }
    };
}

declare! { pub shop { sales: i64, country, "Sales" } }
declare! { site { visits: f64, page, "Visits" } }

fn main() {
    let _: trackstats::MetricAt<'_, i64, 1> = shop::sales("NL");
    let _: trackstats::MetricAt<'_, f64, 1> = site::visits("/");
    assert_eq!(site::DOMAIN.title(), Some("Visits"));
}

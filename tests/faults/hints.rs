//! What an unknown name is said to be, and which known one was probably meant.

use trackstats::{ErrorCode, Import, MetricRef, NewDomain, NewMetric, Period, Store};

fn store() -> Store {
    let mut store = Store::in_memory();
    store.register_domain(&NewDomain::new("shop")).unwrap();
    store
        .register_metric(&NewMetric::new("shop.order_count"))
        .unwrap();
    let sales = NewMetric::new("shop.sales").by(["country", "province"]);
    store.register_metric(&sales).unwrap();
    store
}

/// Checks the code of an error, and that its text says so much.
fn says(error: &trackstats::Error, code: ErrorCode, texts: &[&str]) {
    assert_eq!(error.code(), code, "{error}");
    for text in texts {
        assert!(error.to_string().contains(text), "{error}");
    }
}

#[test]
fn an_unknown_metric_names_the_nearest_known_one() {
    let mut store = store();
    for name in ["shop.order_cuont", "shop.orderCount", "Shop.Order_Count"] {
        let metric = MetricRef::new(name);
        let error = store
            .record(&metric, Period::Day, "2026-11-23", 1)
            .unwrap_err();
        says(
            &error,
            ErrorCode::UnknownMetric,
            &[name, "did you mean 'shop.order_count'?"],
        );
        let error = store.series(&metric, Period::Day).read().unwrap_err();
        says(
            &error,
            ErrorCode::UnknownMetric,
            &[name, "did you mean 'shop.order_count'?"],
        );
    }
    let far = MetricRef::new("users.logins");
    let error = store
        .record(&far, Period::Day, "2026-11-23", 1)
        .unwrap_err();
    says(
        &error,
        ErrorCode::UnknownMetric,
        &["'users.logins'", "register it first"],
    );
}

#[test]
fn a_metric_without_its_domain_names_the_whole() {
    let mut store = store();
    for (name, meant) in [("order_count", "shop.order_count"), ("sales", "shop.sales")] {
        let error = store
            .record(&MetricRef::new(name), Period::Day, "2026-11-23", 1)
            .unwrap_err();
        let text = format!("did you mean '{meant}'?");
        says(&error, ErrorCode::UnknownMetric, &[&text]);
    }
}

#[test]
fn sql_says_how_parameters_texts_and_columns_are_written() {
    let store = store();
    let asked = |condition: &str| {
        let text = format!("SELECT value FROM statistic_by_date WHERE {condition}");
        store.select(&text).unwrap_err()
    };
    says(&asked("value = ?"), ErrorCode::SqlSyntax, &["$1, $2"]);
    let texts = ["parameter $2 has no value", "0 were given"];
    says(&asked("value = $2"), ErrorCode::SqlUnsupported, &texts);
    let texts = ["'shop.orders'", "single quotes"];
    says(
        &asked("metric = \"shop.orders\""),
        ErrorCode::SqlUnsupported,
        &texts,
    );
    let texts = ["'metrc'", "did you mean 'metric'?"];
    says(
        &asked("metrc = 'shop.orders'"),
        ErrorCode::SqlUnsupported,
        &texts,
    );
}

#[test]
fn an_unknown_dimension_names_the_nearest_and_all_known_ones() {
    let mut store = store();
    let metric = MetricRef::new("shop.sales").at("contry", "NL");
    let error = store
        .record(&metric, Period::Day, "2026-11-23", 1)
        .unwrap_err();
    let texts = ["'contry'", "did you mean 'country'?", "country, province"];
    says(&error, ErrorCode::UnknownDimension, &texts);
}

#[test]
fn an_unknown_period_names_the_nearest_and_all_known_ones() {
    let error = "days_82".parse::<Period>().unwrap_err();
    says(
        &error,
        ErrorCode::UnknownPeriod,
        &["'days_82'", "did you mean 'days_28'?", "month or lifetime"],
    );
    let error = "Day".parse::<Period>().unwrap_err();
    says(&error, ErrorCode::UnknownPeriod, &["did you mean 'day'?"]);
}

#[test]
fn an_unknown_metric_of_a_file_names_the_nearest_known_one() {
    let mut store = store();
    let line = r#"{"metric":"shop.order_cuont","period":"day","date":"2026-11-23","value":1}"#;
    let error = Import::json_lines()
        .read(&mut store, line.as_bytes())
        .unwrap_err();
    says(
        &error,
        ErrorCode::UnknownMetric,
        &["did you mean 'shop.order_count'?"],
    );
}

#[test]
fn what_is_registered_by_serde_refuses_a_key_that_nobody_knows() {
    let metric = serde_json::from_str::<NewMetric>(r#"{"name":"shop.a","type":"float"}"#);
    assert!(
        metric
            .unwrap_err()
            .to_string()
            .contains("unknown field `type`")
    );
    let domain = serde_json::from_str::<NewDomain>(r#"{"reference":"shop","titel":"Shop"}"#);
    assert!(
        domain
            .unwrap_err()
            .to_string()
            .contains("unknown field `titel`")
    );
    let at = serde_json::from_str::<MetricRef>(r#"{"name":"shop.sales","by":{"country":"NL"}}"#);
    assert!(at.unwrap_err().to_string().contains("unknown field `by`"));
}

#[test]
fn a_message_is_short_whatever_it_names() {
    let mut store = Store::in_memory();
    let metric = NewMetric::new("shop.sales").by(["country"]);
    store.register_metric(&metric).unwrap();
    let long = "é".repeat(1_000_000);
    let errors = [
        store.record(
            MetricRef::new("shop.sales").at(long.as_str(), "x"),
            Period::Day,
            "2026-11-23",
            1,
        ),
        store.record(long.as_str(), Period::Day, "2026-11-23", 1),
        store.record("shop.sales", Period::Day, long.as_str(), 1),
        store.register_metric(&NewMetric::new(&long)),
    ];
    for error in errors {
        let text = error.unwrap_err().to_string();
        assert!(text.len() < 2_100, "{}", text.len());
    }
}

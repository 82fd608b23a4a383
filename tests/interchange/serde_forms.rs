use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use trackstats::{
    Bucket, Date, DateRange, DimensionValue, DomainInfo, ErrorCode, EventTime, Fill, MetricInfo,
    Period, Point, Series, Statistic, Timestamp, Value, ValueKind, Weekday,
};

use crate::sample;

/// Through JSON, whose text is given, and through a format that does not describe itself.
#[track_caller]
fn travels<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    value: &T,
    text: &serde_json::Value,
) {
    assert_eq!(serde_json::to_value(value).unwrap(), *text);
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *value, "{json}");
    let bytes = postcard::to_allocvec(value).unwrap();
    assert_eq!(postcard::from_bytes::<T>(&bytes).unwrap(), *value);
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn whole_floats_come_back_as_floats_and_integers_exactly() {
    for (value, text) in [
        (Value::Float(2.0), "2.0"),
        (Value::Float(-0.0), "-0.0"),
        (Value::Float(1e300), "1e+300"),
        (Value::Float(f64::MIN_POSITIVE), "2.2250738585072014e-308"),
        (Value::Float(0.1 + 0.2), "0.30000000000000004"),
        (Value::Integer(2), "2"),
        (Value::Integer(i64::MIN), "-9223372036854775808"),
        (Value::Integer(i64::MAX), "9223372036854775807"),
    ] {
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
        let back: Value = serde_json::from_str(text).unwrap();
        assert_eq!((back, back.kind()), (value, value.kind()));
        let bytes = postcard::to_allocvec(&value).unwrap();
        let back: Value = postcard::from_bytes(&bytes).unwrap();
        assert_eq!((back, back.kind()), (value, value.kind()));
    }
}

#[test]
fn a_value_is_neither_rounded_nor_infinite() {
    for text in [
        "9223372036854775808",
        "1e400",
        "null",
        "true",
        "\"1\"",
        "[1]",
    ] {
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
    }
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(serde_json::to_string(&Value::Float(float)).is_err());
        assert!(postcard::to_allocvec(&Value::Float(float)).is_err());
    }
}

#[test]
fn dates_and_what_is_made_of_them_are_texts() {
    travels(&date("0001-01-01"), &json!("0001-01-01"));
    travels(&Date::MAX, &json!("9999-12-31"));
    let range = DateRange::new(date("2026-11-01"), date("2026-11-30"));
    travels(
        &range,
        &json!({ "first": "2026-11-01", "last": "2026-11-30" }),
    );
    let instant: Timestamp = "2026-11-23T12:00:01Z".parse().unwrap();
    travels(&instant, &json!("2026-11-23T12:00:01Z"));
    travels(&EventTime::Instant(instant), &json!("2026-11-23T12:00:01Z"));
    travels(&EventTime::Date(date("2026-11-23")), &json!("2026-11-23"));
    assert!(serde_json::from_str::<Date>("\"2026-02-30\"").is_err());
}

#[test]
fn names_are_the_texts_of_the_library() {
    for period in Period::ALL {
        travels(&period, &json!(period.as_str()));
    }
    for day in Weekday::ALL {
        travels(&day, &json!(day.as_str()));
    }
    for bucket in [Bucket::Day, Bucket::Month, Bucket::Quarter, Bucket::Year] {
        travels(&bucket, &json!(bucket.to_string()));
    }
    travels(&Bucket::Week(Weekday::Sunday), &json!({ "week": "sunday" }));
    travels(&ValueKind::Integer, &json!("integer"));
    travels(&ValueKind::Float, &json!("float"));
    travels(&Fill::Previous, &json!("previous"));
}

#[test]
fn error_codes_are_the_texts_of_their_codes() {
    use ErrorCode as E;

    for code in [
        E::InvalidReference,
        E::InvalidDate,
        E::InvalidValue,
        E::UnsafeInteger,
        E::Overflow,
        E::UnknownMetric,
        E::UnknownPeriod,
        E::UnknownDimension,
        E::UnknownZone,
        E::KindMismatch,
        E::InUse,
        E::Closed,
        E::Corrupt,
        E::NewerVersion,
        E::ZoneMismatch,
        E::StorageFull,
        E::Io,
        E::SqlSyntax,
        E::SqlLimit,
        E::SqlUnsupported,
        E::SqlFailed,
        E::Aborted,
    ] {
        travels(&code, &json!(code.as_str()));
    }
}

#[test]
fn a_statistic_has_its_dimensions_as_a_map() {
    let mut statistic = Statistic {
        metric: "shopping.sales".into(),
        period: Period::Day,
        date: date("2026-11-23"),
        dimensions: vec![
            ("country".into(), "NL".into()),
            ("province".into(), String::new()),
        ],
        value: Some(Value::Float(3.0)),
    };
    let text = json!({
        "metric": "shopping.sales",
        "period": "day",
        "date": "2026-11-23",
        "dimensions": { "country": "NL", "province": "" },
        "value": 3.0,
    });
    travels(&statistic, &text);
    statistic.value = None;
    statistic.dimensions.clear();
    let bytes = postcard::to_allocvec(&statistic).unwrap();
    assert_eq!(
        postcard::from_bytes::<Statistic>(&bytes).unwrap(),
        statistic
    );
    let short = r#"{"metric":"shopping.sales","period":"day","date":"2026-11-23","value":null}"#;
    assert_eq!(serde_json::from_str::<Statistic>(short).unwrap(), statistic);
}

#[test]
fn dimensions_are_sorted_and_no_name_comes_twice() {
    let line = |dimensions: &str| {
        let line = format!(
            r#"{{"metric":"a.b","period":"day","date":"2026-11-23","dimensions":{dimensions},"value":1}}"#
        );
        serde_json::from_str::<Statistic>(&line).map(|statistic| statistic.dimensions)
    };
    let sorted = line(r#"{"b":"1","a":"2"}"#).unwrap();
    assert_eq!(sorted, [("a".into(), "2".into()), ("b".into(), "1".into())]);
    assert!(line(r#"{"a":"1","a":"1"}"#).is_err());
}

#[test]
fn a_series_is_a_list_of_points_in_date_order() {
    let point = Point {
        date: date("2026-11-23"),
        value: Some(2.0),
    };
    travels(&point, &json!({ "date": "2026-11-23", "value": 2.0 }));
    let series = sample()
        .series("shopping.order_count", Period::Day)
        .read()
        .unwrap();
    let text = json!([
        { "date": "2026-11-22", "value": 3 },
        { "date": "2026-11-23", "value": null },
    ]);
    travels(&series, &text);
    for wrong in [
        json!([{ "date": "2026-11-23", "value": 1 }, { "date": "2026-11-22", "value": 1 }]),
        json!([{ "date": "2026-11-23", "value": 1 }, { "date": "2026-11-23", "value": 1 }]),
    ] {
        assert!(serde_json::from_value::<Series<i64>>(wrong).is_err());
    }
}

#[test]
fn what_the_catalog_tells_travels() {
    let store = sample();
    for domain in store.domains() {
        let bytes = postcard::to_allocvec(domain).unwrap();
        assert_eq!(postcard::from_bytes::<DomainInfo>(&bytes).unwrap(), *domain);
    }
    let sales = store.metric("shopping.sales").unwrap();
    let text = json!({
        "domain": "shopping",
        "reference": "sales",
        "title": "",
        "description": "",
        "kind": "float",
        "dimensions": ["country", "province"],
    });
    travels::<MetricInfo>(sales, &text);
}

#[test]
fn a_dimension_value_is_a_text_and_may_be_written_as_an_integer() {
    let value: DimensionValue<'_> = serde_json::from_str("42").unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), json!("42"));
    let bytes = postcard::to_allocvec(&value).unwrap();
    let back: DimensionValue<'_> = postcard::from_bytes(&bytes).unwrap();
    assert_eq!(back.to_string(), "42");
}

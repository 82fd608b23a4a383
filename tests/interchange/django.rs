use trackstats::{
    ErrorCode, Filter, Import, ImportReport, MetricRef, NewMetric, Period, Store, Value, ValueKind,
};

use crate::{fixture, statistics};

type Django = Import<'static, trackstats::Django>;

fn read(import: Django, name: &str) -> Result<(Store, ImportReport), trackstats::Error> {
    let mut store = Store::in_memory();
    let report = import.read(&mut store, fixture(&format!("django/{name}")).as_bytes())?;
    Ok((store, report))
}

fn tabled() -> Django {
    Import::django()
        .content_type(4, "auth", "user")
        .content_type(9, "blog", "post")
}

/// What `tests/fixtures/django/README.md` says that the project holds.
#[track_caller]
fn check(store: &Store) {
    let lines: Vec<String> = statistics(store)
        .iter()
        .map(|one| {
            let dimensions: Vec<_> = one
                .dimensions
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let value = one
                .value
                .map_or_else(|| "null".to_owned(), |value| value.to_string());
            format!(
                "{} {} {} {} {value}",
                one.metric,
                one.period,
                one.date,
                dimensions.join(" ")
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            "blog.comment_count day 2024-03-01 user=1 1",
            "blog.comment_count day 2024-03-02 user=1 2",
            "blog.comment_count day 2024-03-03 user=1 3",
            "blog.comment_count day 2024-03-01 user=2 null",
            "blog.comment_count lifetime 2024-03-03 post=1 7",
            "shopping.order_count day 2024-02-28  3",
            "shopping.order_count day 2024-02-29  0",
            "shopping.order_count day 2024-03-01  null",
            "shopping.order_count lifetime 2024-03-01  9223372036854775807",
            "users.user_count week 2024-03-01  -5",
            "users.user_count days_28 2024-03-01  28",
            "users.user_count month 2024-03-01  30",
        ]
    );
    let orders = store.metric("shopping.order_count").unwrap();
    assert_eq!(orders.title, "Number of orders sold");
    assert_eq!(
        orders.description,
        "Paid orders only,\n\"returns\" not taken off — é"
    );
    assert_eq!(orders.kind, ValueKind::Integer);
    assert_eq!(store.domain("shopping").unwrap().title, "Shopping");
    assert_eq!(store.domain("blog").unwrap().title, "");
}

#[test]
fn a_dump_with_content_types_needs_nothing_else() {
    for name in [
        "content_types.json",
        "late_content_types.jsonl",
        "whole_project.json",
    ] {
        let (store, report) = read(Import::django(), name).unwrap();
        check(&store);
        assert_eq!((report.created, report.skipped), (12, 0));
    }
}

#[test]
fn a_dump_without_them_needs_a_table() {
    check(&read(tabled(), "plain.json").unwrap().0);
    let error = read(Import::django(), "plain.json").unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownDimension);
    assert_eq!(
        error.to_string(),
        "line 1: the content type 4 is not in the dump: run 'manage.py dumpdata contenttypes \
         trackstats', or name it with content_type()"
    );
    let (_, report) = read(Import::django().skip_bad_lines(), "plain.json").unwrap();
    assert_eq!((report.created, report.skipped), (7, 5));
}

#[test]
fn natural_keys_are_understood() {
    check(&read(Import::django(), "natural.json").unwrap().0);
}

#[test]
fn numbers_that_were_left_out_are_missed() {
    let error = read(tabled(), "natural_primary.json").unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1: the domain 1 is not in the dump: dump all of trackstats, without --natural-primary"
    );
}

#[test]
fn objects_may_come_in_any_order() {
    let file = fixture("django/late_content_types.jsonl");
    let mut lines: Vec<_> = file.lines().collect();
    lines.reverse();
    let mut store = Store::in_memory();
    Import::django()
        .read(&mut store, lines.join("\n").as_bytes())
        .unwrap();
    check(&store);
    let array = format!("[{}]", lines.join(","));
    let mut store = Store::in_memory();
    Import::django().read(&mut store, array.as_bytes()).unwrap();
    check(&store);
}

#[test]
fn models_of_one_name_need_two_dimensions() {
    let error = read(Import::django(), "same_model_name.json").unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownDimension);
    assert_eq!(
        error.to_string(),
        "line 1: objects of auth.user and of crm.user would both become the dimension 'user': give one \
         another name with object_type()"
    );
    let import = Import::django().object_type("crm", "user", "customer");
    let (store, report) = read(import, "same_model_name.json").unwrap();
    assert_eq!(report.created, 13);
    let customer = MetricRef::new("shopping.order_count").at("customer", 1);
    let value = store.value(&customer, Period::Day, "2024-03-01").unwrap();
    assert_eq!(value, Some(Some(Value::Integer(2))));
}

#[test]
fn a_model_whose_name_no_dimension_can_have_needs_another() {
    let import = || {
        Import::django()
            .content_type(4, "sites", "domain")
            .content_type(9, "blog", "post")
    };
    let error = read(import(), "plain.json").unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidReference);
    assert!(
        error
            .to_string()
            .contains("sites.domain need another name as a dimension"),
        "{error}"
    );
    let (store, _) = read(
        import().object_type("sites", "domain", "site"),
        "plain.json",
    )
    .unwrap();
    assert_eq!(store.count(&Filter::new().object_type("site")).unwrap(), 4);
}

#[test]
fn metrics_of_floats_take_the_integers() {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("users.user_count").kind(ValueKind::Float))
        .unwrap();
    let dump = fixture("django/content_types.json");
    Import::django().read(&mut store, dump.as_bytes()).unwrap();
    let value = store
        .value("users.user_count", Period::Week, "2024-03-01")
        .unwrap();
    assert_eq!(value, Some(Some(Value::Float(-5.0))));
}

#[test]
fn a_dump_that_lost_its_end_is_refused_even_if_bad_lines_are_skipped() {
    let dump = fixture("django/content_types.json");
    let whole = dump.trim_end();
    for end in 0..whole.len() {
        if whole.is_char_boundary(end) {
            let mut store = Store::in_memory();
            let import = Import::django().skip_bad_lines();
            assert!(
                import.read(&mut store, &whole.as_bytes()[..end]).is_err(),
                "{end}"
            );
            assert!(store.is_empty());
        }
    }
    let error = Import::django()
        .read(&mut Store::in_memory(), &whole.as_bytes()[..100])
        .unwrap_err();
    assert!(
        error.to_string().ends_with("it may have been cut off"),
        "{error}"
    );
}

#[test]
fn a_bad_object_is_named_by_its_first_line() {
    let dump = fixture("django/content_types.json");
    for (good, bad, code, text) in [
        (
            "604800",
            "604801",
            ErrorCode::UnknownPeriod,
            "604801 is the length of no period: use 86400",
        ),
        (
            "2024-02-29",
            "2023-02-29",
            ErrorCode::InvalidDate,
            "'2023-02-29' is not a date",
        ),
        (
            "-5",
            "-5.5",
            ErrorCode::KindMismatch,
            "the metric 'users.user_count' holds integers and -5.5",
        ),
        (
            "-5",
            "[]",
            ErrorCode::InvalidValue,
            "invalid type: sequence, expected a number or null",
        ),
        (
            "order_count",
            "order count",
            ErrorCode::InvalidReference,
            "the reference 'order count' has white",
        ),
        (
            "\"ref\": \"users\"",
            "\"rev\": \"users\"",
            ErrorCode::InvalidValue,
            "missing field `ref`",
        ),
        (
            "9223372036854775807",
            "9223372036854775808",
            ErrorCode::InvalidValue,
            "9223372036854775808 cannot",
        ),
    ] {
        let line = dump[..dump.find(good).unwrap()]
            .rfind("\n{")
            .map_or(0, |at| dump[..=at].matches('\n').count() + 1);
        let mut store = Store::in_memory();
        let error = Import::django()
            .read(&mut store, dump.replacen(good, bad, 1).as_bytes())
            .unwrap_err();
        let error = (error.code(), error.to_string());
        assert!(
            error.1.starts_with(&format!("line {line}: {text}")),
            "{error:?}"
        );
        assert_eq!(error.0, code);
    }
}

#[test]
fn what_is_no_list_of_objects_is_refused() {
    for (file, text) in [
        (
            "",
            "line 1: a list of objects is expected and the file ends: it may have been cut off",
        ),
        (
            "\n<django>",
            "line 2: a list of objects is expected and '<' found",
        ),
        ("[1]", "line 1: an object is expected and '1' found"),
        (
            "[{\"model\":\"a.b\"} {}]",
            "line 1: a comma or the end of the list is expected and '{' found",
        ),
        (
            "[]\n[]",
            "line 2: the end of the file is expected and '[' found",
        ),
        (
            "[{\"model\":\"a.b\"},]",
            "line 1: an object is expected and ']' found",
        ),
        ("[{}]", "line 1: missing field `model` at column 2"),
    ] {
        let error = Import::django()
            .read(&mut Store::in_memory(), file.as_bytes())
            .unwrap_err();
        assert_eq!(error.to_string(), text);
    }
    assert_eq!(
        Import::django()
            .read(&mut Store::in_memory(), &b" [ ] "[..])
            .unwrap()
            .read,
        0
    );
}

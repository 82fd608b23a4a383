stats! {
    r#mod { r#type by (r#type, self_), orderCount by Country, Loop by loop, _1, 数 }
    trackstats { core by std }
}

::core::compile_error! {
    "leave out `mod`: a domain starts with its name, as in `shopping { order_count }`"
}
::core::compile_error! {
    "`orders` in `shop` cannot hold this type: write `i64`"
}
::core::compile_error! {
    "`revenue` in `shop` cannot hold this type: write `i64` or `f64`"
}
::core::compile_error! {
    "the dimensions of `sales` stand in parentheses: write `by (country, country)`"
}
::core::compile_error! {
    "`_` cannot be the name of a metric: write another, with `#[reference(\"_\")]` before it"
}
::core::compile_error! {
    "`:` stands before the type of `visits`: write `visits: f64`"
}
::core::compile_error! {
    "`self` cannot be the name of a domain: write another, with `#[reference(\"self\")]` before it"
}
::core::compile_error! {
    "`crate` cannot be the name of a metric: write another, with `#[reference(\"crate\")]` before it"
}
::core::compile_error! {
    "`self` cannot be the name of a dimension: write another"
}
::core::compile_error! {
    "a name has no `-`: write `a_b`, with `#[reference(\"a-b\")]` before it"
}
::core::compile_error! {
    "`sales` in `shop` is split by `country` twice: leave one out"
}
::core::compile_error! {
    "`domain` in `shop` would be the constant `DOMAIN`, which is the domain itself: write another name, with `#[reference(\"domain\")]` before it"
}
::core::compile_error! {
    "the metric `orders` is declared twice in `shop`: leave one out"
}
::core::compile_error! {
    "the domain `shop` is declared twice: put its metrics together"
}
::core::compile_error! {
    "`Super` in `self` would have the function `super`, which Rust does not allow: write another name, with `#[reference(\"Super\")]` before it"
}
/// The domain shop.
mod shop {
    /// The domain itself, with all that was declared.
    pub const DOMAIN: ::trackstats::Domain = {
        static DECLARED: ::trackstats::DomainDeclaration = ::trackstats::DomainDeclaration::new(
            "shop",
            ::core::option::Option::None,
            ::core::option::Option::None,
            METRICS,
        );
        static METRICS: &[::trackstats::MetricDeclaration] = &[
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "orders",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &[],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "revenue",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &[],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "sales",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &["country", "__again_1"],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "domain",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &[],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "visits",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Float,
                &[],
            ),
        ];
        ::trackstats::Domain::declared(&DECLARED)
    };
    /// The metric orders.
    pub const ORDERS: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("orders"),
    );
    /// The metric revenue.
    pub const REVENUE: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("revenue"),
    );
    /// The metric sales.
    pub const SALES: ::trackstats::Metric<i64, 2> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("sales"),
    );
    /// [`SALES`] at a value of each of its dimensions.
    #[must_use]
    pub fn sales<
        'a,
        T0: ::core::convert::Into<::trackstats::DimensionValue<'a>>,
        T1: ::core::convert::Into<::trackstats::DimensionValue<'a>>,
    >(country: T0, __again_1: T1) -> ::trackstats::MetricAt<'a, i64, 2> {
        SALES
            .at([
                ::core::convert::Into::into(country),
                ::core::convert::Into::into(__again_1),
            ])
    }
    /// The metric domain.
    pub const DOMAIN_: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("domain"),
    );
    /// The metric visits.
    pub const VISITS: ::trackstats::Metric<f64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("visits"),
    );
}
/// The domain self.
mod self_ {
    /// The domain itself, with all that was declared.
    pub const DOMAIN: ::trackstats::Domain = {
        static DECLARED: ::trackstats::DomainDeclaration = ::trackstats::DomainDeclaration::new(
            "self",
            ::core::option::Option::None,
            ::core::option::Option::None,
            METRICS,
        );
        static METRICS: &[::trackstats::MetricDeclaration] = &[
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "crate",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &[],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "Super",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &["self"],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "a_b",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &[],
            ),
        ];
        ::trackstats::Domain::declared(&DECLARED)
    };
    /// The metric crate.
    pub const CRATE: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("crate"),
    );
    /// The metric Super.
    pub const SUPER: ::trackstats::Metric<i64, 1> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("Super"),
    );
    /// [`SUPER`] at a value of each of its dimensions.
    #[must_use]
    pub fn super_<'a, T0: ::core::convert::Into<::trackstats::DimensionValue<'a>>>(
        self_: T0,
    ) -> ::trackstats::MetricAt<'a, i64, 1> {
        SUPER.at([::core::convert::Into::into(self_)])
    }
    /// The metric a\_b.
    pub const A_B: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("a_b"),
    );
}

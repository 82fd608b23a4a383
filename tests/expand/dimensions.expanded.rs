/// The domain shop.
pub mod shop {
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
                "sales",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &["country"],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "net-revenue",
                ::core::option::Option::Some("Revenue, by region"),
                ::core::option::Option::None,
                ::trackstats::ValueKind::Float,
                &["country", "province"],
            ),
        ];
        ::trackstats::Domain::declared(&DECLARED)
    };
    /// The metric sales.
    pub const SALES: ::trackstats::Metric<i64, 1> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("sales"),
    );
    /// [`SALES`] at a value of each of its dimensions.
    #[must_use]
    pub fn sales<'a, T0: ::core::convert::Into<::trackstats::DimensionValue<'a>>>(
        country: T0,
    ) -> ::trackstats::MetricAt<'a, i64, 1> {
        SALES.at([::core::convert::Into::into(country)])
    }
    /// Revenue, by region
    pub const REVENUE: ::trackstats::Metric<f64, 2> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("net-revenue"),
    );
    /// [`REVENUE`] at a value of each of its dimensions.
    #[must_use]
    pub fn revenue<
        'a,
        T0: ::core::convert::Into<::trackstats::DimensionValue<'a>>,
        T1: ::core::convert::Into<::trackstats::DimensionValue<'a>>,
    >(country: T0, province: T1) -> ::trackstats::MetricAt<'a, f64, 2> {
        REVENUE
            .at([
                ::core::convert::Into::into(country),
                ::core::convert::Into::into(province),
            ])
    }
}

/// Shop \[beta\] \& \<friends\>
///
/// What the web shop sells.
///
/// Without the other shops.
mod shop {
    /// The domain itself, with all that was declared.
    pub const DOMAIN: ::trackstats::Domain = {
        static DECLARED: ::trackstats::DomainDeclaration = ::trackstats::DomainDeclaration::new(
            "web_shop",
            ::core::option::Option::Some("Shop [beta] & <friends>"),
            ::core::option::Option::Some(
                "What the web shop sells.\n\nWithout the other shops.",
            ),
            METRICS,
        );
        static METRICS: &[::trackstats::MetricDeclaration] = &[
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "orders",
                ::core::option::Option::Some("Number of `orders`"),
                ::core::option::Option::Some("Paid orders only."),
                ::trackstats::ValueKind::Integer,
                &[],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "visits",
                ::core::option::Option::Some("Visits -- all of them"),
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &[],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "revenue",
                ::core::option::Option::None,
                ::core::option::Option::Some("Both currencies."),
                ::trackstats::ValueKind::Integer,
                &[],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "returns",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &[],
            ),
        ];
        ::trackstats::Domain::declared(&DECLARED)
    };
    /// Number of \`orders\`
    ///
    /// Paid orders only.
    pub const ORDERS: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("orders"),
    );
    /// Visits \-\- all of them
    pub const VISITS: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("visits"),
    );
    /// Both currencies.
    pub const REVENUE: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("revenue"),
    );
    /// The metric returns.
    pub const RETURNS: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("returns"),
    );
}

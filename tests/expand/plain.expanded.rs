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
    pub const REVENUE: ::trackstats::Metric<f64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("revenue"),
    );
}
/// Users
mod users {
    /// The domain itself, with all that was declared.
    pub const DOMAIN: ::trackstats::Domain = {
        static DECLARED: ::trackstats::DomainDeclaration = ::trackstats::DomainDeclaration::new(
            "users",
            ::core::option::Option::Some("Users"),
            ::core::option::Option::None,
            METRICS,
        );
        static METRICS: &[::trackstats::MetricDeclaration] = &[
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "user_count",
                ::core::option::Option::Some("Number of users"),
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &[],
            ),
        ];
        ::trackstats::Domain::declared(&DECLARED)
    };
    /// Number of users
    pub const USER_COUNT: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("user_count"),
    );
}

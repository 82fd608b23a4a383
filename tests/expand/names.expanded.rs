/// The domain mod.
mod r#mod {
    /// The domain itself, with all that was declared.
    pub const DOMAIN: ::trackstats::Domain = {
        static DECLARED: ::trackstats::DomainDeclaration = ::trackstats::DomainDeclaration::new(
            "mod",
            ::core::option::Option::None,
            ::core::option::Option::None,
            METRICS,
        );
        static METRICS: &[::trackstats::MetricDeclaration] = &[
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "type",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &["type", "self_"],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "orderCount",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &["Country"],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "Loop",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &["loop"],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "_1",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &[],
            ),
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "数",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &[],
            ),
        ];
        ::trackstats::Domain::declared(&DECLARED)
    };
    /// The metric type.
    pub const TYPE: ::trackstats::Metric<i64, 2> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("type"),
    );
    /// [`TYPE`] at a value of each of its dimensions.
    #[must_use]
    pub fn r#type<
        'a,
        T0: ::core::convert::Into<::trackstats::DimensionValue<'a>>,
        T1: ::core::convert::Into<::trackstats::DimensionValue<'a>>,
    >(r#type: T0, self_: T1) -> ::trackstats::MetricAt<'a, i64, 2> {
        TYPE.at([
            ::core::convert::Into::into(r#type),
            ::core::convert::Into::into(self_),
        ])
    }
    /// The metric orderCount.
    pub const ORDERCOUNT: ::trackstats::Metric<i64, 1> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("orderCount"),
    );
    /// [`ORDERCOUNT`] at a value of each of its dimensions.
    #[must_use]
    pub fn ordercount<'a, T0: ::core::convert::Into<::trackstats::DimensionValue<'a>>>(
        country: T0,
    ) -> ::trackstats::MetricAt<'a, i64, 1> {
        ORDERCOUNT.at([::core::convert::Into::into(country)])
    }
    /// The metric Loop.
    pub const LOOP: ::trackstats::Metric<i64, 1> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("Loop"),
    );
    /// [`LOOP`] at a value of each of its dimensions.
    #[must_use]
    pub fn r#loop<'a, T0: ::core::convert::Into<::trackstats::DimensionValue<'a>>>(
        r#loop: T0,
    ) -> ::trackstats::MetricAt<'a, i64, 1> {
        LOOP.at([::core::convert::Into::into(r#loop)])
    }
    /// The metric \_1.
    pub const _1: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("_1"),
    );
    /// The metric 数.
    pub const 数: ::trackstats::Metric<i64> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("数"),
    );
}
/// The domain trackstats.
mod trackstats {
    /// The domain itself, with all that was declared.
    pub const DOMAIN: ::trackstats::Domain = {
        static DECLARED: ::trackstats::DomainDeclaration = ::trackstats::DomainDeclaration::new(
            "trackstats",
            ::core::option::Option::None,
            ::core::option::Option::None,
            METRICS,
        );
        static METRICS: &[::trackstats::MetricDeclaration] = &[
            ::trackstats::MetricDeclaration::new(
                &DECLARED,
                "core",
                ::core::option::Option::None,
                ::core::option::Option::None,
                ::trackstats::ValueKind::Integer,
                &["std"],
            ),
        ];
        ::trackstats::Domain::declared(&DECLARED)
    };
    /// The metric core.
    pub const CORE: ::trackstats::Metric<i64, 1> = ::trackstats::Metric::declared(
        DOMAIN.declaration_of("core"),
    );
    /// [`CORE`] at a value of each of its dimensions.
    #[must_use]
    pub fn core<'a, T0: ::core::convert::Into<::trackstats::DimensionValue<'a>>>(
        std: T0,
    ) -> ::trackstats::MetricAt<'a, i64, 1> {
        CORE.at([::core::convert::Into::into(std)])
    }
}

//! A declaration whose texts would be markup, for rustdoc, which `cargo xtask check` lets fail on every
//! broken link and open backtick.

trackstats::stats! {
    /// What the *shop* sells, see [`crate::markup`].
    pub shop "Shop [beta] & <friends>, https://example.com" {
        order_count "Number of `orders",
        revenue: f64 "# 1. *Revenue* _in_ euro, [net][1] \\ ~~gross~~",
        sales by (country, province) "    - <b>Items</b> sold | by [`region`]",
        #[reference("[returns]`")]
        returns by country,
        visits,
    }
}

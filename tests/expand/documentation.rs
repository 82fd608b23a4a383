stats! {
    /// What the web shop sells.
    ///
    /// Without the other shops.
    #[reference("web_shop")]
    shop "Shop [beta] & <friends>" {
        /// Paid orders only.
        orders "Number of `orders`",
        visits "Visits -- all of them",
        /// Both currencies.
        revenue,
        returns,
    }
}

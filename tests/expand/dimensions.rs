stats! {
    pub shop {
        sales by country,
        #[reference("net-revenue")]
        revenue: f64 by (country, province) "Revenue, by region",
    }
}

use trackstats::stats;

stats! {
    web-shop { order-count by order-kind }
}

fn main() {
    let _ = web_shop::order_count("new");
}

trackstats::stats! {
    shop { Order, order }
}

fn main() {}

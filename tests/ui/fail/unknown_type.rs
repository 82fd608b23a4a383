trackstats::stats! {
    shop { orders: u32 }
}

fn main() {}

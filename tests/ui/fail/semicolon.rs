trackstats::stats! {
    shop { orders; visits }
}

fn main() {}

trackstats::stats! {
    orders, visits
}

fn main() {}

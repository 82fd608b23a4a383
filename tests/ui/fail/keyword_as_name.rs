trackstats::stats! {
    shop { type, orders }
}

fn main() {}

trackstats::stats! {
    shop { pub orders }
}

fn main() {}

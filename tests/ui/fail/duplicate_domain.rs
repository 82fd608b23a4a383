trackstats::stats! {
    shop { a }
    shop { b }
}

fn main() {}

trackstats::stats! {
    shop {}
}

fn main() {}

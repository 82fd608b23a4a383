trackstats::stats! {
    shop { sales by () }
}

fn main() {}

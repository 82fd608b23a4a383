trackstats::stats! {
    shop { sales by (country, country) }
}

fn main() {}

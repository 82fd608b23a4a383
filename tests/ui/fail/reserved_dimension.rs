trackstats::stats! {
    shop { a by domain, b by metric, c by period, d by date, e by value }
}

fn main() {}

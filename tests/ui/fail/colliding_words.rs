use trackstats::{Metric, stats};

stats! {
    shop { a_b, A_B }
}

fn main() {
    let _: Metric<i64> = shop::A_B;
}

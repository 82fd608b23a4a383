trackstats::stats! {
    shop { revenue "Revenue" : f64 }
}

fn main() {}

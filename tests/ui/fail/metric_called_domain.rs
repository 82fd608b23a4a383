trackstats::stats! {
    shop { domain }
}

fn main() {}

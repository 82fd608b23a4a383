trackstats::stats! {
    shop { #[reference("")] orders }
}

fn main() {}

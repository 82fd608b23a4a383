trackstats::stats! {
    shop { #[serde(skip)] orders }
}

fn main() {}

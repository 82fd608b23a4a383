trackstats::stats! {
    shop { #[reference("a.b")] orders }
}

fn main() {}

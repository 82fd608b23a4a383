//! The cargo features of the crate `trackstats`, read from its manifest.

use crate::process;

/// The features other than `default`, in the order of the manifest.
pub(crate) fn names() -> Vec<String> {
    let manifest = process::root().join("core/Cargo.toml");
    let text = std::fs::read_to_string(manifest).expect("core is a member of the workspace");
    read(&text)
}

fn read(manifest: &str) -> Vec<String> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[features]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim().to_owned())
        .filter(|name| !name.starts_with('#') && name != "default")
        .collect()
}

/// The arguments that build the crate without its features, and with each of them alone.
pub(crate) fn combinations() -> Vec<Vec<String>> {
    let alone = |name: Option<String>| {
        let mut arguments = vec!["--no-default-features".to_owned()];
        if let Some(name) = name {
            arguments.extend(["--features".to_owned(), name]);
        }
        arguments
    };
    std::iter::once(None)
        .chain(names().into_iter().map(Some))
        .map(alone)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_read_up_to_the_next_section() {
        let manifest = "[package]\nname = \"a\"\n[features]\ndefault = [\"sql\"]\n# b = c\n\
                        sql = []\nzones = [\"dep:z\"]\n\n[dependencies]\nserde = \"1\"\n";
        assert_eq!(read(manifest), ["sql", "zones"]);
    }

    #[test]
    fn the_crate_has_features_and_each_is_built_alone() {
        assert!(names().contains(&"serde".to_owned()));
        assert_eq!(combinations().len(), names().len() + 1);
    }
}

//! What a crate carries when it is published: its readme, the texts of its licences, and the notice.

use std::process::Command;

use crate::source::root;

/// The files that a package lists.
fn listed(package: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args([
            "package",
            "--list",
            "--allow-dirty",
            "--offline",
            "--package",
            package,
        ])
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let list = String::from_utf8(output.stdout).expect("names of files are texts");
    list.lines().map(str::to_owned).collect()
}

#[test]
fn a_crate_is_published_with_its_licences() {
    for (package, folder) in [("trackstats", "core"), ("trackstats-macros", "macros")] {
        let files = listed(package);
        for name in ["README.md", "LICENSE-APACHE", "LICENSE-MIT", "NOTICE"] {
            assert!(files.iter().any(|file| file == name), "{package}: {name}");
        }
        for name in ["LICENSE-APACHE", "LICENSE-MIT", "NOTICE"] {
            let read = |path: String| std::fs::read_to_string(root().join(path)).unwrap();
            assert_eq!(read(format!("{folder}/{name}")), read(name.to_owned()));
        }
    }
}

//! Where the file of a store is, and what else has its name or is it.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// How many symbolic links lead to a file at most, as in Linux.
const LINKS: u32 = 40;

/// The path with symbolic links followed, so that a store has one name; also where the last of them leads
/// to what is not there yet.
pub(super) fn resolved(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Some(name) = path.file_name() else {
            return path.canonicalize();
        };
        let folder = folder(&path);
        let folder = folder.canonicalize().map_err(|error| {
            let text = format!("the folder '{}' cannot be used: {error}", folder.display());
            io::Error::new(error.kind(), text)
        })?;
        let place = folder.join(name);
        match fs::read_link(&place) {
            Ok(target) => path = folder.join(target),
            // What is no link, and what is not there.
            Err(_) => return Ok(place),
        }
    }
    Err(io::Error::other("too many symbolic links lead on from it"))
}

pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The path of a file beside another.
pub(super) fn ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Refuses what is no file, before it is opened: of a pipe, that would not end.
pub(super) fn check_file(metadata: &Metadata) -> io::Result<()> {
    let kind = metadata.file_type();
    if kind.is_dir() {
        return Err(io::Error::new(
            io::ErrorKind::IsADirectory,
            "it is a folder: name a file in it",
        ));
    }
    if kind.is_file() {
        return Ok(());
    }
    Err(io::Error::other(
        "it is a device, a pipe or a socket, and no file",
    ))
}

/// Refuses a file whose lock would not lie beside it for all who have it.
#[cfg(target_os = "linux")]
pub(super) fn check_mount(path: &Path) -> io::Result<()> {
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let place = path.to_string_lossy();
    let is_there = |line: &str| {
        let mount = line.split(' ').nth(4).map(unescaped);
        mount.is_some_and(|mount| mount == place)
    };
    if mounts.lines().any(is_there) {
        return Err(io::Error::other(
            "it is mounted by itself, so that its lock is not beside it for others, and it cannot be \
             replaced: mount its folder",
        ));
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub(super) fn check_mount(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Spaces and their like are written in octal there.
#[cfg(target_os = "linux")]
fn unescaped(text: &str) -> String {
    let escapes = [
        ("\\040", " "),
        ("\\011", "\t"),
        ("\\012", "\n"),
        ("\\134", "\\"),
    ];
    escapes
        .iter()
        .fold(text.to_owned(), |text, (escape, plain)| {
            text.replace(escape, plain)
        })
}

/// How many names a file has.
#[cfg(unix)]
pub(super) fn links(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

/// A file that is open cannot be removed.
#[cfg(not(unix))]
pub(super) fn links(_: &Metadata) -> u64 {
    1
}

/// Whether a name leads to an open file.
#[cfg(unix)]
pub(super) fn leads_to(path: &Path, file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let own = file.metadata()?;
    Ok(fs::metadata(path).is_ok_and(|there| (there.dev(), there.ino()) == (own.dev(), own.ino())))
}

#[cfg(not(unix))]
pub(super) fn leads_to(path: &Path, _: &File) -> io::Result<bool> {
    Ok(path.exists())
}

/// A process that has a file open to write it, beside this handle: another name may have led it there.
#[cfg(target_os = "linux")]
pub(super) fn writer_of(file: &File) -> Option<u32> {
    use std::os::fd::AsRawFd as _;
    use std::os::unix::fs::MetadataExt as _;
    let own = file.metadata().ok()?;
    for process in fs::read_dir("/proc").ok()?.flatten() {
        let Some(id) = process
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok())
        else {
            continue;
        };
        let handles = fs::read_dir(process.path().join("fd"))
            .into_iter()
            .flatten();
        for handle in handles.flatten() {
            let number = handle.file_name();
            if id == std::process::id() && *number == *file.as_raw_fd().to_string() {
                continue;
            }
            let is_same = fs::metadata(handle.path())
                .is_ok_and(|there| (there.dev(), there.ino()) == (own.dev(), own.ino()));
            if is_same && writes(&process.path().join("fdinfo").join(number)) {
                return Some(id);
            }
        }
    }
    None
}

#[cfg(not(target_os = "linux"))]
pub(super) fn writer_of(_: &File) -> Option<u32> {
    None
}

/// Whether a handle was opened to write.
#[cfg(target_os = "linux")]
fn writes(information: &Path) -> bool {
    let text = fs::read_to_string(information).unwrap_or_default();
    let flags = text.lines().find_map(|line| line.strip_prefix("flags:"));
    let flags = flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok());
    flags.is_some_and(|flags| flags & 3 != 0)
}

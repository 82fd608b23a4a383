//! What a file has beside its content: owner, mode, and lists of who may have it.

use std::fs::File;
use std::io;

/// Gives a file those of another one.
///
/// # Errors
///
/// When the new one would belong to somebody else, or would be another one's to read.
#[cfg(unix)]
pub(super) fn copy(from: &File, to: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let [old, new] = [from.metadata()?, to.metadata()?];
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        fchown(to, Some(old.uid()), Some(old.gid())).map_err(|error| {
            let text = format!(
                "the new file cannot be given to the owner of the old one (user {}, group {}), who has to \
                 do this: {error}",
                old.uid(),
                old.gid()
            );
            io::Error::new(error.kind(), text)
        })?;
    }
    // Giving it away clears bits of the mode.
    to.set_permissions(old.permissions())?;
    extended(from, to)
}

#[cfg(not(unix))]
pub(super) fn copy(from: &File, to: &File) -> io::Result<()> {
    to.set_permissions(from.metadata()?.permissions())
}

/// Access lists are among the extended attributes.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn extended(from: &File, to: &File) -> io::Result<()> {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    use rustix::io::Errno;

    /// Longer than any that Linux keeps.
    const MOST: usize = 1 << 16;
    let mut names = vec![0_u8; MOST];
    let len = match flistxattr(from, names.as_mut_slice()) {
        Err(Errno::NOTSUP | Errno::NOSYS) => return Ok(()),
        listed => listed?,
    };
    names.truncate(len);
    let (mut old, mut new) = (vec![0_u8; MOST], vec![0_u8; MOST]);
    for name in names
        .split(|&byte| byte == 0)
        .filter(|name| !name.is_empty())
    {
        let len = fgetxattr(from, name, old.as_mut_slice())?;
        let value = old.get(..len).unwrap_or_default();
        let there = fgetxattr(to, name, new.as_mut_slice());
        if there.is_ok_and(|len| new.get(..len) == Some(value)) {
            continue;
        }
        fsetxattr(to, name, value, XattrFlags::empty()).map_err(|error| {
            let name = String::from_utf8_lossy(name).into_owned();
            io::Error::new(
                io::Error::from(error).kind(),
                format!(
                    "the new file cannot be given the attribute '{name}' of the old one: {error}"
                ),
            )
        })?;
    }
    Ok(())
}

#[cfg(all(
    unix,
    not(any(target_os = "linux", target_os = "android", target_vendor = "apple"))
))]
fn extended(_: &File, _: &File) -> io::Result<()> {
    Ok(())
}

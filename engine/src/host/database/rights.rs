//! Whose a file is, who we are, and what makes it ours.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What a start needs at least: SQLite's log and its index.
const ROOM: usize = 1 << 20;

/// Why a database's file or its folder can't be written to, and what to do about that. `None`: both can be.
///
/// The file must not be open: when it is closed here, the system forgets what SQLite has locked in it.
pub(super) fn missing(file: &Path) -> Option<String> {
    let folder = folder(file);
    if !folder.is_dir() {
        return Some(format!("there is no folder {}; make it, or change database_url", folder.display()));
    }
    if file.is_dir() {
        return Some(format!("{} is a folder; name a file in it as database_url", file.display()));
    }
    let mut closed = Vec::new();
    let mut why = None;
    if let Err(error) = probe(file, b"") {
        closed.push(folder.to_owned());
        why = Some(error);
    }
    for file in [file.to_owned(), beside(file, "-wal"), beside(file, "-shm")] {
        if let Err(error) = File::options().read(true).write(true).open(&file)
            && error.kind() != ErrorKind::NotFound
        {
            closed.push(file);
            why.get_or_insert(error);
        }
    }
    Some(told(&closed, &why?))
}

/// Whether the file can be written to, and something of a size that a start needs beside it; that is taken away again. As
/// of [`missing`], nobody may have it open.
///
/// # Errors
/// Why not, and what to do.
pub(super) fn has_room(file: &Path) -> Result<(), String> {
    is_written(file, &vec![0; ROOM])?;
    missing(file).map_or(Ok(()), Err)
}

/// Whether files can be made beside this one, as SQLite has to.
///
/// # Errors
/// Why not, and what to do.
pub(super) fn can_grow(file: &Path) -> Result<(), String> {
    is_written(file, b"")
}

fn is_written(file: &Path, content: &[u8]) -> Result<(), String> {
    probe(file, content).map_err(|error| missing(file).unwrap_or_else(|| told(&[folder(file).to_owned()], &error)))
}

fn probe(file: &Path, content: &[u8]) -> std::io::Result<()> {
    let probe = beside(file, &format!("-check-{}", std::process::id()));
    let made = File::options().create_new(true).write(true).open(&probe);
    let written = made.and_then(|mut made| made.write_all(content).and_then(|()| made.sync_all()));
    let removed = std::fs::remove_file(&probe);
    written.and(removed)
}

fn told(closed: &[PathBuf], error: &std::io::Error) -> String {
    let names = closed.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
    match error.kind() {
        ErrorKind::PermissionDenied => format!("{names} can't be written to: {}", whose(closed)),
        ErrorKind::ReadOnlyFilesystem => format!("{names} can't be written to: the file system is mounted read-only"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            format!("there is no room left for {names}; make some on the disk")
        }
        _ => format!("{names} can't be written to: {error}"),
    }
}

#[cfg(unix)]
fn whose(closed: &[PathBuf]) -> String {
    use std::os::unix::fs::MetadataExt;

    let owner = |found: Metadata| found.uid();
    let owners = closed.iter().filter_map(|path| std::fs::metadata(path).ok()).map(owner);
    let owners: Vec<u32> = owners.collect();
    let paths = closed.iter().map(|path| quoted(path)).collect::<Vec<_>>().join(" ");
    let Some((we, first)) = ourselves().zip(owners.first().copied()) else {
        return "the rights of this user are not enough".to_owned();
    };
    let (user, belongs) = (called(we), called(first));
    match owners.iter().all(|owner| *owner == we) {
        true => format!("belongs to {belongs}, whom this program runs as, but is not writable; run: chmod u+w {paths}"),
        false => format!("belongs to {belongs}, and this program runs as {user}; run: sudo chown {user} {paths}"),
    }
}

#[cfg(not(unix))]
fn whose(_: &[PathBuf]) -> String {
    "the rights of this user are not enough".to_owned()
}

/// The user that this process runs as.
#[cfg(unix)]
fn ourselves() -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").ok().map(|found| found.uid())
}

/// What a user is called; one that is known elsewhere (systemd makes such) by the number.
#[cfg(unix)]
fn called(user: u32) -> String {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == user.to_string()).then(|| name.to_owned())
    });
    name.unwrap_or_else(|| user.to_string())
}

/// As a shell reads it.
#[cfg(unix)]
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = path.chars().all(|letter| letter.is_alphanumeric() || "/._-".contains(letter));
    if plain { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

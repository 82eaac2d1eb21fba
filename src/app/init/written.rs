//! The file: made anew or not at all, for nobody but its owner.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::answers::Answers;
use super::keyboard::Gone;
use super::{Host, path};
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// What stands in the way of the file, to be said before anything is asked.
pub(super) fn obstacle(file: &Path) -> Option<Msg> {
    if std::fs::symlink_metadata(file).is_ok() {
        return Some(msg!("init-there-already", file = path(file)));
    }
    // That it can be made is found out by making one: rights alone tell too little.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let probe = folder.join(format!(".exodus-init-{}", std::process::id()));
    match made(&probe).and_then(|_| std::fs::remove_file(&probe)) {
        Ok(()) => None,
        Err(error) => Some(unwritable(file, &error)),
    }
}

/// Writes the answers, and says where they are: where that is not possible any more, another place is asked for.
pub(super) async fn write(host: &mut Host, file: &Path, answers: &Answers) -> Result<PathBuf, Gone> {
    let mut file = file.to_owned();
    loop {
        match filled(&file, &answers.text()) {
            Ok(()) => return Ok(file),
            Err(error) => host.say(&unwritable(&file, &error)),
        }
        let beside = format!("{}.new", file.display());
        file = host.asks(&msg!("init-other-file"), Some(&beside)).await?.into();
    }
}

/// A file in which all of it is, or none at all.
fn filled(file: &Path, text: &str) -> io::Result<()> {
    let mut made = made(file)?;
    made.write_all(text.as_bytes()).and_then(|()| made.sync_all()).inspect_err(|_| {
        let _ = std::fs::remove_file(file);
    })
}

/// A new file that only its owner can read. One that is there already is an error, wherever it may lead.
fn made(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

fn unwritable(file: &Path, error: &io::Error) -> Msg {
    match error.kind() {
        ErrorKind::AlreadyExists => msg!("init-there-already", file = path(file)),
        _ => msg!("init-unwritable", file = path(file), why = Arg::Verbatim(error.to_string())),
    }
}

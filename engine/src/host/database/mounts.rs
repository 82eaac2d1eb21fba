//! On what kind of file system a file is.

use std::path::{Path, PathBuf};

/// Where files are on another machine: what SQLite needs of locks and of memory that processes share is not to be had there,
/// or only seems to be.
const AFAR: [&str; 21] = [
    "9p",
    "afs",
    "afpfs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "davfs",
    "fuse",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "orangefs",
    "smb3",
    "smbfs",
    "vboxsf",
    "vmhgfs",
];

/// What an operator should know of where these files are: one line for each that is on another machine.
pub(super) fn warnings(places: impl Iterator<Item = (&'static str, PathBuf)>) -> Vec<String> {
    let mounts = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    places.filter_map(|(key, path)| warning(key, &path, kind(&mounts, &absolute(&path))?)).collect()
}

fn warning(key: &str, path: &Path, kind: &str) -> Option<String> {
    let afar = AFAR.contains(&kind) || kind.starts_with("fuse.");
    afar.then(|| {
        format!(
            "{key}: {} is on a network file system ({kind}), where SQLite can lose what it has written; use a disk of this \
             machine, or PostgreSQL",
            path.display()
        )
    })
}

/// The kind of the file system that a path is on, by what proc(5) says of all that are mounted.
fn kind<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let mounted = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        Some((unescaped(fields.next()?), fields.next()?))
    });
    // The innermost; and of several in one place, the last one.
    let over = mounted.filter(|(place, _)| path.starts_with(place));
    over.max_by_key(|(place, _)| place.as_os_str().len()).map(|(_, kind)| kind)
}

/// A space is written \040, and so on.
fn unescaped(field: &str) -> PathBuf {
    let mut parts = field.split('\\');
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let letter = part.get(..3).and_then(|code| u8::from_str_radix(code, 8).ok());
        match (letter, part.get(3..)) {
            (Some(letter), Some(rest)) => {
                path.push(letter.into());
                path.push_str(rest);
            }
            _ => path.push_str(part),
        }
    }
    path.into()
}

/// The way to a file that may not be there yet, without links.
fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = whole.ancestors().find_map(|known| Some((known, known.canonicalize().ok()?)));
    let Some((known, real)) = known else { return whole };
    match whole.strip_prefix(known) {
        Ok(rest) => real.join(rest),
        Err(_) => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "overlay / overlay rw 0 0\n\
        /dev/sda1 /var ext4 rw 0 0\n\
        server:/data /srv/our\\040bot nfs4 rw 0 0\n\
        tmpfs /srv/our\\040bot/run tmpfs rw 0 0\n\
        me@host:/ /home/me/far fuse.sshfs rw 0 0\n\
        /dev/sdb1 /mnt fuseblk rw 0 0\n\
        //host/share /mnt cifs rw 0 0\n";

    #[test]
    fn a_network_file_system_is_known_by_the_innermost_mount() {
        for (path, afar) in [
            ("/bot.db", None),
            ("/var/lib/bot/bot.db", None),
            ("/various/bot.db", None),
            ("/srv/our bot/bot.db", Some("nfs4")),
            ("/srv/our bot/run/bot.db", None),
            ("/srv/our bot 2/bot.db", None),
            ("/home/me/far/bot.db", Some("fuse.sshfs")),
            ("/mnt/bot.db", Some("cifs")),
        ] {
            let path = Path::new(path);
            let found = kind(MOUNTS, path).and_then(|kind| warning("database_url", path, kind));
            assert_eq!(found.is_some(), afar.is_some(), "{path:?}: {found:?}");
            assert!(found.is_none_or(|found| found.contains(afar.unwrap_or_default())));
        }
        assert_eq!(kind("", Path::new("/bot.db")), None);
    }
}

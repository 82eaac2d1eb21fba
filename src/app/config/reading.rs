//! Reading all keys, also after one that can't be read: whoever mends the configuration wants to do it once.

use std::collections::BTreeSet;

use figment::providers::{Format as _, Toml};
use figment::value::{Dict, Value};
use figment::{Profile, Provider as _};

use super::Config;
use super::environment::Environment;
use super::fault::{self, ConfigError};

/// What can be read in the place of a key that is needed and can't be had, so that the others are looked at.
const STAND_INS: [(&[&str], &str); 5] = [
    (&["telegram", "token"], "1:stand-in"),
    (&["matrix", "homeserver_url"], "https://stand-in"),
    (&["matrix", "user"], "@stand:in"),
    (&["http", "listen"], "127.0.0.1:1"),
    (&["admin", "accounts"], "telegram:1"),
];

/// Values that can be read, each for itself, but don't go together: the keys that it is about, and what to mend.
pub(super) struct Discord(pub &'static [&'static str], pub String);

/// Reads the text of a file that is called `file`, and the environment over it.
pub(super) fn read(file: &str, text: &str, environment: &Environment) -> Result<Config, ConfigError> {
    let read = Toml::string(text).data().map_err(|error| fault::explain(&error, file, environment))?;
    let mut all =
        read.into_iter().find(|(profile, _)| *profile == Profile::Default).map(|(_, all)| all).unwrap_or_default();
    environment.over(&mut all);
    let mut found = Found::default();
    for (key, line) in &environment.faults {
        found.note(key.split('.').map(str::to_owned).collect(), line.clone(), &mut all);
    }
    let config = loop {
        match Value::from(all.clone()).deserialize::<Config>() {
            Ok(config) => break config,
            Err(errors) => {
                for error in errors {
                    let path = fault::path(&error);
                    let line = fault::line(&error, file, environment);
                    if !found.note(path, line, &mut all) {
                        return Err(ConfigError(found.lines));
                    }
                }
            }
        }
    };
    let bad = |key: &str| found.keys.iter().any(|path| path.join(".") == key);
    let discords = config.discords().into_iter().filter(|Discord(keys, _)| !keys.iter().any(|key| bad(key)));
    let lines: Vec<String> = discords.map(|Discord(_, line)| line).collect();
    found.lines.extend(lines);
    if found.lines.is_empty() { Ok(config) } else { Err(ConfigError(found.lines)) }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    keys: BTreeSet<Vec<String>>,
    lines: Vec<String>,
}

impl Found {
    /// Notes that a key can't be used, and takes it away. `false`: that did not help, and there is no going on.
    fn note(&mut self, path: Vec<String>, line: String, all: &mut Dict) -> bool {
        let stand_in =
            STAND_INS.iter().find(|(key, _)| path.iter().map(String::as_str).take(2).eq(key.iter().copied()));
        replace(all, &path, stand_in.map(|(_, value)| Value::from(*value)));
        self.lines.push(line);
        self.keys.insert(path)
    }
}

fn replace(all: &mut Dict, path: &[String], by: Option<Value>) {
    let Some((first, rest)) = path.split_first() else { return };
    if by.is_some() && !rest.is_empty() {
        all.entry(first.clone()).or_insert_with(|| Dict::new().into());
    }
    if let ([_, ..], Some(Value::Dict(_, inner))) = (rest, all.get_mut(first)) {
        return replace(inner, rest, by);
    }
    // What is left of the path leads into a list.
    match by {
        Some(value) => drop(all.insert(first.clone(), value)),
        None => drop(all.remove(first)),
    }
}

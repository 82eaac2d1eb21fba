//! Reading all keys, also after one that can't be read: whoever mends the configuration wants to do it once.

use std::collections::BTreeSet;

use figment::providers::{Format as _, Toml};
use figment::value::{Dict, Value};
use figment::{Profile, Provider as _};

use super::environment::Environment;
use super::fault::{self, ConfigError};

/// What can be read in the place of a key that is needed and can't be had, so that the others are looked at: the way to the
/// key, and the text.
pub type StandIn = (&'static [&'static str], &'static str);

/// Values that can be read, each for itself, but don't go together: the keys that it is about, and what to mend.
#[derive(Clone, Debug)]
pub struct Discord(pub &'static [&'static str], pub String);

/// What is named when something can't be read.
pub(crate) struct Source<'a> {
    /// What the file is called.
    pub file: &'a str,
    /// What comes from outside of it.
    pub environment: &'a Environment,
    /// The keys at the top that are read beside the bot's own.
    pub beside: &'a [&'static str],
}

/// Reads the text of a file, and the environment over it. `taken` makes of all keys what is wanted.
///
/// # Errors
/// All that is wrong, one line each.
pub(crate) fn read<C>(
    text: &str,
    source: &Source<'_>,
    stand_ins: &[StandIn],
    taken: impl Fn(&Dict) -> Result<C, Vec<figment::Error>>,
    discords: impl Fn(&C) -> Vec<Discord>,
) -> Result<C, ConfigError> {
    let read = Toml::string(text).data().map_err(|error| fault::explain(&error, source))?;
    let mut all =
        read.into_iter().find(|(profile, _)| *profile == Profile::Default).map(|(_, all)| all).unwrap_or_default();
    source.environment.over(&mut all);
    let mut found = Found { stand_ins, keys: BTreeSet::new(), lines: Vec::new() };
    for (key, line) in &source.environment.faults {
        found.note(key.split('.').map(str::to_owned).collect(), line.clone(), &mut all);
    }
    let config = loop {
        match taken(&all) {
            Ok(config) => break config,
            Err(errors) => {
                for error in errors {
                    let (path, line) = (fault::path(&error), fault::line(&error, source));
                    if !found.note(path, line, &mut all) {
                        return Err(ConfigError(found.lines));
                    }
                }
            }
        }
    };
    let bad = |key: &str| found.keys.iter().any(|path| path.join(".") == key);
    let together = discords(&config).into_iter().filter(|Discord(keys, _)| !keys.iter().any(|key| bad(key)));
    let lines: Vec<String> = together.map(|Discord(_, line)| line).collect();
    found.lines.extend(lines);
    if found.lines.is_empty() { Ok(config) } else { Err(ConfigError(found.lines)) }
}

/// What was found so far.
struct Found<'a> {
    stand_ins: &'a [StandIn],
    keys: BTreeSet<Vec<String>>,
    lines: Vec<String>,
}

impl Found<'_> {
    /// Notes that a key can't be used, and takes it away. `false`: that did not help, and there is no going on.
    fn note(&mut self, path: Vec<String>, line: String, all: &mut Dict) -> bool {
        let stand_in =
            self.stand_ins.iter().find(|(key, _)| path.iter().map(String::as_str).take(2).eq(key.iter().copied()));
        replace(all, &path, stand_in.map(|(_, value)| Value::from(*value)));
        let is_new = self.keys.insert(path);
        // What was taken away is missing now.
        self.lines.extend(is_new.then_some(line));
        is_new
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

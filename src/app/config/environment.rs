use std::collections::BTreeMap;

use figment::value::{Dict, Map, Value};
use figment::{Error, Metadata, Profile, Provider};

const PREFIX: &str = "EXODUS_";

/// The sections of the configuration: `EXODUS_TELEGRAM_TOKEN` is `telegram.token`.
const SECTIONS: [&str; 5] = ["telegram", "matrix", "admin", "http", "display_rates"];

/// Variables with our prefix that are no keys of the configuration: how to log, and what the tests need.
const OTHERS: [&str; 3] = ["LOG_", "TEST_", "BENCH_"];

/// The keys that come as environment variables. Their texts are taken as they stand: a password of digits stays one.
#[derive(Clone, Debug, Default)]
pub(super) struct Environment {
    top: BTreeMap<String, String>,
    sections: BTreeMap<String, BTreeMap<String, String>>,
}

impl Environment {
    /// Takes what is ours. A variable that is set to nothing counts as not given.
    pub fn read(variables: impl IntoIterator<Item = (String, String)>) -> Environment {
        let mut environment = Environment::default();
        for (variable, text) in variables {
            let Some(name) = variable.strip_prefix(PREFIX) else { continue };
            if text.is_empty() || OTHERS.iter().any(|other| name.starts_with(other)) {
                continue;
            }
            match in_section(name) {
                Some((section, key)) => {
                    environment.sections.entry(section.to_owned()).or_default().insert(key, text);
                }
                None => {
                    environment.top.insert(name.to_ascii_lowercase(), text);
                }
            }
        }
        environment
    }

    /// Whether this key (`telegram.token`) came from here.
    pub fn gives(&self, key: &str) -> bool {
        match key.split_once('.') {
            Some((section, key)) => self.sections.get(section).is_some_and(|keys| keys.contains_key(key)),
            None => self.top.contains_key(key),
        }
    }
}

/// The variable that holds a key.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "_").to_ascii_uppercase())
}

/// Currencies keep their capital letters; all other keys have small ones.
fn in_section(name: &str) -> Option<(&'static str, String)> {
    let small = name.to_ascii_lowercase();
    SECTIONS.into_iter().find_map(|section| {
        let rest = small.strip_prefix(section)?.strip_prefix('_')?;
        let key = if section == "display_rates" { rest.to_ascii_uppercase() } else { rest.to_owned() };
        Some((section, key))
    })
}

impl Provider for Environment {
    fn metadata(&self) -> Metadata {
        Metadata::named("environment variables")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let texts = |keys: &BTreeMap<String, String>| -> Dict {
            keys.iter().map(|(key, text)| (key.clone(), Value::from(text.clone()))).collect()
        };
        let mut all = texts(&self.top);
        all.extend(self.sections.iter().map(|(section, keys)| (section.clone(), Value::from(texts(keys)))));
        Ok(Map::from([(Profile::Default, all)]))
    }
}

use std::fmt;

use figment::error::{Actual, Kind};

use super::reading::Source;

/// What has to be mended in the configuration: one line each.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError(pub Vec<String>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [only] => f.write_str(only),
            faults => f.write_str(&faults.join("\n")),
        }
    }
}

impl std::error::Error for ConfigError {}

/// Tells errors of figment as an operator reads them: the key, what was found, what is expected, and where.
pub(super) fn explain(errors: &figment::Error, source: &Source<'_>) -> ConfigError {
    ConfigError(errors.clone().into_iter().map(|error| line(&error, source)).collect())
}

/// The way to the key that an error is about.
pub(super) fn path(error: &figment::Error) -> Vec<String> {
    let mut path = error.path.clone();
    let field = match &error.kind {
        Kind::UnknownField(field, _) => Some(field.as_str()),
        Kind::MissingField(field) => Some(field.as_ref()),
        _ => None,
    };
    // Depending on where it came from, the path leads to the field or to its section.
    path.extend(field.filter(|field| path.last().is_none_or(|last| last != field)).map(str::to_owned));
    path
}

/// One error.
pub(super) fn line(error: &figment::Error, source: &Source<'_>) -> String {
    let Source { file, environment, .. } = source;
    let path = path(error);
    let key = path.join(".");
    let place = environment.place(&key).unwrap_or(file);
    match &error.kind {
        Kind::UnknownField(_, known) => {
            // At the top the sections of others are known, too.
            let beside = if path.len() == 1 { source.beside } else { &[] };
            let known: Vec<&str> = beside.iter().chain(*known).copied().collect();
            format!("{key} (in {place}): there is no such key; expected one of {}", known.join(", "))
        }
        Kind::MissingField(_) => {
            format!("{key}: missing; write it into {file}, or set {}", environment.known.variable(&key))
        }
        Kind::InvalidValue(found, expected) | Kind::InvalidType(found, expected) => {
            let expected = if expected.starts_with("struct ") { "a section with keys" } else { expected };
            format!("{key} (in {place}): found {}, expected {expected}", shown(found))
        }
        Kind::Message(message) => syntax(message, file),
        _ => format!("{key} (in {place}): {}", error.kind),
    }
}

fn shown(found: &Actual) -> String {
    match found {
        Actual::Str(text) => format!("{text:?}"),
        Actual::Bool(value) => value.to_string(),
        Actual::Signed(number) => number.to_string(),
        Actual::Unsigned(number) => number.to_string(),
        Actual::Float(number) => number.to_string(),
        Actual::Seq => "a list".to_owned(),
        Actual::Map => "a section".to_owned(),
        found => found.to_string(),
    }
}

/// The place and the problem; the line itself, which is between them, could show a secret.
fn syntax(message: &str, file: &str) -> String {
    let mut lines = message.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    match (first.strip_prefix("TOML parse error at "), lines.next_back()) {
        (Some(place), Some(problem)) => format!("{file}, {place}: {problem}"),
        _ => format!("{file}: {first}"),
    }
}

//! A request's parameters. Telegram takes them as JSON, as a form, as multipart or in the query,
//! and lets every value be a string that holds the JSON.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::refusal::Refused;

#[derive(Debug, Default)]
pub(crate) struct Params(pub Map<String, Value>);

impl Params {
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name, Value::String(value))).collect())
    }

    pub fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        match self.0.get(name)? {
            Value::Null => None,
            Value::String(text) => Some(Cow::Borrowed(text)),
            other => Some(Cow::Owned(other.to_string())),
        }
    }

    pub fn int(&self, name: &str) -> Option<i64> {
        match self.0.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub fn flag(&self, name: &str) -> bool {
        match self.0.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => matches!(text.as_str(), "true" | "True" | "1"),
            _ => false,
        }
    }

    pub fn json<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Refused> {
        let parsed = match self.0.get(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) if text.is_empty() => return Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text),
            Some(value) => T::deserialize(value),
        };
        parsed.map(Some).map_err(|error| Refused::bad(format!("Bad Request: can't parse {name}: {error}")))
    }
}

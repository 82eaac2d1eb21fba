//! How a single value is read: from TOML or from an environment variable, by the same rule.

use std::fmt;
use std::marker::PhantomData;
use std::net::SocketAddr;
use std::path::PathBuf;

use serde::de::{Deserializer, Error, Unexpected, Visitor};
use url::Url;

use crate::hours::Zone;

/// A value that is written as one word or number.
pub trait Value: Sized {
    /// What is expected, as the operator is told.
    const EXPECTED: &'static str;
    /// What was found is not repeated in an error.
    const SECRET: bool = false;

    /// The value, if the text is one.
    fn read(text: &str) -> Option<Self>;

    /// What is wrong with a text that can't be read, when more can be said than what is expected. Never a part of a secret.
    fn because(_text: &str) -> Option<String> {
        None
    }
}

/// For `#[serde(deserialize_with)]` on a field that has to be there, or has a default.
pub fn one<'de, T: Value, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_any(Reader(PhantomData))
}

/// For `#[serde(deserialize_with)]` on a field that may be left out.
pub fn maybe<'de, T: Value, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    one(from).map(Some)
}

struct Reader<T>(PhantomData<T>);

impl<T: Value> Visitor<'_> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let found = if T::SECRET { Unexpected::Other("something else") } else { Unexpected::Str(text) };
        T::read(text).ok_or_else(|| match T::because(text) {
            Some(why) => E::invalid_value(found, &format!("{}; {why}", T::EXPECTED).as_str()),
            None => E::invalid_value(found, &self),
        })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }
}

impl Value for String {
    const EXPECTED: &'static str = "a text";

    fn read(text: &str) -> Option<Self> {
        (!text.trim().is_empty()).then(|| text.to_owned())
    }
}

impl Value for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Value for Zone {
    const EXPECTED: &'static str = "the name of a time zone such as Europe/Podgorica or UTC";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Value for Url {
    const EXPECTED: &'static str = "an address such as https://example.org";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Value for SocketAddr {
    const EXPECTED: &'static str = "an IP address and a port such as 127.0.0.1:8443";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Value for PathBuf {
    const EXPECTED: &'static str = "a path";

    fn read(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| text.into())
    }
}

/// The address of something that speaks HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpUrl(pub Url);

impl Value for HttpUrl {
    const EXPECTED: &'static str = "an address that begins with https:// (or http://)";

    fn read(text: &str) -> Option<Self> {
        Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https")).map(HttpUrl)
    }
}

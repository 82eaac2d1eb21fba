//! How a single value is read: from TOML or from an environment variable, by the same rule.

use std::fmt;
use std::marker::PhantomData;
use std::net::SocketAddr;
use std::path::PathBuf;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use url::Url;

use crate::domain::{Money, Unit};
use exodus_engine::hours::Zone;

/// A value that is written as one word or number.
pub(super) trait Value: Sized {
    /// What is expected, as the operator is told.
    const EXPECTED: &'static str;
    /// What was found is not repeated in an error.
    const SECRET: bool = false;

    fn read(text: &str) -> Option<Self>;

    /// What is wrong with a text that can't be read, when more can be said than what is expected. Never a part of a secret.
    fn because(_text: &str) -> Option<String> {
        None
    }
}

/// For `#[serde(deserialize_with)]` on a field that has to be there, or has a default.
pub(super) fn one<'de, T: Value, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_any(Reader(PhantomData))
}

/// For `#[serde(deserialize_with)]` on a field that may be left out.
pub(super) fn maybe<'de, T: Value, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
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

/// How many connections to a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections(pub u32);

impl Value for Connections {
    const EXPECTED: &'static str = "a number of connections, 1 to 1000";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|connections| (1..=1000).contains(connections)).map(Connections)
    }
}

/// A sum in the community's currency, which may be named after it in the file: kept in ten thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(Money);

/// No currency has more decimals.
const DECIMALS: u32 = 4;

/// The largest sum that can be configured, in ten thousandths: far from where sums of sums would end.
const LARGEST: Money = Money::from_minor(10_000_000_000_000_000);

impl Amount {
    /// So many whole ones.
    pub const fn whole(count: i64) -> Amount {
        Amount(Money::from_minor(count * 10_i64.pow(DECIMALS)))
    }

    /// The sum in a currency with so many decimals; none if it has more of them.
    pub fn in_minor(self, decimals: u32) -> Option<Money> {
        let rest = 10_i64.pow(DECIMALS.saturating_sub(decimals));
        (self.0.minor() % rest == 0).then(|| Money::from_minor(self.0.minor() / rest))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Unit::new("", DECIMALS, &[]).plain(self.0))
    }
}

impl Value for Amount {
    const EXPECTED: &'static str = "a sum such as 100 or 99.50, more than zero";

    fn read(text: &str) -> Option<Self> {
        Unit::new("", DECIMALS, &[]).parse(text, LARGEST).ok().map(Amount)
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

/// The code of a currency: `EUR`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Currency(pub String);

impl Value for Currency {
    const EXPECTED: &'static str = "the code of a currency, three capital letters such as EUR";

    fn read(text: &str) -> Option<Self> {
        let fits = text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase());
        fits.then(|| Currency(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        one(from)
    }
}

/// How much of another currency one unit of the community's own is: a decimal number, kept as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rate(pub String);

impl Value for Rate {
    const EXPECTED: &'static str = "a rate such as \"98.5\", more than zero";

    fn read(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits =
            |part: &str| !part.is_empty() && part.len() <= 9 && part.bytes().all(|digit| digit.is_ascii_digit());
        let more_than_zero = text.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
        (digits(whole) && digits(decimals) && more_than_zero).then(|| Rate(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        one(from)
    }
}

//! Values that only mutual aid has.

use std::fmt;

use serde::de::{Deserialize, Deserializer};

use crate::aid::Registration;
use crate::domain::{Money, Unit};
use exodus_engine::config::{Value, one};
use exodus_engine::locale;

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

/// Who may become a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joining(pub Registration);

impl Value for Joining {
    const EXPECTED: &'static str = "open, or invite: only who holds an invite becomes a member";

    fn read(text: &str) -> Option<Self> {
        match text {
            "open" => Some(Joining(Registration::Open)),
            "invite" => Some(Joining(Registration::Invite)),
            _ => None,
        }
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

/// How much of another currency one unit of the community's own is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate(pub locale::Rate);

impl Value for Rate {
    const EXPECTED: &'static str = "a rate such as \"98.5\", more than zero";

    fn read(text: &str) -> Option<Self> {
        locale::Rate::read(text).map(Rate)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        one(from)
    }
}

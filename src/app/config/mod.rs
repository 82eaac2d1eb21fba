//! What a community decides about its bot, beside the database and the messengers, which the engine's
//! [`host`](exodus_engine::host::Configuration) reads.
//!
//! To add a key: a field with a doc comment in its section, and a line in `exodus.example.toml`; a test compares them.

mod admin;
mod value;

use std::collections::BTreeMap;

use serde::Deserialize;
use url::Url;

pub use admin::{AdminAccount, AdminSection};
pub use value::{Amount, Currency, Joining, Rate};

use crate::aid::{Registration, Rules};
use exodus_engine::config::{Discord, StandIn, maybe, one};
use exodus_engine::host::{Configuration, Keys};
use exodus_engine::hours::Zone;
use exodus_engine::locale::{self, Locales};

/// The whole configuration.
pub type Config = Configuration<Community>;

/// What a community decides about its bot: the keys of mutual aid.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Community {
    /// Where months and days begin at midnight, as an IANA name.
    #[serde(default = "utc", deserialize_with = "one")]
    pub time_zone: Zone,
    /// The one unit of account.
    #[serde(default = "euro", deserialize_with = "one")]
    pub currency: Currency,
    /// The largest sum that may be typed, in units of the currency.
    #[serde(default = "a_million", deserialize_with = "one")]
    pub max_amount: Amount,
    /// The conditional sum of a mutual guarantee, in units of the currency.
    #[serde(default = "a_hundred", deserialize_with = "one")]
    pub guarantee_amount: Amount,
    /// Who may become a member: anybody, or whoever holds an invite.
    #[serde(default = "anybody", deserialize_with = "one")]
    pub registration: Joining,
    /// The language for those whose own is not known: a folder of `locales/`.
    #[serde(default = "english", deserialize_with = "one")]
    pub default_language: String,
    /// Where people write to when something is wrong.
    #[serde(default, deserialize_with = "maybe")]
    pub support_contact: Option<Url>,
    /// Who administers the community.
    #[serde(default)]
    pub admin: AdminSection,
    /// Other currencies that sums can be shown in: how much of each one unit of `currency` is.
    #[serde(default)]
    pub display_rates: BTreeMap<Currency, Rate>,
}

fn utc() -> Zone {
    Zone::UTC
}

fn euro() -> Currency {
    Currency("EUR".into())
}

fn a_million() -> Amount {
    Amount::whole(1_000_000)
}

fn a_hundred() -> Amount {
    Amount::whole(100)
}

fn anybody() -> Joining {
    Joining(Registration::Open)
}

fn english() -> String {
    "en".into()
}

impl Keys for Community {
    const PROGRAM: &'static str = "exodus";
    const PREFIX: &'static str = "EXODUS";
    const SECTIONS: &'static [&'static str] = &["admin", "display_rates"];
    const IN_CAPITALS: &'static [&'static str] = &["display_rates"];
    /// What the tests and benchmarks need.
    const OTHERS: &'static [&'static str] = &["TEST_", "BENCH_"];
    const STAND_INS: &'static [StandIn] = &[(&["admin", "accounts"], "telegram:1")];

    fn discords(&self) -> Vec<Discord> {
        let mut discords = Vec::new();
        if self.guarantee_amount > self.max_amount {
            let (found, most) = (self.guarantee_amount, self.max_amount);
            let line = format!("guarantee_amount: found {found}, expected at most max_amount, which is {most}");
            discords.push(Discord(&["guarantee_amount", "max_amount"], line));
        }
        let decimals = locale::decimals_of(&self.currency.0);
        let sums: [(&'static [&'static str], _); 2] =
            [(&["max_amount"], self.max_amount), (&["guarantee_amount"], self.guarantee_amount)];
        for (keys, amount) in sums.into_iter().filter(|(_, amount)| amount.in_minor(decimals).is_none()) {
            let line = format!("{}: found {amount}, but {} has {decimals} decimals", keys[0], self.currency.0);
            discords.push(Discord(keys, line));
        }
        if self.display_rates.contains_key(&self.currency) {
            let line = format!("display_rates.{0}: of no use, {0} is the currency itself", self.currency.0);
            discords.push(Discord(&["display_rates", "currency"], line));
        }
        if let Err(error) = crate::texts::knows(&self.default_language) {
            discords.push(Discord(&["default_language"], format!("default_language: {error}")));
        }
        discords
    }

    fn warnings(&self) -> Vec<String> {
        let rates = self.display_rates.keys().map(|rate| (format!("display_rates.{}", rate.0), rate));
        let all = std::iter::once(("currency".to_owned(), &self.currency)).chain(rates);
        all.filter(|(_, currency)| !locale::is_currency(&currency.0))
            .map(|(key, Currency(code))| {
                format!(
                    "{key}: ISO 4217 lists no {code}; write a code that it lists, such as EUR, unless {code} is a unit of your \
                     own, whose sums have two decimals"
                )
            })
            .collect()
    }
}

impl Community {
    /// The rules that the community has agreed on.
    pub fn rules(&self) -> Rules {
        // What does not fit the currency was refused when the configuration was read.
        let sum = |amount: Amount| amount.in_minor(locale::decimals_of(&self.currency.0)).unwrap_or_default();
        let (max_amount, guarantee_amount) = (sum(self.max_amount), sum(self.guarantee_amount));
        Rules { zone: self.time_zone.clone(), max_amount, guarantee_amount }
    }

    /// All languages, as this community writes sums in them.
    ///
    /// # Errors
    /// The texts are broken, or `default_language` is none of them.
    pub fn locales(&self) -> Result<Locales, locale::LocaleError> {
        let format = locale::Format { currency: self.currency.0.clone() };
        let rates = self.display_rates.iter().map(|(currency, rate)| (currency.0.clone(), rate.0));
        Ok(crate::texts::locales(format)?.with_default_language(&self.default_language)?.with_rates(rates))
    }
}

// They write into the sections of messengers.
#[cfg(all(test, feature = "telegram", feature = "matrix"))]
mod outside_tests;
#[cfg(all(test, feature = "telegram", feature = "matrix"))]
mod tests;

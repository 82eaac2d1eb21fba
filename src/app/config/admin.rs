use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Unexpected, Visitor};

use crate::aid::Administrators;
use exodus_engine::config::{Value, one};
use exodus_engine::messengers;

/// `[admin]`: who administers the community.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdminSection {
    /// Accounts as `telegram:1234567` or `matrix:@me:example.org`; in the environment, with commas between them.
    #[serde(default, deserialize_with = "accounts")]
    pub accounts: Vec<AdminAccount>,
}

impl AdminSection {
    /// Whom the bot lets administer the community.
    pub fn administrators(&self) -> Administrators {
        Administrators::new(self.accounts.iter().cloned().map(|one| (one.messenger, one.address)))
    }
}

/// One account in one messenger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminAccount {
    pub messenger: String,
    pub address: String,
}

impl Value for AdminAccount {
    const EXPECTED: &'static str = "accounts such as \"telegram:1234567\" or \"matrix:@me:example.org\"";

    fn read(text: &str) -> Option<Self> {
        let (messenger, address) = text.trim().split_once(':')?;
        let known = messengers::names().contains(&messenger);
        (known && !address.is_empty()).then(|| AdminAccount { messenger: messenger.into(), address: address.into() })
    }
}

impl<'de> Deserialize<'de> for AdminAccount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        one(from)
    }
}

fn accounts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<AdminAccount>, D::Error> {
    struct List;
    impl<'de> Visitor<'de> for List {
        type Value = Vec<AdminAccount>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "a list of {}", AdminAccount::EXPECTED)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut accounts = Vec::new();
            while let Some(account) = list.next_element()? {
                accounts.push(account);
            }
            Ok(accounts)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            let account = |word| AdminAccount::read(word).ok_or_else(|| E::invalid_value(Unexpected::Str(word), &self));
            text.split(',').map(account).collect()
        }
    }
    from.deserialize_any(List)
}

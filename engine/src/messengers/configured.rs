//! Messengers by configuration: the list of those that there are.

use std::any::Any;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use figment::value::{Dict, Value};
use serde::de::DeserializeOwned;
use url::Url;

use super::section::{NotTaken, Section, Surroundings};
use crate::config::{Discord, StandIn};
use crate::conversation::Messenger;

/// A messenger that there is.
struct Kind {
    /// Its section, and the cargo feature that builds it.
    name: &'static str,
    /// How its section is read; `None` where this program was built without it.
    built: Option<Built>,
}

struct Built {
    read: fn(&Dict) -> Read,
    stand_ins: fn() -> &'static [StandIn],
}

/// A section, or all that is wrong with it.
type Read = Result<Arc<dyn Section>, Vec<figment::Error>>;

macro_rules! kind {
    ($name:tt, $section:path) => {
        Kind {
            name: $name,
            #[cfg(feature = $name)]
            built: Some(Built { read: section::<$section>, stand_ins: <$section as Section>::stand_ins }),
            #[cfg(not(feature = $name))]
            built: None,
        }
    };
}

/// All that can be configured. A new messenger is a line here.
const KINDS: &[Kind] = &[
    kind!("telegram", super::telegram::TelegramSection),
    kind!("matrix", super::matrix::MatrixSection),
    kind!("deltachat", super::deltachat::DeltaChatSection),
];

/// The names of all messengers that can be configured, whether or not this program was built with them.
pub fn names() -> Vec<&'static str> {
    KINDS.iter().map(|kind| kind.name).collect()
}

/// What can be read in the place of their keys.
pub(crate) fn stand_ins() -> Vec<StandIn> {
    KINDS.iter().filter_map(|kind| kind.built.as_ref()).flat_map(|built| (built.stand_ins)()).copied().collect()
}

/// A section, with its name round it, so that errors tell the whole way to a key.
#[cfg_attr(not(feature = "network"), expect(dead_code, reason = "no messenger is built"))]
fn section<S: Section + DeserializeOwned>(named: &Dict) -> Read {
    let mut read: BTreeMap<String, S> = Value::from(named.clone()).deserialize().map_err(Vec::from_iter)?;
    read.pop_first().map(|(_, section)| -> Arc<dyn Section> { Arc::new(section) }).ok_or_else(Vec::new)
}

/// The messengers that are configured.
#[derive(Clone, Debug, Default)]
pub struct Messengers {
    built: Vec<(&'static str, Arc<dyn Section>)>,
    left_out: Vec<&'static str>,
    /// Under which address browsers have pages, if they do. That is no messenger of its own: people come from the others.
    pages_at: Option<Url>,
}

impl Messengers {
    /// Takes the sections of messengers out of all keys.
    ///
    /// # Errors
    /// What can't be understood in any of them.
    pub(crate) fn taken(all: &mut Dict) -> Result<Messengers, Vec<figment::Error>> {
        let (mut messengers, mut wrong) = (Messengers::default(), Vec::new());
        for kind in KINDS {
            let Some(keys) = all.remove(kind.name) else { continue };
            let Some(built) = &kind.built else {
                messengers.left_out.push(kind.name);
                continue;
            };
            match (built.read)(&Dict::from([(kind.name.to_owned(), keys)])) {
                Ok(section) => messengers.built.push((kind.name, section)),
                Err(errors) => wrong.extend(errors),
            }
        }
        if wrong.is_empty() { Ok(messengers) } else { Err(wrong) }
    }

    /// The same, with pages for browsers under this address.
    pub(crate) fn with_pages_at(self, pages_at: Option<Url>) -> Messengers {
        Messengers { pages_at, ..self }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.built.is_empty() && self.left_out.is_empty()
    }

    /// What is written in a messenger's section.
    pub fn section<S: Section>(&self) -> Option<&S> {
        self.built.iter().find_map(|(_, section)| {
            let section: &dyn Any = section.as_ref();
            section.downcast_ref()
        })
    }

    /// What is configured and not a part of this program: one line each, with what to do.
    pub fn missing_parts(&self) -> Vec<String> {
        let missing = |name| format!("{name}: this program was built without it; build with `--features {name}`");
        let pages = self.pages_at.iter().filter(|_| !cfg!(feature = "web")).map(|_| &"web");
        self.left_out.iter().chain(pages).map(missing).collect()
    }

    /// What is wrong with values that can be read, each for itself, but don't go together.
    pub(crate) fn discords(&self) -> Vec<Discord> {
        self.built.iter().flat_map(|(_, section)| section.discords()).collect()
    }

    /// What they keep on the disk: the key that says where, and the place.
    pub(crate) fn places(&self) -> Vec<(&'static str, PathBuf)> {
        self.built.iter().flat_map(|(_, section)| section.places()).collect()
    }

    /// Every one of them.
    ///
    /// # Errors
    /// One can't be made of what is configured, or this program was built without it.
    pub async fn made(&self, around: &Surroundings) -> anyhow::Result<Vec<Arc<dyn Messenger>>> {
        let missing = self.missing_parts();
        anyhow::ensure!(missing.is_empty(), missing.join("\n"));
        let mut made = Vec::new();
        for (_, section) in &self.built {
            made.push(section.messenger(around).await?);
        }
        #[cfg(feature = "web")]
        if let Some(public_url) = &self.pages_at {
            made.push(super::web::made(public_url.clone(), &made, around));
        }
        Ok(made)
    }

    /// The names of those that this program was built with.
    pub fn built() -> Vec<&'static str> {
        KINDS.iter().filter(|kind| kind.built.is_some()).map(|kind| kind.name).collect()
    }

    /// Asks the first of them about its account alone: [`Section::account`]. `None`: there is none.
    pub async fn account(&self) -> Option<Result<String, NotTaken>> {
        let (_, section) = self.built.first()?;
        Some(section.account().await)
    }

    /// Asks each of them whether it takes us: [`Section::check`], with its name.
    pub async fn check(&self) -> Vec<(&'static str, Result<String, String>)> {
        let mut found = Vec::new();
        for (name, section) in &self.built {
            found.extend(section.check().await.into_iter().map(|line| (*name, line)));
        }
        found
    }
}

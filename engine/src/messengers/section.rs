//! A messenger's section of the configuration.

use std::any::Any;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::DatabaseConnection;

use crate::config::{Discord, StandIn};
use crate::conversation::{Clock, GroupCommand, Messenger};
use crate::locale::Locales;

/// A messenger's section of the configuration: what is written there, and the messenger that it makes.
#[async_trait]
pub trait Section: Any + fmt::Debug + Send + Sync {
    /// What can be read in the place of a key that is needed and can't be had.
    fn stand_ins() -> &'static [StandIn]
    where
        Self: Sized,
    {
        &[]
    }

    /// What is wrong with values that can be read, each for itself, but don't go together.
    fn discords(&self) -> Vec<Discord> {
        Vec::new()
    }

    /// What it keeps on the disk: the key that says where, and the place.
    fn places(&self) -> Vec<(&'static str, PathBuf)> {
        Vec::new()
    }

    /// The messenger. It signs in when it is listened to, because it may be down for longer than a start should take.
    ///
    /// # Errors
    /// It can't be made of what is configured.
    async fn messenger(&self, around: &Surroundings) -> anyhow::Result<Arc<dyn Messenger>>;

    /// Asks the messenger whether it takes us, and lets us do what we need, and changes nothing: one line for each thing,
    /// what was found or what to mend.
    async fn check(&self) -> Vec<Result<String, String>>;

    /// Asks the messenger whether it takes the account alone, and what that is called there.
    async fn account(&self) -> Result<String, NotTaken> {
        let lines: Result<Vec<String>, String> = self.check().await.into_iter().collect();
        lines.map(|lines| lines.into_iter().next().unwrap_or_default()).map_err(NotTaken::Refused)
    }
}

/// Why a messenger does not take an account, by what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It does not know the account, or not with this secret.
    Unknown,
    /// Nobody answers there, or nothing that makes sense: why.
    Silent(String),
    /// What it says beside that.
    Refused(String),
}

/// What a messenger is made in.
#[derive(Clone)]
pub struct Surroundings {
    /// Where it remembers what it needs of its wire.
    pub db: DatabaseConnection,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// The bot's words, for what a messenger shows beside its pages.
    pub locales: Arc<Locales>,
    /// The bot's commands in groups; none: it is not at home there.
    pub group_commands: &'static [GroupCommand],
}

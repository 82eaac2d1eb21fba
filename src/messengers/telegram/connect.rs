//! Signing in.

use serde::Deserialize;
use teloxide::payloads::{GetMe, SetMyCommands};
use teloxide::types::BotCommand;
use thiserror::Error;

use super::wire::{Trouble, Wire, Yes};
use super::{Commands, Drops, Hold, Presses, Settings, Telegram};
use crate::messengers::backoff::backoff;

/// How often it is tried to reach Telegram: a computer that has just started may be offline for a moment.
const TRIES: u32 = 4;

/// Why we could not sign in.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ConnectError {
    #[error("Telegram does not know this token ({0}); write the one that @BotFather gave as telegram.token")]
    Token(String),
    #[error("{0}; look at telegram.api_url (and telegram.proxy), and at the network")]
    Silent(String),
    #[error("{0}")]
    Refused(String),
    #[error("no HTTP client can be made: {0}")]
    Client(String),
}

impl From<Trouble> for ConnectError {
    fn from(trouble: Trouble) -> ConnectError {
        match &trouble {
            Trouble::Refused { description, .. } if trouble.is_about_the_token() => {
                ConnectError::Token(description.clone())
            }
            Trouble::Refused { .. } => ConnectError::Refused(trouble.to_string()),
            Trouble::Silent(_) => ConnectError::Silent(trouble.to_string()),
        }
    }
}

/// The bot's own account, as far as it matters.
#[derive(Deserialize)]
pub(super) struct Me {
    pub username: String,
}

impl Telegram {
    /// Signs in, and tells Telegram which commands to offer.
    ///
    /// # Errors
    /// See [`ConnectError`]. While Telegram does not answer, it is tried again for some seconds.
    pub async fn connect(settings: Settings) -> Result<Telegram, ConnectError> {
        let wire = Wire::new(&settings).map_err(ConnectError::Client)?;
        let me = me(&wire, TRIES).await?;
        for commands in settings.commands {
            offer(&wire, commands).await;
        }
        tracing::info!(username = me.username, "signed in to Telegram");
        let presses = Presses::new(wire.clone());
        Ok(Telegram {
            wire,
            username: me.username,
            webhook: settings.webhook,
            hold: Hold::default(),
            presses,
            drops: Drops::default(),
        })
    }
}

/// Who we are there.
pub(super) async fn me(wire: &Wire, tries: u32) -> Result<Me, Trouble> {
    let mut failures = 0;
    loop {
        match wire.call(&GetMe::new()).await {
            Err(Trouble::Silent(why)) if failures + 1 < tries => {
                failures += 1;
                tracing::warn!(why, "Telegram does not answer yet");
                tokio::time::sleep(backoff(failures)).await;
            }
            answered => return answered,
        }
    }
}

/// A bot without its menu of commands works as well, so a refusal stops nothing.
async fn offer(wire: &Wire, Commands { lang, commands }: Commands) {
    let commands = commands.into_iter().map(|command| BotCommand::new(command.name, command.does));
    let mut request = SetMyCommands::new(commands);
    request.language_code.clone_from(&lang);
    if let Err(trouble) = wire.call::<Yes>(&request).await {
        tracing::warn!(lang, %trouble, "the menu of commands was not set");
    }
}

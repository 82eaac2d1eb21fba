//! Signing in.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

use serde::Deserialize;
use teloxide::payloads::GetMe;
use thiserror::Error;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use super::introduction::introduce;
use super::troubles::Troubles;
use super::wire::{Trouble, Wire};
use super::{Drops, Hold, Memory, Presses, Pulse, Sent, Settings, Telegram, Topics};
use crate::messengers::backoff::backoff;

/// How often it is tried to reach Telegram where nobody waits for it later.
const TRIES: u32 = 4;

/// Why we could not sign in.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ConnectError {
    /// Telegram does not know the token; what it said of it.
    #[error("Telegram does not know this token ({0}); write the one that @BotFather gave as telegram.token")]
    Token(String),
    /// Nobody answers at the address, or nothing that makes sense.
    #[error("{0}; look at telegram.api_url (and telegram.proxy), and at the network")]
    Silent(String),
    /// Telegram refuses us for another reason; what it said.
    #[error("{0}")]
    Refused(String),
    /// A proxy or an address that no client can be made of.
    #[error("no HTTP client can be made: {0}")]
    Client(String),
    /// What is remembered of the bot could not be read or written.
    #[error("the database does not answer: {0}")]
    Database(String),
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
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Me {
    pub id: i64,
    pub username: String,
    #[serde(default)]
    pub supports_inline_queries: bool,
    #[serde(default)]
    pub has_topics_enabled: bool,
}

impl Telegram {
    /// A bot that is not signed in yet.
    ///
    /// # Errors
    /// [`ConnectError::Client`].
    pub fn new(settings: Settings) -> Result<Telegram, ConnectError> {
        let wire = Wire::new(&settings).map_err(ConnectError::Client)?;
        Ok(Telegram {
            presses: Presses::new(wire.clone()),
            wire,
            username: RwLock::default(),
            signed_in: AtomicBool::default(),
            memory: None,
            webhook: settings.webhook.clone(),
            patience: settings.patience,
            shown: settings,
            hold: Hold::of(super::NAME),
            drops: Drops::default(),
            pulse: Pulse::default(),
            topics: Topics::default(),
            sent: Sent::default(),
            inline: AtomicBool::default(),
            plain_buttons: AtomicBool::default(),
            introduces: Mutex::default(),
        })
    }

    /// The same bot, which remembers here what it has to.
    #[must_use]
    pub fn remembering(mut self, memory: Memory) -> Telegram {
        self.memory = Some(memory);
        self
    }

    /// Signs in, and tells Telegram what to show of the bot.
    ///
    /// # Errors
    /// See [`ConnectError`]. While Telegram does not answer, it is tried again for some seconds.
    pub async fn connect(settings: Settings) -> Result<Telegram, ConnectError> {
        let telegram = Telegram::new(settings)?;
        telegram.is(me(&telegram.wire, TRIES).await?).await?;
        Ok(telegram)
    }

    /// Tries to sign in, once. What stands in the way is told when it is listened to.
    pub async fn try_to_sign_in(&self) {
        if let Ok(me) = me(&self.wire, 1).await {
            let _ = self.is(me).await;
        }
    }

    /// This is who we are. Another bot than before begins anew in every chat.
    async fn is(&self, me: Me) -> Result<(), ConnectError> {
        if let Some(memory) = &self.memory {
            let known = memory.signed_in(me.id, &me.username).await;
            if known.map_err(|error| ConnectError::Database(error.to_string()))? {
                tracing::warn!(
                    "this is another bot than before: people have to start it first, and its chats begin anew"
                );
            }
        }
        tracing::info!(username = me.username, "signed in to Telegram");
        self.inline.store(me.supports_inline_queries, Ordering::Relaxed);
        self.plain_buttons.store(false, Ordering::Relaxed);
        *self.username.write().unwrap_or_else(PoisonError::into_inner) = Some(me.username);
        self.signed_in.store(true, Ordering::Relaxed);
        // Nobody waits for it.
        let introducing = tokio::spawn(introduce(self.wire.clone(), self.shown.clone()));
        let introducing = Some(AbortOnDropHandle::new(introducing));
        *self.introduces.lock().unwrap_or_else(PoisonError::into_inner) = introducing;
        Ok(())
    }

    /// Signs in if that is still to be done, for as long as Telegram or the database does not answer.
    ///
    /// # Errors
    /// Telegram does not know us.
    pub(super) async fn is_signed_in(&self, stop: &CancellationToken) -> Result<(), anyhow::Error> {
        let (mut troubles, mut failures) = (Troubles::within(self.patience), 0);
        while !self.signed_in.load(Ordering::Relaxed) {
            let Some(asked) = stop.run_until_cancelled(me(&self.wire, 1)).await else { return Ok(()) };
            let pause = match asked {
                Ok(me) => match self.is(me).await {
                    Ok(()) => return Ok(()),
                    Err(why) => {
                        failures += 1;
                        if failures == 1 {
                            tracing::warn!(%why, "signing in to Telegram waits");
                        }
                        backoff(failures)
                    }
                },
                Err(trouble @ Trouble::Refused { .. }) if trouble.pause().is_none() => {
                    return Err(ConnectError::from(trouble).into());
                }
                Err(trouble) => self.bear(&mut troubles, &trouble).await?,
            };
            if stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The bot's name as it was when it signed in last: it is known also while Telegram can't be reached.
    pub async fn recall(&self) {
        let Some(memory) = &self.memory else { return };
        match memory.username().await {
            Ok(username) => *self.username.write().unwrap_or_else(PoisonError::into_inner) = username,
            Err(error) => tracing::warn!(%error, "the name of the bot is not known until it signs in"),
        }
    }

    pub(super) fn username(&self) -> Option<String> {
        self.username.read().unwrap_or_else(PoisonError::into_inner).clone()
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

//! Telegram, through its Bot API.
//!
//! What arrives: `polling` asks for updates, or `webhook` is brought them; `update` reads one by itself,
//! `heard` understands it, `drops` says of which nothing was done;
//! `turns` brings each chat's to the inbox one after another. An update is only confirmed when its turn is in the
//! database, so whatever happens in between, it comes again, and the engine knows it for the same.
//!
//! Signing in: `connect`. What goes wrong is borne by `troubles` for a while; then the messenger is lost, and whoever
//! listens to it begins anew.
//!
//! What is shown: `letter` and `keyboard` give a page Telegram's form, `show` edits or sends it (`topics`: where in a chat), and
//! `verdict` says what to do about a refusal. `inline` offers what can be sent into other chats; `introduction` is what people
//! see before they have begun. Every press is answered as soon as its turn is over (`presses`), so that no button keeps spinning.
//!
//! teloxide lends its client and the types of what we send. Requests go out through `wire`, which keeps the bot's token (it is a part
//! of every address) out of all errors, reads of an answer only what is needed, and lets the caller decide how long to wait.
//!
//! In groups only commands are listened to (`groups`); the bot keeps a card there, which it pins.

mod check;
mod commands;
mod connect;
mod content;
mod drops;
mod file;
mod groups;
mod heard;
mod inline;
mod introduction;
mod keyboard;
mod letter;
mod parts;
mod polling;
mod presses;
mod rich;
mod section;
mod settings;
mod show;
mod topics;
mod troubles;
mod update;
mod verdict;
mod webhook;
mod window;
mod wire;
mod words;

use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

pub use check::{check, taken};
pub use commands::{offered, offered_in_groups};
pub use connect::ConnectError;
#[doc(hidden)]
pub use heard::reads;
pub use introduction::introduced;
pub use section::TelegramSection;
pub use settings::{Command, Commands, Introduction, Settings, Webhook};

use super::abilities::TELEGRAM;
use super::hold::Hold;
use super::pulse::Pulse;
use crate::conversation::{Caps, Card, Inbox, Letter, Messenger, Pace, Pinned, SendError, Shown, WayIn};
use crate::store::telegram::Memory;
use drops::Drops;
use parts::Sent;
use presses::Presses;
use topics::Topics;
use wire::Wire;

/// What the accounts of this messenger carry.
pub const NAME: &str = "telegram";

/// The longest text of a message, in UTF-16 units.
const LONGEST_TEXT: usize = TELEGRAM.longest_message;

/// The longest text of a page, in UTF-16 units: what is longer than a message takes several.
const LONGEST_PAGE: usize = TELEGRAM.caps.longest_text;

/// A bot's account at Telegram. It signs in when it is listened to, if it has not before.
pub struct Telegram {
    wire: Wire,
    /// The bot's name, without `@`; none before it has ever signed in.
    username: RwLock<Option<String>>,
    signed_in: AtomicBool,
    memory: Option<Memory>,
    /// What is set of the bot when it has signed in.
    shown: Settings,
    webhook: Option<Webhook>,
    patience: Duration,
    hold: Hold,
    presses: Presses,
    drops: Drops,
    pulse: Pulse,
    topics: Topics,
    /// What is there of letters that take several messages.
    sent: Sent,
    /// People may ask for something to send into their other chats.
    inline: AtomicBool,
    /// The server takes neither styles nor buttons that copy.
    plain_buttons: AtomicBool,
    introduces: Mutex<Option<AbortOnDropHandle<()>>>,
}

#[async_trait]
impl Messenger for Telegram {
    fn name(&self) -> &'static str {
        NAME
    }

    fn caps(&self) -> Caps {
        TELEGRAM.caps
    }

    fn way_in(&self) -> WayIn {
        WayIn {
            messenger: NAME,
            link: self.username().map(|username| format!("https://t.me/{username}?start={{token}}")),
            person: Some("tg://user?id={address}".to_owned()),
            signs_in: None,
        }
    }

    fn pace(&self) -> Pace {
        TELEGRAM.pace
    }

    fn hears(&self) -> bool {
        self.pulse.is_heard()
    }

    /// Of two who ask for updates, Telegram refuses one. It brings them to as many as there are.
    fn listens_alone(&self) -> bool {
        self.webhook.is_none()
    }

    async fn listen(&self, inbox: &dyn Inbox, stop: CancellationToken) -> Result<(), anyhow::Error> {
        let listened = self.pulse.watch(async {
            self.is_signed_in(&stop).await?;
            match &self.webhook {
                Some(webhook) => self.serve(webhook, inbox, stop).await,
                None => self.poll(inbox, stop).await,
            }
        });
        let listened = listened.await;
        self.presses.all_answered().await;
        listened
    }

    fn handled(&self, update: &str, aside: Option<&str>) {
        self.presses.say(update, aside);
    }

    fn pace_in_groups(&self) -> Duration {
        TELEGRAM.pace_in_groups
    }

    async fn show(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        self.deliver(letter).await
    }

    async fn pin(&self, group: &str, message: &str) -> Result<Pinned, SendError> {
        self.pin_in(group, message).await
    }

    async fn take_away(&self, group: &str, message: &str) -> Result<(), SendError> {
        self.take_away_in(group, message).await
    }

    async fn offer(&self, question: &str, cards: &[Card]) {
        self.answer_question(question, cards).await;
    }
}

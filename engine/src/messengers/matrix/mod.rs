//! Matrix, through matrix-sdk, in encrypted rooms.
//!
//! Signing in: `account` opens the device's store and session, `encryption` sees to its keys. What arrives: `sync`
//! hears the homeserver, which `asking` asks, `batch` understands an answer (`heard` one event of it, `gap` what was left
//! out), and each message becomes a turn. `progress` keeps the cursor behind every turn that has not ended, so after a
//! crash the homeserver tells it again, and the engine knows it for the same; `bookkeeper` writes it down. `late_keys`
//! waits for messages that can't be read yet, whose turns are `late`, `remedies` helps whose stay so (`renewal` of
//! their room), `chores` does what has to be done about rooms, `upgrade` among it, when the
//! `agenda` says so.
//!
//! What is shown: `rooms` knows where a person is spoken with, `letter` gives a page Matrix's form, `show` sends it
//! when `sending` allows it, under the letter's id, which the homeserver takes once. A page is always a new message, never an edit. `reactions` are a
//! short cut beside it. `trouble` says what a refusal means.
//!
//! A person is spoken with where nobody else listens: in a room that they and the bot have for themselves. In rooms with
//! several people (`groups`) only commands are heard, and the bot keeps a card there (`group_show`), which it edits.

mod account;
mod agenda;
mod asking;
mod batch;
mod bookkeeper;
mod check;
mod chores;
mod encryption;
mod file;
mod gap;
mod greeting;
mod group_show;
mod groups;
mod heard;
mod hints;
mod invites;
mod late;
mod late_keys;
mod letter;
mod marks;
mod profile;
mod progress;
mod reactions;
mod remedies;
mod renewal;
mod rooms;
mod section;
mod sending;
mod settings;
mod show;
mod stubborn;
mod sync;
mod threads;
mod trouble;
mod upgrade;
mod verification;
mod watching;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use matrix_sdk::Client;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

pub use check::{check, taken};
#[doc(hidden)]
pub use heard::says;
pub use hints::hints;
pub use section::MatrixSection;
pub use settings::{Credentials, Hints, Settings, Verification};

use super::hold::Hold;
use super::pulse::Pulse;
use crate::conversation::{Caps, Clock, Inbox, Letter, Messenger, Pace, Pinned, SendError, Shown, WayIn};
use crate::store::matrix::Memory;
use rooms::Rooms;
use sending::Sending;
use threads::Threads;

/// What the accounts of this messenger carry.
pub const NAME: &str = "matrix";

/// The longest text of a message, in UTF-16 units: an event of 64 KiB holds it twice, with its tags, encrypted.
const LONGEST_TEXT: usize = Caps::NUMBERED.longest_text;

/// A bot's account at a homeserver. It signs in when it is listened to.
pub struct Matrix {
    settings: Settings,
    memory: Memory,
    clock: Arc<dyn Clock>,
    rooms: Rooms,
    hold: Hold,
    sending: Sending,
    threads: Threads,
    /// Rung when we have done something in rooms that we have to hear of ourselves.
    echoes: Arc<Notify>,
    /// While we are signed in.
    client: RwLock<Option<Client>>,
    listening: AtomicBool,
    pulse: Pulse,
}

impl Matrix {
    /// An account that is not signed in yet.
    pub fn new(settings: Settings, memory: Memory, clock: Arc<dyn Clock>) -> Matrix {
        Matrix {
            settings,
            rooms: Rooms::new(memory.clone()),
            memory,
            clock,
            hold: Hold::of(NAME),
            sending: Sending::default(),
            threads: Threads::default(),
            echoes: Arc::default(),
            client: RwLock::default(),
            listening: AtomicBool::default(),
            pulse: Pulse::default(),
        }
    }

    fn client(&self) -> Option<Client> {
        self.client.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_client(&self, client: Option<Client>) {
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = client;
    }

    fn has_listened(&self) -> bool {
        self.listening.load(Ordering::Relaxed)
    }

    /// The homeserver has answered a sync.
    fn is_listening(&self) {
        self.pulse.beats();
        if !self.listening.swap(true, Ordering::Relaxed) {
            tracing::info!(user = self.settings.user, "the homeserver is heard");
        }
    }
}

#[async_trait]
impl Messenger for Matrix {
    fn name(&self) -> &'static str {
        NAME
    }

    fn caps(&self) -> Caps {
        Caps::NUMBERED
    }

    fn way_in(&self) -> WayIn {
        WayIn {
            messenger: NAME,
            link: Some(format!("https://matrix.to/#/{}", self.settings.user)),
            person: Some("https://matrix.to/#/{address}".to_owned()),
            signs_in: None,
        }
    }

    /// What a homeserver allows is its own affair: without limits this is brisk, and with them it asks us to wait.
    fn pace(&self) -> Pace {
        Pace { a_second: 10, in_chat: Duration::ZERO, alone: true }
    }

    /// Only whoever holds the device can send; and only who has heard who is in the rooms.
    fn ready(&self) -> bool {
        self.client().is_some() && self.has_listened()
    }

    fn hears(&self) -> bool {
        self.pulse.is_heard()
    }

    /// A device's keys belong to one program at a time.
    fn listens_alone(&self) -> bool {
        true
    }

    /// Signs in first. While the homeserver does not answer, that is tried again for as long as it takes.
    async fn listen(&self, inbox: &dyn Inbox, stop: CancellationToken) -> Result<(), anyhow::Error> {
        self.listening.store(false, Ordering::Relaxed);
        let listening = async {
            let Some(client) = self.sign_in(&stop).await? else { return Ok(()) };
            self.set_client(Some(client.clone()));
            let heard = self.hear(client, inbox, stop.clone()).await;
            self.set_client(None);
            heard
        };
        self.pulse.watch(listening).await
    }

    async fn show(&self, letter: Letter<'_>) -> Result<Shown, SendError> {
        match letter.group {
            Some(_) => self.deliver_in_group(letter).await,
            None => self.deliver(letter).await,
        }
    }

    async fn pin(&self, group: &str, message: &str) -> Result<Pinned, SendError> {
        self.pin_in(group, message).await
    }

    async fn take_away(&self, group: &str, message: &str) -> Result<(), SendError> {
        self.take_away_in(group, message).await
    }
}

//! Delta Chat, through `deltachat-rpc-server`: encrypted chats over e-mail.
//!
//! `program` starts it as a child, `rpc` speaks with it, `api` says what is asked and read, `asking` asks it for one account,
//! and `events` hears what happens. Signing in: `account`.
//!
//! What arrives: `listen` plays what `reading` brings, of which `heard` says what each message is; then it is marked as seen.
//! The program keeps what is not, so whatever happens in between, it is brought again, and the engine knows it for the same by
//! the name that the sender gave it. `people` says who somebody is: their key, and not their address. `groups`: what is said
//! there.
//!
//! What is shown: `letter` gives a page its form, `show` sends it as a draft whose number is noted first, so that after a crash
//! it goes on with that message. `outgoing` knows what is on its way, `allowance` how much may go, `refusal` what it means when
//! it does not. `group_show` changes a card where it stands.

mod account;
mod allowance;
mod api;
mod asking;
mod check;
mod events;
mod group_show;
mod groups;
mod heard;
mod letter;
mod listen;
mod outgoing;
mod people;
mod program;
mod reading;
mod refusal;
mod rpc;
mod section;
mod settings;
mod show;
mod trouble;

use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

#[doc(hidden)]
pub use api::{FIELDS, METHODS};
pub use check::check;
pub use program::{NotRunning, PROGRAM, Program};
#[doc(hidden)]
pub use rpc::{Method, Rpc, RpcError};
pub use section::DeltaChatSection;
pub use settings::{Login, Mailbox, Server, Settings};

use self::account::{SignIn, sign_in};
use self::allowance::Allowance;
use self::asking::Core;
use self::events::events_of;
use self::outgoing::Outgoing;
use super::abilities::DELTACHAT;
use super::backoff::backoff;
use super::hold::Hold;
use super::pulse::Pulse;
use crate::conversation::queue::Queue;
use crate::conversation::{Caps, Clock, Inbox, Letter, Messenger, Pace, Pinned, SendError, Shown, WayIn};
use crate::store::deltachat::Memory;

/// What the accounts of this messenger carry.
pub const NAME: &str = "deltachat";

/// After so many failures to begin in a row, the messenger is lost.
const TRIES: u32 = 5;

/// For how long letters are remembered: longer than any is tried.
const LETTERS_KEPT: chrono::TimeDelta = chrono::TimeDelta::days(14);

/// How long something takes is no time of day.
#[allow(clippy::disallowed_methods, reason = "it is measured by nobody's clock")]
fn instant() -> tokio::time::Instant {
    tokio::time::Instant::now()
}

/// A bot's Delta Chat account. It signs in when it is listened to.
pub struct DeltaChat {
    settings: Settings,
    memory: Memory,
    clock: Arc<dyn Clock>,
    /// By which people find it; none before it has ever signed in.
    link: RwLock<Option<String>>,
    /// While it is signed in.
    core: RwLock<Option<Core>>,
    hold: Hold,
    outgoing: Outgoing,
    allowance: Allowance,
    /// One letter at a time goes to a chat: it has one draft, and apps show what comes together in any order.
    chats: Queue,
    pulse: Pulse,
}

impl DeltaChat {
    /// An account that is not signed in yet.
    pub fn new(settings: Settings, memory: Memory, clock: Arc<dyn Clock>) -> DeltaChat {
        DeltaChat {
            allowance: Allowance::of(settings.a_minute),
            settings,
            memory,
            clock,
            link: RwLock::default(),
            core: RwLock::default(),
            hold: Hold::of(NAME),
            outgoing: Outgoing::default(),
            chats: Queue::default(),
            pulse: Pulse::default(),
        }
    }

    /// By which link people found it when it last ran: it is known also while it can't sign in.
    pub async fn recall(&self) {
        match self.memory.link().await {
            Ok(link) => self.found_by(link),
            Err(error) => tracing::warn!(%error, "the link to the bot is not known until it signs in"),
        }
    }

    fn found_by(&self, link: Option<String>) {
        *self.link.write().unwrap_or_else(PoisonError::into_inner) = link;
    }

    fn core(&self) -> Option<Core> {
        self.core.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_core(&self, core: Option<Core>) {
        *self.core.write().unwrap_or_else(PoisonError::into_inner) = core;
    }

    /// The mail server has been heard.
    fn is_heard(&self) {
        self.pulse.beats();
    }

    /// One life of the program, from its start until `stop` or its end.
    async fn live(&self, inbox: &dyn Inbox, stop: &CancellationToken) -> Result<(), SignIn> {
        let (program, rpc) = Program::start(&self.settings.program, &self.settings.accounts_dir).await?;
        let mut events = events_of(rpc.clone());
        let begun = stop.run_until_cancelled(sign_in(rpc.clone(), &mut events, &self.settings, &self.memory)).await;
        let lived = match begun {
            None => Ok(()),
            Some(Err(error)) => Err(error),
            Some(Ok(signed)) => {
                self.outgoing.begin_anew();
                self.found_by(Some(signed.link.clone()));
                if let Err(error) = self.memory.forget_letters(self.clock.now() - LETTERS_KEPT).await {
                    tracing::debug!(%error, "old letters are not forgotten yet");
                }
                let core = signed.core.clone();
                match core.starts().await {
                    Ok(()) => {
                        tracing::info!("signed in to Delta Chat");
                        self.set_core(Some(core));
                        self.hear(signed, events, inbox, stop).await;
                        self.set_core(None);
                        Ok(())
                    }
                    Err(error) => Err(error.into()),
                }
            }
        };
        rpc.hang_up();
        program.stop().await;
        lived
    }
}

#[async_trait]
impl Messenger for DeltaChat {
    fn name(&self) -> &'static str {
        NAME
    }

    fn caps(&self) -> Caps {
        DELTACHAT.caps
    }

    /// The link carries no word of ours, so that has to be sent by hand. Nobody is led to others: they are known by their keys.
    fn way_in(&self) -> WayIn {
        let link = self.link.read().unwrap_or_else(PoisonError::into_inner).clone();
        WayIn { messenger: NAME, link, person: None, signs_in: None }
    }

    fn pace(&self) -> Pace {
        DELTACHAT.pace
    }

    /// Only whoever runs the program can send.
    fn ready(&self) -> bool {
        self.core().is_some()
    }

    fn hears(&self) -> bool {
        self.pulse.is_heard()
    }

    /// An account folder belongs to one program at a time.
    fn listens_alone(&self) -> bool {
        true
    }

    /// Starts the program, and starts it again when it has ended.
    async fn listen(&self, inbox: &dyn Inbox, stop: CancellationToken) -> Result<(), anyhow::Error> {
        let listening = async {
            let mut failures = 0;
            loop {
                let begun = instant();
                let lived = self.live(inbox, &stop).await;
                if stop.is_cancelled() {
                    return Ok(());
                }
                failures = if begun.elapsed() >= backoff(u32::MAX) { 1 } else { failures + 1 };
                match lived {
                    Ok(()) => tracing::warn!("the Delta Chat program has ended, and is started again"),
                    Err(why) if why.may_pass() && failures < TRIES => {
                        tracing::warn!(%why, "signing in to Delta Chat waits");
                    }
                    Err(why) => return Err(why.into()),
                }
                if stop.run_until_cancelled(tokio::time::sleep(backoff(failures))).await.is_none() {
                    return Ok(());
                }
            }
        };
        self.pulse.watch(listening).await
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
}

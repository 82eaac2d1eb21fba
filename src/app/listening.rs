//! Listening to messengers: to some by every process, to others by one process at a time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use crate::conversation::{Behind, Bot, Desk, Inbox, Incoming, Messenger};
use crate::delivery::{Ending, Leases, Meters, Peers};

/// How long turns that have begun may take to end when another process listens: with no answer from the database for
/// longer, this process is of no use, and ends with an error.
const ENDS_WITHIN: Duration = Duration::from_secs(60);

/// Who listens to a messenger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listens {
    /// Nobody yet: we have just begun.
    Nobody,
    /// This process.
    Here,
    /// Another process, and we shall when it has ended.
    Elsewhere,
}

/// Who listens to each messenger, for whoever asks whether we are ready.
#[derive(Clone, Default)]
pub(super) struct Listeners(Arc<Mutex<BTreeMap<&'static str, Listens>>>);

impl Listeners {
    pub fn to(&self, messenger: &str) -> Listens {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(messenger).copied().unwrap_or(Listens::Nobody)
    }

    fn set(&self, messenger: &'static str, listens: Listens) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(messenger, listens);
    }
}

/// Brings what a messenger hears to the desk, until `stop`; beside it, shows the pages that were lost when a process ended.
///
/// # Errors
/// It can't be listened to, now or any more.
pub(super) async fn listen<B: Bot>(
    messenger: Arc<dyn Messenger>,
    desk: Desk<B>,
    meters: Meters,
    leases: &Leases,
    peers: &Peers,
    listeners: &Listeners,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let name = messenger.name();
    let told = || format!("{name} can't be listened to");
    let inbox = Measured { inbox: desk.clone(), messenger: name, meters };
    if !messenger.listens_alone() {
        listeners.set(name, Listens::Here);
        tracing::info!(messenger = name, "listening");
        return hear(messenger.as_ref(), &inbox, &desk, peers.ending(), stop).await.with_context(told);
    }
    loop {
        listeners.set(name, Listens::Elsewhere);
        let Some(lease) = leases.hold(&format!("listen/{name}"), &stop).await else { return Ok(()) };
        listeners.set(name, Listens::Here);
        tracing::info!(messenger = name, "listening");
        let mine = stop.child_token();
        // When this process ends, the one that listens next shows what it has lost.
        let listening = hear(messenger.as_ref(), &inbox, &desk, Peers::default().ending(), mine.clone());
        tokio::pin!(listening);
        tokio::select! {
            ended = &mut listening => {
                lease.give_back().await;
                return ended.with_context(told);
            }
            () = lease.lost() => {
                // What has begun is brought to its end, and the other process hears the rest.
                mine.cancel();
                let ended = tokio::time::timeout(ENDS_WITHIN, listening).await;
                ended.with_context(|| format!("{name}: another process listens, and what had begun here does not end"))?
                    .with_context(told)?;
            }
        }
    }
}

/// Listens, and shows beside it what was lost at the last end, and whenever one of the others ends; that ends with the
/// listening.
async fn hear<B: Bot>(
    messenger: &dyn Messenger,
    inbox: &dyn Inbox,
    desk: &Desk<B>,
    mut others: Ending,
    stop: CancellationToken,
) -> Result<(), anyhow::Error> {
    let beside = stop.child_token();
    let listening = async {
        let heard = messenger.listen(inbox, stop).await;
        beside.cancel();
        heard
    };
    let showing = async {
        desk.show_what_was_lost(&beside).await;
        while beside.run_until_cancelled(others.next()).await.is_some() {
            desk.show_what_was_lost(&beside).await;
        }
    };
    tokio::join!(listening, showing).0
}

/// An inbox that counts what comes in, and how long it takes.
struct Measured<I> {
    inbox: I,
    messenger: &'static str,
    meters: Meters,
}

#[async_trait]
impl<I: Inbox> Inbox for Measured<I> {
    #[allow(clippy::disallowed_methods, reason = "how long a turn takes is measured, and nothing is decided by it")]
    async fn receive(&self, incoming: Incoming) -> Result<(), anyhow::Error> {
        let began = Instant::now();
        let played = self.inbox.receive(incoming).await;
        self.meters.turn(self.messenger, if played.is_ok() { "done" } else { "failed" }, began.elapsed());
        if played.is_err() {
            self.meters.database_error("turn");
        }
        played
    }

    fn behind(&self, address: &str) -> Behind {
        self.inbox.behind(address)
    }

    async fn all_shown(&self) {
        self.inbox.all_shown().await;
    }
}

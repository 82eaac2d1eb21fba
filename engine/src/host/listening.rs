//! Listening to messengers: to some by every process, to others by one process at a time. One that is lost (its token was
//! revoked, say) costs the others nothing, and is tried again for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use async_trait::async_trait;
use futures::FutureExt;
use tokio_util::sync::CancellationToken;

use crate::conversation::{Asked, Behind, Bot, Desk, FromGroup, Inbox, Incoming, Messenger, Visits, Waits};
use crate::delivery::{Ending, Leases, Meters, Peers};

/// How long turns that have begun may take to end when another process listens: with no answer from the database for
/// longer, this process is of no use, and ends with an error.
const ENDS_WITHIN: Duration = Duration::from_secs(60);

/// After what time a messenger that was lost is tried again: twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(600);

/// Whoever has listened for so long has forgotten what was before.
const WELL_AFTER: Duration = Duration::from_secs(600);

/// After so many losses in a row, which is an hour or two, the operator is told once more; and then after twice as many.
const MANY: u32 = 16;

/// How often it is looked whether a messenger that was lost is heard again.
const A_MOMENT: Duration = Duration::from_millis(250);

/// Who listens to a messenger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Listens {
    /// Nobody yet: we have just begun.
    Nobody,
    /// This process.
    Here,
    /// Another process, and we shall when it has ended.
    Elsewhere,
    /// It is lost, for this reason, and has not been heard since.
    Lost(String),
}

/// Who listens to each messenger, for whoever asks whether we are ready.
#[derive(Clone, Default)]
pub(super) struct Listeners(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    listens: BTreeMap<&'static str, Listens>,
    /// Those of which the operator knows that this process has begun to listen.
    told: BTreeSet<&'static str>,
}

impl Listeners {
    pub fn to(&self, messenger: &str) -> Listens {
        self.known().listens.get(messenger).cloned().unwrap_or(Listens::Nobody)
    }

    fn set(&self, messenger: &'static str, listens: Listens) {
        self.known().listens.insert(messenger, listens);
    }

    /// This process listens. What comes after an outage of the database is no news; of one that takes over from another, or
    /// back from it, its lease tells.
    fn here(&self, messenger: &'static str) {
        self.set(messenger, Listens::Here);
        if self.known().told.insert(messenger) {
            tracing::info!(messenger, "listening");
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_lost(&self, messenger: &str) -> bool {
        matches!(self.to(messenger), Listens::Lost(_))
    }
}

/// What listening needs beside the messenger.
pub(super) struct Around {
    pub meters: Meters,
    pub leases: Leases,
    pub peers: Peers,
    pub listeners: Listeners,
    pub stop: CancellationToken,
}

/// Brings what a messenger hears to the desk, until `stop` or until its people have left for good; beside it, shows the pages that were lost when a process ended.
/// However often the messenger is lost, it is tried again.
///
/// # Errors
/// This process is of no use any more: what it has begun does not end.
pub(super) async fn listen<B: Bot>(messenger: Arc<dyn Messenger>, desk: Desk<B>, around: Around) -> anyhow::Result<()> {
    let (name, stop) = (messenger.name(), around.stop.clone());
    let mut losses = 0;
    while !stop.is_cancelled() {
        let once = listen_once(messenger.as_ref(), &desk, &around);
        tokio::pin!(once);
        let well = tokio::time::sleep(WELL_AFTER);
        tokio::pin!(well);
        let listened = loop {
            tokio::select! {
                ended = &mut once => break ended?,
                () = &mut well, if losses > 0 => losses = 0,
            }
        };
        let error = match listened {
            Ok(()) if messenger.may_end() => break,
            Ok(()) => continue,
            Err(error) => error,
        };
        losses += 1;
        let why = format!("{error:#}");
        tell(name, losses, &around.listeners.to(name), &why);
        around.listeners.set(name, Listens::Lost(why));
        let _ = stop.run_until_cancelled(tokio::time::sleep(pause(losses))).await;
    }
    Ok(())
}

/// The operator is told at once, when the reason changes, and else more and more rarely.
fn tell(messenger: &str, losses: u32, known: &Listens, why: &str) {
    let is_known = matches!(known, Listens::Lost(before) if before == why);
    if !is_known || losses >= MANY && losses.is_power_of_two() {
        tracing::error!(messenger, losses, error = why, "a messenger is lost; it is tried again, and others go on");
    } else {
        tracing::debug!(messenger, losses, error = why, "a messenger is still lost");
    }
}

fn pause(losses: u32) -> Duration {
    (FIRST_PAUSE * (1 << losses.saturating_sub(1).min(16))).min(LONGEST_PAUSE)
}

/// Listens until `stop`, or until another process has to. What is given is why the messenger is lost, if it is.
///
/// # Errors
/// This process is of no use any more.
async fn listen_once<B: Bot>(
    messenger: &dyn Messenger,
    desk: &Desk<B>,
    around: &Around,
) -> anyhow::Result<Result<(), anyhow::Error>> {
    let (name, stop) = (messenger.name(), &around.stop);
    if !messenger.listens_alone() {
        return Ok(hear(messenger, desk, around, around.peers.ending(), stop.clone()).await);
    }
    if !around.listeners.is_lost(name) {
        around.listeners.set(name, Listens::Elsewhere);
    }
    let Some(lease) = around.leases.hold(&format!("listen/{name}"), stop).await else { return Ok(Ok(())) };
    let mine = stop.child_token();
    // When this process ends, the one that listens next shows what it has lost.
    let listening = hear(messenger, desk, around, Peers::default().ending(), mine.clone());
    tokio::pin!(listening);
    tokio::select! {
        ended = &mut listening => {
            lease.give_back().await;
            Ok(ended)
        }
        () = lease.lost() => {
            // What has begun is brought to its end, and the other process hears the rest.
            mine.cancel();
            brought_to_its_end(name, ENDS_WITHIN, listening).await
        }
    }
}

/// Waits for what had begun when another process took over the listening.
///
/// # Errors
/// It does not end: this process is of no use any more.
async fn brought_to_its_end<T>(messenger: &str, within: Duration, begun: impl Future<Output = T>) -> anyhow::Result<T> {
    let ended = tokio::time::timeout(within, begun).await;
    ended.with_context(|| format!("{messenger}: another process listens, and what had begun here does not end"))
}

/// Listens, and shows beside it what was lost at the last end, and whenever one of the others ends; that ends with the
/// listening.
async fn hear<B: Bot>(
    messenger: &dyn Messenger,
    desk: &Desk<B>,
    around: &Around,
    mut others: Ending,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let name = messenger.name();
    if !around.listeners.is_lost(name) {
        around.listeners.here(name);
    }
    let inbox = Measured { inbox: desk.clone(), messenger: name, meters: around.meters.clone() };
    let beside = stop.child_token();
    let listening = async {
        // What breaks in it, breaks it alone.
        let heard = AssertUnwindSafe(messenger.listen(&inbox, stop.clone())).catch_unwind().await;
        beside.cancel();
        match heard {
            Ok(Ok(())) if stop.is_cancelled() || messenger.may_end() => Ok(()),
            Ok(Ok(())) => Err(anyhow!("the listening ended by itself")),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(anyhow!("the listening broke off")),
        }
    };
    let showing = async {
        desk.show_what_was_lost(&beside).await;
        while beside.run_until_cancelled(others.next()).await.is_some() {
            desk.show_what_was_lost(&beside).await;
        }
    };
    let regaining = beside.run_until_cancelled(is_heard_again(messenger, &around.listeners));
    tokio::join!(listening, showing, regaining).0
}

/// Waits until a messenger that was lost is heard, and says so.
async fn is_heard_again(messenger: &dyn Messenger, listeners: &Listeners) {
    let name = messenger.name();
    if !listeners.is_lost(name) {
        return;
    }
    while !messenger.hears() {
        tokio::time::sleep(A_MOMENT).await;
    }
    listeners.set(name, Listens::Here);
    tracing::info!(messenger = name, "a messenger that was lost is heard again");
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

    async fn receive_from_group(&self, heard: FromGroup) -> Result<(), anyhow::Error> {
        let played = self.inbox.receive_from_group(heard).await;
        if played.is_err() {
            self.meters.database_error("turn");
        }
        played
    }

    fn asked(&self, asked: Asked) {
        self.inbox.asked(asked);
    }

    fn behind(&self, address: &str) -> Behind {
        self.inbox.behind(address)
    }

    fn visits(&self) -> Option<&dyn Visits> {
        self.inbox.visits()
    }

    fn waits(&self) -> Waits {
        self.inbox.waits()
    }

    async fn all_shown(&self) {
        self.inbox.all_shown().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_messenger_that_is_lost_is_tried_again_more_and_more_rarely() {
        let seconds: Vec<u64> = (1..=11).map(|losses| pause(losses).as_secs()).collect();
        assert_eq!(seconds, [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
        assert_eq!(pause(u32::MAX), LONGEST_PAUSE);
    }

    #[tokio::test]
    async fn what_does_not_end_when_another_process_listens_ends_this_one() {
        let ended = brought_to_its_end("m", Duration::from_millis(10), std::future::pending::<()>()).await;
        assert!(ended.unwrap_err().to_string().starts_with("m: another process listens"));
        assert!(brought_to_its_end("m", Duration::from_secs(600), std::future::ready(())).await.is_ok());
    }
}

//! Hearing: one sync after another, each answer's turns played while the next is waited for.

use std::fmt::Display;
use std::time::Duration;

use anyhow::bail;
use futures::FutureExt;
use futures::future::BoxFuture;
use matrix_sdk::Client;
use matrix_sdk::config::SyncSettings;
use matrix_sdk::ruma::api::client::filter::{Filter, FilterDefinition, RoomEventFilter};
use matrix_sdk::ruma::api::client::sync::sync_events::v3;
use matrix_sdk::ruma::presence::PresenceState;
use matrix_sdk::ruma::{OwnedUserId, RoomId, uint};
use matrix_sdk::sync::SyncResponse;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::Matrix;
use super::batch::{Batch, Reader};
use super::chores::{Chore, Chores};
use super::late_keys::{Late, LateKeys, Then};
use super::progress::Progress;
use super::trouble::Trouble;
use crate::conversation::{Inbox, Incoming};
use crate::messengers::backoff::backoff;
use crate::messengers::turns::{Ended, Turns};
use crate::store::matrix::{Memory, Undecrypted};

/// How long the homeserver may wait for something to tell.
const LONG: Duration = Duration::from_secs(30);

/// The same while people talk: the SDK asks for keys that it lacks only between two syncs.
const SHORT: Duration = Duration::from_secs(1);

/// How long the answer that is waited for may take when we are to end, while people talk.
const LAST: Duration = Duration::from_secs(3);

/// The time between two syncs while we are ending.
const BETWEEN_LAST: Duration = Duration::from_millis(200);

/// So many turns may be open before more are asked for: while the database does not answer, the homeserver keeps the rest.
const MOST_OPEN: usize = 1000;

/// By what a turn is known when it has ended.
enum Ticket {
    /// It is of this batch.
    Batch(u64),
    /// It was late.
    Late(Then),
}

/// An answer of the homeserver that has been understood.
struct Heard {
    batch: Batch,
    next: String,
}

impl Heard {
    /// Somebody talks, or came, or went.
    fn is_lively(&self) -> bool {
        !(self.batch.said.is_empty() && self.batch.undecrypted.is_empty() && self.batch.chores.is_empty())
    }
}

/// The ends of the channels to those who work beside the listening.
struct Errands {
    chores: mpsc::UnboundedSender<Chore>,
    undecrypted: mpsc::UnboundedSender<Undecrypted>,
}

/// One device that listens.
struct Ear<'a> {
    matrix: &'a Matrix,
    client: Client,
    me: OwnedUserId,
    device: String,
    memory: &'a Memory,
}

impl Matrix {
    /// Listens with a client that is signed in, until `stop`.
    ///
    /// # Errors
    /// The homeserver has signed us out.
    pub(super) async fn hear(
        &self,
        client: Client,
        inbox: &dyn Inbox,
        stop: CancellationToken,
    ) -> Result<(), anyhow::Error> {
        let (Some(me), Some(device)) = (client.user_id().map(ToOwned::to_owned), client.device_id()) else {
            bail!("the Matrix account is not signed in");
        };
        let device = device.to_string();
        // What works beside the listening ends with it, whatever ends it.
        let beside = stop.child_token();
        let _ends = beside.clone().drop_guard();
        let (chores, chores_coming) = mpsc::unbounded_channel();
        let (undecrypted, undecrypted_coming) = mpsc::unbounded_channel();
        let (late, late_coming) = mpsc::unbounded_channel();
        for room in client.invited_rooms() {
            let _ = chores.send(Chore::Join(room.room_id().to_owned()));
        }
        let (memory, hints) = (self.memory.clone(), self.settings.hints.clone());
        let caretaker = Chores { client: client.clone(), memory, rooms: self.rooms.clone(), hints };
        let keys = LateKeys { client: client.clone(), memory: self.memory.clone(), clock: self.clock.clone(), late };
        tokio::spawn(caretaker.run(chores_coming, beside.clone()));
        tokio::spawn(keys.run(undecrypted_coming, beside));
        let ear = Ear { matrix: self, client, me, device, memory: &self.memory };
        ear.listen(inbox, Errands { chores, undecrypted }, late_coming, stop).await
    }
}

impl Ear<'_> {
    async fn listen(
        &self,
        inbox: &dyn Inbox,
        errands: Errands,
        mut late: mpsc::UnboundedReceiver<Late>,
        stop: CancellationToken,
    ) -> Result<(), anyhow::Error> {
        let mut progress = Progress::default();
        let mut turns = Turns::stubborn(inbox, stop.clone());
        let mut since = self.memory.cursor(self.me.as_str(), &self.device).await?;
        // At the start there is what people have said meanwhile.
        let mut patience = SHORT;
        'listening: loop {
            let heard = {
                let answer = self.next(since.as_deref(), patience);
                tokio::pin!(answer);
                loop {
                    let may_ask = progress.open_turns() < MOST_OPEN;
                    tokio::select! {
                        biased;
                        () = stop.cancelled() => {
                            // Cut off while it opens what people's clients have sent, it could lose the keys to what they
                            // say. While they are silent, there is nothing to open.
                            if patience == SHORT {
                                let _ = tokio::time::timeout(LAST, &mut answer).await;
                            }
                            break 'listening;
                        }
                        Some(ended) = turns.next() => self.ended(&mut progress, ended, &errands).await,
                        Some(late) = late.recv() => self.take_late(late, &errands, &mut turns).await,
                        heard = &mut answer, if may_ask => break heard?,
                    }
                }
            };
            patience = if heard.is_lively() { SHORT } else { LONG };
            let said = self.placed(heard.batch.said, &errands).await;
            let number = progress.open(heard.next.clone(), said.len());
            said.into_iter().for_each(|incoming| turns.add(incoming, Ticket::Batch(number)));
            heard.batch.chores.into_iter().for_each(|chore| drop(errands.chores.send(chore)));
            heard.batch.undecrypted.into_iter().for_each(|message| drop(errands.undecrypted.send(message)));
            self.move_cursor(&mut progress).await;
            since = Some(heard.next);
        }
        for ended in self.finish(turns).await {
            self.ended(&mut progress, ended, &errands).await;
        }
        Ok(())
    }

    /// Brings to its end what has begun. What is sent meanwhile may wait, five seconds each time, for keys that the SDK asks
    /// for only when it syncs; so there are syncs until the last of it is sent. Nothing is made of what they bring: the
    /// cursor stays before it, and it comes again at the next start.
    async fn finish(&self, turns: Turns<'_, Ticket>) -> Vec<Ended<Ticket>> {
        let over = CancellationToken::new();
        let ends = async {
            let mut last = Vec::new();
            turns.finish(|ended| last.push(ended)).await;
            // Nothing more is sent; what is on its way is waited for.
            self.matrix.set_client(None);
            drop(self.matrix.sending.write().await);
            over.cancel();
            last
        };
        let syncs = async {
            while !over.is_cancelled() {
                // Whatever is wrong, somebody else meets it too.
                let _ = self.client.sync_once(settings(Duration::ZERO)).await;
                over.run_until_cancelled(tokio::time::sleep(BETWEEN_LAST)).await;
            }
        };
        tokio::join!(ends, syncs).0
    }

    /// The next answer, with all that belongs to it. What fails is tried again for as long as it takes, with growing
    /// pauses; the operator is told once.
    ///
    /// # Errors
    /// The homeserver has signed us out.
    async fn next(&self, since: Option<&str>, patience: Duration) -> Result<Heard, anyhow::Error> {
        let mut failures = 0;
        let answer = loop {
            match self.client.sync_once(settings(since.map_or(Duration::ZERO, |_| patience))).await {
                Ok(answer) => break answer,
                Err(error) => bear(&Trouble::from(&error), &mut failures).await?,
            }
        };
        self.matrix.is_listening();
        let batch = self.understand(&answer, since, &mut failures).await?;
        let mut heard = Heard { batch, next: answer.next_batch };
        if heard.is_lively()
            && let Some(answer) = self.ask_for_keys().await
        {
            let more = self.understand(&answer, Some(&heard.next), &mut failures).await?;
            heard.batch.append(more);
            heard.next = answer.next_batch;
        }
        if failures > 0 {
            tracing::info!("the homeserver answers again");
        }
        Ok(heard)
    }

    /// The SDK asks for keys that it lacks when it syncs. If something is sent at that moment to whose keys are lacking,
    /// the two wait for each other, five seconds for each room. So before anybody is answered there is a sync while
    /// nothing is sent. `None`: it failed, and what is wrong will be seen at the next one.
    async fn ask_for_keys(&self) -> Option<SyncResponse> {
        let _nothing_is_sent = self.matrix.sending.write().await;
        self.client.sync_once(settings(Duration::ZERO)).await.ok()
    }

    /// What an answer says; with all that has to be in the database before the cursor may go past it.
    async fn understand(
        &self,
        answer: &SyncResponse,
        since: Option<&str>,
        failures: &mut u32,
    ) -> Result<Batch, anyhow::Error> {
        let reader =
            Reader { client: &self.client, me: &self.me, memory: self.memory, clock: self.matrix.clock.as_ref() };
        let mut batch = loop {
            match reader.read(answer, since).await {
                Ok(batch) => break batch,
                Err(trouble) => bear(&trouble, failures).await?,
            }
        };
        for room in answer.rooms.left.keys() {
            self.stubbornly(|| self.memory.person_left(room.as_str()).boxed()).await;
        }
        self.stubbornly(|| self.memory.note_undecrypted(&batch.undecrypted).boxed()).await;
        batch.chores.extend(answer.rooms.left.keys().cloned().map(Chore::Leave));
        Ok(batch)
    }

    /// Notes for each that this is where they are spoken with now.
    async fn placed(&self, said: Vec<(Incoming, String)>, errands: &Errands) -> Vec<Incoming> {
        let mut placed = Vec::new();
        for (incoming, room) in said {
            self.settle(&incoming, &room, errands).await;
            placed.push(incoming);
        }
        placed
    }

    /// This person is spoken with here from now on. Where it was before is left.
    async fn settle(&self, said: &Incoming, room: &str, errands: &Errands) {
        let before = self.stubbornly(|| self.memory.settle(&said.address, room, said.seq).boxed()).await;
        if let Some(before) = before.and_then(|before| RoomId::parse(before).ok()) {
            let _ = errands.chores.send(Chore::Leave(before));
        }
    }

    /// What was said long ago says nothing of where to speak today, unless that is nowhere.
    async fn take_late(&self, late: Late, errands: &Errands, turns: &mut Turns<'_, Ticket>) {
        let person = late.incoming.address.as_str();
        if self.stubbornly(|| self.memory.room_of(person).boxed()).await.flatten().is_none() {
            self.settle(&late.incoming, &late.room, errands).await;
        }
        turns.add(late.incoming, Ticket::Late(late.then));
    }

    async fn ended(&self, progress: &mut Progress, ended: Ended<Ticket>, errands: &Errands) {
        match (ended.ticket, ended.outcome) {
            // A turn that the database did not take until the end stays open, and comes again.
            (_, Err(_)) | (Ticket::Late(Then::Nothing), Ok(())) => {}
            (Ticket::Batch(number), Ok(())) => {
                progress.finish(number);
                self.move_cursor(progress).await;
            }
            (Ticket::Late(Then::Invite(person)), Ok(())) => drop(errands.chores.send(Chore::Invite(person))),
            (Ticket::Late(Then::Forget(event)), Ok(())) => {
                if let Err(error) = self.memory.forget_undecrypted(&event).await {
                    tracing::warn!(%error, "a late message will be read again, and known");
                }
            }
        }
    }

    async fn move_cursor(&self, progress: &mut Progress) {
        let Some(cursor) = progress.cursor() else { return };
        if let Err(error) = self.memory.move_cursor(self.me.as_str(), &self.device, &cursor).await {
            tracing::warn!(%error, "the cursor stayed behind; what has been heard since would come again and be known");
        }
    }

    /// Tries something with the database until it is done.
    async fn stubbornly<'f, T, E: Display>(&self, what: impl Fn() -> BoxFuture<'f, Result<T, E>>) -> T {
        let mut failures = 0;
        loop {
            match what().await {
                Ok(done) => return done,
                Err(error) => {
                    failures += 1;
                    if failures == 1 {
                        tracing::error!(%error, "Matrix waits for the database");
                    }
                    tokio::time::sleep(backoff(failures)).await;
                }
            }
        }
    }
}

/// Waits before the next attempt.
///
/// # Errors
/// The homeserver has signed us out, so there is none.
async fn bear(trouble: &Trouble, failures: &mut u32) -> Result<(), anyhow::Error> {
    *failures += 1;
    let pause = match trouble {
        Trouble::SignedOut => bail!(
            "the homeserver has signed the bot out (its token was revoked, or its device deleted): look at the account, \
             then start again; `exodus check` tells more"
        ),
        Trouble::Limited(pause) => *pause,
        _ => backoff(*failures).min(LONG),
    };
    if *failures == 1 {
        tracing::warn!(%trouble, "waiting for the homeserver");
    }
    tokio::time::sleep(pause).await;
    Ok(())
}

/// What we want to hear, and for how long the homeserver may wait for it. The first answer of a device brings all rooms,
/// so there it need not wait.
fn settings(patience: Duration) -> SyncSettings {
    let mut filter = FilterDefinition::with_lazy_loading();
    filter.presence = Filter::ignore_all();
    filter.room.ephemeral = RoomEventFilter::ignore_all();
    filter.room.account_data = RoomEventFilter::ignore_all();
    filter.room.timeline.limit = Some(uint!(50));
    SyncSettings::new()
        .filter(v3::Filter::FilterDefinition(filter))
        .set_presence(PresenceState::Offline)
        .timeout(patience)
}

//! Hearing: the news of the homeserver, again and again, their turns played while the next are waited for.

use std::fmt::Display;
use std::time::Duration;

use anyhow::bail;
use futures::FutureExt;
use futures::future::BoxFuture;
use matrix_sdk::Client;
use matrix_sdk::ruma::{OwnedUserId, RoomId};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::Matrix;
use super::asking::Heard;
use super::chores::{Chore, Chores};
use super::late_keys::{Late, LateKeys, Then};
use super::progress::Progress;
use crate::conversation::{Inbox, Incoming};
use crate::messengers::backoff::backoff;
use crate::messengers::turns::{Ended, Turns};
use crate::store::matrix::{Memory, Undecrypted};

/// So many turns may be open before more are asked for: while the database does not answer, the homeserver keeps the rest.
const MOST_OPEN: usize = 1000;

/// How often it is looked whether there are fewer.
const A_MOMENT: Duration = Duration::from_millis(50);

/// By what a turn is known when it has ended.
enum Ticket {
    /// It is of this batch.
    Batch(u64),
    /// It was late.
    Late(Then),
}

/// The ends of the channels to those who work beside the listening.
struct Errands {
    chores: mpsc::UnboundedSender<Chore>,
    undecrypted: mpsc::UnboundedSender<Undecrypted>,
}

/// One device that listens.
pub(super) struct Ear<'a> {
    pub matrix: &'a Matrix,
    pub client: Client,
    pub me: OwnedUserId,
    pub device: String,
    pub memory: &'a Memory,
}

/// What has come of the listening so far.
struct Listening<'a> {
    ear: &'a Ear<'a>,
    errands: Errands,
    late: mpsc::UnboundedReceiver<Late>,
    turns: Turns<'a, Ticket>,
    progress: Progress,
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
        for room in client.joined_rooms().iter().filter(|room| room.is_tombstoned()) {
            let _ = chores.send(Chore::Follow(room.room_id().to_owned()));
        }
        let (memory, hints) = (self.memory.clone(), self.settings.hints.clone());
        let (rooms, sending) = (self.rooms.clone(), self.sending.clone());
        let caretaker = Chores { client: client.clone(), memory, rooms, hints, sending };
        let keys = LateKeys { client: client.clone(), memory: self.memory.clone(), clock: self.clock.clone(), late };
        tokio::spawn(caretaker.run(chores_coming, beside.clone()));
        tokio::spawn(keys.run(undecrypted_coming, beside));
        let ear = Ear { matrix: self, client, me, device, memory: &self.memory };
        let listening = Listening {
            ear: &ear,
            errands: Errands { chores, undecrypted },
            late: late_coming,
            turns: Turns::stubborn(inbox, stop.clone()),
            progress: Progress::default(),
        };
        listening.run(stop).await
    }
}

impl Listening<'_> {
    async fn run(mut self, stop: CancellationToken) -> Result<(), anyhow::Error> {
        let ear = self.ear;
        let mut since = ear.memory.cursor(ear.me.as_str(), &ear.device).await?;
        while let Some(heard) = self.meanwhile(ear.next(since.as_deref(), &stop)).await? {
            since = Some(heard.next.clone());
            self.take(heard).await;
            while self.progress.open_turns() >= MOST_OPEN && !stop.is_cancelled() {
                self.meanwhile(tokio::time::sleep(A_MOMENT)).await;
            }
        }
        self.finish().await;
        Ok(())
    }

    /// Lets turns go on until this has come.
    async fn meanwhile<T>(&mut self, what: impl Future<Output = T>) -> T {
        tokio::pin!(what);
        loop {
            tokio::select! {
                biased;
                Some(ended) = self.turns.next() => self.ended(ended).await,
                Some(late) = self.late.recv() => self.take_late(late).await,
                come = &mut what => return come,
            }
        }
    }

    /// Begins what the news ask for.
    async fn take(&mut self, heard: Heard) {
        let batch = heard.batch;
        for (incoming, room) in &batch.said {
            self.settle(incoming, room).await;
        }
        let number = self.progress.open(heard.next, batch.said.len());
        batch.said.into_iter().for_each(|(incoming, _)| self.turns.add(incoming, Ticket::Batch(number)));
        batch.chores.into_iter().for_each(|chore| self.errand(chore));
        batch.undecrypted.into_iter().for_each(|message| drop(self.errands.undecrypted.send(message)));
        self.move_cursor().await;
    }

    /// This person is spoken with here from now on. Where it was before is left.
    async fn settle(&mut self, said: &Incoming, room: &str) {
        let before = self.ear.stubbornly(|| self.ear.memory.settle(&said.address, room, said.seq).boxed()).await;
        if let Some(before) = before.and_then(|before| RoomId::parse(before).ok()) {
            self.errand(Chore::Leave(before));
        }
    }

    /// What was said long ago says nothing of where to speak today, unless that is nowhere.
    async fn take_late(&mut self, late: Late) {
        let person = late.incoming.address.as_str();
        if self.ear.stubbornly(|| self.ear.memory.room_of(person).boxed()).await.flatten().is_none() {
            self.settle(&late.incoming, &late.room).await;
        }
        self.turns.add(late.incoming, Ticket::Late(late.then));
    }

    async fn ended(&mut self, ended: Ended<Ticket>) {
        match (ended.ticket, ended.outcome) {
            // A turn that the database did not take until the end stays open, and comes again.
            (_, Err(_)) | (Ticket::Late(Then::Nothing), Ok(())) => {}
            (Ticket::Batch(number), Ok(())) => {
                self.progress.finish(number);
                self.move_cursor().await;
            }
            (Ticket::Late(Then::Invite(person)), Ok(())) => self.errand(Chore::Invite(person)),
            (Ticket::Late(Then::Forget(event)), Ok(())) => {
                if let Err(error) = self.ear.memory.forget_undecrypted(&event).await {
                    tracing::warn!(%error, "a late message will be read again, and known");
                }
            }
        }
    }

    fn errand(&self, chore: Chore) {
        let _ = self.errands.chores.send(chore);
    }

    async fn move_cursor(&mut self) {
        let Some(cursor) = self.progress.cursor() else { return };
        if let Err(error) = self.ear.memory.move_cursor(self.ear.me.as_str(), &self.ear.device, &cursor).await {
            tracing::warn!(%error, "the cursor stayed behind; what has been heard since would come again and be known");
        }
    }

    /// Brings to its end what has begun, and begins nothing more.
    async fn finish(mut self) {
        self.turns.begin_no_more();
        while let Some(ended) = self.turns.next().await {
            self.ended(ended).await;
        }
        // Nothing more is sent; what is on its way is waited for.
        self.ear.matrix.set_client(None);
        drop(self.ear.matrix.sending.write().await);
    }
}

impl Ear<'_> {
    /// Tries something with the database until it is done.
    pub async fn stubbornly<'f, T, E: Display>(&self, what: impl Fn() -> BoxFuture<'f, Result<T, E>>) -> T {
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

//! Hearing: the news of the homeserver, again and again, their turns played while the next are waited for.

use std::time::Duration;

use anyhow::bail;
use futures::FutureExt;
use matrix_sdk::Client;
use matrix_sdk::ruma::{OwnedUserId, RoomId};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::Matrix;
use super::asking::Heard;
use super::batch::Spoken;
use super::bookkeeper::{Bookkeeper, Note};
use super::chores::{Chore, Chores};
use super::groups::Waiting;
use super::invites::{Who, who_invites};
use super::late::{Late, LateTurns, Then};
use super::late_keys::LateKeys;
use super::marks::{Mark, Marks};
use super::progress::Progress;
use super::settings::Verification;
use super::stubborn::stubbornly;
use super::verification::Verifier;
use super::watching::watch;
use crate::conversation::{Heard as Said, Inbox, Waits};
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
    /// It is of this batch, and somebody sees that it was read.
    Said(u64, Mark),
    /// It was late.
    Late(Then),
}

/// The ends of the channels to those who work beside the listening.
struct Errands {
    chores: mpsc::UnboundedSender<Chore>,
    undecrypted: mpsc::UnboundedSender<Undecrypted>,
    notes: mpsc::UnboundedSender<Note>,
}

/// One device that listens.
pub(super) struct Ear<'a> {
    pub matrix: &'a Matrix,
    pub client: Client,
    pub me: OwnedUserId,
    pub memory: &'a Memory,
    pub waits: Waits,
}

/// What has come of the listening so far.
struct Listening<'a> {
    ear: &'a Ear<'a>,
    inbox: &'a dyn Inbox,
    errands: Errands,
    late: mpsc::UnboundedReceiver<Late>,
    turns: Turns<'a, Ticket>,
    progress: Progress,
    bookkeeper: JoinHandle<()>,
    verifier: Verifier,
    marks: Marks,
    beside: CancellationToken,
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
        let (notes, notes_coming) = mpsc::unbounded_channel();
        let since = self.memory.cursor(me.as_str(), &device).await?;
        let heard = self.memory.heard(me.as_str(), &device).await?;
        let (memory, hints) = (self.memory.clone(), self.settings.hints.clone());
        let (rooms, sending, echoes) = (self.rooms.clone(), self.sending.clone(), self.echoes.clone());
        let (clock, in_groups, waiting) = (self.clock.clone(), self.settings.in_groups, Waiting::default());
        let verifier = Verifier::new(
            client.clone(),
            sending.clone(),
            self.settings.verification == Verification::Accept,
            hints.unverifiable.clone(),
        );
        let caretaker = Chores {
            client: client.clone(),
            memory,
            clock,
            rooms,
            hints,
            sending,
            echoes,
            in_groups,
            waiting,
            turns: late.clone(),
        };
        let (memory, waits) = (self.memory.clone(), inbox.waits());
        let late = LateTurns { memory, waits, turns: late, chores: chores.clone() };
        let keys = LateKeys { client: client.clone(), memory: self.memory.clone(), clock: self.clock.clone(), late };
        let bookkeeper = Bookkeeper { memory: self.memory.clone(), me: me.clone(), device };
        tokio::spawn(caretaker.run(chores_coming, beside.clone()));
        tokio::spawn(keys.run(undecrypted_coming, beside.clone()));
        tokio::spawn(beside.clone().run_until_cancelled_owned(watch(client.clone())));
        let marks = Marks::of(client.clone(), beside.clone());
        let ear = Ear { matrix: self, client, me, memory: &self.memory, waits: inbox.waits() };
        let listening = Listening {
            ear: &ear,
            inbox,
            errands: Errands { chores, undecrypted, notes },
            late: late_coming,
            turns: Turns::stubborn(inbox, stop.clone()),
            progress: Progress::default(),
            bookkeeper: tokio::spawn(bookkeeper.run(notes_coming)),
            verifier,
            marks,
            beside,
        };
        listening.run(since, heard, stop).await
    }
}

/// What an earlier life may have heard of and not done, as far as it is still to be done by the first news.
async fn left_undone(client: &Client, memory: &Memory) -> Vec<Chore> {
    let mut undone = Vec::new();
    for room in client.joined_rooms() {
        if room.is_tombstoned() {
            undone.push(Chore::Follow(room.room_id().to_owned()));
        }
        if room.active_members_count() != 2 {
            undone.push(Chore::Look(room.room_id().to_owned()));
        }
    }
    undone.extend(client.left_rooms().iter().map(|room| Chore::Leave(room.room_id().to_owned())));
    for room in client.invited_rooms() {
        let who = who_invites(client, memory, room.room_id()).await.unwrap_or(Who::Of(None));
        undone.push(Chore::Join(room.room_id().to_owned(), who));
    }
    let ungreeted = memory.ungreeted().await.unwrap_or_default().into_iter();
    undone.extend(ungreeted.filter_map(|room| Some(Chore::Look(RoomId::parse(room).ok()?))));
    let strangers = memory.rooms_of_strangers().await.unwrap_or_default().into_iter();
    undone.extend(strangers.filter_map(|room| Some(Chore::Listen(RoomId::parse(room).ok()?))));
    undone
}

impl Listening<'_> {
    async fn run(
        mut self,
        mut since: Option<String>,
        mut before: i64,
        stop: CancellationToken,
    ) -> Result<(), anyhow::Error> {
        let ear = self.ear;
        let mut is_first = true;
        while let Some(heard) = self.meanwhile(ear.next(since.as_deref(), before, &stop)).await? {
            (since, before) = (Some(heard.next.next.clone()), heard.next.heard);
            self.take(heard).await;
            if std::mem::take(&mut is_first) {
                left_undone(&ear.client, ear.memory).await.into_iter().for_each(|chore| self.errand(chore));
            }
            while self.progress.open_turns() >= MOST_OPEN && !stop.is_cancelled() {
                self.meanwhile(tokio::time::sleep(A_MOMENT)).await;
            }
        }
        self.finish().await;
        Ok(())
    }

    /// Lets turns go on until this has come. Nothing is waited for beside it: what is done about an ended turn is passed on.
    async fn meanwhile<T>(&mut self, what: impl Future<Output = T>) -> T {
        tokio::pin!(what);
        loop {
            tokio::select! {
                biased;
                Some(ended) = self.turns.next() => self.ended(ended),
                Some(late) = self.late.recv() => self.turns.add(late.incoming, Ticket::Late(late.then)),
                come = &mut what => return come,
            }
        }
    }

    /// Begins what the news ask for.
    async fn take(&mut self, heard: Heard) {
        let batch = heard.batch;
        for spoken in &batch.said {
            self.settle(spoken).await;
        }
        let number = self.progress.open(heard.next, batch.said.len() + batch.groups.len());
        batch.said.into_iter().for_each(|spoken| self.begin(spoken, number));
        batch.groups.into_iter().for_each(|heard| self.turns.add(heard, Ticket::Batch(number)));
        let now_ms = self.ear.matrix.clock.now().timestamp_millis();
        batch.verifications.into_iter().for_each(|asked| self.verifier.answer(asked, now_ms, &self.beside));
        batch.chores.into_iter().for_each(|chore| self.errand(chore));
        batch.undecrypted.into_iter().for_each(|message| drop(self.errands.undecrypted.send(message)));
        self.move_cursor();
    }

    /// Begins a turn of what was said. An edit of a message whose turn has not begun is that turn's.
    fn begin(&mut self, Spoken { mut incoming, edits, room, .. }: Spoken, number: u64) {
        if let Some(original) = edits {
            if self.turns.amend(&incoming.address, &original, &incoming.heard) {
                self.progress.finish(number);
                return;
            }
            incoming.heard = Said::Edited;
        }
        let mark = self.marks.begins(&room, &incoming.update);
        self.turns.add(incoming, Ticket::Said(number, mark));
    }

    /// This person is spoken with here from now on. Where it was before is left.
    async fn settle(&mut self, Spoken { incoming, room, at_ms, .. }: &Spoken) {
        let before =
            stubbornly(&self.ear.waits, || self.ear.memory.settle(&incoming.address, room, *at_ms).boxed()).await;
        if let Some(before) = before.and_then(|before| RoomId::parse(before).ok()) {
            self.errand(Chore::Leave(before));
        }
    }

    fn ended(&mut self, ended: Ended<Ticket>) {
        match (ended.ticket, ended.outcome) {
            // A turn that the database did not take until the end stays open, and comes again.
            (_, Err(_)) | (Ticket::Late(Then::Nothing), Ok(())) => {}
            (Ticket::Batch(number), Ok(())) => {
                self.progress.finish(number);
                self.move_cursor();
            }
            (Ticket::Said(number, mark), Ok(())) => {
                mark.ends();
                self.progress.finish(number);
                self.move_cursor();
            }
            (Ticket::Late(Then::Invite(person)), Ok(())) => self.errand(Chore::Invite(person)),
            (Ticket::Late(Then::Forget(event)), Ok(())) => drop(self.errands.notes.send(Note::Forget(event))),
            (Ticket::Late(Then::Greeted(person)), Ok(())) => {
                drop(self.errands.notes.send(Note::Greeted(person)));
            }
        }
    }

    fn errand(&self, chore: Chore) {
        let _ = self.errands.chores.send(chore);
    }

    fn move_cursor(&mut self) {
        if let Some(cursor) = self.progress.cursor() {
            let _ = self.errands.notes.send(Note::Cursor(cursor));
        }
    }

    /// Brings to its end what has begun, and begins nothing more.
    async fn finish(mut self) {
        self.turns.begin_no_more();
        while let Some(ended) = self.turns.next().await {
            self.ended(ended);
        }
        self.inbox.all_shown().await;
        drop(self.errands);
        let _ = self.bookkeeper.await;
        // Nothing more is sent; what is on its way is waited for.
        self.ear.matrix.set_client(None);
        drop(self.ear.matrix.sending.rests().await);
    }
}

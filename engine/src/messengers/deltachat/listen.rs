//! Hearing: what has come is asked for, understood and played, each person's in its order; then it is marked as seen. What
//! was not marked is there again after a crash, and the engine knows it for the same by its name.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::DeltaChat;
use super::account::SignedIn;
use super::api::Event;
use super::api::connectivity::IN_TOUCH;
use super::asking::Core;
use super::events::Events;
use super::instant;
use super::outgoing::Became;
use super::people::People;
use super::reading::News;
use crate::conversation::{Heard, Inbox};
use crate::messengers::turns::{Arrival, Ended, Turns};

/// How often it is looked for what nobody told, and whether the mail server is heard.
const LOOKS: Duration = Duration::from_secs(20);

/// How often the network is tried at once while messages don't go out. Each time costs the first of them one of its few tries.
const TRIES: Duration = Duration::from_secs(60);

/// How many messages are marked at once.
const AT_ONCE: usize = 100;

/// One life of the program.
pub(super) struct Ear<'a> {
    pub chat: &'a DeltaChat,
    pub core: Core,
    pub people: People,
    /// What was brought and is not marked yet.
    pub open: Mutex<HashSet<i64>>,
    pub brings: mpsc::UnboundedSender<Brought>,
    pub marks: mpsc::UnboundedSender<i64>,
}

/// What the reader brings to the turns.
pub(super) enum Brought {
    /// What is to be played.
    Turn(Box<Arrival>, Ticket),
    /// A message was changed, whose turn may not have begun.
    Changed { address: String, update: String, heard: Heard },
}

/// By what a turn is known when it has ended.
pub(super) enum Ticket {
    /// It was this message.
    Message(i64),
    /// This person has been greeted.
    Greeted(String),
    /// It is done with.
    Nothing,
}

impl DeltaChat {
    /// Listens until `stop`, or until the program has ended.
    pub(super) async fn hear(&self, signed: SignedIn, mut events: Events, inbox: &dyn Inbox, stop: &CancellationToken) {
        let (brings, brought) = mpsc::unbounded_channel();
        let (marks, marked) = mpsc::unbounded_channel();
        let (tells, told) = mpsc::unbounded_channel();
        let people = People::of(&signed.link);
        let ear = Ear { chat: self, core: signed.core, people, open: Mutex::default(), brings, marks: marks.clone() };
        let (until, played) = (stop.child_token(), CancellationToken::new());
        let pumps = async {
            self.pump(&mut events, &tells).await;
            // Nothing more comes; what has begun ends.
            until.cancel();
            std::future::pending::<()>().await;
        };
        let plays = async {
            self.play(inbox, &until, brought, marks).await;
            played.cancel();
            if !ear.core.rpc.has_ended() {
                inbox.all_shown().await;
            }
        };
        let tends = async { tokio::join!(pumps, ear.read(told), ear.watch(&tells)) };
        let ends = async { tokio::join!(plays, ear.mark(marked, &tells, &played)) };
        tokio::select! {
            _ = ends => {}
            _ = tends => {}
        }
    }

    /// Passes on what has happened. What became of our own messages is noted at once.
    async fn pump(&self, events: &mut Events, tells: &mpsc::UnboundedSender<News>) {
        while let Some(event) = events.recv().await {
            let news = match event {
                Event::MsgDelivered { msg_id } | Event::MsgRead { msg_id } => {
                    self.outgoing.became(msg_id, Became::Delivered);
                    continue;
                }
                Event::MsgFailed { msg_id } => {
                    self.outgoing.became(msg_id, Became::Failed);
                    continue;
                }
                Event::ImapInboxIdle => {
                    self.is_heard();
                    continue;
                }
                Event::IncomingMsg {} => News::Come,
                Event::Overflow {} => News::Missed,
                Event::SecurejoinInviterProgress { chat_id, progress: 1000 } => News::Joined(chat_id),
                Event::MsgsChanged { msg_id } if msg_id > 0 && !self.outgoing.knows(msg_id) => News::Changed(msg_id),
                Event::Warning { msg } | Event::Error { msg } => {
                    tracing::debug!(msg, "the Delta Chat program warns");
                    continue;
                }
                _ => continue,
            };
            let _ = tells.send(news);
        }
    }

    /// Plays what is brought, until told to stop; then lets end what has begun.
    async fn play(
        &self,
        inbox: &dyn Inbox,
        until: &CancellationToken,
        mut brought: mpsc::UnboundedReceiver<Brought>,
        marks: mpsc::UnboundedSender<i64>,
    ) {
        let mut turns = Turns::stubborn(inbox, until.clone());
        loop {
            tokio::select! {
                biased;
                () = until.cancelled() => break,
                Some(ended) = turns.next() => self.ended(ended, &marks).await,
                it = brought.recv() => match it {
                    Some(Brought::Turn(arrival, ticket)) => turns.add(*arrival, ticket),
                    Some(Brought::Changed { address, update, heard }) => {
                        let _ = turns.amend(&address, &update, &heard);
                    }
                    None => break,
                },
            }
        }
        turns.begin_no_more();
        while let Some(ended) = turns.next().await {
            self.ended(ended, &marks).await;
        }
    }

    async fn ended(&self, ended: Ended<Ticket>, marks: &mpsc::UnboundedSender<i64>) {
        // What the database did not take until the end comes again.
        if ended.outcome.is_err() {
            return;
        }
        match ended.ticket {
            Ticket::Message(id) => {
                let _ = marks.send(id);
            }
            Ticket::Greeted(address) => {
                // If it can't be noted they are greeted once more, which the engine knows for the same.
                if let Err(error) = self.memory.greeted(&address).await {
                    tracing::debug!(%error, "it was not noted that somebody was greeted");
                }
            }
            Ticket::Nothing => {}
        }
    }
}

impl Ear<'_> {
    /// Marks what is in the database. Its sender sees by that that it was read.
    async fn mark(
        &self,
        mut marked: mpsc::UnboundedReceiver<i64>,
        tells: &mpsc::UnboundedSender<News>,
        played: &CancellationToken,
    ) {
        let mut ids = Vec::new();
        loop {
            tokio::select! {
                biased;
                _ = marked.recv_many(&mut ids, AT_ONCE) => {}
                () = played.cancelled() => return,
            }
            match self.core.mark_seen(&ids).await {
                Ok(()) => {
                    let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
                    let was_full = open.len() >= super::reading::MOST_OPEN;
                    for id in &ids {
                        open.remove(id);
                    }
                    if was_full {
                        let _ = tells.send(News::Come);
                    }
                }
                Err(error) => tracing::debug!(%error, "messages were not marked as seen"),
            }
            ids.clear();
        }
    }

    /// Looks now and then for what nobody told.
    async fn watch(&self, tells: &mpsc::UnboundedSender<News>) {
        let mut tried = instant();
        loop {
            tokio::time::sleep(LOOKS).await;
            if matches!(self.core.connectivity().await, Ok(much) if much >= IN_TOUCH) {
                self.chat.is_heard();
            }
            if self.chat.outgoing.is_stuck() && tried.elapsed() >= TRIES {
                tried = instant();
                let _ = self.core.tries_again().await;
            }
            let _ = tells.send(News::Come);
        }
    }
}

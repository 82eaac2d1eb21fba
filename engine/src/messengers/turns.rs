use std::collections::{HashMap, VecDeque};

use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use tokio_util::sync::CancellationToken;

use super::backoff::backoff;
use crate::conversation::{Behind, FromGroup, Heard, Inbox, Incoming};

/// Turns that are being played: those of one chat one after another, those of different chats at once.
///
/// `T` is a ticket by which the caller knows a turn again when it has ended.
pub(super) struct Turns<'a, T> {
    inbox: &'a dyn Inbox,
    /// What to do when the database does not take a turn: play it again until this, or (`None`) give it back.
    until: Option<CancellationToken>,
    playing: FuturesUnordered<BoxFuture<'a, Ended<T>>>,
    /// What waits behind the turn that is being played; chats that play none are not in it.
    behind: HashMap<String, VecDeque<(Arrival, T, Behind)>>,
}

/// What arrived, and whose turn it is.
#[derive(Clone)]
pub(super) enum Arrival {
    /// Somebody's.
    Private(Incoming),
    /// A group's.
    Group(FromGroup),
}

impl Arrival {
    fn address(&self) -> &str {
        match self {
            Arrival::Private(incoming) => &incoming.address,
            Arrival::Group(heard) => &heard.address,
        }
    }
}

impl From<Incoming> for Arrival {
    fn from(incoming: Incoming) -> Arrival {
        Arrival::Private(incoming)
    }
}

impl From<FromGroup> for Arrival {
    fn from(heard: FromGroup) -> Arrival {
        Arrival::Group(heard)
    }
}

/// A turn that is over.
pub(super) struct Ended<T> {
    address: String,
    pub ticket: T,
    pub outcome: Result<(), anyhow::Error>,
}

impl<'a, T: Send + 'a> Turns<'a, T> {
    /// Turns that are played until the database takes them, or until `stop`.
    pub fn stubborn(inbox: &'a dyn Inbox, stop: CancellationToken) -> Turns<'a, T> {
        Turns { until: Some(stop), ..Turns::once(inbox) }
    }

    /// Turns that are played once each.
    pub fn once(inbox: &'a dyn Inbox) -> Turns<'a, T> {
        Turns { inbox, until: None, playing: FuturesUnordered::new(), behind: HashMap::new() }
    }

    /// Begins a turn, or puts it behind those of its chat.
    pub fn add(&mut self, arrived: impl Into<Arrival>, ticket: T) {
        let arrived = arrived.into();
        let Some(behind) = self.behind.get_mut(arrived.address()) else {
            self.behind.insert(arrived.address().to_owned(), VecDeque::new());
            return self.begin(arrived, ticket, Behind::default());
        };
        let (arrived, waits) = match arrived {
            // The page of the turn before it is not even drawn.
            Arrival::Private(incoming) => {
                let waits = self.inbox.behind(&incoming.address);
                (Arrival::Private(Incoming { early: true, ..incoming }), waits)
            }
            group => (group, Behind::default()),
        };
        behind.push_back((arrived, ticket, waits));
    }

    /// What was behind another is behind it until it is played: only then its page may be the last of those that wait.
    fn begin(&mut self, arrived: Arrival, ticket: T, behind: Behind) {
        let playing = play(self.inbox, arrived, ticket, self.until.clone());
        self.playing.push(Box::pin(async move {
            let ended = playing.await;
            drop(behind);
            ended
        }));
    }

    /// Puts these words in the place of a message of this chat that waits for its turn. False: none of that name does.
    #[cfg_attr(not(feature = "matrix"), allow(dead_code, reason = "who edits something elsewhere is told otherwise"))]
    pub fn amend(&mut self, address: &str, update: &str, heard: &Heard) -> bool {
        let waiting = self.behind.get_mut(address).into_iter().flatten();
        let mut these = waiting.filter_map(|(arrived, ..)| match arrived {
            Arrival::Private(incoming) if incoming.update == update => Some(incoming),
            _ => None,
        });
        these.next().map(|incoming| incoming.heard = heard.clone()).is_some()
    }

    #[cfg(feature = "telegram")]
    pub fn all_ended(&self) -> bool {
        self.playing.is_empty()
    }

    /// Plays on until a turn has ended; `None`: all have.
    pub async fn next(&mut self) -> Option<Ended<T>> {
        let ended = self.playing.next().await?;
        match self.behind.get_mut(&ended.address).and_then(VecDeque::pop_front) {
            Some((arrived, ticket, behind)) => self.begin(arrived, ticket, behind),
            None => drop(self.behind.remove(&ended.address)),
        }
        Some(ended)
    }

    /// From now on only what has begun is played.
    pub fn begin_no_more(&mut self) {
        self.behind.clear();
    }
}

async fn play<T>(inbox: &dyn Inbox, arrived: Arrival, ticket: T, until: Option<CancellationToken>) -> Ended<T> {
    let mut failures = 0;
    loop {
        let outcome = match &arrived {
            Arrival::Private(incoming) => inbox.receive(incoming.clone()).await,
            Arrival::Group(heard) => inbox.receive_from_group(heard.clone()).await,
        };
        if let (Err(_), Some(until)) = (&outcome, &until) {
            failures += 1;
            if until.run_until_cancelled(tokio::time::sleep(backoff(failures))).await.is_some() {
                continue;
            }
        }
        return Ended { address: arrived.address().to_owned(), ticket, outcome };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use async_trait::async_trait;

    use super::*;

    /// Notes who begins and who ends.
    #[derive(Default)]
    struct Diary(Mutex<Vec<String>>);

    #[async_trait]
    impl Inbox for Diary {
        async fn receive(&self, incoming: Incoming) -> Result<(), anyhow::Error> {
            let early = if incoming.early { " early" } else { "" };
            self.0.lock().unwrap().push(format!("+{}{early}", incoming.update));
            tokio::time::sleep(Duration::from_millis(10)).await;
            self.0.lock().unwrap().push(format!("-{}", incoming.update));
            Ok(())
        }
    }

    fn incoming(chat: &str, update: &str) -> Incoming {
        Incoming {
            address: chat.into(),
            update: update.into(),
            seq: 0,
            name: String::new(),
            lang: None,
            heard: Heard::Other,
            reply_to: None,
            thread: None,
            album: None,
            early: false,
        }
    }

    #[tokio::test]
    async fn a_chats_turns_come_one_after_another_and_other_chats_do_not_wait() {
        let diary = Diary::default();
        let mut turns = Turns::once(&diary);
        for (chat, update) in [("a", "a1"), ("a", "a2"), ("b", "b1")] {
            turns.add(incoming(chat, update), ());
        }
        while turns.next().await.is_some() {}
        let diary = diary.0.lock().unwrap();
        let at = |entry: &str| diary.iter().position(|noted| noted == entry).unwrap();
        assert!(at("-a1") < at("+a2 early"), "{diary:?}");
        assert!(at("+b1") < at("-a1"), "{diary:?}");
        assert!(turns.behind.is_empty());
    }

    #[tokio::test]
    async fn what_waits_for_its_turn_can_be_changed_and_what_has_begun_cannot() {
        let diary = Diary::default();
        let mut turns = Turns::once(&diary);
        turns.add(incoming("a", "a1"), 1);
        turns.add(incoming("a", "a2"), 2);
        let words = Heard::Text("50".into());
        assert!(turns.amend("a", "a2", &words) && !turns.amend("a", "a1", &words) && !turns.amend("b", "a2", &words));
        let waiting = turns.behind["a"].iter().map(|(arrived, ..)| match arrived {
            Arrival::Private(incoming) => incoming.heard.clone(),
            Arrival::Group(_) => Heard::Other,
        });
        assert_eq!(waiting.collect::<Vec<_>>(), [words]);
    }

    #[tokio::test]
    async fn at_the_end_what_has_begun_is_finished_and_nothing_more_is_begun() {
        let diary = Diary::default();
        let mut turns = Turns::once(&diary);
        turns.add(incoming("a", "a1"), 1);
        turns.add(incoming("a", "a2"), 2);
        turns.begin_no_more();
        let mut ended = Vec::new();
        while let Some(turn) = turns.next().await {
            ended.push(turn.ticket);
        }
        assert_eq!(ended, [1]);
    }
}

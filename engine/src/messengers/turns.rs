use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

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
    /// Chats that play no turn are not in it.
    chats: HashMap<String, Chat<T>>,
}

/// The turns of a chat.
struct Chat<T> {
    /// The one that is being played, as long as the inbox has not got it.
    now: Slot,
    /// The tickets of changes that it has taken up.
    more: Vec<T>,
    /// What waits behind it.
    behind: VecDeque<Waiting<T>>,
}

/// A turn that waits for the one before it.
struct Waiting<T> {
    arrived: Arrival,
    ticket: T,
    more: Vec<T>,
    behind: Behind,
}

/// What the inbox is to get next; nothing while it has it.
type Slot = Arc<Mutex<Option<Arrival>>>;

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

    /// Takes these words in the place of its own. False: it is not that message.
    #[cfg(feature = "telegram")]
    fn takes(&mut self, changed: &Incoming, words: &str) -> bool {
        let Arrival::Private(it) = self else { return false };
        let is_said = matches!(it.heard, Heard::Text(_) | Heard::Other);
        let is_it = is_said && it.address == changed.address && it.seq == changed.seq;
        if is_it {
            it.heard = Heard::Text(words.to_owned());
        }
        is_it
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
    /// Those of changes that were heard with it: they are done with as it is.
    #[cfg_attr(not(feature = "telegram"), allow(dead_code, reason = "only Telegram brings changes by themselves"))]
    pub more: Vec<T>,
    pub outcome: Result<(), anyhow::Error>,
}

impl<'a, T: Send + 'a> Turns<'a, T> {
    /// Turns that are played until the database takes them, or until `stop`.
    pub fn stubborn(inbox: &'a dyn Inbox, stop: CancellationToken) -> Turns<'a, T> {
        Turns { until: Some(stop), ..Turns::once(inbox) }
    }

    /// Turns that are played once each.
    pub fn once(inbox: &'a dyn Inbox) -> Turns<'a, T> {
        Turns { inbox, until: None, playing: FuturesUnordered::new(), chats: HashMap::new() }
    }

    /// Where the turns go.
    #[cfg(feature = "telegram")]
    pub fn inbox(&self) -> &'a dyn Inbox {
        self.inbox
    }

    /// A message was changed to these words: as long as it is not heard, it counts so, and this is done with as it is. One
    /// that was heard already gets a turn for that.
    #[cfg(feature = "telegram")]
    pub fn change(&mut self, changed: Incoming, words: &str, ticket: T) {
        let Some(chat) = self.chats.get_mut(&changed.address) else { return self.add(changed, ticket) };
        let is_next = {
            let mut now = chat.now.lock().unwrap_or_else(PoisonError::into_inner);
            now.as_mut().is_some_and(|next| next.takes(&changed, words))
        };
        if is_next {
            return chat.more.push(ticket);
        }
        match chat.behind.iter_mut().find_map(|waits| waits.arrived.takes(&changed, words).then_some(&mut waits.more)) {
            Some(more) => more.push(ticket),
            None => self.add(changed, ticket),
        }
    }

    /// Begins a turn, or puts it behind those of its chat.
    pub fn add(&mut self, arrived: impl Into<Arrival>, ticket: T) {
        let arrived = arrived.into();
        let Some(chat) = self.chats.get_mut(arrived.address()) else {
            return self.begin(Waiting { arrived, ticket, more: Vec::new(), behind: Behind::default() });
        };
        let (arrived, behind) = match arrived {
            // The page of the turn before it is not even drawn.
            Arrival::Private(incoming) => {
                let behind = self.inbox.behind(&incoming.address);
                (Arrival::Private(Incoming { early: true, ..incoming }), behind)
            }
            group => (group, Behind::default()),
        };
        chat.behind.push_back(Waiting { arrived, ticket, more: Vec::new(), behind });
    }

    /// What was behind another is behind it until it is played: only then its page may be the last of those that wait.
    fn begin(&mut self, waiting: Waiting<T>) {
        let Waiting { arrived, ticket, more, behind } = waiting;
        let (address, now) = (arrived.address().to_owned(), Slot::new(Mutex::new(Some(arrived))));
        match self.chats.get_mut(&address) {
            Some(chat) => (chat.now, chat.more) = (now.clone(), more),
            None => {
                let chat = Chat { now: now.clone(), more, behind: VecDeque::new() };
                self.chats.insert(address.clone(), chat);
            }
        }
        let playing = play(self.inbox, address, now, ticket, self.until.clone());
        self.playing.push(Box::pin(async move {
            let ended = playing.await;
            drop(behind);
            ended
        }));
    }

    /// Puts these words in the place of a message of this chat that waits for its turn. False: none of that name does.
    #[cfg_attr(not(feature = "matrix"), allow(dead_code, reason = "who edits something elsewhere is told otherwise"))]
    pub fn amend(&mut self, address: &str, update: &str, heard: &Heard) -> bool {
        let waiting = self.chats.get_mut(address).into_iter().flat_map(|chat| &mut chat.behind);
        let mut these = waiting.filter_map(|waits| match &mut waits.arrived {
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
        let mut ended = self.playing.next().await?;
        let chat = self.chats.get_mut(&ended.address);
        let waiting = chat.and_then(|chat| {
            ended.more = std::mem::take(&mut chat.more);
            chat.behind.pop_front()
        });
        match waiting {
            Some(waiting) => self.begin(waiting),
            None => drop(self.chats.remove(&ended.address)),
        }
        Some(ended)
    }

    /// From now on only what has begun is played.
    pub fn begin_no_more(&mut self) {
        self.chats.values_mut().for_each(|chat| chat.behind.clear());
    }
}

async fn play<T>(
    inbox: &dyn Inbox,
    address: String,
    now: Slot,
    ticket: T,
    until: Option<CancellationToken>,
) -> Ended<T> {
    let slot = || now.lock().unwrap_or_else(PoisonError::into_inner);
    let mut failures = 0;
    loop {
        let arrived = slot().take();
        let outcome = match arrived.clone() {
            Some(Arrival::Private(incoming)) => inbox.receive(incoming).await,
            Some(Arrival::Group(heard)) => inbox.receive_from_group(heard).await,
            None => Ok(()),
        };
        if let (Err(_), Some(until)) = (&outcome, &until) {
            // It was not taken, so it can be changed again.
            *slot() = arrived;
            failures += 1;
            if until.run_until_cancelled(tokio::time::sleep(backoff(failures))).await.is_some() {
                continue;
            }
        }
        return Ended { address, ticket, more: Vec::new(), outcome };
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
            tab: String::new(),
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
        assert!(turns.chats.is_empty());
    }

    #[tokio::test]
    async fn what_waits_for_its_turn_can_be_changed_and_what_has_begun_cannot() {
        let diary = Diary::default();
        let mut turns = Turns::once(&diary);
        turns.add(incoming("a", "a1"), 1);
        turns.add(incoming("a", "a2"), 2);
        let words = Heard::Text("50".into());
        assert!(turns.amend("a", "a2", &words) && !turns.amend("a", "a1", &words) && !turns.amend("b", "a2", &words));
        let waiting = turns.chats["a"].behind.iter().map(|waits| match &waits.arrived {
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

    /// What was heard, in its order.
    #[cfg(feature = "telegram")]
    #[derive(Default)]
    struct Ear(Mutex<Vec<Heard>>);

    #[cfg(feature = "telegram")]
    #[async_trait]
    impl Inbox for Ear {
        async fn receive(&self, incoming: Incoming) -> Result<(), anyhow::Error> {
            self.0.lock().unwrap().push(incoming.heard);
            Ok(())
        }
    }

    #[cfg(feature = "telegram")]
    #[tokio::test]
    async fn what_is_changed_before_it_is_heard_is_heard_as_it_is_now_and_once() {
        let ear = Ear::default();
        let said = |seq, heard| Incoming { seq, heard, ..incoming("a", &format!("{seq}")) };
        let (text, edited) = (|words: &str| Heard::Text(words.into()), |seq| said(seq, Heard::Edited));
        let mut turns = Turns::once(&ear);
        turns.add(said(1, text("5000")), "one");
        turns.add(said(2, Heard::Other), "two");
        // The first has not begun, and the second waits.
        turns.change(edited(1), "500", "one, changed");
        turns.change(edited(2), "a caption", "two, changed");
        turns.change(edited(1), "700", "one, changed again");
        let mut ended = Vec::new();
        while let Some(turn) = turns.next().await {
            ended.push((turn.ticket, turn.more));
        }
        assert_eq!(ended, [("one", vec!["one, changed", "one, changed again"]), ("two", vec!["two, changed"])]);
        // What was heard already is told of as changed.
        turns.change(edited(1), "too late", "late");
        assert_eq!(turns.next().await.map(|turn| turn.ticket), Some("late"));
        assert_eq!(*ear.0.lock().unwrap(), [text("700"), text("a caption"), Heard::Edited]);
    }
}

//! What has to be done about rooms, and when: at once; later, when it failed; and when the homeserver lets us again.

use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};
use std::time::Duration;

use futures::StreamExt;
use tokio_util::time::DelayQueue;

use super::chores::Chore;
use super::invites::{Followed, Who};
use super::trouble::Trouble;
use crate::messengers::backoff::backoff;

/// How often a thing is tried that is refused. An invite can reach us before we may follow it, so the first refusal says
/// nothing; with the waits between, this is about five minutes.
const TRIES: u32 = 9;

/// How often it is tried while nobody answers: about a day.
const TRIES_IN_SILENCE: u32 = 24 * 60;

const AN_HOUR: Duration = Duration::from_secs(3600);

/// By so much strangers come behind those whom we know.
const A_LITTLE: Duration = Duration::from_millis(200);

/// What is to be done, each thing once.
#[derive(Default)]
pub(super) struct Agenda {
    waiting: DelayQueue<Item>,
    /// How often each was tried.
    tried: HashMap<Chore, u32>,
    /// What waits until the homeserver lets us do things of its kind again.
    limited: HashMap<Discriminant<Chore>, Vec<Chore>>,
    /// Which invites were followed in this hour, which began with the first.
    followed: Followed,
    is_counting: bool,
    /// What waits for the next hour.
    later: Vec<Chore>,
}

enum Item {
    Due(Chore),
    Free(Discriminant<Chore>),
    NextHour,
}

impl Agenda {
    /// Something is to be done at once, unless that is known.
    pub fn add(&mut self, chore: Chore) {
        self.put(chore, 0, Duration::ZERO);
    }

    /// Something is to be done after this time, unless that is known.
    pub fn later(&mut self, chore: Chore, after: Duration) {
        self.put(chore, 0, after);
    }

    fn put(&mut self, chore: Chore, tries: u32, after: Duration) {
        if !self.tried.contains_key(&chore) {
            self.tried.insert(chore.clone(), tries);
            self.waiting.insert(Item::Due(chore), after);
        }
    }

    /// What is to be done next, and how often it was tried; `None`: nothing is to be done.
    pub async fn next(&mut self) -> Option<(Chore, u32)> {
        loop {
            match self.waiting.next().await?.into_inner() {
                Item::Due(chore) => {
                    if let Some(limited) = self.limited.get_mut(&discriminant(&chore)) {
                        limited.push(chore);
                    } else if self.is_too_much(&chore) {
                        self.later.push(chore);
                    } else {
                        let tries = self.tried.remove(&chore).unwrap_or_default();
                        return Some((chore, tries));
                    }
                }
                Item::Free(kind) => {
                    for chore in self.limited.remove(&kind).unwrap_or_default() {
                        // Those whom we know don't wait for strangers.
                        let after = if matches!(chore, Chore::Join(_, Who::Of(_))) { A_LITTLE } else { Duration::ZERO };
                        self.waiting.insert(Item::Due(chore), after);
                    }
                }
                Item::NextHour => {
                    (self.followed, self.is_counting) = (Followed::default(), false);
                    for chore in std::mem::take(&mut self.later) {
                        self.waiting.insert(Item::Due(chore), Duration::ZERO);
                    }
                }
            }
        }
    }

    /// Counts the invites that are followed; whether this is one too many.
    fn is_too_much(&mut self, chore: &Chore) -> bool {
        let Chore::Join(_, who) = chore else { return false };
        if !self.followed.takes(who) {
            if self.later.is_empty() {
                tracing::warn!(
                    "more invites of strangers came within an hour than are followed; the rest waits for the next"
                );
            }
            return true;
        }
        if !self.is_counting && !self.followed.is_none() {
            self.is_counting = true;
            self.waiting.insert(Item::NextHour, AN_HOUR);
        }
        false
    }

    /// It could not be done, after so many attempts before.
    pub fn failed(&mut self, chore: Chore, tries: u32, trouble: &Trouble) {
        if let Trouble::Limited(pause) = trouble {
            // The homeserver would not let us do others of its kind either; of another kind it may.
            let kind = discriminant(&chore);
            if self.limited.insert(kind, Vec::new()).is_none() {
                self.waiting.insert(Item::Free(kind), *pause);
            }
            self.put(chore, tries, Duration::ZERO);
        } else if let Some((chore, tries, after)) = again(chore, tries + 1, trouble) {
            self.put(chore, tries, after);
        }
    }
}

/// What to do next about a chore that failed for the `tries`th time, and when: what can't be joined is declined.
fn again(chore: Chore, tries: u32, trouble: &Trouble) -> Option<(Chore, u32, Duration)> {
    let most = if trouble.passes() { TRIES_IN_SILENCE } else { TRIES };
    if tries < most && !matches!(trouble, Trouble::SignedOut) {
        return Some((chore, tries, backoff(tries)));
    }
    tracing::warn!(%trouble, "a room could not be looked after");
    match chore {
        Chore::Join(room, _) => Some((Chore::Leave(room), 0, Duration::ZERO)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::{OwnedRoomId, RoomId};

    use super::*;

    fn join(name: &str) -> Chore {
        Chore::Join(room(name), Who::Of(None))
    }

    fn room(name: &str) -> OwnedRoomId {
        RoomId::parse(format!("!{name}:example.org")).expect("an id")
    }

    #[test]
    fn an_invite_is_tried_for_minutes_and_then_declined() {
        let trouble = Trouble::Forbidden("not yet".into());
        let (mut chore, mut tries, mut waited) = (join("r"), 0, Duration::ZERO);
        while let Chore::Join(..) = chore {
            let pause;
            (chore, tries, pause) = again(chore, tries + 1, &trouble).expect("it is declined at the end");
            waited += pause;
        }
        assert_eq!((chore, tries), (Chore::Leave(room("r")), 0));
        assert!((180..400).contains(&waited.as_secs()), "{waited:?}");
        assert_eq!(again(Chore::Look(room("r")), TRIES, &trouble), None);
    }

    #[test]
    fn while_nobody_answers_an_invite_is_kept_for_a_day() {
        let trouble = Trouble::Silent("connection refused".into());
        let mut waited = Duration::ZERO;
        let mut next = (join("r"), 0, Duration::ZERO);
        while let (Chore::Join(..), tries, pause) = next {
            waited += pause;
            next = again(join("r"), tries + 1, &trouble).expect("it is declined at the end");
        }
        assert!((23..25).contains(&(waited.as_secs() / 3600)), "{waited:?}");
    }

    #[tokio::test]
    async fn what_the_homeserver_limits_waits_and_other_things_are_done_meanwhile() {
        let mut agenda = Agenda::default();
        for chore in [join("a"), join("b"), join("a")] {
            agenda.add(chore);
        }
        let (first, tries) = agenda.next().await.expect("a chore");
        agenda.failed(first.clone(), tries, &Trouble::Limited(Duration::from_millis(50)));
        agenda.add(Chore::Look(room("c")));
        assert_eq!(agenda.next().await, Some((Chore::Look(room("c")), 0)));
        let mut rest = [agenda.next().await, agenda.next().await].map(|chore| chore.expect("a chore"));
        rest.sort_by_key(|(chore, _)| format!("{chore:?}"));
        assert_eq!(rest, [(join("a"), 0), (join("b"), 0)]);
        assert!(agenda.tried.is_empty());
    }

    #[tokio::test]
    async fn so_many_invites_are_followed_in_an_hour_and_the_rest_in_the_next() {
        let mut agenda = Agenda::default();
        const OF_A_SERVER: u32 = 200;
        for number in 0..OF_A_SERVER + 5 {
            agenda.add(join(&format!("r{number}")));
        }
        for _ in 0..OF_A_SERVER {
            assert!(matches!(agenda.next().await, Some((Chore::Join(..), 0))));
        }
        // Who is known does not wait for that, nor what is to be done about their rooms.
        agenda.add(Chore::Join(room("theirs"), Who::Known));
        assert_eq!(agenda.next().await, Some((Chore::Join(room("theirs"), Who::Known), 0)));
        agenda.add(Chore::Look(room("known")));
        assert_eq!(agenda.next().await, Some((Chore::Look(room("known")), 0)));
        assert_eq!(agenda.later.len(), 5);
        agenda.waiting.insert(Item::NextHour, Duration::ZERO);
        for _ in 0..5 {
            assert!(matches!(agenda.next().await, Some((Chore::Join(..), 0))));
        }
        assert!(agenda.tried.is_empty() && agenda.later.is_empty());
    }
}

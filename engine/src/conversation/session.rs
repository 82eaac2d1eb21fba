use chrono::{DateTime, TimeDelta, Utc};

use super::numbers::fold;
use super::offered::Offered;
use super::said::Said;
use super::screen::To;
use super::{Draft, Incoming, Press, Route, Step, Weight};
use crate::id::Id;
use crate::locale::Msg;
use crate::{msg, store};

/// How many places Back remembers.
const LONGEST_TRAIL: usize = 16;

/// A press of the same button so soon after it was done is its second tap.
const TAPPED_AGAIN: TimeDelta = TimeDelta::seconds(10);

/// The same words so soon after the last ones may be a doubled message.
const WRITTEN_AGAIN: TimeDelta = TimeDelta::minutes(1);

/// After so long they are said anew.
const SAID_ANEW: TimeDelta = TimeDelta::minutes(10);

/// Where something was begun that is not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begun {
    /// On the open page.
    Here,
    /// Where Back leads.
    Before,
}

/// Where a chat stands between two turns. All of it is text in one row: a new release may find it
/// outdated, never unreadable.
#[derive(Clone, Debug)]
pub struct Session {
    /// The row's id and the revision it was read with; `None` before the first turn.
    row: Option<(Id<store::session::Model>, i64)>,
    /// Which of the conversations of its address it is: see [`Incoming::tab`].
    tab: String,
    /// The language that is spoken in this chat, once it is known.
    pub lang: Option<String>,
    /// Where the person is.
    pub route: Route,
    /// The breadcrumbs: where Back leads, the last one first to be taken.
    pub trail: Vec<Route>,
    /// What they have answered so far.
    pub draft: Draft,
    /// Grows with every turn: of two on one revision, one is played again.
    pub rev: i64,
    /// What the open page goes by, drawn anew for each: so a deed is known to be of this page.
    pub word: String,
    /// The choices of the open page, as they were shown.
    pub(super) offered: Vec<Offered>,
    /// The open page waits for a typed answer.
    pub asks: bool,
    /// The message that shows the open page and can be edited in place.
    pub live: Option<String>,
    /// The message that shows the open page, where that is known.
    pub(super) message: Option<String>,
    /// The thread in which the open page stands; none in the main line of the chat.
    pub(super) thread: Option<String>,
    /// The order number of the last update handled.
    pub seq: i64,
    /// The revision of the page that is known to have been shown; none is known before the first.
    shown: i64,
    /// The line above the open page: about what has just happened.
    pub saying: Option<Msg>,
    /// The press whose deed led to the open page, or the link of a notice.
    pub(super) did: Option<String>,
    /// The same, of the turn before this one, if that was a moment ago.
    did_before: Option<String>,
    /// The press that led to the page which was open when something was heard.
    led: Option<String>,
    /// What is said in passing about a press.
    pub(super) aside: Option<Msg>,
    changed_at: DateTime<Utc>,
    /// What was typed last.
    pub(super) said: Said,
}

impl Session {
    pub(super) fn new(home: Route, tab: &str) -> Session {
        Session {
            row: None,
            tab: tab.to_owned(),
            lang: None,
            route: home,
            trail: Vec::new(),
            draft: Draft::default(),
            rev: 0,
            word: String::new(),
            offered: Vec::new(),
            asks: false,
            live: None,
            message: None,
            thread: None,
            seq: 0,
            shown: 0,
            saying: None,
            did: None,
            did_before: None,
            led: None,
            aside: None,
            changed_at: DateTime::UNIX_EPOCH,
            said: Said::default(),
        }
    }

    /// Reads a session as it was stored; what is outdated leads home.
    pub(super) fn read(row: store::session::Model, home: Route) -> Session {
        Session {
            row: Some((row.id, row.rev)),
            tab: row.tab,
            lang: row.lang,
            route: Route::parse(&row.route).unwrap_or(home),
            trail: row.trail.split_whitespace().filter_map(Route::parse).collect(),
            draft: Draft::parse(&row.draft),
            rev: row.rev,
            word: row.word,
            offered: Offered::parse_all(&row.offered),
            asks: row.asks,
            live: row.live,
            message: row.message,
            thread: row.thread,
            seq: row.seq,
            shown: row.shown,
            saying: row.saying.and_then(|saying| serde_json::from_str(&saying).ok()),
            did: row.did,
            did_before: None,
            led: None,
            aside: None,
            changed_at: row.changed_at,
            said: Said::parse(&row.said),
        }
    }

    pub(super) fn write(&self, messenger: &str, address: &str, now: DateTime<Utc>) -> store::session::Model {
        let trail: Vec<&str> = self.trail.iter().map(Route::as_str).collect();
        store::session::Model {
            id: self.row.map_or(Id::new(0), |(id, _)| id),
            messenger: messenger.to_owned(),
            address: address.to_owned(),
            tab: self.tab.clone(),
            lang: self.lang.clone(),
            route: self.route.to_string(),
            trail: trail.join(" "),
            draft: self.draft.encode(),
            rev: self.rev,
            word: self.word.clone(),
            offered: Offered::encode_all(&self.offered),
            asks: self.asks,
            live: self.live.clone(),
            message: self.message.clone(),
            thread: self.thread.clone(),
            seq: self.seq,
            shown: self.shown,
            saying: self.saying.as_ref().and_then(|saying| serde_json::to_string(saying).ok()),
            did: self.did.clone(),
            said: self.said.encode(),
            changed_at: now,
        }
    }

    /// Nobody has said anything in this chat yet. What is shown to whoever comes has no place in the order of what is said.
    pub(super) fn is_new(&self) -> bool {
        self.row.is_none() || self.seq == 0
    }

    /// The revision that the row was read with; `None` when there is no row yet.
    pub(super) fn read_rev(&self) -> Option<i64> {
        self.row.map(|(_, rev)| rev)
    }

    /// When something was heard last; before the first word, `now`.
    pub(super) fn heard_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        if self.row.is_some() { self.changed_at } else { now }
    }

    /// Whether nothing has been heard since this time, when a notice was sent.
    pub(super) fn is_older_than(&self, sent_at: Option<DateTime<Utc>>) -> bool {
        sent_at.is_some_and(|sent_at| self.changed_at <= sent_at)
    }

    /// Whether a notice was sent at this time, and nothing has been heard since.
    pub(super) fn is_before(&self, sent_at: Option<DateTime<Utc>>) -> bool {
        sent_at.is_some_and(|sent_at| self.changed_at < sent_at)
    }

    /// Whether this chat's open page was shown under this name.
    pub(super) fn is_page(&self, address: &str, id: &str) -> bool {
        !self.word.is_empty()
            && id.strip_prefix(address).and_then(|id| id.strip_prefix('-')) == Some(self.word.as_str())
    }

    /// Whether it is so long ago that something was heard that the same words are another message.
    pub(super) fn is_forgotten(&self, now: DateTime<Utc>) -> bool {
        now - self.changed_at >= SAID_ANEW
    }

    /// Whether something was heard only a moment ago.
    pub(super) fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        now - self.changed_at < WRITTEN_AGAIN
    }

    /// Whether the person is known to have the open page before them.
    pub(super) fn is_shown(&self) -> bool {
        self.shown >= self.rev
    }

    /// Something was heard: what comes of it is about something else than what came before.
    pub(super) fn begin(&mut self, now: DateTime<Utc>) {
        self.led.clone_from(&self.did);
        self.did_before = self.did.take().filter(|_| now - self.changed_at < TAPPED_AGAIN);
    }

    /// Whether this press was done a moment ago, and nothing has been heard since. Then it remains so.
    pub(super) fn was_just_done_by(&mut self, press: &str) -> bool {
        let same = self.did_before.take_if(|did| did.as_str() == press);
        let was = same.is_some();
        self.did = same.or(self.did.take());
        was
    }

    /// Whether a choice led to the open page.
    pub(super) fn was_led(&self) -> bool {
        self.led.is_some()
    }

    /// Whether the notice that goes by this word led to the open page. That it was sent may be noted only after that.
    pub(super) fn was_led_by(&self, notice: &str) -> bool {
        let led = self.led.as_deref().and_then(Press::decode);
        matches!(led, Some(Press::NoticeLink { notice: word, .. }) if word == notice)
    }

    /// The open page offers it, and it can't be undone.
    pub(super) fn is_grave(&self, press: &str) -> bool {
        self.offered.iter().any(|offered| offered.press == press && offered.weight == Weight::Grave)
    }

    /// A choice of the open page is called so.
    pub(super) fn offers(&self, words: &str) -> bool {
        let is_bare = words.starts_with(char::is_alphanumeric);
        is_bare && self.offered.iter().any(|offered| fold(&offered.label) == fold(words))
    }

    /// The open page stands in this message.
    pub(super) fn stands_in(&self, message: Option<&str>) -> bool {
        let these = [&self.message, &self.live];
        message.is_some_and(|message| these.into_iter().any(|shown| shown.as_deref() == Some(message)))
    }

    /// It is known in which message the open page stands.
    pub(super) fn stands_somewhere(&self) -> bool {
        self.message.is_some() || self.live.is_some()
    }

    /// The message that this replies to. That it was said in the thread of a message says nothing more where the open page
    /// stands in that thread: then it is about the page.
    pub(super) fn replied_to<'a>(&self, incoming: &'a Incoming) -> Option<&'a str> {
        let is_of_the_page = self.thread.is_some() && self.thread == incoming.thread;
        incoming.reply_to.as_deref().filter(|message| !is_of_the_page || self.thread.as_deref() != Some(message))
    }

    /// The open page stands in another thread than this was said in, and it is no reply to that page: whoever said it may
    /// not have the page before them.
    pub(super) fn is_elsewhere(&self, incoming: &Incoming) -> bool {
        !self.is_new() && self.thread != incoming.thread && !self.stands_in(incoming.reply_to.as_deref())
    }

    /// A link on an older page to what is open already changes nothing that can be seen there: that is said in passing.
    pub(super) fn remark_on_old_page(&mut self, step: &Step, pressed: i64) {
        if pressed < self.seq && matches!(&step.to, To::Go(to) if *to == self.route) {
            self.aside = Some(msg!("press-open-below"));
        }
    }

    /// Whether something was begun in the place that is open, or in the one that Back leads to.
    pub(super) fn begun(&self, draft: &Draft) -> Option<Begun> {
        if self.asks || draft.begun(&self.route) {
            return Some(Begun::Here);
        }
        self.trail.last().filter(|back| draft.begun(back)).map(|_| Begun::Before)
    }

    /// Goes where a step leads, and keeps the breadcrumbs.
    pub(super) fn walk(&mut self, to: To, home: &Route) {
        match to {
            To::Stay => {}
            To::Gone => self.forget(home),
            To::Go(route) => self.go(route, home),
            To::Instead(route) => {
                self.draft.clear(&self.route);
                self.route = self.trail.pop().unwrap_or_else(|| home.clone());
                self.go(route, home);
            }
            To::Back => {
                self.draft.clear(&self.route);
                self.route = self.trail.pop().unwrap_or_else(|| home.clone());
            }
            To::Home => {
                self.draft.clear(&self.route);
                self.reset(home);
            }
        }
    }

    /// Forgets all that was said here so far: it was by somebody else.
    pub(super) fn forget(&mut self, home: &Route) {
        self.reset(home);
        self.draft = Draft::default();
    }

    /// Forgets the way that led here: the next place is the first.
    pub(super) fn reset(&mut self, to: &Route) {
        self.trail.clear();
        self.route = to.clone();
    }

    /// A place that is already on the trail cuts it there, so Back is finite and never a loop.
    fn go(&mut self, route: Route, home: &Route) {
        if route == *home {
            return self.reset(home);
        }
        if route == self.route {
            return;
        }
        if let Some(place) = self.trail.iter().position(|crumb| *crumb == route) {
            self.trail.truncate(place);
        } else {
            // Coming from outside, a form begins anew; coming back to it, it goes on.
            self.draft.clear(&route);
            self.trail.push(self.route.clone());
            if self.trail.len() > LONGEST_TRAIL {
                self.trail.remove(1);
            }
        }
        self.route = route;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(steps: &[&str]) -> String {
        let home = Route::new("home");
        let mut session = Session::new(home.clone(), "");
        for step in steps {
            let to = match *step {
                "back" => To::Back,
                "home" => To::Home,
                name => match name.strip_prefix("instead ") {
                    Some(name) => To::Instead(Route::new(name)),
                    None => To::Go(Route::new(name)),
                },
            };
            session.walk(to, &home);
        }
        let crumbs: Vec<&str> = session.trail.iter().chain([&session.route]).map(Route::as_str).collect();
        crumbs.join(" ")
    }

    #[test]
    fn the_trail_remembers_the_way_and_never_loops() {
        for (steps, trail) in [
            (vec![], "home"),
            (vec!["a", "b"], "home a b"),
            (vec!["a", "b", "back"], "home a"),
            (vec!["a", "b", "c", "a"], "home a"),
            (vec!["a", "a"], "home a"),
            (vec!["a", "b", "home"], "home"),
            (vec!["back", "back"], "home"),
            (vec!["a", "form", "instead done"], "home a done"),
            (vec!["a", "form", "instead a"], "home a"),
        ] {
            assert_eq!(walk(&steps), trail, "{steps:?}");
        }
    }

    #[test]
    fn back_always_ends_at_home_however_long_the_way() {
        let home = Route::new("home");
        let mut session = Session::new(home.clone(), "");
        for i in 0..100 {
            session.walk(To::Go(Route::new("p").with(i)), &home);
        }
        let mut steps = 0;
        while session.route != home {
            session.walk(To::Back, &home);
            steps += 1;
        }
        assert!(steps <= LONGEST_TRAIL);
    }
}

//! What the calendar tells a member of all their records at once: at a month's beginning, and before its end.
//!
//! A digest is kept in the outbox as plain data: how many records each of its parts has, what they come to, and the
//! first few of them, with the other side by its id. It becomes words when it is sent.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::facts::Names;
use super::kind::Kind;
use super::pages::Says;
use super::queue::{Notice, queue_now};
use super::space::{SpaceLeft, words_in};
use crate::aid::digest::{Digest, Line, Settle};
use crate::aid::{Aid, List};
use crate::domain::{Category, CommitmentId, MemberId, Mode, Money, Month, Note, Role, State};
use crate::store;
use exodus_engine::conversation::{Choice, Fault, Page, Route};
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-month", Category::Digests)
        .to_all()
        .read_by(|facts| read(facts, |month| msg!("notice-month", month = month))),
    // Others wait for what is overdue.
    Kind::asks("notice-overdue", Category::Digests)
        .to_all()
        .read_by(|facts| read(facts, |month| msg!("notice-overdue", month = month))),
    Kind::tells("notice-settle", Category::Reminders)
        .to_all()
        .by_day()
        .read_by(|facts| read(facts, |month| msg!("notice-settle", month = month))),
];

/// How many records of a part are shown; of the others it says how many they are.
const SHOWN: usize = 5;

/// Of the reader's own help that has lapsed more are shown: each can be declared again in one press.
const SHOWN_AGAIN: usize = 10;

/// How many other records a digest has buttons for.
const BUTTONS: usize = 5;

/// What a part of a digest is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Overdue,
    Carried,
    Lapsed,
    Promise,
    Fulfil,
    Remind,
    /// What the reader has done waits for somebody who is suspended, whom nobody can remind.
    Waits,
    Confirm,
}

/// A part of a digest: the records of one side, of which the same is to be said.
#[derive(Debug, Serialize, Deserialize)]
struct Part {
    what: What,
    /// The reader is the supporter; otherwise they are the receiver.
    mine: bool,
    /// All records of the part, and what they come to in minor units.
    count: usize,
    sum: i64,
    /// The first few of them.
    lines: Vec<Record>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Record {
    id: CommitmentId,
    other: MemberId,
    sum: i64,
    state: String,
    /// The other is suspended.
    #[serde(default)]
    paused: bool,
}

/// A digest as the outbox keeps it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Facts {
    /// The month that begins or ends, as 202611.
    of: i32,
    parts: Vec<Part>,
}

/// Tells members what a month that has ended left to them; `month` is the one that begins.
///
/// # Errors
/// The database does not answer.
pub async fn month_digests(aid: &Aid<'_>, month: Month, digests: Vec<Digest>) -> Result<(), Fault> {
    let chosen = store::notification::chosen(aid.tx, digests.iter().map(|digest| digest.member)).await?;
    let notices = digests.into_iter().map(|digest| {
        let awaited = digest.overdue.iter().any(is_awaited);
        let off = chosen.mode(digest.member, Category::Digests) == Mode::Off;
        let (member, digest) = (digest.member, if awaited && off { only_awaited(digest) } else { digest });
        let kind = if awaited { "notice-overdue" } else { "notice-month" };
        let (done, overdue): (Vec<Line>, Vec<Line>) =
            digest.overdue.into_iter().partition(|line| line.state == State::OverdueClaimed);
        // Who has helped waits for a word, and owes nothing.
        let (mine, confirm): (Vec<Line>, Vec<Line>) = done.into_iter().partition(|line| line.side == Role::Supporter);
        let (waits, remind): (Vec<Line>, Vec<Line>) = mine.into_iter().partition(|line| line.paused);
        let parts = [
            (What::Confirm, confirm),
            (What::Overdue, overdue),
            (What::Remind, remind),
            (What::Waits, waits),
            (What::Carried, digest.carried),
            (What::Lapsed, digest.lapsed),
        ];
        notice(member, kind, month, parts)
    });
    queue_now(aid, notices.collect()).await
}

/// Reminds members of what they should settle before this month ends.
///
/// # Errors
/// The database does not answer.
pub async fn settle_digests(aid: &Aid<'_>, month: Month, digests: Vec<Settle>) -> Result<(), Fault> {
    let notices = digests.into_iter().map(|settle| {
        let parts = [
            (What::Confirm, settle.confirm),
            (What::Fulfil, settle.fulfil),
            (What::Promise, settle.promise),
            (What::Remind, settle.remind),
        ];
        notice(settle.member, "notice-settle", month, parts)
    });
    queue_now(aid, notices.collect()).await
}

/// Whether the other side waits for what the reader does about something overdue.
fn is_awaited(line: &Line) -> bool {
    matches!((line.side, line.state), (Role::Supporter, State::Overdue) | (Role::Receiver, State::OverdueClaimed))
}

/// What is left of a digest for a member who wants none: what others wait for.
fn only_awaited(digest: Digest) -> Digest {
    let overdue = digest.overdue.into_iter().filter(is_awaited).collect();
    Digest { member: digest.member, carried: Vec::new(), lapsed: Vec::new(), overdue }
}

fn notice<const N: usize>(to: MemberId, kind: &'static str, month: Month, parts: [(What, Vec<Line>); N]) -> Notice {
    let parts = parts.into_iter().flat_map(|(what, lines)| {
        let (mine, theirs): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.side == Role::Supporter);
        [part(what, true, mine), part(what, false, theirs)].into_iter().flatten()
    });
    let facts = Facts { of: month.number(), parts: parts.collect() };
    Notice {
        to,
        kind: kind.into(),
        facts: serde_json::to_string(&facts).unwrap_or_default(),
        about: None,
        record: None,
    }
}

fn part(what: What, mine: bool, mut lines: Vec<Line>) -> Option<Part> {
    if lines.is_empty() {
        return None;
    }
    lines.sort_by(|a, b| b.sum.cmp(&a.sum).then(a.commitment.cmp(&b.commitment)));
    let sum = lines.iter().fold(Money::ZERO, |sum, line| sum.saturating_add(line.sum)).minor();
    let count = lines.len();
    let shown = if what == What::Lapsed && mine { SHOWN_AGAIN } else { SHOWN };
    let lines = lines.into_iter().take(shown).map(|line| Record {
        id: line.commitment,
        other: line.other,
        sum: line.sum.minor(),
        state: line.state.as_str().to_owned(),
        paused: line.paused,
    });
    Some(Part { what, mine, count, sum, lines: lines.collect() })
}

/// What a line takes beside a name.
const LINE: usize = 40;

/// A digest that was read, and what stands above it.
struct ReadDigest {
    facts: Facts,
    title: fn(Msg) -> Msg,
}

fn read(facts: &str, title: fn(Msg) -> Msg) -> Option<Box<dyn Says>> {
    Some(Box::new(ReadDigest { facts: serde_json::from_str(facts).ok()?, title }))
}

impl ReadDigest {
    fn records(&self) -> impl Iterator<Item = &Record> {
        self.facts.parts.iter().flat_map(|part| &part.lines)
    }
}

impl Says for ReadDigest {
    fn members(&self) -> Vec<MemberId> {
        self.records().map(|record| record.other).collect()
    }

    fn noted(&self) -> Vec<CommitmentId> {
        self.records().map(|record| record.id).collect()
    }

    fn leads_to_lists(&self) -> bool {
        true
    }

    fn page(&self, names: &Names) -> Page {
        let (month, parts) = (Month::from_number(self.facts.of), &self.facts.parts);
        let month = month.map(|month| Msg::month(month.first_day())).unwrap_or(msg!("digest-month"));
        let (title, mut space) = (Page::new((self.title)(month)), SpaceLeft::default());
        let page = parts.iter().fold(title, |page, part| page.lines(paragraph(part, &mut space, names)));
        let records = parts.iter().flat_map(|part| to_do(part, names)).take(BUTTONS);
        let page = records.chain(parts.iter().flat_map(|part| again(part, names))).fold(page, Page::choice);
        let mut lists = BTreeSet::new();
        let lists = parts.iter().flat_map(lists_of).filter(|(route, ..)| lists.insert(*route));
        lists.fold(page, |page, (route, label, list)| {
            // Where one record stands there, the way leads to it.
            let only = names.only_of(list).map(|only| Route::new("commitment").with(only));
            page.go(label, only.unwrap_or_else(|| Route::new("list").with(route)))
        })
    }
}

/// A part's heading, its first records, and how many more there are.
fn paragraph(part: &Part, space: &mut SpaceLeft, names: &Names) -> Vec<Msg> {
    space.takes(LINE * 3);
    let mut shown = Vec::with_capacity(part.lines.len());
    for record in &part.lines {
        let line = line(part, record, names);
        if !space.takes(LINE + words_in(&line)) {
            break;
        }
        shown.push(noted(line, names.note(record.id), space));
    }
    let more = part.count.saturating_sub(shown.len());
    let mut lines = vec![heading(part)];
    lines.extend(shown);
    lines.extend((more > 0).then(|| msg!("digest-more", count = more)));
    lines
}

/// A line with what the supporter says about the help, where there is room for it.
fn noted(line: Msg, note: Option<&Note>, space: &mut SpaceLeft) -> Msg {
    match note.filter(|note| space.takes_words(note.as_str())) {
        Some(note) => msg!("list-noted", one = line, note = note.as_str()),
        None => line,
    }
}

fn heading(part: &Part) -> Msg {
    let (count, sum) = (part.count, Arg::Sum(part.sum));
    match (part.what, part.mine) {
        (What::Overdue, true) => msg!("digest-overdue-mine", count = count, sum = sum),
        (What::Overdue, false) => msg!("digest-overdue-for-me", count = count, sum = sum),
        (What::Carried, true) => msg!("digest-carried-mine", count = count, sum = sum),
        (What::Carried, false) => msg!("digest-carried-for-me", count = count, sum = sum),
        (What::Lapsed, true) => msg!("digest-lapsed-mine", count = count, sum = sum),
        (What::Lapsed, false) => msg!("digest-lapsed-for-me", count = count, sum = sum),
        (What::Promise, _) => msg!("digest-promise", count = count, sum = sum),
        (What::Fulfil, _) => msg!("digest-fulfil", count = count, sum = sum),
        (What::Remind, _) => msg!("digest-remind", count = count, sum = sum),
        (What::Waits, _) => msg!("digest-waits", count = count, sum = sum),
        (What::Confirm, _) => msg!("digest-confirm", count = count, sum = sum),
    }
}

fn line(part: &Part, record: &Record, names: &Names) -> Msg {
    let (name, sum) = (names.call(record.other), Arg::Sum(record.sum));
    let sign = match State::parse(&record.state) {
        Some(State::Obligation) => msg!("sign-obligation"),
        Some(State::Claimed | State::OverdueClaimed) => msg!("sign-claimed"),
        Some(State::Overdue) => msg!("sign-overdue"),
        Some(State::Lapsed) => msg!("sign-gone"),
        _ => msg!("sign-intention"),
    };
    let line = match part.mine {
        true => msg!("list-to", sign = sign, sum = sum, name = name),
        false => msg!("list-from", sign = sign, sum = sum, name = name),
    };
    if record.paused { msg!("digest-paused", one = line) } else { line }
}

/// The records of a part about which the reader can do something, each on a button that leads to it.
fn to_do<'a>(part: &'a Part, names: &'a Names) -> impl Iterator<Item = Choice> + 'a {
    let is_open = !matches!(part.what, What::Carried | What::Lapsed);
    let lines = part.lines.iter().filter(move |_| is_open);
    lines.map(|record| Choice::go(line(part, record, names), Route::new("commitment").with(record.id)))
}

/// The reader's intentions that have lapsed, each on a button that declares it again.
fn again<'a>(part: &'a Part, names: &'a Names) -> impl Iterator<Item = Choice> + 'a {
    let lapsed = part.what == What::Lapsed && part.mine;
    part.lines.iter().filter(move |record| lapsed && !record.paused).map(|record| {
        let label = msg!("digest-again", sum = Arg::Sum(record.sum), name = names.call(record.other));
        Choice::deed(label, super::answer::again(record.id))
    })
}

/// The lists that the records of a part are in, and what leads there; what has lapsed is in none.
fn lists_of(part: &Part) -> impl Iterator<Item = (&'static str, Msg, List)> {
    part.lines.iter().filter_map(|record| list(State::parse(&record.state)?, part.mine))
}

fn list(state: State, mine: bool) -> Option<(&'static str, Msg, List)> {
    Some(match (state, mine) {
        (State::Lapsed, _) => return None,
        (State::Claimed | State::OverdueClaimed, true) => ("claimed", msg!("digest-claimed"), List::Claimed),
        (State::Claimed | State::OverdueClaimed, false) => ("to-confirm", msg!("digest-to-confirm"), List::ToConfirm),
        (State::Overdue, true) => ("overdue", msg!("list-show-overdue"), List::Overdue),
        (State::Overdue, false) => ("overdue-for-me", msg!("list-show-overdue-for-me"), List::OverdueForMe),
        (_, true) => ("mine", msg!("list-show-mine"), List::Mine),
        (_, false) => ("for-me", msg!("list-show-for-me"), List::ForMe),
    })
}

//! What members are told of clearing: that it comes, and what it has set off of theirs.
//!
//! Each reads their own lines only, and both sides of them, which come to the same.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::facts::Names;
use super::kind::Kind;
use super::pages::Says;
use super::queue::{Notice, queue_now};
use super::space::{SpaceLeft, words_in};
use crate::aid::{Aid, clearing};
use crate::domain::{Category, ClearingId, MemberId, Money, SetOff};
use crate::store;
use exodus_engine::conversation::{Fault, Page, Route};
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-clearing-soon", Category::Reminders).to_all().by_day().read_by(read_soon),
    Kind::tells("notice-set-off", Category::OwnHelp).to_all().by_day().read_by(read_set_off),
];

/// How many lines of a side are shown; of the others it says how many they are.
const SHOWN: usize = 5;

/// What a line takes beside a name.
const LINE: usize = 60;

/// How many members are told in one step.
const AT_ONCE: u64 = 50;

/// How many promises of a side, and what they come to in minor units.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Side {
    how_many: u64,
    how_much: i64,
}

impl From<(u64, Money)> for Side {
    fn from((how_many, sum): (u64, Money)) -> Side {
        Side { how_many, how_much: sum.minor() }
    }
}

/// That a clearing comes, as the outbox keeps it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Soon {
    on: Option<NaiveDate>,
    mine: Side,
    for_me: Side,
}

/// Tells these members that their promises, and those to them, may be set off on that day: so many, as it is now.
///
/// # Errors
/// The database does not answer.
pub async fn clearing_to_come(
    aid: &Aid<'_>,
    on: NaiveDate,
    concerned: BTreeMap<MemberId, [(u64, Money); 2]>,
) -> Result<(), Fault> {
    let notices = concerned.into_iter().map(|(to, [mine, for_me])| {
        let facts = Soon { on: Some(on), mine: mine.into(), for_me: for_me.into() };
        notice(to, "notice-clearing-soon", &facts, clearing::telling(on))
    });
    queue_now(aid, notices.collect()).await
}

fn notice(to: MemberId, kind: &'static str, facts: &impl Serialize, record: String) -> Notice {
    let facts = serde_json::to_string(facts).unwrap_or_default();
    Notice { to, kind: kind.into(), facts, about: None, record: Some(record) }
}

fn read_soon(facts: &str) -> Option<Box<dyn Says>> {
    Some(Box::new(serde_json::from_str::<Soon>(facts).ok()?))
}

impl Says for Soon {
    fn members(&self) -> Vec<MemberId> {
        Vec::new()
    }

    fn page(&self, _: &Names) -> Page {
        let date = self.on.map_or(Arg::Verbatim(String::new()), Arg::Date);
        let sides = [
            (self.mine, msg!("clearing-mine", count = self.mine.how_many, sum = Arg::Sum(self.mine.how_much))),
            (self.for_me, msg!("clearing-for-me", count = self.for_me.how_many, sum = Arg::Sum(self.for_me.how_much))),
        ];
        let lines = sides.into_iter().filter(|(side, _)| side.how_many > 0).map(|(_, line)| line).collect();
        Page::new(msg!("notice-clearing-soon", date = date))
            .lines(lines)
            .say(msg!("clearing-soon-means"))
            .go(msg!("clearing-look"), Route::new("clearing"))
    }
}

/// One line of a member's notice.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    other: MemberId,
    sum: i64,
    of: i64,
}

/// What was set off of a member's promises, as the outbox keeps it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Told {
    clearing: Option<ClearingId>,
    mine: Side,
    mine_lines: Vec<Line>,
    for_me: Side,
    for_me_lines: Vec<Line>,
    /// Something is left of one of the promises.
    rest: bool,
}

/// Tells the next members behind `after` what a clearing has set off of theirs. Says who was looked at last; none: all have been.
///
/// # Errors
/// The database does not answer.
pub async fn tell_of_set_off(aid: &Aid<'_>, clearing: ClearingId, after: MemberId) -> Result<Option<MemberId>, Fault> {
    let members = store::member::ids_after(aid.tx, after, AT_ONCE).await?;
    let of = store::set_off::of_members(aid.tx, clearing, &members).await?;
    let notices = of.into_iter().map(|(to, lines)| {
        let rest = lines.iter().any(|line| line.sum < line.of);
        let (mine, for_me): (Vec<SetOff>, Vec<SetOff>) = lines.into_iter().partition(|line| line.supporter == to);
        let facts = Told {
            clearing: Some(clearing),
            mine: side(&mine),
            mine_lines: first(&mine, |line| line.receiver),
            for_me: side(&for_me),
            for_me_lines: first(&for_me, |line| line.supporter),
            rest,
        };
        notice(to, "notice-set-off", &facts, format!("clearing/{clearing}"))
    });
    queue_now(aid, notices.collect()).await?;
    Ok(members.last().copied())
}

fn side(lines: &[SetOff]) -> Side {
    let sum = lines.iter().fold(Money::ZERO, |sum, line| sum.saturating_add(line.sum));
    (lines.len() as u64, sum).into()
}

fn first(lines: &[SetOff], other: fn(&SetOff) -> MemberId) -> Vec<Line> {
    let shown = lines.iter().take(SHOWN);
    shown.map(|line| Line { other: other(line), sum: line.sum.minor(), of: line.of.minor() }).collect()
}

fn read_set_off(facts: &str) -> Option<Box<dyn Says>> {
    Some(Box::new(serde_json::from_str::<Told>(facts).ok()?))
}

impl Says for Told {
    fn members(&self) -> Vec<MemberId> {
        self.mine_lines.iter().chain(&self.for_me_lines).map(|line| line.other).collect()
    }

    fn page(&self, names: &Names) -> Page {
        let mut space = SpaceLeft::default();
        let (mine, for_me) = (self.mine, self.for_me);
        let to = |line: &Line| {
            let (sum, of) = (Arg::Sum(line.sum), Arg::Sum(line.of));
            msg!("set-off-to", sum = sum, of = of, name = names.call(line.other))
        };
        let from = |line: &Line| {
            let (sum, of) = (Arg::Sum(line.sum), Arg::Sum(line.of));
            msg!("set-off-from", sum = sum, of = of, name = names.call(line.other))
        };
        let mine_heading = msg!("set-off-mine", count = mine.how_many, sum = Arg::Sum(mine.how_much));
        let for_me_heading = msg!("set-off-for-me", count = for_me.how_many, sum = Arg::Sum(for_me.how_much));
        let page = Page::new(msg!("notice-set-off", sum = Arg::Sum(mine.how_much)))
            .lines(paragraph(mine_heading, mine, self.mine_lines.iter().map(to), &mut space))
            .lines(paragraph(for_me_heading, for_me, self.for_me_lines.iter().map(from), &mut space))
            .say(msg!("set-off-means"))
            .say_if(self.rest.then(|| msg!("set-off-rest")));
        let all = self.clearing.map_or(Route::new("clearing"), |id| Route::new("set-off").with(id));
        page.go(msg!("set-off-all"), all)
    }
}

/// A side's heading, its first lines as far as there is room, and how many more there are.
fn paragraph(heading: Msg, side: Side, lines: impl Iterator<Item = Msg>, space: &mut SpaceLeft) -> Vec<Msg> {
    let mut all = vec![heading];
    let mut shown: u64 = 0;
    for line in lines {
        if !space.takes(LINE + words_in(&line)) {
            break;
        }
        all.push(line);
        shown += 1;
    }
    let more = side.how_many.saturating_sub(shown);
    all.extend((more > 0).then(|| msg!("digest-more", count = more)));
    all
}

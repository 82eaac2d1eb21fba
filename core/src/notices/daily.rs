//! The daily message: what a member wants to read once a day, all together.

use std::collections::{HashMap, HashSet};

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use super::facts::{Fact, Facts, Names};
use super::kind::{Kind, Offers, kind, names};
use super::pages::{self, Says};
use super::queue::{Notice, push};
use super::space::{SpaceLeft, words_in};
use crate::aid::Aid;
use crate::domain::{
    About, AnnouncementId, CaseId, Category, CollectionId, CommitmentId, MemberId, Mode, NewsId, PoolId, State,
};
use crate::store;
use exodus_engine::conversation::{Choice, Fault, Page, Route, Urgency};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

pub(super) const KINDS: &[Kind] = &[Kind::tells("notice-daily", Category::Digests).to_all().read_by(read)];

/// How many of the day's notices a message tells; of the others it says how many they are.
const SHOWN: usize = 12;

/// What a sentence takes beside people's words.
const SENTENCE: usize = 190;

/// The day's notices as the outbox keeps them, the oldest first.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Day {
    told: Vec<Item>,
    /// How many more there were.
    more: usize,
    /// The cases that waited for an answer then.
    cases: Vec<CaseId>,
}

#[derive(Serialize, Deserialize)]
struct Item {
    kind: String,
    facts: String,
}

/// Queues a member's daily message with all that waits for it; nothing when nothing does. What they have switched off
/// since is left out.
///
/// # Errors
/// The database does not answer.
pub async fn daily_message(aid: &Aid<'_>, member: MemberId) -> Result<(), Fault> {
    let kinds: Vec<&str> = names().collect();
    let mut items = store::digest_item::take(aid.tx, member, &kinds).await?;
    let chosen = store::notification::chosen(aid.tx, [member]).await?;
    items.retain(|item| kind(&item.kind).is_some_and(|kind| chosen.mode(member, kind.category) != Mode::Off));
    leave_out_what_is_over(aid, &mut items).await?;
    keep_the_last(&mut items);
    // What everybody is told is not what is left out where there is no room.
    items.sort_by_key(|item| kind(&item.kind).is_none_or(|kind| kind.category != Category::Announcements));
    if items.is_empty() {
        return Ok(());
    }
    let more = items.len().saturating_sub(SHOWN);
    let told = items.into_iter().take(SHOWN).map(|item| Item { kind: item.kind, facts: item.facts }).collect();
    let cases = store::pool::seen::waiting(aid.tx, member).await?.into_iter().map(|case| case.id).collect();
    let facts = serde_json::to_string(&Day { told, more, cases }).unwrap_or_default();
    let notice = Notice { to: member, kind: "notice-daily".into(), facts, about: None, record: None };
    push(aid, vec![(notice, Urgency::ToAll)]).await
}

/// A daily message tells what is so when it goes out: what was taken back since, or has come to an end, is no news.
async fn leave_out_what_is_over(aid: &Aid<'_>, items: &mut Vec<store::digest_item::Model>) -> Result<(), DbErr> {
    let told = items.iter().filter_map(|item| Some((item.id, kind(&item.kind)?.so_in, commitment_of(item)?)));
    let told: Vec<_> = told.filter(|(_, so_in, _)| !so_in.is_empty()).collect();
    let states = store::commitment::states_of(aid.tx, told.iter().map(|(.., id)| *id)).await?;
    let asking = items.iter().filter_map(|item| Some((item.id, asks_for(item)?)));
    let asking: Vec<_> = asking.collect();
    let paused = store::member::suspended_among(aid.tx, asking.iter().map(|(_, owner)| *owner)).await?;
    let is_over = |(_, so_in, id): &(_, &[State], CommitmentId)| states.get(id).is_none_or(|now| !so_in.contains(now));
    let mut over: HashSet<_> = told.iter().filter(|one| is_over(one)).map(|(item, ..)| *item).collect();
    // Nobody can help whoever is suspended, so nobody is told that they ask.
    over.extend(asking.iter().filter(|(_, owner)| paused.contains(owner)).map(|(item, _)| *item));
    items.retain(|item| !over.contains(&item.id));
    Ok(())
}

/// The commitment that an item tells of, if it is one.
fn commitment_of(item: &store::digest_item::Model) -> Option<CommitmentId> {
    match About::stored(item.record.as_deref()) {
        Some(About::Commitment(id)) => Some(id),
        _ => None,
    }
}

/// Who asks for help, where an item tells of that: it leads to their card.
fn asks_for(item: &store::digest_item::Model) -> Option<MemberId> {
    let leads_to_card = kind(&item.kind).is_some_and(|kind| matches!(kind.offers, Offers::OnMember(_)));
    let facts: Facts = serde_json::from_str(&item.facts).ok().filter(|_| leads_to_card)?;
    facts.get("name")?.member()
}

/// Of each record the last word counts: what came before is no news by the evening. A sum that was changed several times was
/// last known as it was before the first of them; where it is so again, nothing is told.
fn keep_the_last(items: &mut Vec<store::digest_item::Model>) {
    let mut known: HashMap<(Option<String>, String), Fact> = HashMap::new();
    for item in items.iter_mut().filter(|item| item.record.is_some()) {
        let mut facts = facts_of(item);
        let Some(from) = facts.get("from").copied() else { continue };
        let first = *known.entry((item.record.clone(), item.kind.clone())).or_insert(from);
        facts.insert("from".to_owned(), first);
        item.facts = serde_json::to_string(&facts).unwrap_or_default();
    }
    let mut seen = HashSet::new();
    items.reverse();
    items.retain(|item| item.record.as_ref().is_none_or(|record| seen.insert(record.clone())));
    items.reverse();
    items.retain(|item| {
        let facts = facts_of(item);
        facts.get("from").is_none_or(|from| facts.get("sum") != Some(from))
    });
}

fn facts_of(item: &store::digest_item::Model) -> Facts {
    serde_json::from_str(&item.facts).unwrap_or_default()
}

/// A daily message that was read: each of its notices that this release knows, and how many more there were.
struct ReadDay {
    notices: Vec<Option<Box<dyn Says>>>,
    more: usize,
    cases: Vec<CaseId>,
}

fn read(facts: &str) -> Option<Box<dyn Says>> {
    let day: Day = serde_json::from_str(facts).ok()?;
    let notices = day.told.iter().map(|item| pages::read(kind(&item.kind)?, &item.facts));
    Some(Box::new(ReadDay { notices: notices.collect(), more: day.more, cases: day.cases }))
}

impl Says for ReadDay {
    fn members(&self) -> Vec<MemberId> {
        self.notices.iter().flatten().flat_map(|notice| notice.members()).collect()
    }

    fn paid(&self) -> Vec<MemberId> {
        self.notices.iter().flatten().flat_map(|notice| notice.paid()).collect()
    }

    fn announcements(&self) -> Vec<AnnouncementId> {
        self.notices.iter().flatten().flat_map(|notice| notice.announcements()).collect()
    }

    fn pools(&self) -> Vec<PoolId> {
        self.notices.iter().flatten().flat_map(|notice| notice.pools()).collect()
    }

    fn cases(&self) -> Vec<CaseId> {
        self.notices.iter().flatten().flat_map(|notice| notice.cases()).collect()
    }

    fn has_time(&self) -> bool {
        self.notices.iter().flatten().any(|notice| notice.has_time())
    }

    fn initiatives(&self) -> (Vec<CollectionId>, Vec<NewsId>) {
        let each = self.notices.iter().flatten().map(|notice| notice.initiatives());
        let (initiatives, news): (Vec<_>, Vec<_>) = each.unzip();
        (initiatives.concat(), news.concat())
    }

    /// As many as there is room for, however long the names are that they speak of.
    fn page(&self, names: &Names) -> Page {
        let mut page = Page::new(msg!("notice-daily"));
        let (mut space, mut more) = (SpaceLeft::default(), self.more);
        for notice in &self.notices {
            let lines = notice.as_ref().map(|notice| notice.in_short(names));
            // Once there is no room, what is left out is the end.
            match lines.filter(|lines| more == self.more && space.takes(lines.iter().map(units).sum())) {
                Some(lines) => page = page.lines(lines),
                None => more += 1,
            }
        }
        let page = page.say_if((more > 0).then(|| msg!("digest-more", count = more)));
        let page = to_answer(&self.cases).into_iter().fold(page, Page::choice);
        page.choice(Choice::go(msg!("digest-menu"), Route::new("menu")))
    }
}

/// The way to the cases that wait for an answer; to one that waits alone.
fn to_answer(cases: &[CaseId]) -> Option<Choice> {
    let place = match cases {
        [] => return None,
        [only] => Route::new("case").with(*only),
        _ => Route::new("pools"),
    };
    Some(Choice::go(msg!("cases-waiting", count = cases.len()), place))
}

/// How long a sentence is at most.
fn units(sentence: &Msg) -> usize {
    SENTENCE + words_in(sentence)
}

//! What administrators tell: everybody, and whoever they suspend and restore.

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use super::circle::CLAIMED;
use super::help::remind;
use super::kind::Kind;
use super::pages::Says;
use super::queue::{Notice, queue_now};
use super::{Fact, Names, Told, facts, initiatives, pools};
use crate::aid::{Aid, Work, record_of};
use crate::domain::{About, AnnouncementId, Category, Event, MemberId, Mode, Money};
use crate::store::{self, Slice};
use exodus_engine::conversation::{Choice, Fault, Page, Route};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

pub(super) const KINDS: &[Kind] = &[
    Kind::tells("notice-announcement", Category::Announcements).to_all().read_by(read),
    // Neither can be switched off: it is said to one.
    Kind::asks("notice-suspended", Category::Announcements).to_suspended().on_member(look_why),
    Kind::asks("notice-restored", Category::Announcements).on_member(look_what_waits),
    Kind::tells("notice-restored-claimed", Category::OwnHelp).so_in(CLAIMED).on_commitment(remind),
];

/// How many members are looked at in one step.
const AT_ONCE: u64 = 250;

/// What the outbox keeps of an announcement: its words stand in one place.
#[derive(Serialize, Deserialize)]
struct Facts {
    #[serde(default)]
    announcement: Option<AnnouncementId>,
}

pub(super) async fn tell(aid: &Aid<'_>, event: &Event) -> Result<Vec<Told>, DbErr> {
    match *event {
        Event::Suspended { member } => {
            let about = Some(About::Member(member));
            Ok(vec![Told { to: member, kind: "notice-suspended", facts: facts([]), about }])
        }
        Event::Restored { member, since } => {
            let mut told = restored(aid, member).await?;
            told.extend(pools::given_up(aid, member, since).await?);
            told.extend(initiatives::ended_meanwhile(aid, member, since).await?);
            Ok(told)
        }
        _ => Ok(Vec::new()),
    }
}

/// Whoever is restored reads what waits for them, and those whose help waits read that it can be confirmed.
async fn restored(aid: &Aid<'_>, member: MemberId) -> Result<Vec<Told>, DbErr> {
    let waits = store::commitment::by_receiver(aid.tx, member, CLAIMED, Slice::ALL).await?;
    let sum = waits.iter().fold(Money::ZERO, |sum, one| sum.saturating_add(one.commitment.sum));
    let count = Fact::Count(i64::try_from(waits.len()).unwrap_or(i64::MAX));
    let about = Some(About::Member(member));
    let facts_of = facts([("count", count), ("sum", sum.into())]);
    let mut told = vec![Told { to: member, kind: "notice-restored", facts: facts_of, about }];
    told.extend(waits.into_iter().map(|one| Told {
        to: one.commitment.supporter,
        kind: "notice-restored-claimed",
        facts: facts([("name", Fact::Member(member)), ("sum", one.commitment.sum.into())]),
        about: Some(About::Commitment(one.commitment.id)),
    }));
    Ok(told)
}

fn look_what_waits(_: MemberId) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("notice-look"), Route::new("organizer"))]]
}

fn look_why(_: MemberId) -> Vec<Vec<Choice>> {
    vec![vec![Choice::go(msg!("notice-look"), Route::new("menu"))]]
}

/// Puts an announcement into the outbox for the next members behind `after`. Says who was the last; none: all have been.
///
/// # Errors
/// The database does not answer.
pub async fn announce_next(aid: &Work<'_>, id: AnnouncementId, after: MemberId) -> Result<Option<MemberId>, Fault> {
    let Some(announcement) = store::announcement::find(aid.tx, id).await? else { return Ok(None) };
    let mut members = store::member::ids_after(aid.tx, after, AT_ONCE).await?;
    members.retain(|member| *member <= announcement.up_to);
    let Some(last) = members.last().copied() else {
        store::announcement::done(aid.tx, id, aid.now).await?;
        return Ok(None);
    };
    let chosen = store::notification::chosen(aid.tx, members.iter().copied()).await?;
    members.retain(|member| !chosen.is_silent(*member));
    let count = |mode: Mode| {
        let these = members.iter().filter(|member| chosen.mode(**member, Category::Announcements) == mode);
        i64::try_from(these.count()).unwrap_or(i64::MAX)
    };
    let counts = (count(Mode::On), count(Mode::Digest), count(Mode::Off));
    store::announcement::advance(aid.tx, id, counts).await?;
    let facts = serde_json::to_string(&Facts { announcement: Some(id) }).unwrap_or_default();
    let notice = |to| Notice {
        to,
        kind: "notice-announcement".into(),
        facts: facts.clone(),
        about: None,
        record: Some(record_of(id)),
    };
    queue_now(aid, members.into_iter().map(notice).collect()).await?;
    Ok(Some(last))
}

/// An announcement as it is read.
struct Announcement(Option<AnnouncementId>);

fn read(facts: &str) -> Option<Box<dyn Says>> {
    let facts: Facts = serde_json::from_str(facts).ok()?;
    Some(Box::new(Announcement(facts.announcement)))
}

impl Says for Announcement {
    fn members(&self) -> Vec<MemberId> {
        Vec::new()
    }

    fn announcements(&self) -> Vec<AnnouncementId> {
        self.0.into_iter().collect()
    }

    fn page(&self, names: &Names) -> Page {
        announcement(Page::default(), self.words(names))
    }

    fn in_short(&self, names: &Names) -> Vec<Msg> {
        vec![msg!("notice-announcement-short", words = self.words(names).replace('\n', " "))]
    }
}

impl Announcement {
    fn words<'n>(&self, names: &'n Names) -> &'n str {
        self.0.map(|id| names.announcement(id)).unwrap_or_default()
    }
}

/// What everybody reads, in their own language around the words; below what the page says already.
pub fn announcement(page: Page, words: &str) -> Page {
    let page = page.say(msg!("notice-announcement"));
    words.lines().fold(page, |page, paragraph| page.say(msg!("announcement-paragraph", words = paragraph)))
}

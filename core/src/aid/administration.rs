//! What those do who administer the community, and what they see of it: counts, and who is a member; not who helps whom, nor how
//! much.

use std::sync::Arc;

use chrono::TimeDelta;
use sea_orm::DbErr;

use super::calendar::plan_announcement;
use super::{Aid, Refused, Suspension, Work, groups, pools, reaching};
use crate::domain::{Announcement, AnnouncementId, Category, Event, MemberId, Money, Reason, Refusal, Role, State};
use crate::store::commitment::Tallies;
use crate::store::community::{Members, One};
use crate::store::{self, Slice, outbox};
use exodus_engine::person::{SignInLink, sessions};

/// What tells that a clearing comes, and how many days later it is over: then nobody lacks it any more.
const OF_A_CLEARING: (&str, u32) = ("notice-clearing-soon", 5);

/// The accounts that the configuration names, each as its messenger and its address there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Administrators(Arc<Vec<(String, String)>>);

impl Administrators {
    /// These accounts.
    pub fn new(accounts: impl IntoIterator<Item = (String, String)>) -> Administrators {
        Administrators(Arc::new(accounts.into_iter().collect()))
    }

    /// Lets an administrator in who writes from this account; nobody else. Another account of the same member does not.
    pub fn admit(&self, messenger: &str, address: &str) -> Option<Admin> {
        self.names(messenger, address).then(|| Admin(self.clone()))
    }

    /// Lets a member in of whom one account is among these, where nothing is done but reading figures.
    pub async fn admit_member(&self, aid: &Aid<'_>, who: MemberId) -> Result<Option<Admin>, DbErr> {
        let accounts = store::account::of_person(aid.tx, who).await?;
        Ok(accounts.iter().find_map(|account| self.admit(&account.messenger, &account.address)))
    }

    fn names(&self, messenger: &str, address: &str) -> bool {
        self.0.iter().any(|(one, its)| one == messenger && its == address)
    }
}

/// That whoever is talking administers the community. [`Administrators::admit`] alone makes one, and nothing here is seen or
/// done without it.
#[derive(Clone, Debug)]
pub struct Admin(Administrators);

/// The community in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    pub members: Members,
    /// How many commitments are not settled, in each state, and how much they come to.
    pub commitments: Vec<(State, u64, Money)>,
    /// How many mutual guarantees are held.
    pub guarantees: u64,
    /// How many notices wait to be sent, and how many more for members who can't be reached at present.
    pub waiting: u64,
    pub unreachable: u64,
    /// How many were given up.
    pub failed: u64,
    /// Pools, who is in them, and what is discussed there.
    pub pools: store::pool::seen::Figures,
    /// How many initiatives are open.
    pub initiatives: u64,
}

/// Counts the community. A few statements.
pub async fn figures(aid: &Aid<'_>, _: &Admin) -> Result<Figures, DbErr> {
    let waiting = outbox::by_messenger(aid.tx, aid.now).await?;
    let rows = |reachable: bool| -> u64 {
        waiting.iter().filter(|one| one.messenger.is_some() == reachable).map(|one| one.rows).sum()
    };
    Ok(Figures {
        members: store::community::count_members(aid.tx).await?,
        commitments: store::community::unsettled(aid.tx).await?,
        guarantees: store::guarantee::count(aid.tx).await?,
        waiting: rows(true),
        unreachable: rows(false),
        failed: outbox::given_up(aid.tx, OF_A_CLEARING).await?,
        pools: store::pool::seen::figures(aid.tx).await?,
        initiatives: store::initiative::count_all_open(aid.tx).await?,
    })
}

/// How the program stands, for whoever looks after it. Nothing of it is anybody's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub figures: Figures,
    /// What waits, by messenger.
    pub waiting: Vec<outbox::Waiting>,
    /// What was given up: the kind of the notice, what came in the way, and how often.
    pub failures: Vec<outbox::Failures>,
    /// The last step of each set that the tables have taken.
    pub steps: Vec<String>,
    /// How much is due, and has not been done.
    pub late: u64,
    /// How many processes are at work.
    pub processes: u64,
}

/// How the program stands. A few statements.
pub async fn condition(aid: &Aid<'_>, admin: &Admin) -> Result<Condition, DbErr> {
    Ok(Condition {
        figures: figures(aid, admin).await?,
        waiting: outbox::by_messenger(aid.tx, aid.now).await?,
        failures: outbox::failures(aid.tx).await?,
        steps: store::schema::last_done(aid.tx).await?,
        late: store::schedule::count_due(aid.tx, aid.now).await?,
        processes: store::lease::held(aid.tx, store::lease::PROCESS, aid.now).await?,
    })
}

/// A page of all members, those who came last first; and how many there are.
pub async fn all_members(aid: &Aid<'_>, _: &Admin, slice: Slice) -> Result<(Vec<One>, u64), DbErr> {
    let count = store::community::count_members(aid.tx).await?.all;
    Ok((store::community::members(aid.tx, slice).await?, count))
}

/// What an administrator sees of a member.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub member: One,
    pub suspended: Option<Suspension>,
    /// Who administers the community can't be suspended.
    pub administers: bool,
    /// In which messengers they have accounts, the oldest first.
    pub messengers: Vec<String>,
    /// How many commitments of theirs to others are not settled, were kept, and are overdue; and how many of others to them
    /// are not settled.
    pub gives: u64,
    pub kept: u64,
    pub overdue: u64,
    pub gets: u64,
}

/// This member, as an administrator sees them.
pub async fn member_seen(aid: &Aid<'_>, admin: &Admin, id: MemberId) -> Result<Seen, Refused> {
    let member = store::community::member(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let row = store::member::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    let tallies: Tallies = store::commitment::tallies(aid.tx, id).await?;
    let unsettled: Vec<State> = State::ALL.into_iter().filter(|state| !state.is_settled()).collect();
    let accounts = store::account::of_person(aid.tx, id).await?;
    let mut messengers: Vec<String> = accounts.iter().map(|account| account.messenger.clone()).collect();
    messengers.dedup();
    Ok(Seen {
        suspended: Suspension::of(&row),
        administers: accounts.iter().any(|account| admin.0.names(&account.messenger, &account.address)),
        messengers,
        gives: tallies.count(Role::Supporter, &unsettled),
        kept: tallies.count(Role::Supporter, &[State::Fulfilled, State::FulfilledLate]),
        overdue: tallies.count(Role::Supporter, &[State::Overdue, State::OverdueClaimed]),
        gets: tallies.count(Role::Receiver, &unsettled),
        member,
    })
}

async fn administers(aid: &Aid<'_>, admin: &Admin, id: MemberId) -> Result<bool, DbErr> {
    let accounts = store::account::of_person(aid.tx, id).await?;
    Ok(accounts.iter().any(|account| admin.0.names(&account.messenger, &account.address)))
}

/// Suspends a member: until they are restored they read why, and can read their data and leave. What they had begun counts no
/// more, and so do their open pages.
pub async fn suspend(aid: &Work<'_>, admin: &Admin, id: MemberId, why: &Reason) -> Result<(), Refused> {
    if administers(aid, admin, id).await? {
        return Err(Refusal::Administrator.into());
    }
    if store::member::find(aid.tx, id).await?.is_none_or(|member| member.left_at.is_some()) {
        return Err(Refusal::Unknown.into());
    }
    if !store::member::suspend(aid.tx, id, why.as_str(), aid.now).await? {
        return Err(Refusal::Unchanged.into());
    }
    pools::step_aside(aid, id).await?;
    reaching::pause(aid, id).await?;
    store::person::interrupt(aid.tx, id).await?;
    groups::named_anew(aid, id).await?;
    aid.happened(Event::Suspended { member: id });
    Ok(())
}

/// Lets a member take part again.
pub async fn restore(aid: &Work<'_>, _: &Admin, id: MemberId) -> Result<(), Refused> {
    let since = store::member::find(aid.tx, id).await?.and_then(|member| member.suspended_at);
    let Some(since) = since else { return Err(Refusal::Unchanged.into()) };
    if !store::member::restore(aid.tx, id).await? {
        return Err(Refusal::Unchanged.into());
    }
    store::person::interrupt(aid.tx, id).await?;
    reaching::go_on(aid, id).await?;
    groups::named_anew(aid, id).await?;
    aid.happened(Event::Restored { member: id, since });
    Ok(())
}

/// Gives a link by which this member can sign in in a browser, once, and as long as it counts: for whoever has lost every other
/// way in. The one that they had counts no more. They are told when somebody signs in by it.
pub async fn give_sign_in(aid: &Work<'_>, _: &Admin, id: MemberId, counts: TimeDelta) -> Result<(), Refused> {
    if store::member::find(aid.tx, id).await?.is_none_or(|member| member.left_at.is_some()) {
        return Err(Refusal::Unknown.into());
    }
    sessions::give_link(&aid.moment(), id, counts).await?;
    aid.happened(Event::SignInGiven { member: id });
    Ok(())
}

/// The link that was given so, if it still counts.
pub async fn sign_in_given(aid: &Aid<'_>, _: &Admin, id: MemberId) -> Result<Option<SignInLink>, Refused> {
    Ok(sessions::given_link(&aid.moment(), id).await?)
}

/// How many members are told what goes to all: those who are not suspended, and have not switched announcements off.
pub async fn count_to_tell(aid: &Aid<'_>, _: &Admin) -> Result<u64, DbErr> {
    store::community::count_told(aid.tx, Category::Announcements).await
}

/// Tells all members who are there now, in steps of the calendar.
pub async fn announce(
    aid: &Work<'_>,
    _: &Admin,
    who: MemberId,
    words: &Announcement,
) -> Result<AnnouncementId, Refused> {
    let last = store::member::last(aid.tx).await?.unwrap_or(who);
    let id = store::announcement::insert(aid.tx, who, words.as_str(), last, aid.now).await?;
    plan_announcement(aid, id).await?;
    aid.happened(Event::Announced { announcement: id });
    Ok(id)
}

/// What was told to all, and how far it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Announced {
    pub id: AnnouncementId,
    pub words: String,
    /// Whether everybody has been looked at.
    pub queued: bool,
    /// How many read it at once, with their daily message, and not at all, because they have switched announcements off.
    pub at_once: u64,
    pub daily: u64,
    pub off: u64,
    /// What became of those that are read at once.
    pub sent: outbox::Sent,
}

/// This announcement.
pub async fn announced(aid: &Aid<'_>, _: &Admin, id: AnnouncementId) -> Result<Announced, Refused> {
    let row = store::announcement::find(aid.tx, id).await?.ok_or(Refusal::Unknown)?;
    Ok(Announced {
        sent: outbox::sent_of(aid.tx, &record_of(id)).await?,
        id,
        words: row.words,
        queued: row.done_at.is_some(),
        at_once: row.at_once.unsigned_abs(),
        daily: row.daily.unsigned_abs(),
        off: row.off.unsigned_abs(),
    })
}

/// The newest announcement, if there ever was one.
pub async fn last_announced(aid: &Aid<'_>, _: &Admin) -> Result<Option<AnnouncementId>, DbErr> {
    Ok(store::announcement::newest(aid.tx).await?.map(|row| row.id))
}

/// What notices of an announcement are known by.
pub fn record_of(id: AnnouncementId) -> String {
    format!("announcement/{id}")
}

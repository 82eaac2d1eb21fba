//! What a notice speaks of, as the outbox keeps it: sums, days, and who, by their ids alone. What somebody is called is asked
//! when it is told, so a name that is changed or erased stands in no second place.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};

use crate::aid::{self, Aid, List, Reading};
use crate::domain::{
    AnnouncementId, Called, CaseId, Collection, CollectionId, CommitmentId, Mark, MemberId, Money, NewsId, Note,
    PaymentDetail, PoolId,
};
use crate::store;
use crate::store::commitment::Tallies;
use crate::store::initiative::Texts;
use exodus_engine::hours::Zone;
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// The facts of a notice, by the names that its message uses.
pub(super) type Facts = BTreeMap<String, Fact>;

/// One of them. People's own words are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fact {
    /// Somebody, who is called as they are called by then.
    Member(MemberId),
    /// A sum in minor units.
    Sum(i64),
    /// A number of things.
    Count(i64),
    Date(NaiveDate),
    /// A moment, which whoever reads of it is told by their own clock.
    At(DateTime<Utc>),
    /// An initiative, by what it is called.
    Initiative(CollectionId),
    /// What an initiator tells the voters.
    News(NewsId),
    /// A pool, which is called as it is called by then.
    Pool(PoolId),
    /// What a case is about, in its owner's words, as far as they are there by then.
    Case(CaseId),
}

impl Fact {
    /// What a message takes for it.
    pub fn said(self, names: &Names) -> Arg {
        match self {
            Fact::Member(id) => names.call(id),
            Fact::Sum(minor) => Arg::Sum(minor),
            Fact::Count(count) => Arg::Count(count),
            Fact::Date(date) => Arg::Date(date),
            Fact::At(moment) => names.time(moment),
            Fact::Initiative(id) => names.title(id),
            // A notice says them in one line.
            Fact::News(id) => names.news.get(&id).map(|news| news.replace('\n', " ")).unwrap_or_default().into(),
            Fact::Pool(id) => names.pool(id),
            Fact::Case(id) => names.case(id),
        }
    }

    /// Which initiative it names, if any.
    pub fn initiative(self) -> Option<CollectionId> {
        match self {
            Fact::Initiative(id) => Some(id),
            _ => None,
        }
    }

    /// Which news it tells, if any.
    pub fn news(self) -> Option<NewsId> {
        match self {
            Fact::News(id) => Some(id),
            _ => None,
        }
    }

    /// Whom it names, if anybody.
    pub fn member(self) -> Option<MemberId> {
        match self {
            Fact::Member(id) => Some(id),
            _ => None,
        }
    }
}

impl Fact {
    /// Whether it is a moment.
    pub fn is_moment(self) -> bool {
        matches!(self, Fact::At(_))
    }

    /// Which pool it speaks of, if any.
    pub fn pool(self) -> Option<PoolId> {
        match self {
            Fact::Pool(id) => Some(id),
            _ => None,
        }
    }

    /// Of which case it has the words, if of any.
    pub fn case(self) -> Option<CaseId> {
        match self {
            Fact::Case(id) => Some(id),
            _ => None,
        }
    }
}

impl From<Money> for Fact {
    fn from(sum: Money) -> Fact {
        Fact::Sum(sum.minor())
    }
}

impl From<u32> for Fact {
    fn from(count: u32) -> Fact {
        Fact::Count(count.into())
    }
}

impl From<NaiveDate> for Fact {
    fn from(date: NaiveDate) -> Fact {
        Fact::Date(date)
    }
}

/// What the members are called who are named in public, each beside whoever knows them all, and these pools: one query,
/// however many they are, and one more for those who have the same name, and for pools; none, when they are nobody.
///
/// # Errors
/// The database does not answer.
pub(super) async fn names_in_public(
    aid: &Aid<'_>,
    read: impl IntoIterator<Item = (MemberId, Vec<MemberId>)>,
    pools: BTreeSet<PoolId>,
) -> Result<Names, DbErr> {
    let read: Vec<(MemberId, Vec<MemberId>)> = read.into_iter().collect();
    let ids = read.iter().flat_map(|(_, named)| named).copied().collect();
    let names = Names::of(aid.tx, ids).await?.sharing(aid.tx, pools, BTreeSet::new()).await?;
    names.told_apart(aid, read, true).await
}

/// Facts by name, for a notice.
pub(super) fn facts<const N: usize>(facts: [(&str, Fact); N]) -> Facts {
    facts.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect()
}

/// What members are called now, by their ids; how to pay those whom somebody has to pay; what supporters say about their
/// help; and what announcements say.
#[derive(Clone, Debug, Default)]
pub struct Names {
    names: HashMap<MemberId, String>,
    /// What tells them from others of their name, by who reads of them.
    marks: HashMap<(MemberId, MemberId), Mark>,
    reader: Option<MemberId>,
    payment: HashMap<MemberId, Vec<PaymentDetail>>,
    announcements: HashMap<AnnouncementId, String>,
    notes: HashMap<CommitmentId, Note>,
    pools: HashMap<PoolId, String>,
    cases: HashMap<CaseId, String>,
    /// By which clocks those live who have chosen one; and by which the community does.
    zones: HashMap<MemberId, Zone>,
    zone: Option<Zone>,
    initiatives: HashMap<CollectionId, Texts>,
    news: HashMap<NewsId, String>,
    /// How much initiatives that ask for votes need, and how much of that they still lack.
    lacks: HashMap<CollectionId, (Money, Money)>,
    /// How many records stand in the lists of these readers.
    lists: HashMap<MemberId, Tallies>,
}

impl Names {
    /// What these are called: one query, however many they are; none, when they are nobody.
    pub(super) async fn of(db: &impl ConnectionTrait, ids: BTreeSet<MemberId>) -> Result<Names, DbErr> {
        Ok(Names { names: store::member::names(db, ids).await?, ..Names::default() })
    }

    /// The same, and what tells those apart whom whoever reads of them could take for one another. `read`: who reads of whom.
    pub(super) async fn told_apart(
        self,
        aid: &Aid<'_>,
        read: Vec<(MemberId, Vec<MemberId>)>,
        is_public: bool,
    ) -> Result<Names, DbErr> {
        let named = |ids: Vec<MemberId>| ids.into_iter().filter_map(|id| Some((id, self.get(id)?.to_owned())));
        let reading = |(reader, ids)| Reading { reader, is_public, named: named(ids).collect() };
        let readings: Vec<Reading> = read.into_iter().map(reading).collect();
        Ok(Names { marks: aid::told_apart(aid, &readings).await?, ..self })
    }

    /// From now on this member reads them.
    pub fn read_by(&mut self, reader: MemberId) {
        self.reader = Some(reader);
    }

    /// The same, and how to pay these: one query more, if they are anybody.
    pub(super) async fn paying(self, db: &impl ConnectionTrait, ids: BTreeSet<MemberId>) -> Result<Names, DbErr> {
        Ok(Names { payment: store::payment_detail::of_many(db, ids).await?, ..self })
    }

    /// The same, and what these announcements say: one query more, if there are any.
    pub(super) async fn quoting(
        self,
        db: &impl ConnectionTrait,
        ids: BTreeSet<AnnouncementId>,
    ) -> Result<Names, DbErr> {
        Ok(Names { announcements: store::announcement::words_of(db, ids).await?, ..self })
    }

    /// What an announcement says, as far as it was asked for.
    pub(super) fn announcement(&self, id: AnnouncementId) -> &str {
        self.announcements.get(&id).map(String::as_str).unwrap_or_default()
    }

    /// The same, and what is said about this help: one query more, if it is any.
    pub(super) async fn noting(self, db: &impl ConnectionTrait, ids: BTreeSet<CommitmentId>) -> Result<Names, DbErr> {
        Ok(Names { notes: store::commitment::notes_of(db, ids).await?, ..self })
    }

    /// What is said about this help, as far as it was asked for.
    pub(super) fn note(&self, id: CommitmentId) -> Option<&Note> {
        self.notes.get(&id)
    }

    /// The same, and what these pools are called, and these cases are about: a query more for each, if there are any.
    pub(super) async fn sharing(
        self,
        db: &impl ConnectionTrait,
        pools: BTreeSet<PoolId>,
        cases: BTreeSet<CaseId>,
    ) -> Result<Names, DbErr> {
        let pools = store::pool::seen::names(db, pools).await?;
        Ok(Names { pools, cases: store::pool::seen::words(db, cases).await?, ..self })
    }

    /// The same, by the clocks of these readers: one query more, if there are any.
    pub(super) async fn by_clocks(self, aid: &Aid<'_>, readers: BTreeSet<MemberId>) -> Result<Names, DbErr> {
        let zones = store::person::zones(aid.tx, readers).await?;
        Ok(Names { zones, zone: Some(aid.rules.zone.clone()), ..self })
    }

    /// What the clock of whoever reads it shows at this moment.
    fn time(&self, moment: DateTime<Utc>) -> Arg {
        let theirs = self.reader.and_then(|reader| self.zones.get(&reader));
        let local = theirs.or(self.zone.as_ref()).map_or_else(|| moment.naive_utc(), |zone| zone.local(moment));
        Msg::date_time(local).into()
    }

    /// What a pool is called in a sentence, also when nobody is left in it.
    pub(super) fn pool(&self, id: PoolId) -> Arg {
        let name = self.pools.get(&id).filter(|name| !name.is_empty());
        name.map_or_else(|| msg!("former-pool").into(), |name| name.as_str().into())
    }

    /// What a case is about, also when its owner has left.
    fn case(&self, id: CaseId) -> Arg {
        let words = self.cases.get(&id).filter(|words| !words.is_empty());
        // A notice says them in one line, within a sentence that has a full stop of its own.
        let quoted = |words: &String| {
            let words = words.replace('\n', " ");
            if words.ends_with("..") { words } else { words.trim_end_matches('.').to_owned() }
        };
        words.map_or_else(|| msg!("former-words").into(), |words| quoted(words).into())
    }

    /// The same, and what these initiatives are called and for, and this news of theirs says: two queries more, if there are any.
    pub(super) async fn telling(
        self,
        db: &impl ConnectionTrait,
        initiatives: BTreeSet<CollectionId>,
        news: BTreeSet<NewsId>,
    ) -> Result<Names, DbErr> {
        let initiatives = store::initiative::texts_of(db, initiatives).await?;
        Ok(Names { initiatives, news: store::initiative::words_of_news(db, news).await?, ..self })
    }

    /// The same, and how much these initiatives still lack in votes: two queries more, if there are any.
    pub(super) async fn lacking(self, db: &impl ConnectionTrait, ids: Vec<CollectionId>) -> Result<Names, DbErr> {
        let voted = store::initiative::figures_of(db, &ids).await?;
        let lack = |initiative: Collection| {
            let voted = voted.get(&initiative.id).map(|figures| figures.voted).unwrap_or_default();
            (initiative.id, (initiative.target, initiative.target.saturating_sub(voted)))
        };
        let lacks = store::collection::find_many(db, &ids).await?.into_iter().map(lack).collect();
        Ok(Names { lacks, ..self })
    }

    /// How much an initiative needs, and how much of that it still lacks in votes, as far as it was asked for.
    pub(super) fn lack(&self, id: CollectionId) -> Option<(Money, Money)> {
        self.lacks.get(&id).copied()
    }

    /// The same, and what the lists of these readers have: a query more for each of them.
    pub(super) async fn listing(
        mut self,
        db: &impl ConnectionTrait,
        readers: BTreeSet<MemberId>,
    ) -> Result<Names, DbErr> {
        for reader in readers {
            self.lists.insert(reader, store::commitment::tallies(db, reader).await?);
        }
        Ok(self)
    }

    /// The only record of a list of whoever reads it, where there is one and no more.
    pub(super) fn only_of(&self, list: List) -> Option<CommitmentId> {
        self.lists.get(&self.reader?)?.only(list.role(), list.states())
    }

    /// What an initiative is called in a sentence, also when its initiator is no member any more.
    pub(super) fn title(&self, id: CollectionId) -> Arg {
        self.initiatives.get(&id).map_or_else(|| msg!("initiative-former").into(), |texts| texts.title.as_str().into())
    }

    /// What an initiative is called, as long as that is known.
    pub(super) fn title_of(&self, id: CollectionId) -> Option<&str> {
        self.initiatives.get(&id).map(|texts| texts.title.as_str())
    }

    /// What an initiative is for, as far as it was asked for.
    pub(super) fn words(&self, id: CollectionId) -> &str {
        self.initiatives.get(&id).map(|texts| texts.words.as_str()).unwrap_or_default()
    }

    /// How to pay somebody, as far as it was asked for.
    pub(super) fn payment(&self, id: MemberId) -> &[PaymentDetail] {
        self.payment.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The name of somebody, as long as they are a member.
    pub(super) fn get(&self, id: MemberId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// What somebody is called in a sentence by whoever reads it, also when they are no member any more.
    pub(super) fn call(&self, id: MemberId) -> Arg {
        let mut called = self.get(id).map_or_else(Called::former, |name| Called::from(name.to_owned()));
        called.mark(self.reader.and_then(|reader| self.marks.get(&(reader, id)).cloned()));
        called.into()
    }
}

impl FromIterator<(MemberId, String)> for Names {
    fn from_iter<I: IntoIterator<Item = (MemberId, String)>>(names: I) -> Names {
        Names { names: names.into_iter().collect(), ..Names::default() }
    }
}

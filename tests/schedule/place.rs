//! A community with a calendar, and a clock that goes where it is put.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use exodus::aid::{By, Community, Rules, Work, unit};
use exodus::app::calendar::Months;
use exodus::domain::{
    Collection, CollectionId, CollectionKind, Commitment, CommitmentId, MemberId, Money, Month, Opening, State,
};
use exodus::notices::Notices;
use exodus::store;
use exodus_engine::conversation::{Clock, Moment, OsChance};
use exodus_engine::delivery::{Pass, Scheduler};
use exodus_engine::hours::Zone;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder};
use tokio_util::sync::CancellationToken;

/// A clock that goes forward and back.
pub struct AnyClock(Mutex<DateTime<Utc>>);

impl Clock for AnyClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// A community's calendar in one process.
#[derive(Clone)]
pub struct Place {
    pub db: DatabaseConnection,
    pub clock: Arc<AnyClock>,
    pub zone: Zone,
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|_| panic!("{text} is no time"))
}

pub fn month(number: i32) -> Month {
    Month::from_number(number).unwrap()
}

pub fn november() -> Month {
    month(202_611)
}

impl Place {
    /// In the middle of November 2026.
    pub fn new(db: DatabaseConnection) -> Place {
        Place { db, clock: Arc::new(AnyClock(Mutex::new(at("2026-11-10T12:00:00Z")))), zone: Zone::UTC }
    }

    pub fn in_zone(self, zone: Zone) -> Place {
        Place { zone, ..self }
    }

    /// Another process with the same clock.
    pub async fn beside(&self, url: &str) -> Place {
        Place { db: store::connect(url).await.unwrap(), ..self.clone() }
    }

    pub fn rules(&self) -> Rules {
        Rules {
            zone: self.zone.clone(),
            max_amount: Money::from_minor(100_000_000),
            guarantee_amount: Money::from_minor(10_000),
        }
    }

    pub fn scheduler(&self) -> Scheduler {
        Scheduler::new(Arc::new(Months::new(self.rules())), self.db.clone(), self.clock.clone(), Arc::new(OsChance))
    }

    pub fn set(&self, now: &str) {
        *self.clock.0.lock().unwrap() = at(now);
    }

    /// Starts the calendar: notes what is to be done by and by.
    pub async fn ensure(&self) {
        self.scheduler().ensure().await.unwrap();
    }

    /// Does what is due when the clock shows this.
    pub async fn pass_at(&self, now: &str) -> Pass {
        self.set(now);
        self.pass().await
    }

    /// What tells some of them that a clearing comes goes out now.
    pub async fn tell_of_clearing(&self, whom: impl Fn(MemberId) -> bool) {
        use store::outbox::{Column, Entity};
        // Spelled out, so that an index serves it: nothing else is ever sent here.
        let told = Entity::find().filter(Expr::cust("priority = 2 AND record LIKE 'clearing-on/%'"));
        let waiting = told.filter(Column::SentAt.is_null()).filter(Column::FailedAt.is_null());
        for row in waiting.all(&self.db).await.unwrap().into_iter().filter(|row| whom(row.recipient_id)) {
            store::outbox::sent(&self.db, row.id, None, self.clock.now()).await.unwrap();
        }
    }

    /// The same; who is to be told of a clearing is told at once.
    pub async fn pass(&self) -> Pass {
        let pass = self.pass_unsent().await;
        self.tell_of_clearing(|_| true).await;
        pass
    }

    /// The same, and nothing is sent.
    pub async fn pass_unsent(&self) -> Pass {
        self.scheduler().pass(&CancellationToken::new()).await.unwrap()
    }

    /// Does something in a transaction, as a turn does.
    pub async fn within<T>(&self, work: impl AsyncFnOnce(&Work<'_>) -> T) -> T {
        let (tx, rules) = (store::begin(&self.db).await.unwrap(), self.rules());
        let at = Moment { tx: &tx, now: self.clock.now(), chance: &OsChance };
        let community = Community { rules: &rules, tells: &Notices };
        let done = unit::run(at, community, By::Calendar, async |aid| Ok(work(aid).await)).await.unwrap();
        tx.commit().await.unwrap();
        done
    }

    pub async fn member(&self, name: &str) -> MemberId {
        let now = self.clock.now();
        let member = store::member::insert(&self.db, name, "en", now).await.unwrap();
        store::account::insert(&self.db, member.id, "terminal", name, now).await.unwrap();
        member.id
    }

    pub async fn monthly(&self, owner: MemberId) -> Collection {
        let opening = Opening { kind: CollectionKind::Monthly, target: Money::from_minor(50_000), ends_on: None };
        store::collection::insert(&self.db, owner, opening, self.clock.now()).await.unwrap()
    }

    /// Opens an emergency as a turn does.
    pub async fn emergency(&self, owner: MemberId, days: u32) -> Collection {
        let (kind, target) = (CollectionKind::Emergency, Money::from_minor(50_000));
        self.within(async |aid| exodus::aid::ask(aid, owner, kind, target, Some(days)).await.unwrap()).await;
        let open = store::collection::open_of(&self.db, owner).await.unwrap();
        open.into_iter().find(|collection| collection.kind == kind).unwrap()
    }

    /// A commitment of the clock's month.
    pub async fn help(&self, by: MemberId, to: &Collection, sum: i64, state: State) -> Commitment {
        let new = store::commitment::New {
            collection: to.id,
            supporter: by,
            receiver: to.owner,
            sum: Money::from_minor(sum),
            state: State::Intention,
            month: Month::of(self.clock.now(), &self.zone),
        };
        let declared = store::commitment::insert(&self.db, new, self.clock.now()).await.unwrap();
        let after = Commitment { state, ..declared.clone() };
        assert!(store::commitment::update(&self.db, &after, declared.state, self.clock.now()).await.unwrap());
        after
    }

    pub async fn commitment(&self, id: CommitmentId) -> Commitment {
        store::commitment::find(&self.db, id).await.unwrap().unwrap()
    }

    pub async fn state(&self, id: CommitmentId) -> (State, i32) {
        let commitment = self.commitment(id).await;
        (commitment.state, commitment.month.number())
    }

    /// What happened, in its order: what, and to which commitment or collection.
    pub async fn journal(&self) -> Vec<(String, i64)> {
        let number_of = |row: &store::journal::Model| {
            let collection = row.collection_id.map(CollectionId::number);
            row.commitment_id.map(CommitmentId::number).or(collection).unwrap_or_default()
        };
        let rows = store::journal::Entity::find().order_by_asc(store::journal::Column::Id).all(&self.db).await.unwrap();
        rows.into_iter().map(|row| (row.what.clone(), number_of(&row))).collect()
    }

    /// What was told to whom, in its order.
    pub async fn told(&self) -> Vec<(MemberId, String)> {
        let rows = store::outbox::Entity::find().order_by_asc(store::outbox::Column::Id).all(&self.db).await.unwrap();
        rows.into_iter().map(|row| (row.recipient_id, row.kind)).collect()
    }

    /// How often each kind of notice was told.
    pub async fn told_by_kind(&self) -> BTreeMap<String, usize> {
        self.told().await.into_iter().fold(BTreeMap::new(), |mut found, (_, kind)| {
            *found.entry(kind).or_default() += 1;
            found
        })
    }

    /// The schedule: name, about, when due, whether done; in the order in which things are due.
    pub async fn schedule(&self) -> Vec<(String, i64, DateTime<Utc>, bool)> {
        let rows = store::schedule::Entity::find()
            .order_by_asc(store::schedule::Column::DueAt)
            .order_by_asc(store::schedule::Column::Id)
            .all(&self.db)
            .await
            .unwrap();
        rows.into_iter().map(|row| (row.name, row.about, row.due_at, row.done_at.is_some())).collect()
    }

    /// What of a name is due when, done or not.
    pub async fn planned(&self, name: &str) -> Vec<(i64, DateTime<Utc>, bool)> {
        let rows = self.schedule().await.into_iter().filter(|(called, ..)| called == name);
        rows.map(|(_, about, due, done)| (about, due, done)).collect()
    }
}

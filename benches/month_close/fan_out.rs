//! One event that 5,000 members are told of.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use exodus::aid::{self, Aid, By, Community, Tells, unit};
use exodus::app::calendar::Months;
use exodus::domain::{CollectionKind, Event, Money, Month, Opening};
use exodus::notices::Notices;
use exodus::store;
use exodus_engine::conversation::{Fault, Moment, OsChance};
use exodus_engine::delivery::Scheduler;
use exodus_engine::hours::Zone;
use sea_orm::{DatabaseConnection, EntityTrait, PaginatorTrait};
use tokio_util::sync::CancellationToken;

use crate::community::run;

/// How long it took.
pub struct Took {
    pub recipients: u64,
    /// The use case, the journal, whom to tell and the commit.
    pub whole: Duration,
    /// Whom to tell, alone.
    pub telling: Duration,
    /// Until all are in the outbox.
    pub all: Duration,
}

/// Tells, and notes how long that took.
#[derive(Default)]
struct Timed(Mutex<Duration>);

#[async_trait]
impl Tells for Timed {
    async fn tell(&self, aid: &Aid<'_>, events: &[Event]) -> Result<(), Fault> {
        let begun = Instant::now();
        let told = Notices.tell(aid, events).await;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += begun.elapsed();
        told
    }
}

const RECIPIENTS: i64 = 5_000;

/// Gives a new collection a circle of 5,000 members, and changes its sum, of which each of them is told, in steps.
pub async fn measure(db: &DatabaseConnection, now: DateTime<Utc>) -> anyhow::Result<Took> {
    let owner = store::member::insert(db, "Anna", "en", now).await?.id;
    let opening = Opening { kind: CollectionKind::Monthly, target: Money::from_minor(50_000_000), ends_on: None };
    let collection = store::collection::insert(db, owner, opening, now).await?;
    let sql = "INSERT INTO commitment (collection_id, supporter_id, receiver_id, sum, state, month, declared_at)
               SELECT $1, id, $2, 100, 'intention', $3, $4 FROM member WHERE id <= $5";
    let month = Month::of(now, &Zone::UTC).number();
    run(db, sql, [collection.id.into(), owner.into(), month.into(), now.into(), RECIPIENTS.into()]).await?;

    let (rules, timed) = (super::rules(), Timed::default());
    let community = Community { rules: &rules, tells: &timed };
    let begun = Instant::now();
    let tx = store::begin(db).await?;
    let at = Moment { tx: &tx, now, chance: &OsChance };
    unit::run(at, community, By::Member(owner), async |work| {
        aid::change_sum(work, owner, collection.id, Money::from_minor(60_000_000)).await
    })
    .await
    .map_err(|refused| anyhow::anyhow!("{refused:?}"))?;
    let telling = *timed.0.lock().unwrap_or_else(PoisonError::into_inner);
    tx.commit().await?;
    let whole = begun.elapsed();
    let (calendar, clock) = (Arc::new(Months::new(super::rules())), Arc::new(super::StepClock::default()));
    let scheduler = Scheduler::new(calendar, db.clone(), clock, Arc::new(OsChance));
    while scheduler.pass(&CancellationToken::new()).await?.steps > 0 {}
    let all = begun.elapsed();
    let recipients = store::outbox::Entity::find().count(db).await?;
    anyhow::ensure!(recipients == RECIPIENTS.cast_unsigned(), "{recipients} were told");
    Ok(Took { recipients, whole, telling, all })
}

//! One event that 5,000 members are told of.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use exodus::aid::{self, Aid, Happened};
use exodus::app::calendar::Months;
use exodus::domain::{CollectionKind, Money, Month, Opening};
use exodus::{notices, store};
use exodus_engine::conversation::OsChance;
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

    let (rules, happened) = (super::rules(), Happened::default());
    let begun = Instant::now();
    let tx = store::begin(db).await?;
    let aid = Aid { tx: &tx, now, rules: &rules, happened: &happened, chance: &OsChance };
    aid::change_sum(&aid, owner, collection.id, Money::from_minor(60_000_000)).await?;
    let events = happened.take();
    aid::note(&aid, Some(owner), &events).await?;
    let telling = Instant::now();
    notices::tell(&aid, &events).await?;
    let telling = telling.elapsed();
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

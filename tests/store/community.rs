//! A community made by hand, in November 2026.

use chrono::{DateTime, TimeZone, Utc};
use exodus::domain::{Collection, CollectionKind, Commitment, MemberId, Money, Month, Opening, State};
use exodus::store;
use exodus::store::tie::Lately;
use exodus_engine::hours::Zone;
use sea_orm::DatabaseConnection;

/// Noon on a day of November 2026.
pub fn noon(day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, 12, 0, 0).unwrap()
}

pub fn october() -> Month {
    Month::from_number(202_610).unwrap()
}

pub fn november() -> Month {
    Month::from_number(202_611).unwrap()
}

pub fn month_began() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 1, 0, 0, 0).unwrap()
}

/// As ties are counted in November.
pub fn lately() -> Lately {
    Lately::in_month(november(), &Zone::UTC)
}

pub async fn member(db: &DatabaseConnection, name: &str) -> MemberId {
    let member = store::member::insert(db, name, "en", noon(1)).await.unwrap();
    store::account::insert(db, member.id, "terminal", name, noon(1)).await.unwrap();
    member.id
}

pub async fn monthly(db: &DatabaseConnection, owner: MemberId) -> Collection {
    let opening = Opening { kind: CollectionKind::Monthly, target: Money::from_minor(50_000), ends_on: None };
    store::collection::insert(db, owner, opening, noon(1)).await.unwrap()
}

pub async fn emergency(db: &DatabaseConnection, owner: MemberId) -> Collection {
    let opening = Opening {
        kind: CollectionKind::Emergency,
        target: Money::from_minor(50_000),
        ends_on: Some(noon(20).date_naive()),
    };
    store::collection::insert(db, owner, opening, noon(1)).await.unwrap()
}

/// A commitment of this month.
pub async fn help(db: &DatabaseConnection, by: MemberId, to: &Collection, sum: i64, state: State) -> Commitment {
    help_of(db, by, to, sum, state, november()).await
}

pub async fn help_of(
    db: &DatabaseConnection,
    by: MemberId,
    to: &Collection,
    sum: i64,
    state: State,
    month: Month,
) -> Commitment {
    let new = store::commitment::New {
        collection: to.id,
        supporter: by,
        receiver: to.owner,
        sum: Money::from_minor(sum),
        state: State::Intention,
        month,
    };
    let declared = store::commitment::insert(db, new, noon(1)).await.unwrap();
    become_of(db, declared, state, noon(2)).await
}

pub async fn become_of(db: &DatabaseConnection, before: Commitment, state: State, now: DateTime<Utc>) -> Commitment {
    let after = Commitment { state, ..before.clone() };
    assert!(store::commitment::update(db, &after, before.state, now).await.unwrap());
    after
}

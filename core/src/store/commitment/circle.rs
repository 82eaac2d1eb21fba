//! Who supports a collection now.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Query};
use sea_orm::{Condition, FromQueryResult, QueryOrder, QuerySelect, QueryTrait, Select, Statement};

use super::lists::{Listed, These, listed, to_collection};
use super::{Column, Entity};
use crate::domain::{Collection, CollectionId, CollectionKind, MemberId, Money, Month, Note, State};
use crate::store::many::one_of;
use crate::store::{Slice, unreadable};

/// The circle of a collection: who supports it now. Whoever withdrew, was forgiven or went overdue is not in it; a
/// late fulfilment counts until the end of the month it was confirmed in, and so does one in time to a monthly
/// collection, and what was passed on. `month_began` is when the current month did.
pub async fn circle(
    db: &impl ConnectionTrait,
    collection: &Collection,
    month_began: DateTime<Utc>,
) -> Result<Vec<MemberId>, DbErr> {
    supporting(collection, month_began)
        .select_only()
        .column(Column::SupporterId)
        .distinct()
        .order_by_asc(Column::SupporterId)
        .into_tuple()
        .all(db)
        .await
}

/// The circle of a collection, as far as its members hear of each other: what was shared out, and what is voted for, is between
/// each of them and its owner. One query for the collection and its circle.
pub async fn hearing(
    db: &impl ConnectionTrait,
    collection: CollectionId,
    month_began: DateTime<Utc>,
) -> Result<Vec<MemberId>, DbErr> {
    let sql = format!("SELECT DISTINCT s.id FROM ({}) s ORDER BY s.id", hearing_of("$1", "$2"));
    let values = [collection.into(), month_began.into()];
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// A query for the ids of the circle of `collection`, each as often as they help; `month_began` is when the current month did.
pub(in crate::store) fn circle_of(collection: &str, month_began: &str) -> String {
    format!(
        "SELECT c.supporter_id AS id FROM collection k CROSS JOIN commitment c
         WHERE k.id = {collection} AND c.collection_id = k.id
         AND (c.state IN ('intention', 'obligation', 'claimed')
              OR (c.state = 'fulfilled' AND (k.kind NOT IN {of_a_month} OR c.settled_at >= {month_began}))
              OR (c.state IN ('fulfilled_late', 'passed_on') AND c.settled_at >= {month_began}))",
        of_a_month = kinds(CollectionKind::is_of_a_month),
    )
}

/// The same, as far as they hear of each other.
pub(in crate::store) fn hearing_of(collection: &str, month_began: &str) -> String {
    format!("{} AND k.kind IN {}", circle_of(collection, month_began), kinds(CollectionKind::has_circle))
}

/// The kinds of which this is so, as SQL has them.
fn kinds(property: fn(CollectionKind) -> bool) -> String {
    let kinds = CollectionKind::ALL.into_iter().filter(|kind| property(*kind));
    format!("({})", kinds.map(|kind| format!("'{}'", kind.as_str())).collect::<Vec<_>>().join(", "))
}

/// The commitments that the circle of a collection consists of, with the names of its members, the newest first.
pub async fn circle_listed(
    db: &impl ConnectionTrait,
    collection: &Collection,
    month_began: DateTime<Utc>,
    slice: Slice,
) -> Result<Vec<Listed>, DbErr> {
    let of_month = "AND settled_at >= $2";
    let in_time = if collection.kind.is_of_a_month() { of_month } else { "" };
    let parts = [
        (State::Intention, ""),
        (State::Obligation, ""),
        (State::Claimed, ""),
        (State::Fulfilled, in_time),
        (State::FulfilledLate, of_month),
        (State::PassedOn, of_month),
    ];
    let parts = parts.map(|(state, since)| format!("{} {since}", to_collection(state)));
    listed(db, These::of_collection(parts.into()), vec![collection.id.into(), month_began.into()], slice).await
}

/// What a member of a circle gives by one commitment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gives {
    pub state: State,
    pub sum: Money,
    /// The month that it was promised for.
    pub month: Month,
    /// What they say about it.
    pub note: Option<Note>,
}

/// A page of the members of a circle, whoever did something last first, each with what they give, the newest first.
pub async fn circle_page(
    db: &impl ConnectionTrait,
    collection: &Collection,
    month_began: DateTime<Utc>,
    slice: Slice,
) -> Result<Vec<(MemberId, Vec<Gives>)>, DbErr> {
    let members: Vec<MemberId> = supporting(collection, month_began)
        .select_only()
        .column(Column::SupporterId)
        .group_by(Column::SupporterId)
        .order_by_desc(Column::Id.max())
        .limit(slice.take)
        .offset(slice.skip)
        .into_tuple()
        .all(db)
        .await?;
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let theirs = supporting(collection, month_began).filter(one_of(db, Column::SupporterId, members.iter().copied()));
    let mut gives: HashMap<MemberId, Vec<Gives>> = HashMap::new();
    for mut row in theirs.order_by_desc(Column::Id).all(db).await? {
        let note = row.note.take().map(Note::kept);
        let commitment = row.into_domain()?;
        let one = Gives { state: commitment.state, sum: commitment.sum, month: commitment.month, note };
        gives.entry(commitment.supporter).or_default().push(one);
    }
    Ok(members.into_iter().map(|member| (member, gives.remove(&member).unwrap_or_default())).collect())
}

/// What these members of a circle give: how much in which state, of which month, added up, the newest first. One query.
pub async fn circle_given(
    db: &impl ConnectionTrait,
    collection: &Collection,
    month_began: DateTime<Utc>,
    members: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, Vec<(State, Money, Month)>>, DbErr> {
    let added_up = Expr::col(Column::Sum).sum().cast_as("BIGINT");
    let rows: Vec<(MemberId, String, i32, i64)> = supporting(collection, month_began)
        .filter(one_of(db, Column::SupporterId, members))
        .select_only()
        .columns([Column::SupporterId, Column::State, Column::Month])
        .column_as(added_up, "added_up")
        .group_by(Column::SupporterId)
        .group_by(Column::State)
        .group_by(Column::Month)
        .order_by_desc(Column::Id.max())
        .into_tuple()
        .all(db)
        .await?;
    let mut given: HashMap<MemberId, Vec<(State, Money, Month)>> = HashMap::new();
    for (member, state, month, sum) in rows {
        let state = State::parse(&state).ok_or_else(|| unreadable("commitment.state", &state))?;
        let month = Month::from_number(month).ok_or_else(|| unreadable("commitment.month", &month.to_string()))?;
        given.entry(member).or_default().push((state, Money::from_minor(sum), month));
    }
    Ok(given)
}

#[derive(FromQueryResult)]
struct NamedRow {
    collection_id: CollectionId,
    supporter_id: MemberId,
    name: String,
    size: i64,
}

/// The circles of these collections: how many members each has, and who the first of them are and what they are called, whoever did
/// something last first. One query, none for an empty list; circles of nobody are left out.
pub async fn circles_named(
    db: &impl ConnectionTrait,
    collections: &[CollectionId],
    month_began: DateTime<Utc>,
    each: u64,
) -> Result<HashMap<CollectionId, (u32, Vec<(MemberId, String)>)>, DbErr> {
    if collections.is_empty() {
        return Ok(HashMap::new());
    }
    let of_a_month = CollectionKind::ALL.into_iter().filter(|kind| kind.is_of_a_month());
    let of_a_month: Vec<String> = of_a_month.map(|kind| format!("'{}'", kind.as_str())).collect();
    let places: Vec<String> = (3..3 + collections.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT collection_id, supporter_id, name, size FROM (
             SELECT c.collection_id, c.supporter_id, m.name, COUNT(*) OVER (PARTITION BY c.collection_id) AS size,
                    ROW_NUMBER() OVER (PARTITION BY c.collection_id ORDER BY MAX(c.id) DESC) AS place
             FROM commitment c
             JOIN collection k ON k.id = c.collection_id
             JOIN member m ON m.id = c.supporter_id
             WHERE c.collection_id IN ({})
               AND (c.state IN ('intention', 'obligation', 'claimed')
                    OR (c.state IN ('fulfilled', 'fulfilled_late', 'passed_on') AND c.settled_at >= $1)
                    OR (c.state = 'fulfilled' AND k.kind NOT IN ({})))
               AND m.name <> ''
             GROUP BY c.collection_id, c.supporter_id, m.name) AS circles
         WHERE place <= $2 ORDER BY collection_id, place",
        places.join(", "),
        of_a_month.join(", ")
    );
    let each = i64::try_from(each).unwrap_or(i64::MAX);
    let values = [Value::from(month_began), each.into()].into_iter();
    let values = values.chain(collections.iter().copied().map(Value::from));
    let rows = NamedRow::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values));
    let mut circles: HashMap<CollectionId, (u32, Vec<(MemberId, String)>)> = HashMap::new();
    for row in rows.all(db).await? {
        let circle = circles.entry(row.collection_id).or_default();
        circle.0 = u32::try_from(row.size).unwrap_or(u32::MAX);
        circle.1.push((row.supporter_id, row.name));
    }
    Ok(circles)
}

/// Whom this member helps, or did: those on whose cards their name may stand.
pub async fn helped_by(db: &impl ConnectionTrait, supporter: MemberId) -> Result<Vec<MemberId>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::ReceiverId)
        .distinct()
        .filter(Column::SupporterId.eq(supporter))
        .into_tuple()
        .all(db)
        .await
}

/// How many members the circle of a collection has, and whether this one is among them.
pub async fn circle_size(
    db: &impl ConnectionTrait,
    collection: &Collection,
    month_began: DateTime<Utc>,
    viewer: MemberId,
) -> Result<(u32, bool), DbErr> {
    // Each of them once, in the order of an index: to tell thousands apart takes twice as long.
    let each = supporting(collection, month_began).select_only().column(Column::SupporterId);
    let each = each.group_by(Column::SupporterId).into_query();
    let is_viewer = CaseStatement::new().case(Expr::col(Column::SupporterId).eq(viewer), 1).finally(0);
    let counted = Query::select()
        .expr_as(Expr::col(Column::SupporterId).count(), "members")
        .expr_as(Expr::expr(is_viewer).max(), "viewer")
        .from_subquery(each, "each_of_them")
        .to_owned();
    let Some(row) = db.query_one(&counted).await? else { return Ok((0, false)) };
    let (members, viewer): (i64, Option<i32>) = (row.try_get("", "members")?, row.try_get("", "viewer")?);
    Ok((u32::try_from(members).unwrap_or(u32::MAX), viewer == Some(1)))
}

/// What the circle consists of.
fn supporting(collection: &Collection, month_began: DateTime<Utc>) -> Select<Entity> {
    let live = Column::State.is_in([State::Intention, State::Obligation, State::Claimed].map(State::as_str));
    let done = [State::Fulfilled, State::FulfilledLate, State::PassedOn].map(State::as_str);
    let mut fulfilled = Condition::all().add(Column::State.is_in(done));
    if collection.kind.is_of_a_month() {
        fulfilled = fulfilled.add(Column::SettledAt.gte(month_began));
    } else {
        fulfilled = fulfilled.add(
            Condition::any().add(Column::State.eq(State::Fulfilled.as_str())).add(Column::SettledAt.gte(month_began)),
        );
    }
    Entity::find().filter(Column::CollectionId.eq(collection.id)).filter(Condition::any().add(live).add(fulfilled))
}

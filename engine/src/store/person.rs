//! People who can be written to: in which language, by which clock, when not, and at which of their accounts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{QueryOrder, QuerySelect, Set, Statement};

use super::account::AccountId;
use super::many::one_of;
use super::outbox;
use crate::hours::{QuietHours, Zone};
use crate::id::PersonId;

/// One person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Their number.
    #[sea_orm(primary_key)]
    pub id: PersonId,
    /// The language they are spoken to in.
    pub lang: String,
    /// The code of the currency that they see sums in beside the bot's own, if they have chosen one.
    pub also_in: Option<String>,
    /// Their time zone, as a `Zone`'s name; that of the bot's configuration if they chose none.
    pub zone: Option<String>,
    /// What they named to say so, where the zone does not say it by itself: `Kazan`, `МСК+2`.
    pub place: Option<String>,
    /// When their quiet hours begin, in minutes since their midnight; `quiet_to` is when they end.
    pub quiet_from: Option<i16>,
    /// When their quiet hours end, in minutes since their midnight.
    pub quiet_to: Option<i16>,
    /// The account they want to be written to.
    pub written_to: Option<AccountId>,
    /// When they first wrote.
    pub created_at: DateTime<Utc>,
}

/// It refers to no other table by this.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The person with this id.
pub async fn find(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// These people, and nobody else can change what they are known by until the transaction ends. (SQLite has one writer at a
/// time anyway.)
pub async fn lock(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = PersonId>) -> Result<Vec<Model>, DbErr> {
    // In one order, so that no two wait for each other. SeaORM leaves the lock out of the SQL that it writes for SQLite.
    let these = Entity::find().filter(one_of(db, Column::Id, ids)).order_by_asc(Column::Id);
    these.lock_exclusive().all(db).await
}

/// Somebody new, who is spoken to in this language. They need an account too: `account::insert`.
pub async fn insert(db: &impl ConnectionTrait, lang: &str, now: DateTime<Utc>) -> Result<Model, DbErr> {
    let row = ActiveModel { lang: Set(lang.to_owned()), created_at: Set(now), ..Default::default() };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    Ok(Model {
        id,
        lang: lang.to_owned(),
        also_in: None,
        zone: None,
        place: None,
        quiet_from: None,
        quiet_to: None,
        written_to: None,
        created_at: now,
    })
}

/// Changes the language they are spoken to in.
pub async fn set_lang(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = PersonId>,
    lang: &str,
) -> Result<(), DbErr> {
    let ids: Vec<PersonId> = ids.into_iter().collect();
    if !ids.is_empty() {
        let these = Entity::update_many().col_expr(Column::Lang, Expr::value(lang));
        these.filter(one_of(db, Column::Id, ids)).exec(db).await?;
    }
    Ok(())
}

/// Changes the currency that they see sums in beside the bot's own; none: that alone.
pub async fn set_also_in(db: &impl ConnectionTrait, id: PersonId, currency: Option<&str>) -> Result<(), DbErr> {
    let currency = Expr::value(currency.map(str::to_owned));
    Entity::update_many().col_expr(Column::AlsoIn, currency).filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Changes the time zone they live in, a [`Zone`]'s name, and what they named to say so.
pub async fn set_zone(db: &impl ConnectionTrait, id: PersonId, zone: &str, place: Option<&str>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Zone, Expr::value(zone))
        .col_expr(Column::Place, Expr::value(place.map(str::to_owned)))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The time zones that these people have chosen; those who chose none, or one that this release doesn't know, are left
/// out. One query, none for an empty list.
pub async fn zones(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = PersonId>,
) -> Result<HashMap<PersonId, Zone>, DbErr> {
    let ids: Vec<PersonId> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(PersonId, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Zone])
        .filter(one_of(db, Column::Id, ids))
        .filter(Column::Zone.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, zone)| Some((id, zone.parse().ok()?))).collect())
}

/// Changes the hours in which they are not written to; or there are none.
pub async fn set_quiet_hours(db: &impl ConnectionTrait, id: PersonId, quiet: Option<QuietHours>) -> Result<(), DbErr> {
    let stored = |minute: fn(QuietHours) -> u16| quiet.and_then(|quiet| i16::try_from(minute(quiet)).ok());
    Entity::update_many()
        .col_expr(Column::QuietFrom, Expr::value(stored(QuietHours::from)))
        .col_expr(Column::QuietTo, Expr::value(stored(QuietHours::to)))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The quiet hours of these two columns, if there are any.
pub fn quiet_hours(from: Option<i16>, to: Option<i16>) -> Option<QuietHours> {
    QuietHours::new(u16::try_from(from?).ok()?, u16::try_from(to?).ok()?)
}

/// Changes the account they are written to; what waits for them goes there.
pub async fn set_written_to(db: &impl ConnectionTrait, id: PersonId, account: AccountId) -> Result<(), DbErr> {
    Entity::update_many().col_expr(Column::WrittenTo, Expr::value(account)).filter(Column::Id.eq(id)).exec(db).await?;
    outbox::set_way(db, id).await
}

/// This account is no more: whoever wanted to be written to there is written to at another one of theirs.
pub(super) async fn forget_written_to(db: &impl ConnectionTrait, account: AccountId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::WrittenTo, Expr::value(None::<AccountId>))
        .filter(Column::WrittenTo.eq(account))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets all that is known of these people but their language: their settings, chats and accounts, and what they were told
/// or were to be told. Their rows stay, as what was written of their numbers does.
pub async fn erase(db: &impl ConnectionTrait, ids: &[PersonId]) -> Result<(), DbErr> {
    let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let these = places.join(", ");
    for sql in [
        // The account that they wanted to be written to is one that goes.
        format!(
            "UPDATE person SET also_in = NULL, zone = NULL, place = NULL, quiet_from = NULL, quiet_to = NULL, written_to = NULL
             WHERE id IN ({these})"
        ),
        format!(
            "DELETE FROM session WHERE id IN (
                 SELECT s.id FROM account a JOIN session s ON s.messenger = a.messenger AND s.address = a.address
                 WHERE a.person_id IN ({these}))"
        ),
        format!("DELETE FROM account WHERE person_id IN ({these})"),
        format!("DELETE FROM link_code WHERE person_id IN ({these})"),
        format!("DELETE FROM web_link WHERE person_id IN ({these})"),
        format!("DELETE FROM outbox WHERE recipient_id IN ({these})"),
    ] {
        let values = ids.iter().copied().map(Value::from);
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    }
    Ok(())
}

/// Forgets where the chats of this person stand, and the code and the link by which they would come in by one more account: what they had
/// begun, and what their open pages offer, counts no more.
pub async fn interrupt(db: &impl ConnectionTrait, id: PersonId) -> Result<(), DbErr> {
    for sql in [
        "DELETE FROM session WHERE id IN (
             SELECT s.id FROM account a JOIN session s ON s.messenger = a.messenger AND s.address = a.address
             WHERE a.person_id = $1)",
        "DELETE FROM link_code WHERE person_id = $1",
        "DELETE FROM web_link WHERE person_id = $1",
    ] {
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [id.into()])).await?;
    }
    Ok(())
}

//! Groups that the bot keeps something in: a card that follows what it shows, and posts. A group is written to as somebody
//! is: it has a row in `person`, and an account, whose address is the group's.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{DbBackend, FromQueryResult, QueryOrder, Set, Statement};

use super::{account, person};
use crate::id::PersonId;

/// One group.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "chat")]
pub struct Model {
    /// As whom it is written to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// Whose it is. None: it was let go, and only that is still to be said there.
    pub keeper_id: Option<PersonId>,
    /// Where in the group: a topic. None: in it as a whole.
    pub place: Option<String>,
    /// Which kind of notice its card is.
    pub card_kind: String,
    /// Which of the things of that kind it is about.
    pub about: Option<i64>,
    /// The message that shows the card. None: it is to be shown in a new one.
    pub card: Option<String>,
    /// The one that showed it before, until that is taken away.
    pub earlier_card: Option<String>,
    /// It was said there that the card can't be pinned.
    pub told_unpinned: bool,
    /// Since when the bot keeps something there.
    pub bound_at: DateTime<Utc>,
}

/// It refers to no other table by this.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A group, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Chat {
    /// As whom it is written to.
    pub reader: PersonId,
    /// Whose it is.
    pub keeper: PersonId,
    /// The name of the messenger.
    pub messenger: String,
    /// The group's address there.
    pub address: String,
    /// Which kind of notice its card is.
    pub card_kind: String,
    /// Which of the things of that kind it is about.
    pub about: Option<i64>,
}

/// A group that the bot is going to keep something in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New<'a> {
    /// The name of the messenger.
    pub messenger: &'a str,
    /// The group's address there.
    pub address: &'a str,
    /// Where in the group.
    pub place: Option<&'a str>,
    /// Whose it is.
    pub keeper: PersonId,
    /// The language that is spoken there when nobody's is any more.
    pub lang: &'a str,
    /// Which kind of notice its card is.
    pub card_kind: &'a str,
    /// Which of the things of that kind it is about; nothing, where a bot has one of them for each keeper.
    pub about: Option<i64>,
}

/// What is asked for of a group. Those that were let go are none.
const CHATS: &str = "SELECT c.person_id AS reader, c.keeper_id AS keeper, a.messenger, a.address, c.card_kind, c.about
     FROM chat c JOIN account a ON a.person_id = c.person_id WHERE c.keeper_id IS NOT NULL";

/// The group at this address, if something is kept there. Nobody forgets it until the transaction ends.
pub async fn find(db: &impl ConnectionTrait, messenger: &str, address: &str) -> Result<Option<Chat>, DbErr> {
    let mut found = chats(db, "a.messenger = $1 AND a.address = $2", [messenger.into(), address.into()]).await?;
    Ok(found.pop())
}

/// The groups of these people. One query, none for an empty list. Nobody forgets them until the transaction ends, so they
/// can be told things in it.
pub async fn of_keepers(
    db: &impl ConnectionTrait,
    keepers: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<Chat>, DbErr> {
    among(db, "c.keeper_id", keepers).await
}

/// The groups whose card is about any of these, each a kind of card and the things of that kind. One query, none for nothing.
/// Nobody forgets them until the transaction ends.
pub async fn about<'k>(
    db: &impl ConnectionTrait,
    these: impl IntoIterator<Item = (&'k str, Vec<i64>)>,
) -> Result<Vec<Chat>, DbErr> {
    let (mut which, mut kinds) = (Vec::new(), Vec::new());
    for (card_kind, things) in these.into_iter().filter(|(_, things)| !things.is_empty()) {
        kinds.push(card_kind.into());
        let things: Vec<String> = things.iter().map(i64::to_string).collect();
        which.push(format!("(c.card_kind = ${} AND c.about IN ({}))", kinds.len(), things.join(", ")));
    }
    if which.is_empty() {
        return Ok(Vec::new());
    }
    chats(db, &format!("({})", which.join(" OR ")), kinds).await
}

/// What is kept of the groups of this person, every column.
pub async fn rows_of(db: &impl ConnectionTrait, keeper: PersonId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::KeeperId.eq(keeper)).order_by_asc(Column::PersonId).all(db).await
}

/// Those of these readers that are groups. One query, none for an empty list.
pub async fn by_reader(
    db: &impl ConnectionTrait,
    readers: impl IntoIterator<Item = PersonId>,
) -> Result<HashMap<PersonId, Chat>, DbErr> {
    let found = among(db, "c.person_id", readers).await?;
    Ok(found.into_iter().map(|chat| (chat.reader, chat)).collect())
}

async fn among(
    db: &impl ConnectionTrait,
    column: &str,
    these: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<Chat>, DbErr> {
    let these: Vec<Value> = these.into_iter().map(Value::from).collect();
    if these.is_empty() {
        return Ok(Vec::new());
    }
    chats(db, &format!("{column} IN ({})", places(these.len())), these).await
}

async fn chats(
    db: &impl ConnectionTrait,
    which: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Chat>, DbErr> {
    let backend = db.get_database_backend();
    // SQLite has one writer at a time anyway.
    let lock = if backend == DbBackend::Postgres { "FOR SHARE OF c" } else { "" };
    let sql = format!("{CHATS} AND {which} ORDER BY c.person_id {lock}");
    Chat::find_by_statement(Statement::from_sql_and_values(backend, sql, values)).all(db).await
}

/// The bot keeps something in a group from now on. Says as whom it is written to. A unique violation means that it is bound
/// already.
pub async fn insert(db: &impl ConnectionTrait, new: New<'_>, now: DateTime<Utc>) -> Result<PersonId, DbErr> {
    let reader = person::insert(db, new.lang, now).await?.id;
    account::insert(db, reader, new.messenger, new.address, now).await?;
    let row = ActiveModel {
        person_id: Set(reader),
        keeper_id: Set(Some(new.keeper)),
        place: Set(new.place.map(str::to_owned)),
        card_kind: Set(new.card_kind.to_owned()),
        about: Set(new.about),
        card: Set(None),
        earlier_card: Set(None),
        told_unpinned: Set(false),
        bound_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(reader)
}

/// The card is to be shown in a new message, and what is said from now on belongs to this place of the group.
pub async fn show_anew(db: &impl ConnectionTrait, reader: PersonId, place: Option<&str>) -> Result<(), DbErr> {
    let sql =
        "UPDATE chat SET earlier_card = COALESCE(card, earlier_card), card = NULL, place = $2 WHERE person_id = $1";
    change(db, sql, [reader.into(), place.map(str::to_owned).into()]).await.map(drop)
}

/// The card is shown in this message. True: it was in another before, or in none.
pub async fn card_shown(db: &impl ConnectionTrait, reader: PersonId, message: &str) -> Result<bool, DbErr> {
    let sql = "UPDATE chat SET earlier_card = COALESCE(card, earlier_card), card = $2
               WHERE person_id = $1 AND (card IS NULL OR card <> $2)";
    Ok(change(db, sql, [reader.into(), message.into()]).await? > 0)
}

/// The card is pinned, and this message, which showed it before, is taken away.
pub async fn pinned(db: &impl ConnectionTrait, reader: PersonId, before: Option<&str>) -> Result<(), DbErr> {
    taken_away(db, reader, before).await?;
    change(db, "UPDATE chat SET told_unpinned = FALSE WHERE person_id = $1 AND told_unpinned", [reader.into()])
        .await
        .map(drop)
}

/// The card may not be pinned, and this message is taken away. True: that was not said yet, and is to be now.
pub async fn not_pinned(db: &impl ConnectionTrait, reader: PersonId, before: Option<&str>) -> Result<bool, DbErr> {
    taken_away(db, reader, before).await?;
    let sql = "UPDATE chat SET told_unpinned = TRUE WHERE person_id = $1 AND NOT told_unpinned";
    Ok(change(db, sql, [reader.into()]).await? > 0)
}

async fn taken_away(db: &impl ConnectionTrait, reader: PersonId, before: Option<&str>) -> Result<(), DbErr> {
    let Some(before) = before else { return Ok(()) };
    let sql = "UPDATE chat SET earlier_card = NULL WHERE person_id = $1 AND earlier_card = $2";
    change(db, sql, [reader.into(), before.into()]).await.map(drop)
}

/// A group goes on at another address, where nothing of what was said before can be changed any more. Says which it is, if
/// something is kept there. Told a second time, it does nothing. One that is bound at the new address already goes on as
/// that.
pub async fn moved(
    db: &impl ConnectionTrait,
    messenger: &str,
    (from, to): (&str, &str),
) -> Result<Option<Chat>, DbErr> {
    let Some(chat) = find(db, messenger, from).await? else { return Ok(None) };
    if account::find_by_account(db, messenger, to).await?.is_some() {
        forget(db, chat.reader).await?;
        return Ok(None);
    }
    let sql = "UPDATE account SET address = $2 WHERE person_id = $1";
    change(db, sql, [chat.reader.into(), to.into()]).await?;
    let sql = "UPDATE chat SET card = NULL, earlier_card = NULL, place = NULL WHERE person_id = $1";
    change(db, sql, [chat.reader.into()]).await?;
    Ok(Some(Chat { address: to.to_owned(), ..chat }))
}

/// These groups are nobody's any more: what was to be told there is not.
pub async fn let_go(db: &impl ConnectionTrait, readers: &[PersonId]) -> Result<(), DbErr> {
    if readers.is_empty() {
        return Ok(());
    }
    let these = places(readers.len());
    let values = || readers.iter().copied().map(Value::from);
    change(db, &format!("UPDATE chat SET keeper_id = NULL WHERE person_id IN ({these})"), values()).await?;
    let waiting =
        format!("DELETE FROM outbox WHERE recipient_id IN ({these}) AND sent_at IS NULL AND failed_at IS NULL");
    change(db, &waiting, values()).await.map(drop)
}

/// Forgets a group, and all that was told there.
pub async fn forget(db: &impl ConnectionTrait, reader: PersonId) -> Result<(), DbErr> {
    forget_these(db, vec![reader]).await
}

async fn forget_these(db: &impl ConnectionTrait, readers: Vec<PersonId>) -> Result<(), DbErr> {
    let these = places(readers.len());
    let values = || readers.iter().copied().map(Value::from);
    // First of all: whoever is about to tell something there waits, and finds that it is no more.
    if change(db, &format!("DELETE FROM chat WHERE person_id IN ({these})"), values()).await? == 0 {
        return Ok(());
    }
    change(db, &format!("DELETE FROM outbox WHERE recipient_id IN ({these})"), values()).await?;
    change(db, &format!("DELETE FROM account WHERE person_id IN ({these})"), values()).await?;
    change(db, &format!("DELETE FROM person WHERE id IN ({these})"), values()).await.map(drop)
}

/// Forgets at most `limit` groups that were let go, and that could not be told so. Says how many.
pub async fn forget_untold(db: &impl ConnectionTrait, limit: u64) -> Result<u64, DbErr> {
    let sql = format!(
        "SELECT c.person_id FROM chat c WHERE c.keeper_id IS NULL
         AND (SELECT o.id FROM outbox o WHERE o.recipient_id = c.person_id AND o.sent_at IS NULL AND o.failed_at IS NULL
              LIMIT 1) IS NULL
         LIMIT {limit}"
    );
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let readers: Vec<PersonId> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    let count = readers.len() as u64;
    if count > 0 {
        forget_these(db, readers).await?;
    }
    Ok(count)
}

/// The same of the group at this address, also of one that was let go.
pub async fn forget_at(db: &impl ConnectionTrait, messenger: &str, address: &str) -> Result<(), DbErr> {
    match account::find_by_account(db, messenger, address).await? {
        Some((account, _)) => forget(db, account.person_id).await,
        None => Ok(()),
    }
}

async fn change(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, DbErr> {
    Ok(db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?.rows_affected())
}

fn places(count: usize) -> String {
    (1..=count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

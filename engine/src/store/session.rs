//! Where each private chat stands: one row for each messenger address, or for each tab where it has several; all of it text.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};
use sea_orm::{Condition, DbBackend, NotSet, QueryOrder, QuerySelect, Set, Statement};

use super::many::one_of;
use crate::id::{Id, PersonId};

/// One private chat. Its texts belong to `conversation`; the store only keeps them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: Id<Model>,
    /// The name of the messenger.
    pub messenger: String,
    /// The chat's address there.
    pub address: String,
    /// Which of the conversations beside each other that this address has; empty, where it has one only.
    pub tab: String,
    /// None until a language is chosen.
    pub lang: Option<String>,
    /// Where the person is.
    pub route: String,
    /// The places that Back leads to.
    pub trail: String,
    /// What has been answered so far on a form.
    pub draft: String,
    /// Grows with every turn: `save` needs the one that was loaded.
    pub rev: i64,
    /// What the open page goes by.
    pub word: String,
    /// The choices of the open page, as they were shown.
    pub offered: String,
    /// The open page waits for a typed answer.
    pub asks: bool,
    /// The message that is edited in place.
    pub live: Option<String>,
    /// The message that shows the open page, where that is known.
    pub message: Option<String>,
    /// The thread in which the open page stands.
    pub thread: Option<String>,
    /// The messenger's number of the last update.
    pub seq: i64,
    /// The revision of the page that is known to have been shown.
    pub shown: i64,
    /// The line above the open page, as JSON.
    pub saying: Option<String>,
    /// The press whose deed led to the open page.
    pub did: Option<String>,
    /// What was typed last, and whether it did something.
    pub said: String,
    /// When the last turn was played.
    pub changed_at: DateTime<Utc>,
}

/// It refers to no other table.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The session of this address, if they ever wrote.
pub async fn load(db: &impl ConnectionTrait, messenger: &str, address: &str) -> Result<Option<Model>, DbErr> {
    of_tab(db, messenger, (address, "")).await
}

/// That of one of its tabs.
pub async fn of_tab(
    db: &impl ConnectionTrait,
    messenger: &str,
    (address, tab): (&str, &str),
) -> Result<Option<Model>, DbErr> {
    let of_address = Entity::find().filter(Column::Messenger.eq(messenger)).filter(Column::Address.eq(address));
    of_address.filter(Column::Tab.eq(tab)).one(db).await
}

/// Forgets the tabs of this address but the `most` that were used last.
pub async fn keep_tabs(db: &impl ConnectionTrait, messenger: &str, address: &str, most: u64) -> Result<(), DbErr> {
    let sql = format!(
        "DELETE FROM session WHERE messenger = $1 AND address = $2 AND tab <> '' AND id NOT IN (
             SELECT id FROM session WHERE messenger = $1 AND address = $2 AND tab <> ''
             ORDER BY changed_at DESC, id DESC LIMIT {most})"
    );
    let values = [messenger.into(), address.into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.map(drop)
}

/// Where the chats of this person stand.
pub async fn of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Model>, DbErr> {
    let sql = "SELECT s.* FROM account a JOIN session s ON s.messenger = a.messenger AND s.address = a.address
               WHERE a.person_id = $1 ORDER BY s.id";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [person.into()]);
    Entity::find().from_raw_sql(statement).all(db).await
}

/// Stores a first session and gives it its id; `session.id` is not looked at. A unique violation means that
/// another process was first: load theirs.
pub async fn insert(db: &impl ConnectionTrait, session: Model) -> Result<Model, DbErr> {
    let row = ActiveModel { id: NotSet, ..all_set(session.clone()) };
    let id = Entity::insert(row).exec(db).await?.last_insert_id;
    Ok(Model { id, ..session })
}

/// Stores the session as it is now, provided that nobody else did since revision `old_rev`. False: another turn was
/// faster, and this one has to be played again from what that one left.
pub async fn save(db: &impl ConnectionTrait, session: &Model, old_rev: i64) -> Result<bool, DbErr> {
    let row = ActiveModel { id: NotSet, messenger: NotSet, address: NotSet, tab: NotSet, ..all_set(session.clone()) };
    let done = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(session.id))
        .filter(Column::Rev.eq(old_rev))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Forgets where this chat stood.
pub async fn forget(db: &impl ConnectionTrait, messenger: &str, address: &str) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Messenger.eq(messenger)).filter(Column::Address.eq(address)).exec(db).await?;
    Ok(())
}

/// At most `limit` chats, behind `after` in the order of their numbers, of which one of these words stands in what they keep.
pub async fn holding(
    db: &impl ConnectionTrait,
    words: &[String],
    after: Id<Model>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let (place, value) = match db.get_database_backend() {
        DbBackend::Postgres => ("strpos", "$1"),
        _ => ("instr", "?"),
    };
    let kept = "route || ' ' || trail || ' ' || draft || ' ' || offered || ' ' || COALESCE(saying, '') || ' ' || said";
    let holds = words.iter().fold(Condition::any(), |any, word| {
        any.add(Expr::cust_with_values(format!("{place}({kept}, {value}) > 0"), [word.clone()]))
    });
    let these = Entity::find().filter(Column::Id.gt(after)).filter(holds).order_by_asc(Column::Id).limit(limit);
    these.all(db).await
}

/// Keeps of these chats what stands in them now, of their ways, drafts, choices and words. It is no turn: the revision stays,
/// and a turn that is played meanwhile leaves its own.
pub async fn rewrite(db: &impl ConnectionTrait, chats: Vec<Model>) -> Result<(), DbErr> {
    if chats.is_empty() {
        return Ok(());
    }
    let now = |column: Column, text: fn(&Model) -> Option<String>| {
        let all = chats.iter().fold(CaseStatement::new(), |case, chat| case.case(Column::Id.eq(chat.id), text(chat)));
        (column, all.finally(Expr::col(column)).into())
    };
    let columns: [(Column, Expr); 6] = [
        now(Column::Route, |chat| Some(chat.route.clone())),
        now(Column::Trail, |chat| Some(chat.trail.clone())),
        now(Column::Draft, |chat| Some(chat.draft.clone())),
        now(Column::Offered, |chat| Some(chat.offered.clone())),
        now(Column::Saying, |chat| chat.saying.clone()),
        now(Column::Said, |chat| Some(chat.said.clone())),
    ];
    let update = Entity::update_many().filter(one_of(db, Column::Id, chats.iter().map(|chat| chat.id)));
    let update = columns.into_iter().fold(update, |update, (column, text)| update.col_expr(column, text));
    update.exec(db).await?;
    Ok(())
}

/// Remembers that the page of this revision has been shown: in which message, and which one to edit in place, if there is
/// one. It is no turn: the revision stays. False: another turn has replaced the page meanwhile, and nothing was noted.
pub async fn note_shown(
    db: &impl ConnectionTrait,
    messenger: &str,
    address: &str,
    rev: i64,
    (message, live): (Option<&str>, Option<&str>),
) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::Shown, Expr::value(rev))
        .col_expr(Column::Message, Expr::value(message.map(str::to_owned)))
        .col_expr(Column::Live, Expr::value(live.map(str::to_owned)))
        .filter(Column::Messenger.eq(messenger))
        .filter(Column::Address.eq(address))
        .filter(Column::Rev.eq(rev))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Remembers the message that is edited in place, or that there is none, as long as the chat stands at this revision. It is
/// no turn: the revision stays.
pub async fn set_live(
    db: &impl ConnectionTrait,
    messenger: &str,
    address: &str,
    rev: i64,
    live: Option<&str>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Live, Expr::value(live.map(str::to_owned)))
        .filter(Column::Messenger.eq(messenger))
        .filter(Column::Address.eq(address))
        .filter(Column::Rev.eq(rev))
        .exec(db)
        .await?;
    Ok(())
}

/// The message of this chat that is edited in place now.
pub async fn live(db: &impl ConnectionTrait, messenger: &str, address: &str) -> Result<Option<String>, DbErr> {
    let found = Entity::find()
        .select_only()
        .column(Column::Live)
        .filter(Column::Messenger.eq(messenger))
        .filter(Column::Address.eq(address))
        .into_tuple::<Option<String>>()
        .one(db)
        .await?;
    Ok(found.flatten())
}

/// This message is edited no more: something stands below it. A page that was shown below that in the meantime stays as
/// it is.
pub async fn bury(db: &impl ConnectionTrait, messenger: &str, address: &str, live: &str) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Live, Expr::value(None::<String>))
        .filter(Column::Messenger.eq(messenger))
        .filter(Column::Address.eq(address))
        .filter(Column::Live.eq(live))
        .exec(db)
        .await?;
    Ok(())
}

/// Remembers of many chats at once that the page of this revision has been shown, in the message that showed the one
/// before. As with [`note_shown`], a page that was replaced meanwhile leaves no trace.
pub async fn note_edited(
    db: &impl ConnectionTrait,
    messenger: &str,
    pages: impl IntoIterator<Item = (String, i64)>,
) -> Result<(), DbErr> {
    // Of no pages at all, it would be all chats.
    let none = Condition::any().add(Column::Id.eq(0));
    let pages = pages.into_iter().fold(none, |any, (address, rev)| {
        any.add(Condition::all().add(Column::Address.eq(address)).add(Column::Rev.eq(rev)))
    });
    Entity::update_many()
        .col_expr(Column::Shown, Expr::col(Column::Rev))
        .filter(Column::Messenger.eq(messenger))
        .filter(pages)
        .exec(db)
        .await?;
    Ok(())
}

/// The messenger numbers its messages anew: the next page of each chat is a new message, nothing comes late, and pages that
/// were not shown are not shown any more.
pub async fn begin_anew(db: &impl ConnectionTrait, messenger: &str) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Seq, Expr::value(0_i64))
        .col_expr(Column::Live, Expr::value(None::<String>))
        .col_expr(Column::Shown, Expr::col(Column::Rev))
        .filter(Column::Messenger.eq(messenger))
        .exec(db)
        .await?;
    Ok(())
}

/// The highest number of an update that any chat of this messenger knows of.
pub async fn newest(db: &impl ConnectionTrait, messenger: &str) -> Result<Option<i64>, DbErr> {
    let newest = Entity::find().select_only().column_as(Column::Seq.max(), "seq");
    Ok(newest.filter(Column::Messenger.eq(messenger)).into_tuple::<Option<i64>>().one(db).await?.flatten())
}

/// A chat whose open page is not known to have been shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unshown {
    /// The session's number.
    pub id: Id<Model>,
    /// The chat's address.
    pub address: String,
    /// The revision that the open page belongs to.
    pub rev: i64,
    /// When the last turn was played.
    pub changed_at: DateTime<Utc>,
}

/// At most `limit` chats whose open page is not known to have been shown, last changed from `since` until `until`: the
/// first to have changed first. What is seen in tabs is not shown, but looked at.
pub async fn unshown(
    db: &impl ConnectionTrait,
    messenger: &str,
    (since, until): (DateTime<Utc>, DateTime<Utc>),
    limit: u64,
) -> Result<Vec<Unshown>, DbErr> {
    let rows = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Address, Column::Rev, Column::ChangedAt])
        .filter(Column::Messenger.eq(messenger))
        .filter(Column::Tab.eq(""))
        .filter(Expr::col(Column::Shown).lt(Expr::col(Column::Rev)))
        .filter(Column::ChangedAt.between(since, until))
        .order_by_asc(Column::ChangedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple::<(Id<Model>, String, i64, DateTime<Utc>)>()
        .all(db)
        .await?;
    let unshown = |(id, address, rev, changed_at)| Unshown { id, address, rev, changed_at };
    Ok(rows.into_iter().map(unshown).collect())
}

/// Takes up such a chat, to draw its page again; `now` is noted as its last change, so that nobody else takes it up. It is
/// no turn: the revision stays. False: another process did, or the person has got another page.
pub async fn take_unshown(db: &impl ConnectionTrait, chat: &Unshown, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let done = Entity::update_many()
        .col_expr(Column::ChangedAt, Expr::value(now))
        .filter(Column::Id.eq(chat.id))
        .filter(Column::Rev.eq(chat.rev))
        .filter(Column::ChangedAt.eq(chat.changed_at))
        .filter(Expr::col(Column::Shown).lt(Expr::col(Column::Rev)))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Forgets at most `limit` chats of people who have no account and have not written since. Says how many.
pub async fn forget_strangers_before(db: &impl ConnectionTrait, time: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    let sql = format!(
        "DELETE FROM session WHERE id IN (
             SELECT s.id FROM session s
             WHERE s.changed_at < $1 AND NOT EXISTS (
                 SELECT 1 FROM account a WHERE a.messenger = s.messenger AND a.address = s.address)
             ORDER BY s.changed_at, s.id LIMIT {limit})"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [time.into()]);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

fn all_set(session: Model) -> ActiveModel {
    ActiveModel {
        id: Set(session.id),
        messenger: Set(session.messenger),
        address: Set(session.address),
        tab: Set(session.tab),
        lang: Set(session.lang),
        route: Set(session.route),
        trail: Set(session.trail),
        draft: Set(session.draft),
        rev: Set(session.rev),
        word: Set(session.word),
        offered: Set(session.offered),
        asks: Set(session.asks),
        live: Set(session.live),
        message: Set(session.message),
        thread: Set(session.thread),
        seq: Set(session.seq),
        shown: Set(session.shown),
        saying: Set(session.saying),
        did: Set(session.did),
        said: Set(session.said),
        changed_at: Set(session.changed_at),
    }
}

//! Offers to pass on what one is promised to whom one has promised something oneself.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{Condition, FromQueryResult, QueryOrder, QuerySelect, Set, Statement};

use super::sight::{in_no_emergency, taking_part};
use super::{many, unreadable};
use crate::domain::chain::Stage;
use crate::domain::{Chain, ChainId, CollectionKind, CommitmentId, MemberId, Money, Role};

/// One offer.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "chain")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ChainId,
    pub supporter_id: MemberId,
    pub middle_id: MemberId,
    pub receiver_id: MemberId,
    pub first_id: CommitmentId,
    pub second_id: CommitmentId,
    pub sum: i64,
    pub stage: String,
    pub made_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub agreed_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub passed_id: Option<CommitmentId>,
    pub taken_id: Option<CommitmentId>,
    pub owed_id: Option<CommitmentId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What the rules know of it.
    fn into_domain(self) -> Result<Chain, DbErr> {
        let done = self.passed_id.zip(self.taken_id).zip(self.owed_id);
        Ok(Chain {
            id: self.id,
            supporter: self.supporter_id,
            middle: self.middle_id,
            receiver: self.receiver_id,
            first: self.first_id,
            second: self.second_id,
            sum: Money::from_minor(self.sum),
            stage: Stage::parse(&self.stage).ok_or_else(|| unreadable("chain.stage", &self.stage))?,
            made_at: self.made_at,
            ends_at: self.ends_at,
            agreed_at: self.agreed_at,
            ended_at: self.ended_at,
            done: done.map(|((passed, taken), owed)| [passed, taken, owed]),
        })
    }
}

/// What is to be offered: of these two promises so much, by whoever stands between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct New {
    pub sides: [MemberId; 3],
    pub first: CommitmentId,
    pub second: CommitmentId,
    pub sum: Money,
    pub ends_at: DateTime<Utc>,
}

/// Offers it. A unique violation means that one of the two promises is offered so already.
pub async fn insert(db: &impl ConnectionTrait, new: New, now: DateTime<Utc>) -> Result<ChainId, DbErr> {
    let [supporter, middle, receiver] = new.sides;
    let row = ActiveModel {
        supporter_id: Set(supporter),
        middle_id: Set(middle),
        receiver_id: Set(receiver),
        first_id: Set(new.first),
        second_id: Set(new.second),
        sum: Set(new.sum.minor()),
        stage: Set(Stage::Asked.as_str().to_owned()),
        made_at: Set(now),
        ends_at: Set(new.ends_at),
        ..Default::default()
    };
    Ok(Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The one with this number.
pub async fn find(db: &impl ConnectionTrait, id: ChainId) -> Result<Option<Chain>, DbErr> {
    Entity::find_by_id(id).one(db).await?.map(Model::into_domain).transpose()
}

/// The same, and nobody else can answer it until the transaction ends.
pub async fn find_locked(db: &impl ConnectionTrait, id: ChainId) -> Result<Option<Chain>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(db).await?.map(Model::into_domain).transpose()
}

/// The newest offer of these two promises.
pub async fn newest_of(
    db: &impl ConnectionTrait,
    first: CommitmentId,
    second: CommitmentId,
) -> Result<Option<Chain>, DbErr> {
    let pair = Entity::find().filter(Column::FirstId.eq(first)).filter(Column::SecondId.eq(second));
    pair.order_by_desc(Column::Id).limit(1).one(db).await?.map(Model::into_domain).transpose()
}

/// Those that are open, or were done, of which this promise is a part, on either side, or by which it is owed; the newest first.
pub async fn of_commitment(db: &impl ConnectionTrait, id: CommitmentId) -> Result<Vec<Chain>, DbErr> {
    let open_or_done = [Stage::Asked, Stage::Agreed, Stage::Done].map(Stage::as_str);
    let part = Condition::any()
        .add(Column::FirstId.eq(id))
        .add(Column::SecondId.eq(id))
        .add(Column::PassedId.eq(id))
        .add(Column::TakenId.eq(id))
        .add(Column::OwedId.eq(id));
    let rows = Entity::find().filter(part).filter(Column::Stage.is_in(open_or_done)).order_by_desc(Column::Id);
    rows.all(db).await?.into_iter().map(Model::into_domain).collect()
}

/// The supporter agrees.
pub async fn agree(db: &impl ConnectionTrait, id: ChainId, now: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Stage, Expr::value(Stage::Agreed.as_str()))
        .col_expr(Column::AgreedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// All have agreed: this has come of the two promises, and this is owed instead.
pub async fn done(
    db: &impl ConnectionTrait,
    id: ChainId,
    [passed, taken, owed]: [CommitmentId; 3],
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Stage, Expr::value(Stage::Done.as_str()))
        .col_expr(Column::EndedAt, Expr::value(now))
        .col_expr(Column::PassedId, Expr::value(passed))
        .col_expr(Column::TakenId, Expr::value(taken))
        .col_expr(Column::OwedId, Expr::value(owed))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Nothing comes of those of these that are open.
pub async fn end(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ChainId>,
    how: Stage,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Stage, Expr::value(how.as_str()))
        .col_expr(Column::EndedAt, Expr::value(now))
        .filter(many::one_of(db, Column::Id, ids))
        .filter(Expr::cust(OPEN))
        .exec(db)
        .await?;
    Ok(())
}

/// The words of the indexes that hold just these.
const OPEN: &str = "stage IN ('asked', 'agreed')";

/// As a condition on an offer `h`: what it is about is as it was when it was made, or more; nobody wants one of the two promises to
/// be kept directly; and none of the three is in need at once or suspended.
fn stands() -> String {
    let owed = |id: &str| {
        format!(
            "EXISTS (SELECT 1 FROM commitment o WHERE o.id = {id} AND o.state IN ('obligation', 'overdue')
                     AND o.sum >= h.sum)
             AND NOT EXISTS (SELECT 1 FROM paid_directly d WHERE d.commitment_id = {id})"
        )
    };
    let members = ["h.supporter_id", "h.middle_id", "h.receiver_id"].map(free);
    format!("({} AND {} AND {})", owed("h.first_id"), owed("h.second_id"), members.join(" AND "))
}

/// That a member is neither in need at once nor suspended.
fn free(member: &str) -> String {
    format!("{} AND {}", in_no_emergency(member), taking_part(member))
}

/// Whether what an offer is about can be done now.
pub async fn still_stands(db: &impl ConnectionTrait, id: ChainId) -> Result<bool, DbErr> {
    let sql = format!("SELECT 1 FROM chain h WHERE h.id = $1 AND {}", stands());
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [id.into()])).await?;
    Ok(row.is_some())
}

/// Those of the open offers about any of these promises, or of any of these members, that can't be done any more. One query.
pub async fn impossible(
    db: &impl ConnectionTrait,
    commitments: &[CommitmentId],
    members: &[MemberId],
) -> Result<Vec<Chain>, DbErr> {
    let list = |ids: Vec<String>| ids.join(", ");
    let commitments = list(commitments.iter().map(ToString::to_string).collect());
    let members = list(members.iter().map(ToString::to_string).collect());
    let among = |column: &str, ids: &str| (!ids.is_empty()).then(|| format!("h.{column} IN ({ids})"));
    let about: Vec<String> = ["first_id", "second_id"]
        .into_iter()
        .filter_map(|column| among(column, &commitments))
        .chain(["supporter_id", "middle_id", "receiver_id"].into_iter().filter_map(|column| among(column, &members)))
        .collect();
    if about.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT h.* FROM chain h WHERE h.{OPEN} AND ({}) AND NOT {} ORDER BY h.id",
        about.join(" OR "),
        stands()
    );
    let rows = Model::find_by_statement(Statement::from_string(db.get_database_backend(), sql)).all(db).await?;
    rows.into_iter().map(Model::into_domain).collect()
}

/// A promise along which another can be passed on.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Beside {
    pub id: CommitmentId,
    /// Who is on its other side.
    pub other: MemberId,
    pub name: String,
    pub sum: i64,
}

/// Of a member's promises (or of those to them) those along which a promise to them (or one of theirs) may be passed on, the largest
/// first: owed, for what is asked for each month, wanted directly by nobody, not offered so already, and of nobody who is in need
/// at once or suspended.
pub async fn beside(
    db: &impl ConnectionTrait,
    who: MemberId,
    role: Role,
    but: MemberId,
    limit: u64,
) -> Result<Vec<Beside>, DbErr> {
    let (mine, other, place) = match role {
        Role::Supporter => ("supporter_id", "receiver_id", "second_id"),
        Role::Receiver => ("receiver_id", "supporter_id", "first_id"),
    };
    let of_a_month = CollectionKind::ALL.into_iter().filter(|kind| kind.is_of_a_month());
    let of_a_month: Vec<String> = of_a_month.map(|kind| format!("'{}'", kind.as_str())).collect();
    let sql = format!(
        "SELECT c.id, c.{other} AS other, m.name, c.sum
         FROM commitment c JOIN collection k ON k.id = c.collection_id JOIN member m ON m.id = c.{other}
         WHERE c.{mine} = $1 AND c.{other} <> $2 AND c.state IN ('obligation', 'overdue') AND k.kind IN ({of_a_month})
           AND NOT EXISTS (SELECT 1 FROM paid_directly d WHERE d.commitment_id = c.id)
           AND NOT EXISTS (SELECT 1 FROM chain h WHERE h.{place} = c.id AND h.{OPEN})
           AND {free}
         ORDER BY c.sum DESC, c.id LIMIT {limit}",
        of_a_month = of_a_month.join(", "),
        free = free(&format!("c.{other}")),
    );
    let values = [who.into(), but.into()];
    Beside::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).all(db).await
}

/// Whether there is an open offer about this promise in which this side of it stands between the others.
pub async fn is_offered(db: &impl ConnectionTrait, id: CommitmentId, by: Role) -> Result<bool, DbErr> {
    let place = match by {
        Role::Supporter => Column::SecondId,
        Role::Receiver => Column::FirstId,
    };
    let open = Entity::find().filter(place.eq(id)).filter(Expr::cust(OPEN));
    Ok(open.limit(1).one(db).await?.is_some())
}

/// All that a member knows of; the receiver only what the supporter has agreed to.
pub async fn known_to(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<Model>, DbErr> {
    let receiver = Condition::all().add(Column::ReceiverId.eq(who)).add(Column::AgreedAt.is_not_null());
    let known = Condition::any().add(Column::SupporterId.eq(who)).add(Column::MiddleId.eq(who)).add(receiver);
    Entity::find().filter(known).order_by_asc(Column::Id).all(db).await
}

/// Forgets at most so many of those that came to nothing before this time. Says how many.
pub async fn forget(db: &impl ConnectionTrait, before: DateTime<Utc>, limit: u64) -> Result<u64, DbErr> {
    let sql = format!(
        "DELETE FROM chain WHERE id IN (
             SELECT id FROM chain WHERE ended_at < $1 AND stage <> 'done' ORDER BY id LIMIT {limit})"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [before.into()]);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

//! Mutual guarantees: who intends to help whom in need, and counts on the same. Each pair has a row from either side; what has
//! ended is kept in the journal alone. Whoever makes or ends one sees to the trust lists as well.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, Statement};

use super::{acquaintance, trust_list};
use crate::domain::MemberId;

/// That a member holds a guarantee with another.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "guarantee")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub other_id: MemberId,
    pub since: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// From now on these two hold a guarantee, and know each other, whatever was before; false when they did already, and then
/// nothing is changed. A unique violation means that somebody was faster with a guarantee of one of them.
pub async fn make(
    db: &impl ConnectionTrait,
    (one, other): (MemberId, MemberId),
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let lists = trust_list::hold(db, &[one, other]).await?;
    // Always in the same order, so that two who offer it to each other do not wait for each other.
    let (low, high) = (one.min(other), one.max(other));
    let sql = "INSERT INTO guarantee (member_id, other_id, since) VALUES ($1, $2, $3), ($2, $1, $3)
               ON CONFLICT (member_id, other_id) DO NOTHING";
    let values = [low.into(), high.into(), now.into()];
    let done = db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    trust_list::join(db, &lists, one, other).await?;
    acquaintance::by_help(db, (one, other), now).await?;
    Ok(true)
}

/// Ends the guarantee between these two; false when there is none.
pub async fn end(db: &impl ConnectionTrait, one: MemberId, other: MemberId) -> Result<bool, DbErr> {
    let lists = trust_list::hold(db, &[one, other]).await?;
    let row = |one, other| Condition::all().add(Column::MemberId.eq(one)).add(Column::OtherId.eq(other));
    let both = Condition::any().add(row(one, other)).add(row(other, one));
    let done = Entity::delete_many().filter(both).exec(db).await?;
    if let Some(list) = lists.get(&one).filter(|_| done.rows_affected > 0) {
        trust_list::mend(db, *list, &[one, other]).await?;
    }
    Ok(done.rows_affected > 0)
}

/// Ends all guarantees of a member. Gives those with whom they held them.
pub async fn end_all(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<MemberId>, DbErr> {
    let lists = trust_list::hold(db, &[who]).await?;
    let others: Vec<MemberId> = of(db, who).await?.into_iter().map(|row| row.other_id).collect();
    let Some(list) = lists.get(&who) else { return Ok(others) };
    for of in
        ["other_id = $1 AND member_id IN (SELECT g.other_id FROM guarantee g WHERE g.member_id = $1)", "member_id = $1"]
    {
        // The rows of either side: of those with whom they hold one, each is found by its key.
        let sql = format!("DELETE FROM guarantee WHERE {of}");
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()])).await?;
    }
    let mut ends = vec![who];
    ends.extend(&others);
    trust_list::mend(db, *list, &ends).await?;
    Ok(others)
}

/// Since when these two hold a guarantee, if they do.
pub async fn since(db: &impl ConnectionTrait, one: MemberId, other: MemberId) -> Result<Option<DateTime<Utc>>, DbErr> {
    let row = Entity::find_by_id((one, other)).select_only().column(Column::Since);
    row.into_tuple().one(db).await
}

/// All guarantees of a member.
pub async fn of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<Model>, DbErr> {
    Entity::find().filter(Column::MemberId.eq(member)).order_by_asc(Column::OtherId).all(db).await
}

/// With how many others a member holds one.
pub async fn count_of(db: &impl ConnectionTrait, member: MemberId) -> Result<u64, DbErr> {
    Entity::find().filter(Column::MemberId.eq(member)).count(db).await
}

/// How many there are in all.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Ok(Entity::find().count(db).await? / 2)
}

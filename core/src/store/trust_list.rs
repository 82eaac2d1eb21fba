//! Trust lists: all who are connected through guarantees. To which list a member belongs, and how many it has, is stored, so
//! that a page need not follow the guarantees of a whole community. It follows from the guarantees alone: what makes or ends
//! one mends it in the same transaction (`guarantee`), and holds the lists that it concerns meanwhile.
//!
//! Where two lists become one, the members of the smaller one move. Where a guarantee ends, it is first looked around its
//! sides: nearly always another way joins them, or all sides but one have few members. Only where neither is found nearby the
//! guarantees of the whole list are read once.

mod member;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ActiveValue, QueryOrder, QuerySelect, Set, Statement};

use super::many::{self, one_of};
use crate::domain::guarantee::connected;
use crate::domain::{MemberId, TrustList};
use exodus_engine::id::Id;

pub use member::Model as Membership;

/// A list, and how many members it has.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trust_list")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ListId,
    pub members: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A list's number.
pub type ListId = Id<Model>;

/// Which lists these members are in. Who is in none is left out.
pub(super) type Lists = BTreeMap<MemberId, ListId>;

/// From each side of a guarantee that has ended, so many members are looked at.
const NEARBY: usize = 2_000;

/// It is looked around so many of those who held one with whoever leaves.
const ENDS: usize = 16;

/// So many rows are named in one statement.
const AT_ONCE: usize = 10_000;

/// In which list a member is, if they hold a guarantee.
pub async fn of(db: &impl ConnectionTrait, who: MemberId) -> Result<Option<Membership>, DbErr> {
    member::Entity::find_by_id(who).one(db).await
}

/// How many are in the list of a member, with them; none where they hold no guarantee.
pub async fn size_of(db: &impl ConnectionTrait, who: MemberId) -> Result<u64, DbErr> {
    let Some(membership) = of(db, who).await? else { return Ok(0) };
    Ok(Entity::find_by_id(membership.list_id).one(db).await?.map_or(0, |list| list.members.unsigned_abs()))
}

/// A member's trust list in numbers; nothing where they hold no guarantee. Two statements.
pub async fn of_member(db: &impl ConnectionTrait, who: MemberId) -> Result<Option<TrustList>, DbErr> {
    let sql = "SELECT l.members, (SELECT COUNT(*) FROM guarantee g WHERE g.member_id = $1)
               FROM trust_list_member t CROSS JOIN trust_list l WHERE t.member_id = $1 AND l.id = t.list_id";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()]);
    let Some(row) = db.query_one_raw(statement).await? else { return Ok(None) };
    let (members, mine): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    // Whoever holds one with everybody has nobody behind them.
    let theirs = if members == mine + 1 { 0 } else { count_within_two(db, who).await? - mine };
    Ok(Some(TrustList { members: members.unsigned_abs(), mine: mine.unsigned_abs(), theirs: theirs.unsigned_abs() }))
}

/// How many hold a guarantee with the member, or with one of those who do. They are put in order and counted: where these are
/// thousands, a server takes longer to take those of the one kind away from those of the other.
async fn count_within_two(db: &impl ConnectionTrait, who: MemberId) -> Result<i64, DbErr> {
    let sql = "SELECT COUNT(DISTINCT id) FROM (
                   SELECT g.other_id AS id FROM guarantee m CROSS JOIN guarantee g
                   WHERE m.member_id = $1 AND g.member_id = m.other_id AND g.other_id <> $1
                   UNION ALL SELECT o.other_id FROM guarantee o WHERE o.member_id = $1) within";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()]);
    db.query_one_raw(statement).await?.map_or(Ok(0), |row| row.try_get_by_index(0))
}

/// All who are in the list of a member, with them; nobody, where they hold no guarantee.
pub async fn members_of(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<MemberId>, DbErr> {
    let Some(membership) = of(db, who).await? else { return Ok(Vec::new()) };
    let members = member::Entity::find().select_only().column(member::Column::MemberId);
    members.filter(member::Column::ListId.eq(membership.list_id)).into_tuple().all(db).await
}

/// Whether two members are in one list.
pub async fn is_shared(db: &impl ConnectionTrait, one: MemberId, other: MemberId) -> Result<bool, DbErr> {
    let lists = lists_of(db, &[one, other]).await?;
    Ok(lists.get(&one).is_some_and(|list| lists.get(&other) == Some(list)))
}

/// Holds the lists of these members: whoever else joins or parts them comes after this.
pub(super) async fn hold(db: &impl ConnectionTrait, these: &[MemberId]) -> Result<Lists, DbErr> {
    loop {
        let lists = lists_of(db, these).await?;
        let ids: BTreeSet<ListId> = lists.values().copied().collect();
        if ids.is_empty() {
            return Ok(lists);
        }
        // SeaORM leaves the lock out of the SQL that it writes for SQLite.
        Entity::find().filter(one_of(db, Column::Id, ids)).order_by_asc(Column::Id).lock_exclusive().all(db).await?;
        // Whoever was faster may have moved them.
        if lists_of(db, these).await? == lists {
            return Ok(lists);
        }
    }
}

async fn lists_of(db: &impl ConnectionTrait, these: &[MemberId]) -> Result<Lists, DbErr> {
    let these = member::Entity::find().filter(one_of(db, member::Column::MemberId, these.iter().copied()));
    Ok(these.all(db).await?.into_iter().map(|row| (row.member_id, row.list_id)).collect())
}

/// Two of these lists, which are held, become one. A unique violation means that somebody has taken one of the two into
/// another list meanwhile.
pub(super) async fn join(
    db: &impl ConnectionTrait,
    lists: &Lists,
    one: MemberId,
    other: MemberId,
) -> Result<(), DbErr> {
    match (lists.get(&one).copied(), lists.get(&other).copied()) {
        (None, None) => {
            let made = new_lists(db, &[2]).await?;
            let both = made.into_iter().flat_map(|list| [(one, list), (other, list)]);
            put(db, &both.collect::<Vec<_>>()).await
        }
        (Some(list), None) | (None, Some(list)) => {
            let newcomer = if lists.contains_key(&one) { other } else { one };
            put(db, &[(newcomer, list)]).await?;
            grow(db, list, 1).await
        }
        (Some(here), Some(there)) if here == there => Ok(()),
        (Some(here), Some(there)) => {
            let both = Entity::find().filter(one_of(db, Column::Id, [here, there])).all(db).await?;
            let size = |list: ListId| both.iter().find(|row| row.id == list).map_or(0, |row| row.members);
            let (from, to) = if size(here) < size(there) { (here, there) } else { (there, here) };
            member::Entity::update_many()
                .col_expr(member::Column::ListId, Expr::value(to))
                .filter(member::Column::ListId.eq(from))
                .exec(db)
                .await?;
            Entity::delete_by_id(from).exec(db).await?;
            grow(db, to, size(from)).await
        }
    }
}

/// A guarantee, or all of one member, has ended, between these members of a list that is held: whoever is not connected any
/// more leaves it. Those of them who are still connected keep the list, the greatest part of them where there are several.
pub(super) async fn mend(db: &impl ConnectionTrait, list: ListId, ends: &[MemberId]) -> Result<(), DbErr> {
    let parts = match nearby(db, ends).await? {
        Some(parts) => parts,
        None => all_parts(db, list).await?,
    };
    set_apart(db, list, &parts).await
}

/// Which parts are not connected any more, as far as that is seen from the ends of what has ended: none, where these are still
/// connected; `None` where it takes more than a look around each of them.
async fn nearby(db: &impl ConnectionTrait, ends: &[MemberId]) -> Result<Option<Vec<Vec<MemberId>>>, DbErr> {
    if ends.len() > ENDS {
        return Ok(None);
    }
    // Those who are seen from ends that see each other, and whether that is all of them.
    let mut parts: Vec<(HashSet<MemberId>, bool)> = Vec::new();
    for end in ends {
        // A few at the most.
        if parts.iter().any(|(seen, whole)| *whole && seen.contains(end)) {
            continue;
        }
        let around = around(db, *end).await?;
        let (mut seen, mut whole): (HashSet<MemberId>, bool) = (HashSet::new(), around.len() < NEARBY);
        seen.extend(around);
        let (joined, others) = parts.into_iter().partition(|(part, _)| !part.is_disjoint(&seen));
        parts = others;
        for (part, all) in joined {
            seen.extend(part);
            whole |= all;
        }
        parts.push((seen, whole));
    }
    // What is not seen whole is greater than what is; of several such nobody knows whether they meet.
    parts.sort_by_key(|(seen, whole)| (*whole, std::cmp::Reverse(seen.len())));
    let mut parts = parts.into_iter();
    parts.next();
    let rest: Vec<(HashSet<MemberId>, bool)> = parts.collect();
    let all_whole = rest.iter().all(|(_, whole)| *whole);
    Ok(all_whole.then(|| rest.into_iter().map(|(seen, _)| seen.into_iter().collect()).collect()))
}

/// Those who are connected with a member, the nearer ones first, as far as they are looked at.
async fn around(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<MemberId>, DbErr> {
    let sql = format!(
        "WITH RECURSIVE reached (id) AS (
             SELECT CAST($1 AS BIGINT)
             UNION SELECT g.other_id FROM reached r CROSS JOIN guarantee g WHERE g.member_id = r.id)
         SELECT id FROM reached LIMIT {NEARBY}"
    );
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [who.into()])).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// All parts of a list that are not connected any more with its greatest one.
async fn all_parts(db: &impl ConnectionTrait, list: ListId) -> Result<Vec<Vec<MemberId>>, DbErr> {
    let of_list = member::Entity::find().select_only().column(member::Column::MemberId);
    let of_list = of_list.filter(member::Column::ListId.eq(list)).order_by_asc(member::Column::MemberId);
    let members: Vec<MemberId> = of_list.into_tuple().all(db).await?;
    let sql = "SELECT g.member_id, g.other_id FROM trust_list_member t CROSS JOIN guarantee g
               WHERE t.list_id = $1 AND g.member_id = t.member_id AND g.member_id < g.other_id";
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [list.into()])).await?;
    let pairs: Result<Vec<(MemberId, MemberId)>, DbErr> =
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect();
    Ok(connected(&members, &pairs?).into_iter().skip(1).collect())
}

/// Each of these parts becomes a list of its own. Who is alone is in none.
async fn set_apart(db: &impl ConnectionTrait, list: ListId, parts: &[Vec<MemberId>]) -> Result<(), DbErr> {
    let left: Vec<MemberId> = parts.iter().flatten().copied().collect();
    for some in left.chunks(AT_ONCE) {
        let these = one_of(db, member::Column::MemberId, some.iter().copied());
        member::Entity::delete_many().filter(these).exec(db).await?;
    }
    let others: Vec<&Vec<MemberId>> = parts.iter().filter(|part| part.len() > 1).collect();
    let sizes: Vec<i64> = others.iter().map(|part| count(part)).collect();
    let made = new_lists(db, &sizes).await?;
    let lists = others.into_iter().zip(made).flat_map(|(part, list)| part.iter().map(move |member| (*member, list)));
    put(db, &lists.collect::<Vec<_>>()).await?;
    let stay = Entity::find_by_id(list).one(db).await?.map_or(0, |row| row.members) - count(&left);
    if stay > 1 {
        return grow(db, list, -count(&left)).await;
    }
    member::Entity::delete_many().filter(member::Column::ListId.eq(list)).exec(db).await?;
    Entity::delete_by_id(list).exec(db).await?;
    Ok(())
}

fn count(members: &[MemberId]) -> i64 {
    i64::try_from(members.len()).unwrap_or(i64::MAX)
}

/// Makes lists of so many members, in this order.
async fn new_lists(db: &impl ConnectionTrait, sizes: &[i64]) -> Result<Vec<ListId>, DbErr> {
    let mut free: BTreeMap<i64, Vec<ListId>> = BTreeMap::new();
    for some in sizes.chunks(AT_ONCE) {
        let rows = some.iter().map(|size| ActiveModel { id: ActiveValue::NotSet, members: Set(*size) });
        for made in Entity::insert_many(rows).exec_with_returning(db).await? {
            free.entry(made.members).or_default().push(made.id);
        }
    }
    // No database says in which order it gives them back.
    Ok(sizes.iter().filter_map(|size| free.get_mut(size)?.pop()).collect())
}

async fn put(db: &impl ConnectionTrait, members: &[(MemberId, ListId)]) -> Result<(), DbErr> {
    let row =
        |(member, list): &(MemberId, ListId)| member::ActiveModel { member_id: Set(*member), list_id: Set(*list) };
    many::insert(db, members.iter().map(row).collect()).await
}

async fn grow(db: &impl ConnectionTrait, list: ListId, by: i64) -> Result<(), DbErr> {
    let grown = Expr::col(Column::Members).add(by);
    Entity::update_many().col_expr(Column::Members, grown).filter(Column::Id.eq(list)).exec(db).await?;
    Ok(())
}

//! What members do in pools.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use exodus::aid::pools;
use exodus::aid::{self, Refused, Work};
use exodus::domain::invite::Term;
use exodus::domain::{CaseId, CaseWords, MemberId, Money, PoolId, PoolName, PoolRules, Terms};
use exodus::store;
use sea_orm::{EntityTrait, QueryOrder};

use crate::chance::Chance;
use crate::place::Place;

/// What somebody is about to do in a pool.
#[derive(Clone, Copy)]
pub enum Deed {
    Open(Money),
    Join(PoolId, Money),
    Case(PoolId, Money),
    Confirm(CaseId),
    Give(PoolId, Money),
    Lower(CaseId, Money),
    Withdraw(CaseId),
    Leave(PoolId),
}

/// Somebody, and what they do.
pub async fn some(place: &Place, chance: &mut Chance, who: MemberId) -> Option<(MemberId, Deed)> {
    let open = store::pool::Entity::find().all(&place.db).await.unwrap();
    let open: Vec<PoolId> = open.into_iter().filter(|pool| pool.is_open()).map(|pool| pool.id).collect();
    let cases = store::pool::case::all_running(&place.db).await.unwrap();
    let sum = Money::from_minor(chance.between(1, 40) * 501);
    let what = chance.below(40);
    if open.len() < 3 || what == 0 {
        return Some((who, Deed::Open(sum)));
    }
    let pool = chance.of(&open)?;
    let inside = chance.of(&store::pool::member::ids(&place.db, pool).await.unwrap())?;
    let case = chance.of(&cases.iter().map(|case| (case.id, case.owner)).collect::<Vec<_>>());
    Some(match (what, case) {
        (1..=8, _) => (who, Deed::Join(pool, sum)),
        (9..=15, _) | (_, None) => (inside, Deed::Case(pool, sum)),
        (16 | 17, _) => (inside, Deed::Give(pool, sum)),
        (18, Some((case, owner))) => (owner, Deed::Lower(case, sum)),
        (19, Some((case, owner))) => (owner, Deed::Withdraw(case)),
        (20, _) => (inside, Deed::Leave(pool)),
        (_, Some((case, _))) => {
            let asked = store::pool::share::taking_part(&place.db, [case]).await.unwrap();
            let asked: Vec<MemberId> = asked.into_iter().map(|(_, row)| row.member).collect();
            (chance.of(&asked).unwrap_or(who), Deed::Confirm(case))
        }
    })
}

pub async fn act(aid: &Work<'_>, who: MemberId, deed: Deed) -> Result<(), Refused> {
    match deed {
        Deed::Open(sum) => {
            let (name, rules) = (PoolName::read("A pool").unwrap(), PoolRules::read("Fire").unwrap());
            let terms = Terms::new(Money::from_minor(1), Money::from_minor(10_000_000), 30).unwrap();
            pools::open_pool(aid, who, (&name, &rules), terms, sum).await.map(drop)
        }
        Deed::Join(pool, sum) => {
            let Some(by) = store::pool::member::longest(aid.tx, pool).await? else { return Ok(()) };
            let invite = match pools::pool_invite(aid, by, pool).await? {
                Some(invite) => invite,
                None => {
                    let term = Term::Until(aid.now + TimeDelta::days(7));
                    pools::invite_to_pool(aid, by, pool, term).await?;
                    pools::pool_invite(aid, by, pool).await?.unwrap()
                }
            };
            if by != who {
                aid::accept(aid, who, &invite.token, false).await?;
            }
            pools::join(aid, who, &invite.token, sum).await.map(drop)
        }
        Deed::Case(pool, sum) => {
            let words = CaseWords::read("The roof").unwrap();
            pools::open_case(aid, who, pool, &words, sum).await.map(drop)
        }
        Deed::Confirm(case) => pools::confirm(aid, who, case, Money::from_minor(i64::MAX)).await.map(drop),
        Deed::Give(pool, sum) => pools::change_contribution(aid, who, pool, sum).await,
        Deed::Lower(case, sum) => pools::lower(aid, who, case, sum).await.map(drop),
        Deed::Withdraw(case) => pools::withdraw(aid, who, case).await.map(drop),
        Deed::Leave(pool) => pools::leave_pool(aid, who, pool).await.map(drop),
    }
}

/// What was promised for each case that has settled is what it came to, and never more than it asked for. Says how many those
/// are.
pub async fn hold(place: &Place) -> usize {
    let rows = store::journal::Entity::find().order_by_asc(store::journal::Column::Id).all(&place.db).await.unwrap();
    let mut promised: BTreeMap<i64, i64> = BTreeMap::new();
    let mut settled = 0;
    for row in rows {
        let facts: serde_json::Value = serde_json::from_str(&row.facts).unwrap();
        let number = |name: &str| facts[name].as_i64().unwrap();
        match row.what.as_str() {
            "share_promised" => {
                *promised.entry(number("case")).or_default() += facts["help"]["sum"].as_i64().unwrap();
            }
            "case_settled" => {
                assert_eq!(promised.get(&number("case")).copied().unwrap_or_default(), number("promised"));
                assert!(number("promised") <= number("sum"), "{facts}");
                settled += 1;
            }
            _ => {}
        }
    }
    settled
}

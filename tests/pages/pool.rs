//! A pool, put straight into the tables.

use exodus::domain::{CaseId, CaseWords, MemberId, Money, PoolId, PoolName, PoolRules, Terms};
use exodus::store;
use exodus::store::pool::{case, invite, member, share};
use sea_orm::DatabaseConnection;

use crate::community::{noon, november, october};
use exodus_engine::hours::Zone;

/// A pool of these members, who give 100 each; and a case of the last one, of which the others know their share.
pub async fn pool(db: &DatabaseConnection, members: &[MemberId], name: &str, words: &str) -> (PoolId, CaseId) {
    let (name, rules) = (PoolName::read(name).unwrap(), PoolRules::read("Fire and water.\nNot theft.").unwrap());
    let terms = Terms::new(Money::from_minor(1_000), Money::from_minor(20_000), 24).unwrap();
    let pool = store::pool::insert(db, members[0], (&name, &rules), terms, noon(1)).await.unwrap();
    for one in members {
        member::insert(db, pool, *one, Money::from_minor(10_000), noon(1)).await.unwrap();
    }
    let (owner, words) = (*members.last().unwrap(), CaseWords::read(words).unwrap());
    let case = case::insert(db, (pool, owner), &words, Money::from_minor(5_000), noon(28), noon(2)).await.unwrap();
    let since = october().first_instant(&Zone::UTC);
    share::insert_for(db, case, (pool, owner), (november(), since)).await.unwrap();
    (pool, case)
}

/// An invite of this member to a pool, by this token.
pub async fn invite_to(db: &DatabaseConnection, pool: PoolId, by: MemberId, token: &str) {
    let term = exodus::domain::invite::Term::Until(noon(29));
    let made = store::invite::insert_for(db, token, (by, by), term, noon(1)).await.unwrap();
    invite::insert(db, made.id, pool).await.unwrap();
}

//! Pools, one for each circle, into which people are put as they come: opening one and joining it takes more typing than
//! anybody in a storm has patience for. What is asked there, and answered, is theirs.

use std::time::Duration;

use chrono::Utc;
use exodus::domain::{MemberId, Money, PoolId, PoolName, PoolRules, Terms};
use exodus::store;
use sea_orm::{DatabaseConnection, EntityTrait};
use tokio_util::sync::CancellationToken;

const MOMENT: Duration = Duration::from_millis(500);

/// So many are in a pool before anything is asked there.
const AT_LEAST: usize = 4;

/// Opens a pool for each circle, and puts those into it who have come. It is nobody's turn, so nobody is told.
pub async fn gather(db: DatabaseConnection, circles: usize, over: CancellationToken) {
    let mut pools: Vec<Option<PoolId>> = vec![None; circles];
    let mut seen: Vec<MemberId> = Vec::new();
    let mut waiting: Vec<Vec<MemberId>> = vec![Vec::new(); circles];
    while tokio::time::timeout(MOMENT, over.cancelled()).await.is_err() {
        let Ok(members) = store::member::Entity::find().all(&db).await else { continue };
        for member in members.into_iter().map(|row| row.id).filter(|id| !seen.contains(id)).collect::<Vec<_>>() {
            seen.push(member);
            waiting[usize::try_from(member.number()).unwrap() % circles].push(member);
        }
        for (at, come) in waiting.iter_mut().enumerate() {
            if pools[at].is_none() && come.len() < AT_LEAST {
                continue;
            }
            // Others write as well: who could not be put in is tried again.
            if pools[at].is_none() {
                pools[at] = opened(&db, at, come[0]).await;
            }
            let Some(pool) = pools[at] else { continue };
            let mut left = Vec::new();
            for who in come.drain(..) {
                let now = Utc::now();
                if store::pool::member::insert(&db, pool, who, Money::from_minor(20_000), now).await.is_err() {
                    left.push(who);
                }
            }
            *come = left;
        }
    }
}

async fn opened(db: &DatabaseConnection, circle: usize, by: MemberId) -> Option<PoolId> {
    let (name, rules) = (PoolName::read(&format!("Circle {circle}")).unwrap(), PoolRules::read("Storms").unwrap());
    let terms = Terms::new(Money::from_minor(100), Money::from_minor(100_000), 24).unwrap();
    store::pool::insert(db, by, (&name, &rules), terms, Utc::now()).await.ok()
}

//! Cases of pools: who is asked for how much, what they answer, what the calendar does about it, and what comes of it.

mod groups;
mod large;
mod members;
mod shares;
mod silent;

use std::collections::BTreeMap;

use exodus::aid::pools;
use exodus::aid::{self, Refused};
use exodus::domain::invite::Term;
use exodus::domain::{
    CaseEnding, CaseId, CaseWords, MemberId, Money, Phase, PoolId, PoolName, PoolRules, Refusal, Terms,
};
use exodus::store;
use sea_orm::EntityTrait;

use crate::place::{Place, at};

fn money(minor: i64) -> Money {
    Money::from_minor(minor)
}

fn rule<T: std::fmt::Debug>(done: Result<T, Refused>) -> Refusal {
    match done {
        Err(Refused::Rule(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// A pool of some members, who would give so much each; the first one looks after it.
struct Circle {
    place: Place,
    pool: PoolId,
    members: Vec<MemberId>,
}

impl Circle {
    async fn of(place: Place, contributions: &[i64]) -> Circle {
        let mut members = Vec::new();
        let before = store::member::Entity::find().all(&place.db).await.unwrap().len();
        for number in 0..contributions.len() {
            members.push(place.member(&format!("Member {}", before + number)).await);
        }
        let (name, rules) = (PoolName::read("Neighbours").unwrap(), PoolRules::read("Fire and water").unwrap());
        let terms = Terms::new(money(1), money(1_000_000), 24).unwrap();
        let first = money(contributions[0]);
        let pool = place
            .within(async |aid| pools::open_pool(aid, members[0], (&name, &rules), terms, first).await.unwrap())
            .await;
        let circle = Circle { place, pool, members };
        for (member, contribution) in circle.members.iter().zip(contributions).skip(1) {
            circle.joins(*member, *contribution).await;
        }
        circle
    }

    async fn joins(&self, who: MemberId, contribution: i64) {
        let (pool, by) = (self.pool, self.members[0]);
        self.place
            .within(async |aid| {
                pools::invite_to_pool(aid, by, pool, Term::Until(at("2027-11-10T12:00:00Z"))).await.unwrap();
                let invite = pools::pool_invite(aid, by, pool).await.unwrap().unwrap();
                aid::accept(aid, who, &invite.token, false).await.unwrap();
                pools::join(aid, who, &invite.token, money(contribution)).await.unwrap();
                aid::revoke(aid, by, invite.id).await.unwrap();
            })
            .await;
    }

    async fn case(&self, owner: usize, sum: i64) -> Result<CaseId, Refused> {
        let words = CaseWords::read("The roof").unwrap();
        let (pool, owner) = (self.pool, self.members[owner]);
        self.place.within(async |aid| pools::open_case(aid, owner, pool, &words, money(sum)).await).await
    }

    async fn confirms(&self, case: CaseId, who: usize) -> Result<Money, Refused> {
        let who = self.members[who];
        let most = money(i64::MAX);
        self.place.within(async |aid| pools::confirm(aid, who, case, most).await.map(|taken| taken.share)).await
    }

    async fn leaves(&self, who: usize) {
        let (pool, who) = (self.pool, self.members[who]);
        self.place.within(async |aid| pools::leave_pool(aid, who, pool).await.unwrap()).await;
    }

    /// What this member is asked for by a case that runs.
    async fn share(&self, case: CaseId, who: usize) -> Option<i64> {
        let who = self.members[who];
        let seen = self.place.within(async |aid| pools::case_seen(aid, who, case).await.unwrap()).await;
        seen.mine.map(|mine| mine.share.minor())
    }

    async fn shares(&self, case: CaseId) -> Vec<Option<i64>> {
        let mut shares = Vec::new();
        for who in 0..self.members.len() {
            shares.push(self.share(case, who).await);
        }
        shares
    }

    async fn phase(&self, case: CaseId) -> (Phase, Option<CaseEnding>) {
        let case = store::pool::case::find(&self.place.db, case).await.unwrap().unwrap().domain().unwrap();
        (case.phase, case.ending)
    }

    /// What is owed for a case: by whom, how much.
    async fn owed(&self, case: CaseId) -> BTreeMap<usize, i64> {
        let case = store::pool::case::find(&self.place.db, case).await.unwrap().unwrap();
        let all = store::commitment::Entity::find().all(&self.place.db).await.unwrap();
        let of_case = all.into_iter().filter(|row| Some(row.collection_id) == case.collection_id);
        let number = |member| self.members.iter().position(|one| *one == member).unwrap();
        of_case
            .inspect(|row| assert_eq!((row.receiver_id, row.state.as_str()), (case.owner_id, "obligation")))
            .map(|row| (number(row.supporter_id), row.sum))
            .collect()
    }

    /// How often each member was told of this kind.
    async fn told(&self, kind: &str) -> Vec<usize> {
        let told = self.place.told().await;
        let count = |member: &MemberId| told.iter().filter(|(to, what)| to == member && what == kind).count();
        self.members.iter().map(count).collect()
    }
}

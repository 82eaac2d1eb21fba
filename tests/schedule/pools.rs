//! Cases of pools: who is asked for how much, what they answer, what the calendar does about it, and what comes of it.

use std::collections::BTreeMap;

use exodus::aid::pools;
use exodus::aid::{self, Refused};
use exodus::domain::invite::Term;
use exodus::domain::{
    CaseEnding, CaseId, CaseWords, Deed, MemberId, Money, Phase, PoolId, PoolName, PoolRules, Refusal, State, Terms,
};
use exodus::store;
use exodus_engine::conversation::Clock;
use sea_orm::{ConnectionTrait, EntityTrait, Statement};

use crate::place::{Place, at};
use crate::support::database::on_each;

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
        for number in 0..contributions.len() {
            members.push(place.member(&format!("Member {number}")).await);
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

#[tokio::test]
async fn when_all_have_answered_the_shares_are_obligations_like_any_other() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[5_000, 1_000, 2_000, 3_000]).await;
        let place = &circle.place;
        assert_eq!(rule(circle.case(0, 6_001).await), Refusal::Volume { volume: money(6_000) });
        assert_eq!(rule(circle.case(0, 0).await), Refusal::NotPositive);
        let case = circle.case(0, 1_000).await.unwrap();
        assert_eq!(circle.shares(case).await, [None, Some(167), Some(333), Some(500)]);
        assert_eq!(circle.told("notice-case").await, [0, 1, 1, 1]);
        assert_eq!(rule(circle.case(0, 10).await), Refusal::CaseOpen);
        for who in [1, 2] {
            circle.confirms(case, who).await.unwrap();
            assert_eq!(rule(circle.confirms(case, who).await), Refusal::Unchanged, "twice");
        }
        assert_eq!((circle.owed(case).await.len(), circle.phase(case).await.0), (0, Phase::Discussed));
        circle.confirms(case, 3).await.unwrap();
        assert_eq!(circle.owed(case).await, BTreeMap::from([(1, 167), (2, 333), (3, 500)]));
        assert_eq!(circle.phase(case).await, (Phase::Settled, None));
        assert_eq!(circle.told("notice-case-promised").await, [0, 1, 1, 1]);
        assert_eq!(circle.told("notice-case-settled").await, [1, 0, 0, 0]);

        // What was promised in this month is taken off.
        let next = circle.case(1, 1_000).await.unwrap();
        assert_eq!(circle.shares(next).await, [Some(545), None, Some(182), Some(273)]);
        let (pool, boris) = (circle.pool, circle.members[1]);
        let volume = place.within(async |aid| pools::volume_for_case(aid, boris, pool).await.unwrap()).await;
        assert_eq!(volume, money(5_000 + 1_667 + 2_500 - 1_000));
        place.within(async |aid| pools::withdraw(aid, boris, next).await.map(drop).unwrap()).await;

        // It is claimed, confirmed, and overdue as any other.
        let all = store::commitment::Entity::find().all(&place.db).await.unwrap();
        let first = all.iter().find(|row| row.supporter_id == boris).unwrap().id;
        place.within(async |aid| aid::perform(aid, boris, first, Deed::Claim).await.map(drop).unwrap()).await;
        let anna = circle.members[0];
        place.within(async |aid| aid::perform(aid, anna, first, Deed::Confirm).await.map(drop).unwrap()).await;
        assert_eq!(circle.told("notice-circle-claimed").await, [0; 4], "it is between the two");
        place
            .within(async |aid| aid::perform(aid, anna, first, Deed::TakeConfirmationBack).await.map(drop).unwrap())
            .await;
        place.within(async |aid| aid::perform(aid, anna, first, Deed::Confirm).await.map(drop).unwrap()).await;
        place.ensure().await;
        place.pass_at("2026-12-01T00:00:00Z").await;
        let states: Vec<State> = store::commitment::Entity::find()
            .all(&place.db)
            .await
            .unwrap()
            .iter()
            .map(|row| State::parse(&row.state).unwrap())
            .collect();
        assert_eq!(states.iter().filter(|state| **state == State::Overdue).count(), 2);
        assert_eq!(states.len(), 3, "nothing of it is intended again: {states:?}");
        let seen = place.within(async |aid| pools::case_seen(aid, anna, case).await.unwrap()).await;
        assert_eq!(seen.promised, money(1_000), "what is overdue was promised all the same");
        assert_eq!(seen.totals.unwrap().fulfilled, money(167));
        // And in the new month everybody's contribution is whole again.
        let volume = place.within(async |aid| pools::volume_for_case(aid, anna, pool).await.unwrap()).await;
        assert_eq!(volume, money(6_000));
    })
    .await;
}

#[tokio::test]
async fn a_share_is_never_more_than_the_case_asks_for() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[5_000, 1_000, 2_000]).await;
        let case = circle.case(0, 600).await.unwrap();
        let mine = async |who: usize| {
            let who = circle.members[who];
            circle.place.within(async |aid| pools::case_seen(aid, who, case).await.unwrap().mine.unwrap()).await
        };
        let asked = mine(1).await;
        assert_eq!((asked.share, asked.most, asked.can_grow()), (money(200), money(600), true));
        circle.leaves(2).await;
        let asked = mine(1).await;
        assert_eq!((asked.share, asked.most, asked.can_grow()), (money(600), money(600), false));
    })
    .await;
}

#[tokio::test]
async fn an_invite_to_a_pool_is_not_used_up_by_who_is_in_it_and_makes_nobody_acquainted() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        let (pool, boris, gleb) = (circle.pool, circle.members[1], circle.members[2]);
        let dima = circle.place.member("Dima").await;
        circle
            .place
            .within(async |aid| {
                pools::invite_to_pool(aid, boris, pool, Term::ForOne).await.unwrap();
                let invite = pools::pool_invite(aid, boris, pool).await.unwrap().unwrap();
                assert!(aid::accept(aid, gleb, &invite.token, false).await.unwrap().is_left);
                assert!(!store::acquaintance::stands(aid.tx, gleb, boris).await.unwrap());
                assert!(pools::invited(aid, gleb, &invite.token).await.unwrap().unwrap().is_in);
                assert!(!aid::accept(aid, dima, &invite.token, false).await.unwrap().is_left);
                pools::join(aid, dima, &invite.token, money(100)).await.unwrap();
                assert!(store::acquaintance::stands(aid.tx, dima, boris).await.unwrap());
                assert!(aid::accept(aid, gleb, &invite.token, false).await.is_err(), "now it is used up");
            })
            .await;
    })
    .await;
}

#[tokio::test]
async fn whoever_was_asked_and_has_no_share_any_more_hears_that_nothing_is_needed() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        let case = circle.case(0, 100).await.unwrap();
        circle.confirms(case, 1).await.unwrap();
        let anna = circle.members[0];
        // One cent is the first one's, who has answered: so it settles.
        let told = circle.place.within(async |aid| pools::lower(aid, anna, case, money(1)).await.unwrap()).await;
        assert_eq!(circle.phase(case).await, (Phase::Settled, None));
        assert_eq!(circle.told("notice-case-share-nothing").await, [0, 0, 1]);
        assert_eq!(circle.told("notice-case-promised").await, [0, 1, 0]);
        assert_eq!(told, 2);
    })
    .await;
}

#[tokio::test]
async fn one_leaves_and_one_is_silent_and_the_others_share_it() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[1_000, 1_000, 1_000, 1_000, 1_000]).await;
        let place = &circle.place;
        place.ensure().await;
        let case = circle.case(0, 1_000).await.unwrap();
        assert_eq!(circle.shares(case).await, [None, Some(250), Some(250), Some(250), Some(250)]);
        circle.confirms(case, 1).await.unwrap();
        circle.leaves(4).await;
        assert_eq!(circle.shares(case).await[..4], [None, Some(334), Some(333), Some(333)]);
        // Who has answered is told, who has not is asked: once each.
        assert_eq!(circle.told("notice-case-share-taken").await, [0, 1, 0, 0, 0]);
        assert_eq!(circle.told("notice-case-share").await, [0, 0, 1, 1, 0]);
        circle.confirms(case, 2).await.unwrap();
        place.pass_at("2026-11-11T11:59:00Z").await;
        assert_eq!(circle.told("notice-case-again").await, [0; 5]);
        place.pass_at("2026-11-11T12:00:00Z").await;
        assert_eq!(circle.told("notice-case-again").await, [0, 0, 0, 1, 0]);
        assert_eq!(circle.phase(case).await.0, Phase::AskedAgain);
        place.pass_at("2026-11-12T12:00:00Z").await;
        assert_eq!(circle.told("notice-pool-left").await, [0, 0, 0, 1, 0]);
        assert_eq!(circle.owed(case).await, BTreeMap::from([(1, 500), (2, 500)]));
        assert_eq!(circle.phase(case).await, (Phase::Settled, None));
        let left = store::pool::member::ids(&place.db, circle.pool).await.unwrap();
        assert_eq!(left, circle.members[..3]);
        assert_eq!(rule(circle.confirms(case, 3).await), Refusal::CaseOver);
    })
    .await;
}

#[tokio::test]
async fn who_answers_when_asked_again_stays() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[100, 100, 100]).await;
        circle.place.ensure().await;
        let case = circle.case(0, 100).await.unwrap();
        circle.place.pass_at("2026-11-11T12:00:00Z").await;
        assert_eq!(circle.told("notice-case-again").await, [0, 1, 1]);
        circle.place.set("2026-11-12T11:00:00Z");
        circle.confirms(case, 1).await.unwrap();
        circle.confirms(case, 2).await.unwrap();
        assert_eq!(circle.owed(case).await, BTreeMap::from([(1, 50), (2, 50)]));
    })
    .await;
}

#[tokio::test]
async fn whoever_gets_a_share_only_because_others_left_is_asked_before_they_leave() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[100, 100, 100]).await;
        circle.place.ensure().await;
        // One cent: it is the first one's.
        let case = circle.case(0, 1).await.unwrap();
        assert_eq!(circle.shares(case).await, [None, Some(1), Some(0)]);
        assert_eq!(circle.told("notice-case").await, [0, 1, 0]);
        for time in ["2026-11-11T12:00:00Z", "2026-11-12T12:00:00Z"] {
            circle.place.pass_at(time).await;
        }
        assert_eq!(circle.told("notice-pool-left").await, [0, 1, 0]);
        assert_eq!(circle.told("notice-case-again").await, [0, 1, 1]);
        circle.place.pass_at("2026-11-13T11:00:00Z").await;
        circle.confirms(case, 2).await.unwrap();
        assert_eq!(circle.owed(case).await, BTreeMap::from([(2, 1)]));
    })
    .await;
}

#[tokio::test]
async fn a_lower_sum_is_told_and_whoever_has_answered_need_not_again() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[1_000, 500, 500, 1_000]).await;
        let case = circle.case(0, 1_000).await.unwrap();
        circle.confirms(case, 1).await.unwrap();
        let (anna, boris) = (circle.members[0], circle.members[1]);
        let lower = async |who: MemberId, to: i64| {
            circle.place.within(async |aid| pools::lower(aid, who, case, money(to)).await.map(drop)).await
        };
        assert_eq!(rule(lower(anna, 1_000).await), Refusal::NotLess { sum: money(1_000) });
        assert_eq!(rule(lower(boris, 10).await), Refusal::Unknown);
        lower(anna, 400).await.unwrap();
        assert_eq!(circle.shares(case).await, [None, Some(100), Some(100), Some(200)]);
        assert_eq!(circle.told("notice-case-share-taken").await, [0, 1, 0, 0]);
        assert_eq!(circle.told("notice-case-share").await, [0, 0, 1, 1]);
        for who in [2, 3] {
            circle.confirms(case, who).await.unwrap();
        }
        assert_eq!(circle.owed(case).await, BTreeMap::from([(1, 100), (2, 100), (3, 200)]));
    })
    .await;
}

#[tokio::test]
async fn a_share_that_has_grown_is_not_taken_unread() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[1_000, 1_000, 1_000, 1_000]).await;
        let case = circle.case(0, 900).await.unwrap();
        circle.leaves(3).await;
        let boris = circle.members[1];
        let take = async |read: i64| {
            circle
                .place
                .within(async |aid| pools::confirm(aid, boris, case, money(read)).await.map(|taken| taken.share))
                .await
        };
        assert_eq!(rule(take(300).await), Refusal::ShareGrew);
        assert_eq!(take(450).await.unwrap(), money(450));
    })
    .await;
}

#[tokio::test]
async fn cases_at_once_ask_nobody_for_more_than_they_give_and_the_older_comes_first() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300, 300]).await;
        circle.place.ensure().await;
        let first = circle.case(0, 600).await.unwrap();
        assert_eq!(circle.shares(first).await, [None, Some(200), Some(200), Some(200)]);
        // Boris asks while Anna's is discussed: she has given nothing yet, the others have 100 left.
        assert_eq!(rule(circle.case(1, 501).await), Refusal::Volume { volume: money(500) });
        let second = circle.case(1, 500).await.unwrap();
        assert_eq!(circle.shares(second).await, [Some(300), None, Some(100), Some(100)]);
        // One leaves: the older case asks for more, the younger one gets what is left.
        circle.leaves(3).await;
        assert_eq!(circle.shares(first).await[..3], [None, Some(300), Some(300)]);
        assert_eq!(circle.shares(second).await[..3], [Some(300), None, Some(0)]);
        // The younger one waits for the older.
        circle.confirms(second, 0).await.unwrap();
        assert_eq!(circle.phase(second).await.0, Phase::Discussed);
        for who in [1, 2] {
            circle.confirms(first, who).await.unwrap();
        }
        assert_eq!(circle.owed(first).await, BTreeMap::from([(1, 300), (2, 300)]));
        circle.place.pass().await;
        assert_eq!(circle.owed(second).await, BTreeMap::from([(0, 300)]));
    })
    .await;
}

#[tokio::test]
async fn when_all_others_leave_nothing_comes_of_it() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        let case = circle.case(0, 600).await.unwrap();
        circle.leaves(1).await;
        assert_eq!(circle.shares(case).await, [None, None, Some(300)], "nobody's is more than they give");
        circle.leaves(2).await;
        assert_eq!(circle.phase(case).await, (Phase::Over, Some(CaseEnding::Nobody)));
        assert_eq!(circle.told("notice-case-nobody").await, [1, 0, 0]);
        circle.leaves(0).await;
        let pool = store::pool::find(&circle.place.db, circle.pool).await.unwrap().unwrap();
        assert!(!pool.is_open() && pool.rules.is_empty(), "nobody is left who could read them");
    })
    .await;
}

#[tokio::test]
async fn who_joins_or_gives_more_meanwhile_does_so_for_later_cases() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        let case = circle.case(0, 300).await.unwrap();
        let late = circle.place.member("Late").await;
        circle.joins(late, 1_000).await;
        let (boris, pool) = (circle.members[1], circle.pool);
        circle.place.within(async |aid| pools::change_contribution(aid, boris, pool, money(900)).await.unwrap()).await;
        assert_eq!(circle.shares(case).await, [None, Some(150), Some(150)]);
        let seen = circle.place.within(async |aid| pools::case_seen(aid, late, case).await.unwrap()).await;
        assert_eq!(seen.mine, None);
        for who in [1, 2] {
            circle.confirms(case, who).await.unwrap();
        }
        let next = circle.case(0, 1_000).await.unwrap();
        assert_eq!(circle.shares(next).await, [None, Some(395), Some(79)], "750, 150 and 1,000 are left");
    })
    .await;
}

#[tokio::test]
async fn who_is_suspended_takes_no_part_and_who_leaves_the_community_is_out_of_it() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300, 300]).await;
        let case = circle.case(0, 300).await.unwrap();
        let admin = aid::Administrators::new([("terminal".to_owned(), "root".to_owned())]);
        let admin = admin.admit("terminal", "root").unwrap();
        let why = exodus::domain::Reason::read("Promises").unwrap();
        let boris = circle.members[1];
        circle.place.within(async |aid| aid::suspend(aid, &admin, boris, &why).await.unwrap()).await;
        assert_eq!(circle.shares(case).await, [None, None, Some(150), Some(150)]);
        let gleb = circle.members[3];
        circle.place.within(async |aid| aid::leave(aid, gleb).await.unwrap()).await;
        let vera = circle.members[2];
        let seen = circle.place.within(async |aid| pools::case_seen(aid, vera, case).await.unwrap()).await;
        assert_eq!(seen.mine.unwrap().share, money(300));
        // Its owner leaves: it is over.
        let anna = circle.members[0];
        circle.place.within(async |aid| aid::leave(aid, anna).await.unwrap()).await;
        assert_eq!(circle.phase(case).await, (Phase::Over, Some(CaseEnding::OwnerGone)));
        assert_eq!(circle.told("notice-case-over").await, [0, 0, 1, 0]);
        // Boris stays in the pool meanwhile.
        assert_eq!(store::pool::member::ids(&circle.place.db, circle.pool).await.unwrap(), [boris, vera]);
    })
    .await;
}

#[tokio::test]
async fn a_pool_is_closed_by_who_has_been_in_it_longest_and_what_is_discussed_is_over() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        let (pool, place) = (circle.pool, &circle.place);
        let settled = circle.case(0, 100).await.unwrap();
        for who in [1, 2] {
            circle.confirms(settled, who).await.unwrap();
        }
        let case = circle.case(1, 300).await.unwrap();
        let close = async |who: usize| {
            let who = circle.members[who];
            place.within(async |aid| pools::close_pool(aid, who, pool).await).await
        };
        assert_eq!(rule(close(1).await), Refusal::NotYours);
        circle.leaves(0).await;
        assert_eq!(close(1).await.unwrap(), 1, "the other one hears of it");
        assert_eq!(circle.phase(case).await, (Phase::Over, Some(CaseEnding::Closed)));
        assert_eq!(circle.told("notice-pool-closed").await, [0, 0, 1]);
        assert_eq!(circle.owed(settled).await, BTreeMap::from([(1, 50), (2, 50)]), "what was promised stands");
        assert_eq!(rule(circle.case(2, 10).await), Refusal::PoolClosed);
        assert_eq!(rule(circle.confirms(case, 2).await), Refusal::CaseOver);
    })
    .await;
}

#[tokio::test]
async fn nobody_else_sees_a_pool_or_what_is_asked_there() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300]).await;
        let case = circle.case(0, 300).await.unwrap();
        let stranger = circle.place.member("Mallory").await;
        let pool = circle.pool;
        circle
            .place
            .within(async |aid| {
                assert_eq!(rule(pools::pool_seen(aid, stranger, pool).await), Refusal::Unknown);
                assert_eq!(rule(pools::case_seen(aid, stranger, case).await), Refusal::Unknown);
                assert_eq!(rule(pools::volume_for_case(aid, stranger, pool).await), Refusal::Unknown);
                let slice = store::Slice { skip: 0, take: 8 };
                assert_eq!(rule(pools::pool_members(aid, stranger, pool, slice).await), Refusal::Unknown);
                assert_eq!(rule(pools::ended_cases(aid, stranger, pool, slice).await), Refusal::Unknown);
                assert_eq!(rule(pools::pool_invite(aid, stranger, pool).await), Refusal::Unknown);
                assert_eq!(rule(pools::confirm(aid, stranger, case, money(i64::MAX)).await), Refusal::Unknown);
                assert_eq!(rule(pools::lower(aid, stranger, case, money(1)).await), Refusal::Unknown);
                assert_eq!(rule(pools::withdraw(aid, stranger, case).await), Refusal::Unknown);
                assert_eq!(rule(pools::leave_pool(aid, stranger, pool).await), Refusal::Unknown);
                assert_eq!(rule(pools::close_pool(aid, stranger, pool).await), Refusal::Unknown);
                assert_eq!(rule(pools::invite_to_pool(aid, stranger, pool, Term::ForOne).await), Refusal::Unknown);
                let words = CaseWords::read("x").unwrap();
                assert_eq!(rule(pools::open_case(aid, stranger, pool, &words, money(1)).await), Refusal::Unknown);
            })
            .await;
    })
    .await;
}

/// Puts so many more into a pool, straight into the tables.
async fn crowd(circle: &Circle, count: i64, contribution: i64) {
    let db = &circle.place.db;
    let now = circle.place.clock.now();
    let many = "WITH RECURSIVE n (i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1)";
    let run = async |sql: String, values: Vec<sea_orm::Value>| {
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap();
    };
    let people = format!("INSERT INTO person (id, lang, created_at) {many} SELECT 1000 + i, 'en', $2 FROM n");
    run(people, vec![count.into(), now.into()]).await;
    let members = "INSERT INTO member (id, name, look, created_at)
             SELECT id, 'Member ' || id, 'member ' || id, created_at FROM person WHERE id > 1000";
    run(members.to_owned(), vec![]).await;
    let joined = "INSERT INTO pool_member (pool_id, member_id, contribution, joined_at)
                  SELECT CAST($1 AS BIGINT), id, CAST($2 AS BIGINT), created_at FROM member WHERE id > 1000";
    run(joined.to_owned(), vec![circle.pool.into(), contribution.into()]).await;
}

#[tokio::test]
async fn a_large_pool_is_told_asked_and_settled_in_steps_and_comes_to_the_same() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300]).await;
        let place = &circle.place;
        crowd(&circle, 700, 300).await;
        place.ensure().await;
        // 701 others, who share 1,000: 299 have two cents, and 402 one.
        let case = circle.case(0, 1_000).await.unwrap();
        assert_eq!(place.told_by_kind().await.get("notice-case"), None);
        place.pass().await;
        assert_eq!(place.told_by_kind().await["notice-case"], 701);
        circle.leaves(1).await;
        place.pass_at("2026-11-10T12:09:00Z").await;
        assert_eq!(place.told_by_kind().await.get("notice-case-share"), None, "others may leave as well");
        place.pass_at("2026-11-10T12:10:00Z").await;
        let told = place.told_by_kind().await;
        assert!(told["notice-case-share"] <= 2, "who has to give the two cents: {told:?}");
        // All but 300 answer.
        let answer = "UPDATE pool_share SET answer = 'confirmed' WHERE answer = 'none' AND member_id > 1300";
        place.db.execute_unprepared(answer).await.unwrap();
        place.pass_at("2026-11-11T12:00:00Z").await;
        assert_eq!(place.told_by_kind().await["notice-case-again"], 300);
        place.pass_at("2026-11-12T12:00:00Z").await;
        let told = place.told_by_kind().await;
        assert_eq!((told["notice-pool-left"], told["notice-case-promised"]), (300, 400));
        assert_eq!(circle.phase(case).await, (Phase::Settled, None));
        let owed: Vec<i64> =
            store::commitment::Entity::find().all(&place.db).await.unwrap().iter().map(|row| row.sum).collect();
        assert_eq!((owed.len(), owed.iter().sum::<i64>()), (400, 1_000));
        assert!(owed.iter().all(|sum| [2, 3].contains(sum)));
        assert_eq!(store::pool::seen::count(&place.db, circle.pool).await.unwrap(), 401);
    })
    .await;
}

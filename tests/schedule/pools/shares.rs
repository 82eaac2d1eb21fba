//! How a case is shared out, and what becomes of the shares.

use std::collections::BTreeMap;

use exodus::aid::{self, pools};
use exodus::domain::{Deed, MemberId, Phase, Refusal, State};
use exodus::store;
use sea_orm::EntityTrait;

use super::{Circle, money, rule};
use crate::place::Place;
use crate::support::database::on_each;

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

//! Who does not answer, and who is asked for something only later.

use std::collections::BTreeMap;

use exodus::aid::pools;
use exodus::domain::{Phase, Refusal};
use exodus::{notices, store};
use exodus_engine::conversation::Clock;
use sea_orm::EntityTrait;

use super::{Circle, money, rule};
use crate::place::Place;
use crate::support::database::on_each;

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
async fn an_owner_hears_once_how_much_less_their_case_can_come_to() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300, 300]).await;
        let case = circle.case(0, 700).await.unwrap();
        let less = async || circle.told("notice-case-less").await;
        // Nobody can be asked for more than they have said: one who leaves takes a part of it along.
        circle.leaves(3).await;
        assert_eq!(less().await, [1, 0, 0, 0]);
        // Asking for less than that is no news to whoever does it.
        let anna = circle.members[0];
        circle.place.within(async |aid| pools::lower(aid, anna, case, money(250)).await.unwrap()).await;
        circle.leaves(2).await;
        assert_eq!(circle.shares(case).await, [None, Some(250), None, None]);
        assert_eq!(less().await, [1, 0, 0, 0]);
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
        // Nobody has asked them before, so nobody reproaches them with anything.
        assert_eq!(circle.told("notice-case").await, [0, 1, 1]);
        assert_eq!(circle.told("notice-case-again").await, [0, 1, 0]);
        circle.place.pass_at("2026-11-13T12:00:00Z").await;
        assert_eq!(circle.told("notice-case-again").await, [0, 1, 1]);
        assert_eq!(circle.told("notice-pool-left").await, [0, 1, 0]);
        circle.confirms(case, 2).await.unwrap();
        assert_eq!(circle.owed(case).await, BTreeMap::from([(2, 1)]));
    })
    .await;
}

#[tokio::test]
async fn who_is_asked_anew_after_their_share_was_nothing_is_not_reproached_with_silence() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        circle.place.ensure().await;
        let case = circle.case(0, 100).await.unwrap();
        let anna = circle.members[0];
        // One cent: it is the first one's, and nothing is asked of the other any more.
        circle.place.within(async |aid| pools::lower(aid, anna, case, money(1)).await.map(drop).unwrap()).await;
        assert_eq!(circle.told("notice-case-share-nothing").await, [0, 0, 1]);
        for time in ["2026-11-11T12:00:00Z", "2026-11-12T12:00:00Z"] {
            circle.place.pass_at(time).await;
        }
        assert_eq!(circle.told("notice-pool-left").await, [0, 1, 0]);
        assert_eq!(circle.told("notice-case-share").await, [0, 1, 1], "it is theirs now");
        assert_eq!(circle.told("notice-case-again").await, [0, 1, 0]);
    })
    .await;
}

#[tokio::test]
async fn the_daily_message_leads_to_the_case_that_waits_for_an_answer() {
    on_each(async |db, _| {
        let circle = Circle::of(Place::new(db), &[300, 300, 300]).await;
        let (place, boris) = (&circle.place, circle.members[1]);
        let case = circle.case(0, 100).await.unwrap();
        let day = async || {
            let facts = format!(r#"{{"pool":{{"pool":{}}}}}"#, circle.pool);
            let kind = "notice-pool-closed".to_owned();
            let item = store::digest_item::New { member: boris, kind, facts, record: None };
            store::digest_item::push_many(&place.db, [item], place.clock.now()).await.unwrap();
            place.within(async |aid| notices::daily_message(aid, boris).await.unwrap()).await;
            let rows = store::outbox::Entity::find().all(&place.db).await.unwrap();
            let daily = rows.into_iter().rfind(|row| row.kind == "notice-daily").unwrap();
            let page = notices::page("notice-daily", &daily.facts, None, &notices::Names::default()).unwrap();
            format!("{:?}", page.rows)
        };
        let leads = format!("case/{case}");
        assert!(day().await.contains(&leads));
        circle.confirms(case, 1).await.unwrap();
        assert!(!day().await.contains(&leads));
    })
    .await;
}

//! Very many are told of one event in steps: each once, in the order in which things happened, wherever a process is cut off.

use std::collections::BTreeMap;
use std::time::Duration;

use exodus::domain::{Category, Collection, MemberId, Mode, Money, State};
use exodus::{aid, store};
use sea_orm::{DatabaseConnection, EntityTrait, PaginatorTrait};
use tokio_util::sync::CancellationToken;

use crate::place::Place;
use crate::support::database::on_each;

/// More than are told at once.
const SUPPORTERS: i64 = 620;

/// Anna, whom very many help.
async fn community(db: &DatabaseConnection) -> (Place, MemberId, Collection) {
    let place = Place::new(db.clone());
    let anna = place.member("Anna").await;
    let collection = place.monthly(anna).await;
    let tx = store::begin(db).await.unwrap();
    let now = exodus_engine::conversation::Clock::now(place.clock.as_ref());
    for number in 0..SUPPORTERS {
        let member = store::member::insert(&tx, &format!("Supporter {number}"), "en", now).await.unwrap();
        let new = store::commitment::New {
            collection: collection.id,
            supporter: member.id,
            receiver: anna,
            sum: Money::from_minor(100),
            state: State::Intention,
            month: crate::place::november(),
        };
        store::commitment::insert(&tx, new, now).await.unwrap();
        store::notification::choose(&tx, member.id, Category::Supported, Mode::On).await.unwrap();
    }
    tx.commit().await.unwrap();
    place.ensure().await;
    (place, anna, collection)
}

async fn change_sum(place: &Place, anna: MemberId, collection: &Collection, sum: i64) {
    place.within(async |aid| aid::change_sum(aid, anna, collection.id, Money::from_minor(sum)).await.unwrap()).await;
}

async fn parts(db: &DatabaseConnection) -> u64 {
    store::telling::Entity::find().count(db).await.unwrap()
}

/// What everybody was told, in its order.
async fn told(place: &Place) -> BTreeMap<MemberId, Vec<String>> {
    let mut told: BTreeMap<MemberId, Vec<String>> = BTreeMap::new();
    for (who, kind) in place.told().await {
        told.entry(who).or_default().push(kind);
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn very_many_are_told_after_the_turn_and_each_once() {
    on_each(async |db, _| {
        let (place, anna, collection) = community(&db).await;
        change_sum(&place, anna, &collection, 60_000).await;
        assert_eq!(place.told().await.len(), 0, "the turn itself is short");
        assert!(parts(&db).await > 2, "and there are several steps");
        let kept = store::telling::Entity::find().all(&db).await.unwrap();
        assert!(kept.iter().all(|part| !part.notices.contains("Anna")), "who is who is asked when they are told");
        assert!(!place.pass().await.broken);
        assert_eq!((told(&place).await.len(), place.told().await.len()), (SUPPORTERS as usize, SUPPORTERS as usize));
        assert_eq!(parts(&db).await, 0);
        // In the same moment once more: a correction, that takes the place of what has not gone out.
        change_sum(&place, anna, &collection, 70_000).await;
        place.pass().await;
        assert_eq!(place.told().await.len(), SUPPORTERS as usize);
        let rows = store::outbox::Entity::find().all(&db).await.unwrap();
        assert!(rows.iter().all(|row| row.facts.contains("70000")), "the last sum");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_told_more_meanwhile_is_told_in_the_order_in_which_it_happened() {
    on_each(async |db, _| {
        let (place, anna, collection) = community(&db).await;
        change_sum(&place, anna, &collection, 60_000).await;
        // One of the last of them helps somebody else too, who has news as well: of that few are told, and at once.
        let members = store::member::Entity::find().all(&db).await.unwrap();
        let last = members.iter().map(|member| member.id).max().unwrap();
        let theirs = place.monthly(place.member("Friend").await).await;
        place.help(last, &theirs, 500, State::Intention).await;
        place
            .within(async |aid| aid::change_sum(aid, theirs.owner, theirs.id, Money::from_minor(900)).await.unwrap())
            .await;
        assert_eq!(told(&place).await[&last], ["notice-target-changed"; 2], "the earlier comes first");
        place.pass().await;
        let told = told(&place).await;
        assert_eq!(told[&last].len(), 2, "and not again");
        assert!(told.iter().filter(|(who, _)| **who != last).all(|(_, kinds)| kinds.len() == 1));
        assert_eq!(told.len(), SUPPORTERS as usize);
        let facts = store::outbox::Entity::find().all(&db).await.unwrap();
        let sums: Vec<bool> =
            facts.iter().filter(|row| row.recipient_id == last).map(|row| row.facts.contains("60000")).collect();
        assert_eq!(sums, [true, false]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_cut_off_leaves_the_rest_to_the_next_one() {
    on_each(async |db, url| {
        let (place, anna, collection) = community(&db).await;
        change_sum(&place, anna, &collection, 60_000).await;
        for attempt in 0..40_u64 {
            let process = place.beside(&url).await;
            let work = {
                let process = process.clone();
                tokio::spawn(async move { process.scheduler().pass(&CancellationToken::new()).await })
            };
            tokio::time::sleep(Duration::from_micros(500 + attempt * 900)).await;
            work.abort();
            let ended = work.await;
            process.db.close().await.unwrap();
            if ended.is_ok() {
                break;
            }
        }
        place.pass().await;
        let told = told(&place).await;
        assert_eq!(told.len(), SUPPORTERS as usize);
        assert!(told.values().all(|kinds| kinds.len() == 1), "each once");
    })
    .await;
}

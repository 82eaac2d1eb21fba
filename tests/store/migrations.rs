//! The schema is made from nothing, once.

use exodus::domain::MemberId;
use exodus::store::{self, opening, schema};
use sea_orm::ConnectionTrait;

use crate::support::database::{on_each, on_each_empty};

#[tokio::test]
async fn migrating_a_second_time_does_nothing() {
    on_each(async |db, _| {
        let member = store::member::insert(&db, "Anna", "en", crate::community::noon(1)).await.unwrap();
        store::migrate(&db).await.unwrap();
        assert_eq!(store::member::find(&db, member.id).await.unwrap(), Some(member));
    })
    .await;
}

#[tokio::test]
async fn processes_that_start_at_once_all_find_the_schema_made() {
    on_each_empty(async |first, url| {
        let second = store::connect(&url).await.unwrap();
        let (one, other) = tokio::join!(store::migrate(&first), store::migrate(&second));
        one.unwrap();
        other.unwrap();
        assert_eq!(store::outbox::waiting(&second).await.unwrap(), 0);
        second.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_database_in_memory_keeps_what_it_was_given() {
    let db = store::connect("sqlite::memory:").await.unwrap();
    store::migrate(&db).await.unwrap();
    let member = store::member::insert(&db, "Anna", "en", crate::community::noon(1)).await.unwrap();
    assert_eq!(store::member::find(&db, member.id).await.unwrap(), Some(member));
}

#[tokio::test]
async fn the_tables_that_every_bot_has_come_first_and_need_none_of_a_bot() {
    on_each_empty(async |db, _| {
        store::schema::migrate(&db, Vec::new).await.unwrap();
        assert_eq!(store::schema::pending(&db, Vec::new).await.unwrap(), 0);
        let person = store::person::insert(&db, "en", crate::community::noon(1)).await.unwrap();
        assert!(store::member::find(&db, person.id).await.is_err(), "there are no members");

        let behind = store::schema::pending(&db, store::STEPS).await.unwrap();
        assert_eq!(behind, store::STEPS().len());
        store::migrate(&db).await.unwrap();
        assert_eq!(store::schema::pending(&db, store::STEPS).await.unwrap(), 0);
        assert_eq!(store::person::find(&db, person.id).await.unwrap(), Some(person));
        assert_eq!(store::member::ids_after(&db, MemberId::BEFORE_ALL, 9).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn what_a_newer_release_has_done_is_seen_whosever_step_it_is() {
    for noted_in in ["engine_migration", "seaql_migrations"] {
        on_each_empty(async |db, url| {
            store::migrate(&db).await.unwrap();
            opening::open(&url, 1, store::STEPS).await.unwrap().close().await.unwrap();
            let step = format!("INSERT INTO {noted_in} (version, applied_at) VALUES ('m9999_far', 0)");
            db.execute_unprepared(&step).await.unwrap();
            let refused = opening::open(&url, 1, store::STEPS).await.unwrap_err().to_string();
            assert!(refused.contains("made by a newer release than this one (it has m9999_far)"), "{refused}");
        })
        .await;
    }
}

#[tokio::test]
async fn what_another_bot_has_made_is_left_alone() {
    on_each_empty(async |db, url| {
        let of_another: schema::Steps = || vec![schema::sql("m0001_plants", "CREATE TABLE plant (name TEXT NOT NULL)")];
        schema::migrate(&db, of_another).await.unwrap();
        opening::open(&url, 1, of_another).await.unwrap().close().await.unwrap();
        let refused = opening::open(&url, 1, store::STEPS).await.unwrap_err().to_string();
        assert!(refused.contains("it is another bot's (it has m0001_plants"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_start_that_is_tried_makes_no_tables() {
    on_each_empty(async |db, _| {
        let all = store::schema::pending(&db, store::STEPS).await.unwrap();
        assert!(all > store::STEPS().len());
        assert_eq!(opening::try_a_start(&db, store::STEPS).await.unwrap(), all);
        assert_eq!(store::schema::pending(&db, store::STEPS).await.unwrap(), all);
        assert!(store::person::find(&db, MemberId::new(1)).await.is_err());
        store::migrate(&db).await.unwrap();
        assert_eq!(opening::try_a_start(&db, store::STEPS).await.unwrap(), 0);
    })
    .await;
}

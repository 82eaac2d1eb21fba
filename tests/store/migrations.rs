//! The schema is made from nothing, once.

use exodus::store;

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

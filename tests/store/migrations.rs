//! The schema is made from nothing, once.

use exodus::store;
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryOrder};

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
async fn the_journal_keeps_its_rows_and_its_numbers_when_it_is_made_anew() {
    const BEFORE: u32 = 12;
    on_each_empty(async |db, _| {
        Migrator::up(&db, Some(BEFORE)).await.unwrap();
        for (id, what) in [(7, "declared"), (9, "promised")] {
            let row = format!(
                "INSERT INTO journal (id, at, what, facts) VALUES ({id}, '2025-01-01 12:00:00+00:00', '{what}', 'x')"
            );
            db.execute_unprepared(&row).await.unwrap();
        }
        if db.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("SELECT setval('journal_id_seq', 9)").await.unwrap();
        }
        store::migrate(&db).await.unwrap();
        let row = store::journal::New {
            actor: Some(1),
            what: "claimed".into(),
            collection: None,
            commitment: Some(2),
            facts: "{\"a\": \"it's \\\"x\\\"\"}".into(),
        };
        store::journal::append(&db, [row.clone()], crate::community::noon(2)).await.unwrap();
        let rows = store::journal::Entity::find().order_by_asc(store::journal::Column::Id).all(&db).await.unwrap();
        let seen: Vec<_> = rows.iter().map(|row| (row.id, row.what.as_str(), row.facts.as_str())).collect();
        assert_eq!(seen, [(7, "declared", "x"), (9, "promised", "x"), (10, "claimed", row.facts.as_str())]);
        assert_eq!((rows[2].actor_id, rows[2].collection_id, rows[2].commitment_id), (Some(1), None, Some(2)));
        assert_eq!(rows[2].at, crate::community::noon(2));
    })
    .await;
}

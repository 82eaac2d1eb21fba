//! Databases for tests: each test plays on every kind of database that there is, each time in a new one.
//!
//! SQLite is always there: a file in a temporary directory. PostgreSQL is there when `EXODUS_TEST_POSTGRES` is the
//! url of a server where we may create databases (`scripts/postgres url`). A test's database is dropped after it.
#![allow(dead_code, reason = "each integration test uses its own part of this")]

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use exodus::store;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

use disk::fast_disk;

#[path = "disk.rs"]
pub mod disk;

/// Plays a test on a new, migrated database of each kind.
///
/// The test gets its connection, and the url by which a second process would reach the same database.
pub async fn on_each(test: impl AsyncFn(DatabaseConnection, String)) {
    on_each_empty(async |db, url| {
        store::migrate(&db).await.expect("the migrations run");
        test(db, url).await;
    })
    .await;
}

/// Plays a test on a new database of each kind that nothing was done to yet.
pub async fn on_each_empty(test: impl AsyncFn(DatabaseConnection, String)) {
    on_sqlite(&fast_disk(), &test).await;
    on_postgres(&test).await;
}

/// Plays a test on a new file below this folder.
pub async fn on_sqlite(folder: &Path, test: &impl AsyncFn(DatabaseConnection, String)) {
    let dir = tempfile::tempdir_in(folder).expect("a temporary directory");
    let url = format!("sqlite://{}", dir.path().join("test.db").display());
    play(test, url).await;
}

/// Plays a test on a new database of the server, if there is one.
pub async fn on_postgres(test: &impl AsyncFn(DatabaseConnection, String)) {
    if let Some(server) = postgres() {
        let name = new_name();
        // One may be left of a run that was killed.
        on_server(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        on_server(&server, &format!("CREATE DATABASE {name}")).await;
        let url = at(&server, &name);
        // The database is dropped also after a test that failed.
        let outcome = futures::FutureExt::catch_unwind(std::panic::AssertUnwindSafe(play(test, url))).await;
        on_server(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        if let Err(panic) = outcome {
            std::panic::resume_unwind(panic);
        }
    }
}

/// The server where databases may be created, when there is one.
pub fn postgres() -> Option<String> {
    std::env::var("EXODUS_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

async fn play(test: &impl AsyncFn(DatabaseConnection, String), url: String) {
    println!("on {url}");
    let db = store::connect(&url).await.expect("the database opens");
    test(db.clone(), url).await;
    db.close().await.expect("the database closes");
}

fn new_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("exodus_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The url of another database on the same server.
fn at(server: &str, name: &str) -> String {
    let mut url = url::Url::parse(server).expect("EXODUS_TEST_POSTGRES is a url");
    url.set_path(name);
    url.into()
}

async fn on_server(server: &str, sql: &str) {
    let admin = Database::connect(server).await.expect("EXODUS_TEST_POSTGRES can be reached");
    admin.execute_unprepared(sql).await.expect("EXODUS_TEST_POSTGRES lets us create databases");
    admin.close().await.expect("the connection closes");
}

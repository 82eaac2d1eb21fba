//! Databases for tests: each test plays on every kind of database that there is, each time in a new one.
//!
//! SQLite is always there: a file in a temporary directory. PostgreSQL is there when `EXODUS_TEST_POSTGRES` is the
//! url of a server where we may create databases (`scripts/postgres url`). A test's database is dropped after it.
#![allow(dead_code, reason = "each integration test uses its own part of this")]

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use exodus::store;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};

use disk::fast_disk;

#[path = "disk.rs"]
pub mod disk;

/// Plays a test on a new, migrated database of each kind.
///
/// The test gets its connection, and the url by which a second process would reach the same database.
pub async fn on_each(test: impl AsyncFn(DatabaseConnection, String)) {
    let migrated = async |db: DatabaseConnection, url| {
        store::migrate(&db).await.expect("the migrations run");
        test(db, url).await;
    };
    on_sqlite(&fast_disk(), &migrated).await;
    if let Some(server) = postgres() {
        let template = TEMPLATE.get_or_init(|| new_template(&server)).await;
        on_server_from(&server, template, &test).await;
    }
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

/// Plays a test on a new database of the server that nothing was done to yet, if there is a server.
pub async fn on_postgres(test: &impl AsyncFn(DatabaseConnection, String)) {
    if let Some(server) = postgres() {
        on_server_from(&server, "template0", test).await;
    }
}

async fn on_server_from(server: &str, template: &str, test: &impl AsyncFn(DatabaseConnection, String)) {
    let name = new_name();
    new_database(server, &name, template).await;
    // The database is dropped also after a test that failed.
    let outcome = futures::FutureExt::catch_unwind(std::panic::AssertUnwindSafe(play(test, at(server, &name)))).await;
    on_server(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

/// A migrated database in which nothing is, of this process: to copy it takes a tenth of what the migrations take.
static TEMPLATE: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();

/// What the name of such a database begins with; what made it stands behind.
const TEMPLATES: &str = "exodus_template_";

async fn new_template(server: &str) -> String {
    // Nobody tells a process when its last test has ended, so whoever comes next clears away.
    for left in names(server, TEMPLATES).await {
        let process = left.trim_start_matches(TEMPLATES);
        if !Path::new("/proc").join(process).exists() {
            on_server(server, &format!("DROP DATABASE IF EXISTS {left} WITH (FORCE)")).await;
        }
    }
    let name = format!("{TEMPLATES}{}", std::process::id());
    new_database(server, &name, "template0").await;
    play(&async |db, _| store::migrate(&db).await.expect("the migrations run"), at(server, &name)).await;
    name
}

async fn new_database(server: &str, name: &str, template: &str) {
    // One may be left of a run that was killed.
    on_server(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    on_server(server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
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

/// The databases whose names begin so.
async fn names(server: &str, beginning: &str) -> Vec<String> {
    let admin = Database::connect(server).await.expect("EXODUS_TEST_POSTGRES can be reached");
    let sql = format!("SELECT datname::text FROM pg_database WHERE starts_with(datname::text, '{beginning}')");
    let rows = admin.query_all_raw(Statement::from_string(admin.get_database_backend(), sql)).await;
    let names = rows.expect("names").iter().map(|row| row.try_get_by_index(0).expect("a name")).collect();
    admin.close().await.expect("the connection closes");
    names
}

async fn on_server(server: &str, sql: &str) {
    let admin = Database::connect(server).await.expect("EXODUS_TEST_POSTGRES can be reached");
    admin.execute_unprepared(sql).await.expect("EXODUS_TEST_POSTGRES lets us create databases");
    admin.close().await.expect("the connection closes");
}

//! PgBouncer between the bot and its database: as Debian has it, each client with a session of its own; and where one is
//! installed that knows what its clients have prepared, also with one for each transaction.

use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use bot_api::BotApi;
use exodus::store;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use tokio::net::TcpStream;

use crate::database::on_postgres;
use crate::faults::{is_to_be_told, is_told, member, messages_to};
use crate::program::{Program, TOKEN, free_address};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/pgbouncer");

/// One that runs.
pub struct Pooler {
    child: Child,
    folder: tempfile::TempDir,
    port: u16,
}

impl Pooler {
    /// Starts one before the server of this url; says where the same database is reached through it.
    pub async fn before(url: &str, pool_mode: &str) -> (Pooler, String) {
        Pooler::of(url, pool_mode, 20).await
    }

    /// The same, with so many connections to the server.
    pub async fn of(url: &str, pool_mode: &str, connections: u32) -> (Pooler, String) {
        let mut address = url::Url::parse(url).unwrap();
        let server = behind(&address);
        let (folder, port) = (tempfile::tempdir().unwrap(), free_address().port());
        let mut run = Command::new(SCRIPT);
        run.arg("run").arg(folder.path()).args([port.to_string().as_str(), pool_mode, &server]);
        run.env("EXODUS_TEST_PGBOUNCER_POOL", connections.to_string());
        let child = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        address.set_host(Some("127.0.0.1")).unwrap();
        address.set_port(Some(port)).unwrap();
        let pooler = Pooler { child, folder, port };
        pooler.is_there().await;
        (pooler, address.into())
    }

    /// From now on it leads to another server, as when an operator has told it so.
    pub fn leads_to(&self, url: &str) {
        let file = self.folder.path().join("pgbouncer.ini");
        let told = std::fs::read_to_string(&file).unwrap();
        let server = behind(&url::Url::parse(url).unwrap());
        let line = |line: &str| if line.starts_with("* = ") { format!("* = {server}") } else { line.to_owned() };
        std::fs::write(&file, told.lines().map(line).collect::<Vec<_>>().join("\n") + "\n").unwrap();
        let reloaded = Command::new("kill").args(["-HUP", &self.child.id().to_string()]).status();
        assert!(reloaded.unwrap().success());
    }

    async fn is_there(&self) {
        let there = async {
            while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        // It may have to be installed first.
        tokio::time::timeout(Duration::from_secs(120), there).await.expect("PgBouncer starts");
    }
}

/// What PgBouncer is told of a server.
fn behind(address: &url::Url) -> String {
    let (host, port) = (address.host_str().unwrap(), address.port().unwrap_or(5432));
    let password = address.password().map(|password| format!(" password={password}")).unwrap_or_default();
    format!("host={host} port={port} user={}{password}", address.username())
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether it knows what its clients have prepared.
fn knows_prepared_statements() -> bool {
    let version = Command::new(SCRIPT).arg("installed").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let mut numbers = version.split_whitespace().nth(1).unwrap_or_default().split('.').map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else { panic!("{version}") };
    (major, minor) >= (1, 21)
}

async fn checked(url: &str, api: &BotApi) -> Output {
    let mut check = Command::new(env!("CARGO_BIN_EXE_exodus"));
    check.arg("check").current_dir(std::env::temp_dir()).env("EXODUS_DATABASE_URL", url);
    check.env("EXODUS_TELEGRAM_TOKEN", TOKEN).env("EXODUS_TELEGRAM_API_URL", api.url());
    tokio::task::spawn_blocking(move || check.output()).await.unwrap().unwrap()
}

/// What the bot does for people works through it.
async fn works(db: &DatabaseConnection, url: &str, api: &BotApi) {
    let program = Program::start(url, api.url(), None);
    program.is_ready().await;
    let anna = member(api).await;
    let before = messages_to(&anna);
    is_to_be_told(db).await;
    is_told(db).await;
    assert_eq!(messages_to(&anna), before + 1);
    anna.presses("Профиль");
    anna.sees("Мой профиль").await;
    assert!(!program.log().contains("waiting for the database"), "{}", program.log());
}

/// In which nothing can be done whole or not at all.
#[tokio::test(flavor = "multi_thread")]
async fn with_a_session_for_each_statement_it_is_said_what_to_set() {
    on_postgres(&async |db, url| {
        store::migrate(&db).await.unwrap();
        let (_pooler, through) = Pooler::before(&url, "statement").await;
        let api = BotApi::start(TOKEN).await;
        let found = checked(&through, &api).await;
        let said = String::from_utf8(found.stdout).unwrap();
        let mends = ["pool_mode = statement, which allows no transactions", "set pool_mode = session"];
        assert!(!found.status.success() && mends.iter().all(|words| said.contains(words)), "{said}");
    })
    .await;
}

/// What every other client of the pool finds set.
async fn settings(through: &str) -> Vec<(String, String)> {
    let sql = "SELECT name, setting FROM pg_settings WHERE source = 'session' AND name IN ('statement_timeout', \
               'lock_timeout', 'idle_in_transaction_session_timeout', 'enable_seqscan', 'jit', \
               'plan_cache_mode', \
               'default_transaction_isolation')";
    let other = store::connect(through).await.unwrap();
    let rows = other.query_all_raw(Statement::from_string(other.get_database_backend(), sql)).await.unwrap();
    let found = rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect();
    other.close().await.unwrap();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_session_for_each_client_all_works() {
    on_postgres(&async |db, url| {
        store::migrate(&db).await.unwrap();
        let (_pooler, through) = Pooler::before(&url, "session").await;
        let api = BotApi::start(TOKEN).await;
        let found = checked(&through, &api).await;
        assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stdout));
        works(&db, &through, &api).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_session_for_each_transaction_all_works_or_it_is_said_why_not() {
    on_postgres(&async |db, url| {
        store::migrate(&db).await.unwrap();
        let (_pooler, through) = Pooler::before(&url, "transaction").await;
        let api = BotApi::start(TOKEN).await;
        let found = checked(&through, &api).await;
        let said = String::from_utf8(found.stdout).unwrap();
        if !knows_prepared_statements() {
            assert!(!found.status.success() && said.contains("pool_mode = session"), "{said}");
            return;
        }
        assert!(found.status.success(), "{said}");
        works(&db, &through, &api).await;
        assert_eq!(settings(&through).await, [], "they would be other people's");
    })
    .await;
}

//! Backup and restore, as docs/running.md tells how.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use bot_api::BotApi;
use bot_api::driver::{self, Load, Script};
use exodus::store;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait};

use crate::database::{on_each, postgres};
use crate::program::{Program, TOKEN};

const CYCLE: &str = include_str!("cycle.txt");

/// A program that `scripts/postgres` has installed.
fn of_postgres(name: &str) -> PathBuf {
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let found = installed.map(|version| version.path().join("bin").join(name)).find(|path| path.exists());
    found.unwrap_or_else(|| PathBuf::from(name))
}

fn succeeds(command: &mut Command) {
    let done = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Copies the database while it is being worked on, and restores the copy: the url of that.
async fn copied(db: &DatabaseConnection, url: &str, home: &Path) -> String {
    if db.get_database_backend() == DbBackend::Sqlite {
        let copy = home.join("copy.db");
        // From a connection of its own, as sqlite3 does it.
        let other = Database::connect(url).await.unwrap();
        other.execute_unprepared(&format!("VACUUM INTO '{}'", copy.display())).await.unwrap();
        other.close().await.unwrap();
        return format!("sqlite://{}", copy.display());
    }
    let (dump, name) = (home.join("copy.dump"), format!("{}_copy", url.rsplit('/').next().unwrap()));
    succeeds(Command::new(of_postgres("pg_dump")).args(["--format=custom", "--file"]).arg(&dump).arg(url));
    let server = Database::connect(postgres().unwrap()).await.unwrap();
    server.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
    server.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    server.close().await.unwrap();
    let restored = format!("{}/{name}", url.rsplit_once('/').unwrap().0);
    succeeds(Command::new(of_postgres("pg_restore")).arg("--dbname").arg(&restored).arg(&dump));
    restored
}

async fn forget(restored: &str) {
    if let Some(name) = restored.strip_prefix("postgres").and_then(|url| url.rsplit('/').next()) {
        let server = Database::connect(postgres().unwrap()).await.unwrap();
        server.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        server.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_running_bots_database_is_whole_and_goes_on() {
    on_each(async |db, url| {
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = api.user(101).named("Анна").lang("ru");
        anna.start(None);
        anna.sees("выберите язык").await;
        anna.presses("Русский");
        anna.sees("Ваш статус").await;

        // Others are in the middle of their help.
        let load = Load {
            members: 8,
            time: Some(Duration::from_secs(60)),
            rounds: Some(1),
            warm_up: Duration::ZERO,
            patience: Duration::from_secs(30),
        };
        let home = tempfile::tempdir().unwrap();
        let copies = async {
            while store::commitment::Entity::find().all(&db).await.unwrap().is_empty() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            copied(&db, &url, home.path()).await
        };
        let (report, restored) = tokio::join!(driver::run(&api, Script::parse(CYCLE).unwrap(), &load), copies);
        assert_eq!(report.timeouts, 0, "{:?} {:?}\n{}", report.stuck, report.stuck_example, program.log());
        program.stop().await;

        let copy = store::connect(&restored).await.unwrap();
        let members = store::member::Entity::find().all(&copy).await.unwrap();
        assert!(members.iter().any(|member| member.name == "Анна") && members.len() > 1, "{members:?}");
        assert!(!store::journal::Entity::find().all(&copy).await.unwrap().is_empty());
        copy.close().await.unwrap();
        let again = Program::start(&restored, api.url(), None);
        again.is_ready().await;
        anna.presses("Профиль");
        anna.sees("Мой профиль").await;
        drop(again);
        forget(&restored).await;
    })
    .await;
}

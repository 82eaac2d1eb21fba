//! Copies of databases, made and brought back as docs/running.md tells how.
#![allow(dead_code, reason = "not every integration test copies")]

use std::path::PathBuf;
use std::process::Command;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend};
use tempfile::TempDir;

use super::database::postgres;

/// A database as it was when it was copied.
pub struct Restored {
    pub url: String,
    home: TempDir,
}

/// Copies a database, also while it is being worked on, and restores the copy beside it.
pub async fn restored(db: &DatabaseConnection, url: &str) -> Restored {
    let home = tempfile::tempdir().expect("a temporary directory");
    if db.get_database_backend() == DbBackend::Sqlite {
        let copy = home.path().join("copy.db");
        // From a connection of its own, as sqlite3 does it.
        let other = Database::connect(url).await.expect("the database opens");
        other.execute_unprepared(&format!("VACUUM INTO '{}'", copy.display())).await.expect("a copy");
        other.close().await.expect("the connection closes");
        return Restored { url: format!("sqlite://{}", copy.display()), home };
    }
    let (server, name) = url.rsplit_once('/').expect("a url");
    let (dump, name) = (home.path().join("copy.dump"), format!("{name}_copy"));
    succeeds(Command::new(of_postgres("pg_dump")).args(["--format=custom", "--file"]).arg(&dump).arg(url));
    on_server(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    on_server(&format!("CREATE DATABASE {name}")).await;
    let url = format!("{server}/{name}");
    succeeds(Command::new(of_postgres("pg_restore")).arg("--dbname").arg(&url).arg(&dump));
    Restored { url, home }
}

impl Restored {
    /// The end of it.
    pub async fn forget(self) {
        if self.url.starts_with("postgres") {
            let name = self.url.rsplit('/').next().expect("a name");
            on_server(&format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        self.home.close().expect("the directory is gone");
    }
}

async fn on_server(sql: &str) {
    let server = Database::connect(postgres().expect("a server")).await.expect("the server answers");
    server.execute_unprepared(sql).await.expect("the server obeys");
    server.close().await.expect("the connection closes");
}

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

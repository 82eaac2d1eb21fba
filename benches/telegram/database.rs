use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// Where databases are made.
pub enum Place {
    Sqlite,
    /// The url of a server.
    Postgres(String),
}

impl Place {
    /// SQLite, and PostgreSQL when there is a server.
    pub fn all() -> Vec<Place> {
        let server = std::env::var("EXODUS_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
        [Place::Sqlite].into_iter().chain(server.map(Place::Postgres)).collect()
    }
}

/// A new, empty database.
pub struct Database {
    url: String,
    /// The server it is on, to ask it what it did.
    server: Option<DatabaseConnection>,
}

/// What a server did in a database.
pub struct Work {
    /// Known when the server counts them: `pg_stat_statements`.
    pub statements: Option<u64>,
    pub transactions: u64,
}

const NAME: &str = "exodus_bench";

/// Servers tell their statistics about once in a second.
const TOLD: Duration = Duration::from_millis(1500);

impl Database {
    pub async fn new(place: &Place) -> anyhow::Result<Database> {
        let Place::Postgres(server) = place else {
            let file = format!("{}/{NAME}.db", env!("CARGO_TARGET_TMPDIR"));
            remove(&file);
            return Ok(Database { url: format!("sqlite://{file}"), server: None });
        };
        let mut url = url::Url::parse(server)?;
        url.set_path(NAME);
        let server = sea_orm::Database::connect(server).await?;
        server.execute_unprepared(&format!("DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")).await?;
        server.execute_unprepared(&format!("CREATE DATABASE {NAME}")).await?;
        // Where it is not loaded, statements are not counted.
        let _ = server.execute_unprepared("CREATE EXTENSION IF NOT EXISTS pg_stat_statements").await;
        Ok(Database { url: url.into(), server: Some(server) })
    }

    pub fn name(&self) -> &'static str {
        if self.server.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// What was done in it since it was made; SQLite does not tell.
    pub async fn work(&self) -> anyhow::Result<Option<Work>> {
        let Some(server) = &self.server else { return Ok(None) };
        tokio::time::sleep(TOLD).await;
        let count = async |sql: &str| {
            let row =
                server.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, [NAME.into()])).await?;
            let count: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?;
            anyhow::Ok(count.unwrap_or_default().unsigned_abs())
        };
        let statements = count(
            "SELECT COALESCE(SUM(s.calls), 0)::BIGINT FROM pg_stat_statements s
             JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = $1",
        );
        let transactions = count("SELECT xact_commit FROM pg_stat_database WHERE datname = $1");
        Ok(Some(Work { statements: statements.await.ok(), transactions: transactions.await? }))
    }

    pub async fn drop(self) -> anyhow::Result<()> {
        match self.server {
            Some(server) => {
                server.execute_unprepared(&format!("DROP DATABASE {NAME} WITH (FORCE)")).await?;
                server.close().await?;
            }
            None => remove(self.url.trim_start_matches("sqlite://")),
        }
        Ok(())
    }
}

fn remove(file: &str) {
    for file in [file.to_owned(), format!("{file}-wal"), format!("{file}-shm")] {
        let _ = std::fs::remove_file(file);
    }
}

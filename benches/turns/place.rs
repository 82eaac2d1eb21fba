use sea_orm::{ConnectionTrait, Database, DatabaseConnection};

use exodus::store;

/// Where the databases of a run are kept.
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

    pub fn name(&self) -> &'static str {
        match self {
            Place::Sqlite => "SQLite",
            Place::Postgres(_) => "PostgreSQL",
        }
    }

    /// A new, migrated database; what an earlier run left there is dropped.
    pub async fn open(&self, members: i64) -> anyhow::Result<DatabaseConnection> {
        let name = format!("exodus_bench_{members}");
        let url = match self {
            Place::Sqlite => {
                let file = format!("{}/{name}.db", env!("CARGO_TARGET_TMPDIR"));
                for old in [file.clone(), format!("{file}-wal"), format!("{file}-shm")] {
                    let _ = std::fs::remove_file(old);
                }
                format!("sqlite://{file}")
            }
            Place::Postgres(server) => {
                on_server(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
                on_server(server, &format!("CREATE DATABASE {name}")).await?;
                let mut url = url::Url::parse(server)?;
                url.set_path(&name);
                url.into()
            }
        };
        let db = store::connect(&url).await?;
        store::migrate(&db).await?;
        Ok(db)
    }

    /// Drops the database.
    pub async fn close(&self, db: DatabaseConnection) -> anyhow::Result<()> {
        let name = match self {
            Place::Sqlite => None,
            Place::Postgres(_) => {
                let row = db.query_one_raw(sea_orm::Statement::from_string(
                    sea_orm::DbBackend::Postgres,
                    "SELECT current_database()",
                ));
                row.await?.map(|row| row.try_get_by_index::<String>(0)).transpose()?
            }
        };
        db.close().await?;
        if let (Place::Postgres(server), Some(name)) = (self, name) {
            on_server(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        }
        Ok(())
    }
}

async fn on_server(server: &str, sql: &str) -> anyhow::Result<()> {
    let admin = Database::connect(server).await?;
    admin.execute_unprepared(sql).await?;
    Ok(admin.close().await?)
}

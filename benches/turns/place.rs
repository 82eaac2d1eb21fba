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
        let name = name(members);
        let url = match self {
            Place::Sqlite => {
                remove(&file(&name));
                format!("sqlite://{}", file(&name))
            }
            Place::Postgres(server) => {
                on_server(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
                on_server(server, &format!("CREATE DATABASE {name}")).await?;
                on(server, &name)?
            }
        };
        let db = store::connect(&url).await?;
        store::migrate(&db).await?;
        Ok(db)
    }

    /// A connection on which a statement may take as long as it likes, to fill that database.
    #[allow(dead_code, reason = "few have so much to fill in")]
    pub async fn unhurried(&self, members: i64, db: &DatabaseConnection) -> anyhow::Result<DatabaseConnection> {
        match self {
            Place::Sqlite => Ok(db.clone()),
            Place::Postgres(server) => Ok(Database::connect(on(server, &name(members))?).await?),
        }
    }

    /// Drops the database that [`Place::open`] made.
    pub async fn close(&self, members: i64, db: DatabaseConnection) -> anyhow::Result<()> {
        let name = name(members);
        db.close().await?;
        match self {
            Place::Sqlite => remove(&file(&name)),
            Place::Postgres(server) => {
                on_server(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
            }
        }
        Ok(())
    }
}

/// The url of a database on a server.
fn on(server: &str, name: &str) -> anyhow::Result<String> {
    let mut url = url::Url::parse(server)?;
    url.set_path(name);
    Ok(url.into())
}

fn name(members: i64) -> String {
    format!("exodus_bench_{members}")
}

fn file(name: &str) -> String {
    format!("{}/{name}.db", env!("CARGO_TARGET_TMPDIR"))
}

fn remove(file: &str) {
    for file in [file.to_owned(), format!("{file}-wal"), format!("{file}-shm")] {
        let _ = std::fs::remove_file(file);
    }
}

async fn on_server(server: &str, sql: &str) -> anyhow::Result<()> {
    let admin = Database::connect(server).await?;
    admin.execute_unprepared(sql).await?;
    Ok(admin.close().await?)
}

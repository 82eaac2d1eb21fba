//! Bringing the tables up to date: first those that every bot has (`migrations`), then those that a bot brings along.
//!
//! Each of the two has a table of its own in which it is written what was done, so that either may go on without the other.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, DynIden, Statement, TransactionTrait};
use sea_orm_migration::prelude::{Alias, IntoIden};
use sea_orm_migration::{IntoSchemaManagerConnection, MigrationName, MigrationTrait, MigratorTraitSelf, SchemaManager};

use super::{connect, migrations};

/// One step of a schema. It is done once, whatever becomes of the program meanwhile.
pub type Step = Box<dyn MigrationTrait>;

/// The steps that make the tables of a bot, oldest first; they may refer to those that every bot has.
pub type Steps = fn() -> Vec<Step>;

/// A step that is nothing but SQL, of which both databases understand every word.
struct Sql {
    name: &'static str,
    statements: &'static str,
}

impl MigrationName for Sql {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Sql {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.statements).await.map(drop)
    }
}

/// A step of this name that is nothing but SQL, of which both databases understand every word.
pub fn sql(name: &'static str, statements: &'static str) -> Step {
    Box::new(Sql { name, statements })
}

/// Which of a bot's own steps were done is written here.
const OF_THE_BOT: &str = "seaql_migrations";

/// The tables in which it is written what was done.
pub(super) const NOTED_IN: [&str; 2] = [migrations::TABLE, OF_THE_BOT];

/// Steps that follow one another, and where it is written which of them were done.
struct Set {
    steps: Steps,
    table: &'static str,
}

#[async_trait::async_trait]
impl MigratorTraitSelf for Set {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        (self.steps)()
    }

    fn migration_table_name(&self) -> DynIden {
        Alias::new(self.table).into_iden()
    }
}

/// Both, in the order in which they are done.
fn sets(bot: Steps) -> [Set; 2] {
    [Set { steps: migrations::steps, table: migrations::TABLE }, Set { steps: bot, table: OF_THE_BOT }]
}

/// Brings the schema up to date. Where it is, nothing is written, and no right to do so is needed.
///
/// When several processes start at once, all but one fail to make what the first has just made; each looks again
/// after a while and finds it done. (Locking would be simpler, but not every database has locks for it.)
///
/// # Errors
/// The database is away, or refuses a step.
pub async fn migrate(db: &DatabaseConnection, bot: Steps) -> Result<(), DbErr> {
    let _unhurried = connect::unhurried();
    let mut wait = Duration::from_millis(200);
    for _ in 0..4 {
        if pending(db, bot).await? == 0 || step_up(db, bot).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(wait).await;
        wait *= 2;
    }
    step_up(db, bot).await
}

/// All steps that are missing. On PostgreSQL they are one transaction, which may take its time.
async fn step_up(db: &DatabaseConnection, bot: Steps) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return up(db, bot).await;
    }
    let tx = db.begin().await?;
    tx.execute_unprepared("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").await?;
    up(&tx, bot).await?;
    tx.commit().await
}

/// Does all steps that are missing.
pub(super) async fn up<'c>(db: impl IntoSchemaManagerConnection<'c> + Copy, bot: Steps) -> Result<(), DbErr> {
    for set in sets(bot) {
        set.up(db, None).await?;
    }
    Ok(())
}

/// How many steps the schema is behind this release. Nothing is written.
///
/// # Errors
/// The database is away, or has steps that this release doesn't know.
pub async fn pending(db: &impl ConnectionTrait, bot: Steps) -> Result<usize, DbErr> {
    let mut pending = 0;
    for set in sets(bot) {
        pending += set.get_pending_migrations_read_only(db).await?.len();
    }
    Ok(pending)
}

/// The last step of each set that was done.
///
/// # Errors
/// The database is away.
pub async fn last_done(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let mut steps = Vec::new();
    for table in [migrations::TABLE, OF_THE_BOT] {
        let sql = format!("SELECT MAX(version) FROM {table}");
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
        steps.extend(row.map(|row| row.try_get_by_index::<Option<String>>(0)).transpose()?.flatten());
    }
    Ok(steps)
}

/// Steps that were done and that this release doesn't know; of each kind, the last one.
pub(super) enum Unknown {
    /// A later release has made them.
    Later(String),
    /// Another bot has: there is none among them that this one knows.
    AnotherBots(String),
}

/// What was done that this release doesn't know, if there is something.
pub(super) async fn unknown(db: &impl ConnectionTrait, bot: Steps) -> Option<Unknown> {
    for set in sets(bot) {
        let done = format!("SELECT version FROM {} ORDER BY version", set.table);
        // Without that table nothing was ever done; anything else is seen by whoever looks next.
        let done = Statement::from_string(db.get_database_backend(), done);
        let done = db.query_all_raw(done).await.unwrap_or_default();
        let done = done.iter().filter_map(|row| row.try_get_by_index::<String>(0).ok());
        let known: Vec<String> = set.migrations().iter().map(|step| step.name().to_owned()).collect();
        let (done, mut unknown): (Vec<String>, Vec<String>) = done.partition(|step| known.contains(step));
        match unknown.pop() {
            Some(step) if done.is_empty() => return Some(Unknown::AnotherBots(step)),
            Some(step) => return Some(Unknown::Later(step)),
            None => {}
        }
    }
    None
}

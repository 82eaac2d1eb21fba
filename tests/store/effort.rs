//! How much a database does to answer: what PostgreSQL looks at ([`planning`](crate::planning)), and the steps of SQLite's
//! machine. Neither depends on how fast it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use exodus::store;
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbBackend, DbErr};

use crate::planning::looking_at;

/// How many steps go into a row that is looked at, at most, with what is found out about it.
const STEPS_A_ROW: i64 = 100;

/// After how many steps SQLite tells that it goes on.
const TOLD_AFTER: i32 = 100;

/// Counts what is done on one database.
pub struct Effort {
    /// How often SQLite has told that it goes on.
    told: Option<Arc<AtomicI64>>,
}

impl Effort {
    pub async fn of(db: &DatabaseConnection) -> Effort {
        if db.get_database_backend() != DbBackend::Sqlite {
            return Effort { told: None };
        }
        let told = Arc::new(AtomicI64::new(0));
        let counted = told.clone();
        // There is one connection.
        let mut connection = db.get_sqlite_connection_pool().acquire().await.unwrap();
        connection.lock_handle().await.unwrap().set_progress_handler(TOLD_AFTER, move || {
            counted.fetch_add(1, Ordering::Relaxed);
            true
        });
        Effort { told: Some(told) }
    }

    /// Does it, and fails when it takes more than looking at so many rows.
    pub async fn within<T>(
        &self,
        rows: i64,
        db: &DatabaseConnection,
        what: &str,
        deed: impl AsyncFnOnce(&DatabaseTransaction) -> Result<T, DbErr>,
    ) -> Result<T, DbErr> {
        let Some(told) = &self.told else { return looking_at(rows, db, what, deed).await };
        let tx = store::begin(db).await?;
        let before = told.load(Ordering::Relaxed);
        let done = deed(&tx).await?;
        let steps = (told.load(Ordering::Relaxed) - before) * i64::from(TOLD_AFTER);
        println!("{what}: {steps} steps");
        assert!(steps <= rows * STEPS_A_ROW, "{what} took {steps} steps, which is more than for {rows} rows");
        tx.commit().await?;
        Ok(done)
    }
}

//! The connections to PostgreSQL: what each is told, and when it is not used any more. And what SQLite was built with.

use std::time::Duration;

use exodus::store;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait};

use crate::support::database::on_postgres;

/// As many at once as this.
const SEVERAL: usize = 4;

async fn asked(db: &impl ConnectionTrait, sql: &str) -> Result<String, DbErr> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.ok_or_else(|| DbErr::RecordNotFound(sql.to_owned()))?.try_get_by_index(0)
}

#[tokio::test]
async fn nothing_that_is_asked_takes_or_waits_without_an_end() {
    on_postgres(&async |db, _| {
        let settings = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"];
        let mut limits = Vec::new();
        for setting in settings {
            limits.push(asked(&db, &format!("SHOW {setting}")).await.unwrap());
        }
        assert_eq!(limits, ["20s", "10s", "30s"]);
        let tx = store::begin(&db).await.unwrap();
        assert_eq!(asked(&tx, "SHOW transaction_isolation").await.unwrap(), "read committed");
        tx.rollback().await.unwrap();
    })
    .await;
}

/// Otherwise SQLite plans a statement again each time that it is given another `LIMIT` (`.cargo/config.toml` says so to its
/// compiler).
#[tokio::test]
async fn sqlite_plans_a_statement_once() {
    let db = store::connect("sqlite::memory:").await.unwrap();
    let planned_once = "SELECT CAST(sqlite_compileoption_used('ENABLE_QPSG') AS TEXT)";
    assert_eq!(asked(&db, planned_once).await.unwrap(), "1");
}

/// Does something through several connections, all of them in use at the same time.
async fn through_several(db: &DatabaseConnection, sql: &str) -> Result<Vec<String>, DbErr> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for _ in 0..SEVERAL {
        let tx = db.begin().await?;
        found.push(asked(&tx, sql).await?);
        open.push(tx);
    }
    for tx in open {
        tx.commit().await?;
    }
    Ok(found)
}

/// A server that has become a standby keeps its clients: what they have is read-only from then on.
#[tokio::test]
async fn connections_that_have_become_read_only_are_not_used_any_more() {
    on_postgres(&async |db, _| {
        store::migrate(&db).await.unwrap();
        let became = "SELECT set_config('default_transaction_read_only', 'on', false)";
        assert_eq!(through_several(&db, became).await.unwrap(), ["on"; SEVERAL]);
        let written = async {
            while store::trial(&db, true).await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), written).await.expect("there is one that can be written through");
        let now = "SELECT current_setting('default_transaction_read_only')";
        assert_eq!(through_several(&db, now).await.unwrap(), ["off"; SEVERAL], "and none of before is left");
    })
    .await;
}

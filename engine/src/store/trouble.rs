//! What can be done about an error of the database: wait, try again, or nothing.

use sea_orm::sqlx::postgres::PgDatabaseError;
use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::sqlx::{self, error::DatabaseError};
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// What can be done about an error of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The database is not there, can't write, or has no room: the same will succeed when it is back.
    Away,
    /// It came at a bad moment: played again from its start, the same transaction may well succeed.
    Raced,
    /// The database refuses this, or holds what this release can't read: it would only happen again.
    Broken,
}

impl Trouble {
    /// Sorts an error.
    pub fn of(error: &DbErr) -> Trouble {
        match error {
            // Whatever it was, no connection was had, and nothing was asked.
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Trouble::Away,
            DbErr::Exec(RuntimeErr::SqlxError(source)) | DbErr::Query(RuntimeErr::SqlxError(source)) => {
                Trouble::of_driver(source)
            }
            _ => Trouble::Broken,
        }
    }

    fn of_driver(error: &sqlx::Error) -> Trouble {
        match error {
            sqlx::Error::Database(refused) => Trouble::of_refusal(refused.as_ref()),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Trouble::Away,
            // Either a connection is out of step, and there are others; or the statement has too many values, and will
            // have them again.
            sqlx::Error::Protocol(_) => Trouble::Raced,
            _ => Trouble::Broken,
        }
    }

    fn of_refusal(refused: &dyn DatabaseError) -> Trouble {
        let code = refused.code().unwrap_or_default();
        if refused.try_downcast_ref::<SqliteError>().is_some() {
            return code.parse().map_or(Trouble::Broken, Trouble::of_sqlite);
        }
        if refused.try_downcast_ref::<PgDatabaseError>().is_some() {
            return Trouble::of_sqlstate(&code);
        }
        Trouble::Broken
    }

    /// By SQLite's result code. The low byte of an extended code is the plain one.
    fn of_sqlite(code: u32) -> Trouble {
        match code & 0xff {
            // PERM, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, NOLFS, AUTH, NOTADB: the file, its folder or the disk.
            3 | 7 | 8 | 9 | 10 | 13 | 14 | 22 | 23 | 26 => Trouble::Away,
            // BUSY, LOCKED, PROTOCOL, SCHEMA: another process is at work on the file.
            5 | 6 | 15 | 17 => Trouble::Raced,
            // Among them ERROR (no such column, too many variables), CONSTRAINT, MISMATCH, and CORRUPT, which is one page
            // of the file: who needs others should not wait for it.
            _ => Trouble::Broken,
        }
    }

    /// By the code that PostgreSQL and its kin give, of which the first two characters are its class.
    fn of_sqlstate(code: &str) -> Trouble {
        match code {
            // A serialization failure, a deadlock.
            "40001" | "40P01" => Trouble::Raced,
            // A standby, or a former primary: another server takes what is written.
            "25006"
            // The server has closed the connection because the transaction was idle, or took too long.
            | "25P03" | "25P04"
            // Somebody holds the lock for longer than it is waited for.
            | "55P03"
            // A pooler has put another connection in place of the one that knew the statement.
            | "26000" | "42P05" => Trouble::Away,
            // Connections; no room, no memory, too many clients; an operator or a crash; the disk.
            _ if ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class)) => Trouble::Away,
            _ => Trouble::Broken,
        }
    }
}

/// Whether the database refused a second one of what may exist once.
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_postgresql_says_is_sorted_by_what_can_be_done() {
        for (code, what, trouble) in [
            ("08000", "connection_exception", Trouble::Away),
            ("08003", "connection_does_not_exist", Trouble::Away),
            ("08006", "connection_failure", Trouble::Away),
            ("08P01", "protocol_violation: what poolers answer", Trouble::Away),
            ("25006", "read_only_sql_transaction", Trouble::Away),
            ("25P03", "idle_in_transaction_session_timeout", Trouble::Away),
            ("26000", "invalid_sql_statement_name", Trouble::Away),
            ("53100", "disk_full", Trouble::Away),
            ("53200", "out_of_memory", Trouble::Away),
            ("53300", "too_many_connections", Trouble::Away),
            ("55P03", "lock_not_available", Trouble::Away),
            ("57014", "query_canceled", Trouble::Away),
            ("57P01", "admin_shutdown", Trouble::Away),
            ("57P02", "crash_shutdown", Trouble::Away),
            ("57P03", "cannot_connect_now", Trouble::Away),
            ("58030", "io_error", Trouble::Away),
            ("40001", "serialization_failure", Trouble::Raced),
            ("40P01", "deadlock_detected", Trouble::Raced),
            ("22021", "character_not_in_repertoire", Trouble::Broken),
            ("22003", "numeric_value_out_of_range", Trouble::Broken),
            ("23502", "not_null_violation", Trouble::Broken),
            ("23503", "foreign_key_violation", Trouble::Broken),
            ("23505", "unique_violation; who expects one, says so", Trouble::Broken),
            ("23514", "check_violation", Trouble::Broken),
            ("25P02", "in_failed_sql_transaction", Trouble::Broken),
            ("42501", "insufficient_privilege", Trouble::Broken),
            ("42703", "undefined_column", Trouble::Broken),
            ("42P01", "undefined_table", Trouble::Broken),
            ("54000", "program_limit_exceeded", Trouble::Broken),
            ("54023", "too_many_arguments", Trouble::Broken),
            ("XX001", "data_corrupted", Trouble::Broken),
            ("", "nothing", Trouble::Broken),
        ] {
            assert_eq!(Trouble::of_sqlstate(code), trouble, "{code} {what}");
        }
    }

    #[test]
    fn what_sqlite_says_is_sorted_by_what_can_be_done() {
        for (code, what, trouble) in [
            (1, "ERROR", Trouble::Broken),
            (5, "BUSY", Trouble::Raced),
            (517, "BUSY_SNAPSHOT", Trouble::Raced),
            (6, "LOCKED", Trouble::Raced),
            (262, "LOCKED_SHAREDCACHE", Trouble::Raced),
            (7, "NOMEM", Trouble::Away),
            (8, "READONLY", Trouble::Away),
            (1032, "READONLY_DBMOVED", Trouble::Away),
            (10, "IOERR", Trouble::Away),
            (4874, "IOERR_SHMSIZE", Trouble::Away),
            (11, "CORRUPT", Trouble::Broken),
            (13, "FULL", Trouble::Away),
            (14, "CANTOPEN", Trouble::Away),
            (18, "TOOBIG", Trouble::Broken),
            (19, "CONSTRAINT", Trouble::Broken),
            (275, "CONSTRAINT_CHECK", Trouble::Broken),
            (787, "CONSTRAINT_FOREIGNKEY", Trouble::Broken),
            (1299, "CONSTRAINT_NOTNULL", Trouble::Broken),
            (2067, "CONSTRAINT_UNIQUE; who expects one, says so", Trouble::Broken),
            (20, "MISMATCH", Trouble::Broken),
            (26, "NOTADB: another file has taken its place", Trouble::Away),
        ] {
            assert_eq!(Trouble::of_sqlite(code), trouble, "{code} {what}");
        }
    }

    #[test]
    fn what_is_no_database_s_answer_is_about_the_connection_or_about_us() {
        let query = |error: sqlx::Error| DbErr::Query(RuntimeErr::SqlxError(error.into()));
        let io = || std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        for (error, trouble) in [
            (DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout), Trouble::Away),
            (DbErr::Conn(RuntimeErr::Internal("Disconnected".to_owned())), Trouble::Away),
            (query(sqlx::Error::Io(io())), Trouble::Away),
            (query(sqlx::Error::Tls(io().into())), Trouble::Away),
            (query(sqlx::Error::PoolTimedOut), Trouble::Away),
            (query(sqlx::Error::PoolClosed), Trouble::Away),
            (query(sqlx::Error::WorkerCrashed), Trouble::Away),
            (query(sqlx::Error::Protocol("too many arguments".to_owned())), Trouble::Raced),
            (query(sqlx::Error::ColumnNotFound("sum".to_owned())), Trouble::Broken),
            (query(sqlx::Error::Decode("no number".into())), Trouble::Broken),
            (DbErr::Type("session.route is \"nowhere\"".to_owned()), Trouble::Broken),
            (DbErr::RecordNotFound("none".to_owned()), Trouble::Broken),
        ] {
            assert_eq!(Trouble::of(&error), trouble, "{error}");
        }
    }
}

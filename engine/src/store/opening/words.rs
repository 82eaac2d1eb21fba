//! What an error means to whoever runs the program.

use std::io::ErrorKind;

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::{DbErr, RuntimeErr, sqlx};

use super::{Obstacle, tls};

pub(super) fn of(error: &DbErr) -> Obstacle {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => of_sqlx(error),
        error => Obstacle::stays(error.to_string()),
    }
}

pub(super) fn of_sqlx(error: &sqlx::Error) -> Obstacle {
    if let Some(why) = tls::words(error) {
        return Obstacle::stays(why);
    }
    match error {
        sqlx::Error::Database(refused) => match refused.try_downcast_ref::<SqliteError>() {
            Some(_) => of_sqlite(refused.as_ref()),
            None => of_postgres(refused.as_ref()),
        },
        sqlx::Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => {
                Obstacle::passes("connection refused; see that the server runs, and its port")
            }
            ErrorKind::NotFound => {
                Obstacle::passes("there is no such socket; see that the server runs, and the folder of it")
            }
            ErrorKind::PermissionDenied => Obstacle::stays(format!("the socket can't be used by this user: {error}")),
            _ => Obstacle::passes(error.to_string()),
        },
        sqlx::Error::PoolTimedOut => Obstacle::passes("it took too long to connect"),
        error => Obstacle::stays(error.to_string()),
    }
}

/// By SQLSTATE; see appendix A of PostgreSQL's manual.
fn of_postgres(refused: &dyn DatabaseError) -> Obstacle {
    let says = refused.message();
    let code = refused.code().unwrap_or_default();
    match &*code {
        "57P01" | "57P02" | "57P03" => Obstacle::passes(says),
        "28P01" => Obstacle::stays(format!("{says}; see the user and the password in database_url")),
        "28000" if says.contains("client certificate") => {
            Obstacle::stays(format!("{says}; name one as sslcert, with its sslkey"))
        }
        "28000" if says.contains("no encryption") => {
            Obstacle::stays(format!("{says}; the server wants TLS: write sslmode=require, or better verify-full"))
        }
        "28000" => Obstacle::stays(format!("{says}; see the user in database_url, and the server's pg_hba.conf")),
        "3D000" => Obstacle::stays(format!("{says}; make it: createdb --owner=USER NAME")),
        "25006" => Obstacle::stays(format!(
            "{says}: the server is a standby, or was told to be read-only (default_transaction_read_only); name one that can \
             be written to"
        )),
        "42501" => Obstacle::stays(format!(
            "{says}; the bot's role has to own the database (ALTER DATABASE NAME OWNER TO USER), or be given what is missing \
             (GRANT CREATE ON SCHEMA public TO USER, GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public \
             TO USER)"
        )),
        "3F000" => Obstacle::stays(format!("{says}; see the search_path of the role")),
        code if code.starts_with("53") => Obstacle::passes(says),
        _ => Obstacle::stays(says),
    }
}

/// By the low byte of SQLite's code: 5 is SQLITE_BUSY, and so on.
fn of_sqlite(refused: &dyn DatabaseError) -> Obstacle {
    let says = refused.message();
    match refused.code().and_then(|code| code.parse::<u32>().ok()).unwrap_or_default() & 0xff {
        3 | 8 | 14 => Obstacle::of_rights(format!("{says}; see what the file and its folder allow")),
        5 | 6 => Obstacle::passes(format!("{says}: another process has it; see what else works on the file")),
        10 => Obstacle::of_rights(format!("{says}; see the disk, and whether there is room on it")),
        11 => Obstacle::stays(format!("{says}; restore a copy of it")),
        13 => Obstacle::of_rights(format!("{says}; make room on the disk")),
        26 => Obstacle::stays(format!("{says}; name another file, or move this one away")),
        _ => Obstacle::stays(says),
    }
}

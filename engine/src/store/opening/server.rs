//! A PostgreSQL server: whether it is there, lets us in, and is one that people's words can be kept in.

use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::{self, ConnectOptions, Connection, Row};
use url::Url;

use super::{Obstacle, tls, words};
use crate::store::connect::postgres;

/// How long a server may take to let us in.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn knock(url: &str) -> Result<(), Obstacle> {
    let Ok(address) = Url::parse(url) else { return Err(Obstacle::stays("its address can't be read")) };
    tls::files_can_be_read(&address)?;
    let options = PgConnectOptions::from_str(url).map_err(|error| words::of_sqlx(&error))?;
    let options = postgres::plain(options).disable_statement_logging();
    let looked = tokio::time::timeout(PATIENCE, async {
        let mut connection = options.connect().await?;
        let found = look(&mut connection).await;
        let _ = connection.close().await;
        found
    });
    match looked.await {
        Err(_) => Err(Obstacle::passes(format!("no answer within {} seconds", PATIENCE.as_secs()))),
        Ok(Err(error)) => Err(words::of_sqlx(&error)),
        Ok(Ok(found)) => found.fits(),
    }
}

/// What a server says of itself; nothing, where it does not know what is asked.
#[derive(Default)]
struct Found {
    in_recovery: bool,
    encoding: Option<String>,
}

async fn look(connection: &mut PgConnection) -> Result<Found, sqlx::Error> {
    let asked = sqlx::raw_sql("SELECT pg_is_in_recovery(), getdatabaseencoding()::text").fetch_one(connection).await;
    match asked {
        Ok(row) => Ok(Found { in_recovery: row.try_get(0).unwrap_or(false), encoding: row.try_get(1).ok() }),
        // There are others that speak as PostgreSQL does.
        Err(sqlx::Error::Database(refused)) if refused.code().is_some_and(|code| code.starts_with("42")) => {
            Ok(Found::default())
        }
        Err(error) => Err(error),
    }
}

impl Found {
    fn fits(self) -> Result<(), Obstacle> {
        if self.in_recovery {
            return Err(Obstacle::passes(
                "the server is a standby, which can only be read from; name the one that it follows, or an address that \
                 always leads to the one that can be written to",
            ));
        }
        match self.encoding.as_deref() {
            None | Some("UTF8") => Ok(()),
            Some(other) => Err(Obstacle::stays(format!(
                "it is encoded in {other}, in which not every name can be written; make one with createdb \
                 --encoding=UTF8 --template=template0 --owner=USER NAME"
            ))),
        }
    }
}

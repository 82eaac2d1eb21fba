//! PostgreSQL, and what speaks as it does: several connections, each of them good for writing.

use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::{self, ConnectOptions as _, Connection, PgConnection};
use sea_orm::{ConnectOptions, DatabaseConnection, DbErr, RuntimeErr, SqlxPostgresConnector};
use tokio_util::sync::CancellationToken;

pub(in crate::store) use super::session::at_begin;
use super::{relay, session, sharing, trust::Trust};

/// How long a connection is waited for: while all are in use, and while the server is not there.
const WAITS: Duration = Duration::from_secs(15);

/// A connection is made anew after this time, so that after any change behind the server's address nobody is left behind.
const LIVES: Duration = Duration::from_secs(5 * 60);

/// How long one that nobody needs is kept.
const IDLE: Duration = Duration::from_secs(2 * 60);

/// What the driver leaves undone: it takes the brackets of an IPv6 address for a part of a name. And what poolers don't
/// know is not said: PgBouncer refuses clients who tell it `extra_float_digits`.
pub(in crate::store) fn plain(options: PgConnectOptions) -> PgConnectOptions {
    let host = options.get_host().trim_matches(['[', ']']).to_owned();
    options.host(&host).extra_float_digits(None)
}

/// Opens it with so many connections at most.
pub(super) async fn connect(mut options: ConnectOptions, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let server = server(options.get_url())?;
    let shared = sharing::is_shared(&server).await.map_err(refused)?;
    let over = CancellationToken::new();
    let way = relay::open(&server, &over);
    options
        .max_connections(connections)
        .acquire_timeout(WAITS)
        .max_lifetime(LIVES)
        .idle_timeout(IDLE)
        .test_before_acquire(false)
        .map_sqlx_postgres_opts(move |server| {
            let server = plain(server).statement_cache_capacity(200);
            way.iter().fold(server, PgConnectOptions::socket)
        });
    let settings = if shared { None } else { Some(session::of_connection()) };
    if shared {
        session::are_shared();
    }
    let trust = Trust::default();
    options.map_sqlx_postgres_pool_opts(move |pool| {
        let (settings, new, used, done) = (settings.clone(), trust.clone(), trust.clone(), trust.clone());
        pool.acquire_slow_threshold(Duration::MAX)
            .after_connect(move |connection, _| {
                let (settings, trust) = (settings.clone(), new.clone());
                Box::pin(async move {
                    trust.new_one(connection).await?;
                    tell(connection, settings).await
                })
            })
            .before_acquire(move |connection, about| {
                let trust = used.clone();
                Box::pin(async move { trust.used_again(connection, about).await })
            })
            .after_release(move |_, about| {
                let kept = done.kept(&about);
                Box::pin(async move { Ok(kept) })
            })
    });
    let opened = SqlxPostgresConnector::connect(options).await;
    match &opened {
        Ok(db) => {
            let closed = db.get_postgres_connection_pool().close_event();
            tokio::spawn(async move {
                closed.await;
                over.cancel();
            });
        }
        Err(_) => over.cancel(),
    }
    opened
}

/// How long a further connection is waited for at the start. A pooler refuses nobody: whoever comes when it has lent all
/// its connections waits until one is given back.
const WAITS_FOR_ONE_MORE: Duration = Duration::from_secs(3);

/// How many connections the server lets us have at once, of those that are wanted: connections that answer.
pub(super) async fn allowed(url: &str, wanted: u32) -> Result<u32, DbErr> {
    /// A role, a database or the server has no more of them.
    const TOO_MANY: &str = "53300";
    let server = server(url)?;
    let mut had: Vec<PgConnection> = Vec::new();
    let mut outcome = Ok(());
    for _ in 0..wanted {
        let waits = if had.is_empty() { WAITS } else { WAITS_FOR_ONE_MORE };
        let answers = async {
            let mut connection = server.connect().await?;
            sqlx::raw_sql("SELECT 1").execute(&mut connection).await?;
            Ok::<_, sqlx::Error>(connection)
        };
        match tokio::time::timeout(waits, answers).await {
            Ok(Ok(connection)) => had.push(connection),
            Ok(Err(sqlx::Error::Database(error))) if !had.is_empty() && error.code().as_deref() == Some(TOO_MANY) => {
                break;
            }
            Ok(Err(error)) => outcome = Err(refused(error)),
            Err(_) if !had.is_empty() => break,
            Err(_) => outcome = Err(refused(sqlx::Error::PoolTimedOut)),
        }
        if outcome.is_err() {
            break;
        }
    }
    let allowed = u32::try_from(had.len()).unwrap_or(wanted);
    for connection in had {
        let _ = connection.close().await;
    }
    outcome.map(|()| allowed)
}

fn server(url: &str) -> Result<PgConnectOptions, DbErr> {
    Ok(plain(PgConnectOptions::from_str(url).map_err(refused)?).disable_statement_logging())
}

fn refused(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}

async fn tell(connection: &mut PgConnection, settings: Option<String>) -> Result<(), sqlx::Error> {
    if let Some(settings) = settings {
        sqlx::raw_sql(sqlx::AssertSqlSafe(settings)).execute(connection).await?;
    }
    Ok(())
}

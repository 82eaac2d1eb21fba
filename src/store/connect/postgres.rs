//! PostgreSQL, and what speaks as it does: several connections, each told a few settings when it is made.

use std::time::Duration;

use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::{ConnectOptions, sqlx};

/// How many connections a process holds.
const POOL: u32 = 10;

/// What a machine has locked that vanished in the middle of a transaction is free again after this time. (From a process
/// that is killed the server hears at once.)
const FORSAKEN: &str = "SET idle_in_transaction_session_timeout = '30s'";

/// All that is asked here has an index. PostgreSQL would still read a whole table that it believes to be small, and go on
/// with that plan while thousands of rows come: it looks again about once a minute. So it reads whole tables only where
/// nothing else is possible; what that seems to cost then is no reason to compile the statement first.
///
/// Of these settings a server takes those that it knows: there are others that speak as PostgreSQL does.
const BY_INDEX: &str = "SELECT set_config(name, 'off', false) FROM pg_settings WHERE name IN ('enable_seqscan', 'jit')";

/// What the driver leaves undone: it takes the brackets of an IPv6 address for a part of a name.
pub(in crate::store) fn plain(options: PgConnectOptions) -> PgConnectOptions {
    let host = options.get_host().trim_matches(['[', ']']).to_owned();
    options.host(&host)
}

pub(super) fn prepare(options: &mut ConnectOptions) {
    options
        .max_connections(POOL)
        .acquire_timeout(Duration::from_secs(30))
        .map_sqlx_postgres_opts(|postgres| plain(postgres).statement_cache_capacity(200))
        .map_sqlx_postgres_pool_opts(|pool| {
            pool.after_connect(|connection, _| {
                Box::pin(async move {
                    for setting in [FORSAKEN, BY_INDEX] {
                        sqlx::Executor::execute(&mut *connection, setting).await?;
                    }
                    Ok(())
                })
            })
        });
}

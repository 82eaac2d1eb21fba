//! `exodus copy`: all of a database into an empty one of either kind.

use std::io::{IsTerminal, Write};

use super::output;
use crate::store;
use exodus_engine::config::DatabaseUrl;
use exodus_engine::host::{self, Database};
use exodus_engine::store::copying::Stage;

/// Copies everything, compares it, and says how much it was; on a terminal it also says meanwhile how far it is.
///
/// # Errors
/// As [`host::copy`].
pub async fn copy(from: DatabaseUrl, to: DatabaseUrl) -> anyhow::Result<()> {
    let [from, to] = [from, to].map(|url| Database { url, connections: store::CONNECTIONS });
    let is_seen = std::io::stderr().is_terminal();
    let mut tell = |stage: Stage<'_>| {
        if is_seen {
            let does = if stage.compares { "compared" } else { "copied" };
            let _ = write!(std::io::stderr(), "\r\x1b[K{}: {} rows {does} ...", stage.table, stage.rows);
        }
    };
    let copied = host::copy(&from, &to, store::STEPS, &mut tell).await;
    if is_seen {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
    let copied = copied?;
    output::say(format_args!(
        "{} rows of {} tables were copied from {} to {}, and compared",
        copied.rows, copied.tables, from.url, to.url
    ));
    Ok(())
}

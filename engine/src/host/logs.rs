//! The log goes to standard error: as text, or as JSON with `EXODUS_LOG_FORMAT=json`; `RUST_LOG` says how much of it.
//!
//! Never in it: secrets, and what people write or are called. Ids say enough to find the record.

use std::io::{IsTerminal, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::json;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::Directive;

use crate::conversation;

/// What is logged by a bot that runs when `RUST_LOG` says nothing. What matrix-sdk could tell is told by
/// the adapter, once, and without who talks with whom; what sqlx could, by whoever waits for the database. (`exodus` is
/// the engine's own name as well: a name stands for all that begin with it.)
pub const RUNNING: &str = "warn,exodus=info,matrix_sdk=off,matrix_sdk_base=off,matrix_sdk_crypto=off,matrix_sdk_sqlite=off,sqlx=off,sqlx_core=off";

/// The same for commands whose output a person reads.
pub const TALKING: &str =
    "error,matrix_sdk=off,matrix_sdk_base=off,matrix_sdk_crypto=off,matrix_sdk_sqlite=off,sqlx=off,sqlx_core=off";

/// What is never told, whatever `RUST_LOG` says: the SDK logs the address of a proxy with its password.
const NEVER: &str = "matrix_sdk::http_client::native=warn";

/// The variable that says how to log, and the word there for one JSON object a line.
const FORMAT: &str = "EXODUS_LOG_FORMAT";
const JSON: &str = "json";

/// Says what ends the program, which is called so, as the log is written: whatever reads that reads the last line too.
pub fn end(program: &str, why: &str, now: DateTime<Utc>) {
    let line = match std::env::var(FORMAT).as_deref() {
        Ok(JSON) => in_json(program, why, now),
        _ => format!("{program}: {why}"),
    };
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// As the lines before it, which the log has written.
fn in_json(program: &str, why: &str, now: DateTime<Utc>) -> String {
    let timestamp = now.to_rfc3339_opts(SecondsFormat::Micros, true);
    json!({ "timestamp": timestamp, "level": "ERROR", "message": why, "target": program }).to_string()
}

/// Starts the log, if nobody has; `otherwise` is how much of it there is when `RUST_LOG` is not set.
///
/// # Errors
/// `RUST_LOG` or `EXODUS_LOG_FORMAT` can't be understood.
pub fn start(otherwise: &str) -> anyhow::Result<()> {
    let wanted = std::env::var("RUST_LOG").ok().filter(|wanted| !wanted.is_empty());
    let filter = EnvFilter::try_new(wanted.as_deref().unwrap_or(otherwise))
        .map_err(|error| anyhow::anyhow!("RUST_LOG: {error}; expected something like \"exodus=debug\""))?;
    let filter = filter.add_directive(NEVER.parse::<Directive>()?);
    // Whoever reads the log may have died. Then it can't be told to them either, and people still want their answers.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).log_internal_errors(false);
    let started = match std::env::var(FORMAT).as_deref() {
        Err(_) | Ok("" | "text") => log.with_ansi(std::io::stderr().is_terminal()).try_init(),
        Ok(JSON) => log.json().flatten_event(true).try_init(),
        Ok(other) => anyhow::bail!("{FORMAT}: found {other:?}, expected text or json"),
    };
    if started.is_err() {
        return Ok(());
    }
    std::panic::set_hook(Box::new(|panic| {
        // Whoever catches it tells the operator once, and with what it was about.
        if !conversation::panicked(panic.location()) {
            let at = panic.location().map(ToString::to_string);
            tracing::error!(at, "a bug: something panicked");
        }
    }));
    Ok(())
}

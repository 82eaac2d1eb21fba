//! Several processes on one database, as an operator sees them: they share the work, each goes on when another dies, and
//! they say how they are. The real program, against a Bot API server.
#![cfg(all(feature = "telegram", unix))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "processes/asked_to_wait.rs"]
mod asked_to_wait;
#[path = "processes/backup.rs"]
mod backup;
#[path = "processes/clearing.rs"]
mod clearing;
#[path = "support/copies.rs"]
mod copies;
#[path = "processes/crashes.rs"]
mod crashes;
#[path = "support/database.rs"]
mod database;
#[path = "processes/failover.rs"]
mod failover;
#[path = "processes/faults.rs"]
mod faults;
#[path = "processes/few_connections.rs"]
mod few_connections;
#[path = "processes/files.rs"]
mod files;
#[path = "processes/front.rs"]
mod front;
#[path = "processes/init.rs"]
mod init;
#[path = "processes/logged.rs"]
mod logged;
#[path = "processes/lost.rs"]
mod lost;
#[path = "processes/moved.rs"]
mod moved;
#[path = "processes/own_postgres.rs"]
mod own_postgres;
#[path = "processes/pooler.rs"]
mod pooler;
#[path = "processes/program.rs"]
mod program;
#[path = "processes/proxies.rs"]
mod proxies;
#[path = "processes/servers.rs"]
mod servers;
#[path = "processes/sharing.rs"]
mod sharing;
#[path = "processes/signals.rs"]
mod signals;
#[path = "processes/tls.rs"]
mod tls;
#[path = "processes/unwritable.rs"]
mod unwritable;
#[path = "processes/vanished.rs"]
mod vanished;
#[path = "processes/watched.rs"]
mod watched;

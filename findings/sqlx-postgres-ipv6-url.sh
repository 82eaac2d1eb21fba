#!/usr/bin/env bash
# sqlx 0.9.0 with tokio: a URL with an IPv6 address, `postgres://me@[::1]:5432/db`, is looked up as a host name and fails.
#
# What happens: the host of a URL keeps its brackets, `[::1]`. With a runtime on async-io sqlx takes them off before
# it connects; with tokio it does not, and asks the resolver for a host that is called "[::1]". The same address given by
# `PgConnectOptions::host("::1")` connects. A server is played by a socket that takes one connection and closes it: "an
# early end" means that it was reached.
#
# What one would expect: the form that RFC 3986 prescribes, and that libpq takes, reaches the server.
#
# Seen with sqlx 0.9.0 (tokio 1), Rust 1.95, Linux with IPv6 on the loopback interface.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/src"

cat >"$dir/Cargo.toml" <<'TOML'
[package]
name = "probe"
version = "0.0.0"
edition = "2024"

[dependencies]
sqlx = { version = "=0.9.0", default-features = false, features = ["runtime-tokio", "postgres"] }
tokio = { version = "1", features = ["macros", "net", "rt"] }

[workspace]
TOML

cat >"$dir/src/main.rs" <<'RUST'
use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{ConnectOptions, Connection, Error};

async fn tried(options: PgConnectOptions) -> &'static str {
    match options.ssl_mode(PgSslMode::Disable).connect().await {
        Err(Error::Io(error)) if error.to_string().contains("lookup") => "a host of that name is looked up",
        Err(Error::Io(_)) => "an early end",
        Err(_) => "another error",
        Ok(open) => PgConnection::close(open).await.map_or("closed badly", |()| "connected"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let server = tokio::net::TcpListener::bind("[::1]:0").await.unwrap();
    let port = server.local_addr().unwrap().port();
    tokio::spawn(async move { while server.accept().await.is_ok() {} });
    let url = PgConnectOptions::from_str(&format!("postgres://me@[::1]:{port}/db")).unwrap();
    println!("by a URL, host {:?}: {}", url.get_host(), tried(url.clone()).await);
    println!("by host(): {}", tried(url.host("::1")).await);
}
RUST

CARGO_TARGET_DIR="$dir/target" cargo run --quiet --manifest-path "$dir/Cargo.toml" | tee "$dir/seen"

cat >"$dir/expected" <<'TEXT'
by a URL, host "[::1]": a host of that name is looked up
by host(): an early end
TEXT
diff "$dir/expected" "$dir/seen" && echo "as it was found"

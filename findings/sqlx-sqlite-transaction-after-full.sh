#!/usr/bin/env bash
# sqlx 0.9.0 with SQLite: a transaction goes on after SQLite has ended it by itself.
#
# What happens: when the database is full, SQLite may answer a statement with SQLITE_FULL and roll the whole transaction
# back (https://www.sqlite.org/lang_transaction.html, "Response To Errors Within A Transaction"). sqlx does not look whether
# a transaction is still open: its `Transaction` takes further statements, and each of them is committed at once, by itself.
# `commit()` fails then ("cannot commit - no transaction is active"), though what came after the error is in the file.
# From there on the connection says `is_in_transaction() == true` for good, also after later transactions that went well.
#
# What one would expect: an error for every further statement of that `Transaction`, or at least nothing kept of it.
#
# Seen with sqlx 0.9.0 (libsqlite3-sys as it pins it), Rust 1.95. The database is kept small by `PRAGMA max_page_count`,
# which gives the same code as a full disk.
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
sqlx = { version = "=0.9.0", default-features = false, features = ["runtime-tokio", "sqlite"] }
tokio = { version = "1", features = ["macros", "rt"] }

[workspace]
TOML

cat >"$dir/src/main.rs" <<'RUST'
use sqlx::{Connection, Row, SqliteConnection};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), sqlx::Error> {
    let url = format!("sqlite://{}?mode=rwc", std::env::args().nth(1).unwrap());
    let mut writer = SqliteConnection::connect(&url).await?;
    sqlx::query("CREATE TABLE t (word TEXT)").execute(&mut writer).await?;
    sqlx::query("PRAGMA max_page_count = 12").execute(&mut writer).await?;

    let mut tx = writer.begin().await?;
    sqlx::query("INSERT INTO t VALUES ('before')").execute(&mut *tx).await?;
    let full = sqlx::query("INSERT INTO t VALUES (hex(zeroblob(200000)))").execute(&mut *tx).await;
    println!("too much: {}", full.unwrap_err());
    let after = sqlx::query("INSERT INTO t VALUES ('after')").execute(&mut *tx).await;
    println!("the same transaction goes on: {}", after.is_ok());
    println!("commit: {}", tx.commit().await.unwrap_err());
    println!("in a transaction: {}", writer.is_in_transaction());

    let mut tx = writer.begin().await?;
    sqlx::query("INSERT INTO t VALUES ('later')").execute(&mut *tx).await?;
    println!("a later commit: {:?}", tx.commit().await);
    println!("in a transaction: {}", writer.is_in_transaction());

    let mut reader = SqliteConnection::connect(&url).await?;
    let rows = sqlx::query("SELECT word FROM t").fetch_all(&mut reader).await?;
    let words: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    println!("another connection sees: {}", words.join(", "));
    Ok(())
}
RUST

CARGO_TARGET_DIR="$dir/target" cargo run --quiet --manifest-path "$dir/Cargo.toml" -- "$dir/test.db" | tee "$dir/seen"

cat >"$dir/expected" <<'TEXT'
too much: error returned from database: (code: 13) database or disk is full
the same transaction goes on: true
commit: error returned from database: (code: 1) cannot commit - no transaction is active
in a transaction: true
a later commit: Ok(())
in a transaction: true
another connection sees: after, later
TEXT
diff "$dir/expected" "$dir/seen" && echo "as it was found"

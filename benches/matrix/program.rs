//! `exodus run` with an account in Matrix.

use std::path::Path;
use std::process::{Command, Stdio};

use matrix_sdk::ruma::UserId;

use crate::server::Server;

/// That of the account.
pub const PASSWORD: &str = "of the bench";

/// The program, with all that it keeps in this folder.
pub fn in_matrix(server: &Server, id: &UserId, dir: &Path) -> Command {
    let mut run = Command::new(env!("CARGO_BIN_EXE_exodus"));
    run.arg("run").current_dir(dir).stdout(Stdio::null()).env("RUST_LOG", "error,matrix_sdk=off");
    run.env("EXODUS_DATABASE_URL", database_url(dir));
    run.env("EXODUS_MATRIX_HOMESERVER_URL", server.url()).env("EXODUS_MATRIX_USER", id.as_str());
    run.env("EXODUS_MATRIX_PASSWORD", PASSWORD).env("EXODUS_MATRIX_STORE_PASSPHRASE", "of the store");
    run.env("EXODUS_MATRIX_RECOVERY_PASSPHRASE", "of the identity");
    run
}

/// Its database.
pub fn database_url(dir: &Path) -> String {
    format!("sqlite://{}", dir.join("exodus.db").display())
}

//! A PostgreSQL of a test's own, which may be crashed: `scripts/postgres` makes it.

use std::path::PathBuf;
use std::process::{Command, Output};

use crate::database::postgres;
use crate::program::free_address;

pub struct OwnPostgres {
    folder: tempfile::TempDir,
    port: u16,
}

impl OwnPostgres {
    /// Starts one, and says where it is reached. `None`: PostgreSQL is not tested here, or it runs on another machine.
    pub fn start() -> Option<(OwnPostgres, String)> {
        postgres()?;
        let folder = tempfile::Builder::new().prefix("exodus-postgres.").tempdir().unwrap();
        let server = OwnPostgres { folder, port: free_address().port() };
        if !server.script("installed").status.success() {
            println!("there is no PostgreSQL on this machine to be crashed");
            return None;
        }
        let started = server.script("start");
        assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
        let url = String::from_utf8(started.stdout).unwrap().trim().to_owned();
        Some((server, url))
    }

    /// As if the machine had lost its power and come back: no connection is ended well, nothing is written down that was
    /// not written already. Returns when it takes connections again.
    pub async fn crashes(&self) {
        let mut crash = self.command("crash");
        let crashed = tokio::task::spawn_blocking(move || crash.output()).await.unwrap().unwrap();
        assert!(crashed.status.success(), "{}", String::from_utf8_lossy(&crashed.stderr));
    }

    /// The folder that it keeps everything in.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A second server that follows this one, and has whatever this one has confirmed.
    pub fn standby(&self) -> OwnPostgres {
        let folder = tempfile::Builder::new().prefix("exodus-postgres.").tempdir().unwrap();
        let standby = OwnPostgres { folder, port: free_address().port() };
        let started = standby.command("standby").arg(self.port.to_string()).output().unwrap();
        assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
        standby
    }

    /// It vanishes from one moment to the next.
    pub fn is_killed(&self) {
        assert!(self.script("kill").status.success());
    }

    /// The standby becomes what the other was.
    pub async fn is_promoted(&self) {
        let mut promote = self.command("promote");
        let promoted = tokio::task::spawn_blocking(move || promote.output()).await.unwrap().unwrap();
        assert!(promoted.status.success(), "{}", String::from_utf8_lossy(&promoted.stderr));
    }

    /// Where it is reached.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn script(&self, word: &str) -> Output {
        self.command(word).output().unwrap()
    }

    fn command(&self, word: &str) -> Command {
        let mut script = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/postgres"));
        script.arg(word).env("EXODUS_TEST_DIR", self.folder.path());
        script.env("EXODUS_TEST_POSTGRES_PORT", self.port.to_string());
        script
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        let _ = self.command("stop").output();
    }
}

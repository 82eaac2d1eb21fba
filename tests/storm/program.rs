//! The bot's process, as whoever kills it sees it.

use std::fs;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use crate::bot::WORD;
use crate::waiting::until;

pub struct Program {
    home: tempfile::TempDir,
    settings: Vec<(&'static str, String)>,
    child: Child,
}

impl Program {
    /// Starts it with these settings, its clock moved by so many seconds.
    pub fn starts(settings: Vec<(&'static str, String)>, moved_by: i64) -> Program {
        let home = tempfile::tempdir().unwrap();
        let child = spawn(&home, &settings, moved_by);
        Program { home, settings, child }
    }

    /// `kill -9`, and the same program once more.
    pub fn dies_and_starts_again(&mut self, moved_by: i64) {
        if let Some(status) = self.child.try_wait().unwrap() {
            panic!("the bot ended by itself: {status}\n{}", self.log());
        }
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.child = spawn(&self.home, &self.settings, moved_by);
    }

    /// Tells it to stop, and waits until it has.
    pub async fn stops(&mut self) -> ExitStatus {
        drop(self.child.stdin.take());
        until("the bot stops", async || self.child.try_wait().unwrap()).await
    }

    /// All that it has told the operator, at all its starts.
    pub fn log(&self) -> String {
        fs::read_to_string(self.home.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = self.log();
            let lines: Vec<&str> = log.lines().collect();
            eprintln!("the end of the bot's log:\n{}", lines[lines.len().saturating_sub(60)..].join("\n"));
        }
    }
}

fn spawn(home: &tempfile::TempDir, settings: &[(&'static str, String)], moved_by: i64) -> Child {
    let log = fs::File::options().create(true).append(true).open(home.path().join("log")).unwrap();
    Command::new(std::env::current_exe().unwrap())
        .args([WORD, &moved_by.to_string()])
        .current_dir(home.path())
        .envs(settings.iter().map(|(key, value)| (key, value)))
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::piped())
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap()
}

/// How long a moment is that nothing must happen in.
pub const MOMENT: Duration = Duration::from_millis(500);

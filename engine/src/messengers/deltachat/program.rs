//! The program that speaks Delta Chat's protocols for us: `deltachat-rpc-server`, started as a child.

use std::collections::VecDeque;
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use thiserror::Error;
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio_util::sync::CancellationToken;

use super::api;
use super::rpc::Rpc;

/// What it is called where nobody says otherwise.
pub const PROGRAM: &str = "deltachat-rpc-server";

/// For so long its first answer is waited for. Another one that holds the folder makes it wait for three seconds.
const FIRST_ANSWER: Duration = Duration::from_secs(10);

/// For so long it is waited for at its end.
const LAST_WORD: Duration = Duration::from_secs(5);

/// How many of its last lines are kept.
const LINES: usize = 5;

/// Where it writes what nobody but we may read.
const OURS_ALONE: u32 = 0o700;

/// Why the program does not run.
#[derive(Debug, Error)]
pub enum NotRunning {
    /// It is not where it was looked for.
    #[error(
        "{0} is not there; install it (pip install deltachat-rpc-server, or from github.com/chatmail/core/releases), or say in \
             deltachat.program where it is"
    )]
    Missing(String),
    /// It is there and can't be started.
    #[error("{0} can't be started: {1}")]
    Unstartable(String, io::Error),
    /// The folder can't be made or looked into.
    #[error("{}: {why}; deltachat.accounts_dir has to be a folder of the bot's own", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What stands in the way.
        why: io::Error,
    },
    /// It has ended before it said anything.
    #[error("the Delta Chat program ended at its start: {0}")]
    Ended(String),
    /// Another one has the folder.
    #[error("{} is in use by another Delta Chat program", .0.display())]
    InUse(PathBuf),
}

/// The program as long as it runs. Dropped, it is ended without a word.
pub struct Program {
    child: Child,
    said: Said,
}

/// The last lines that it has written for operators.
type Said = Arc<Mutex<VecDeque<String>>>;

impl Program {
    /// Starts it on this folder, and waits for its first answer.
    ///
    /// # Errors
    /// See [`NotRunning`].
    pub async fn start(program: &str, folder: &Path) -> Result<(Program, Rpc), NotRunning> {
        hold(folder).map_err(|why| NotRunning::Folder { folder: folder.to_owned(), why })?;
        let mut command = Command::new(program);
        command
            .env("DC_ACCOUNTS_PATH", folder)
            .env("RUST_LOG", "warn")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            // What ends us by the keyboard is not for it: it ends when we have said all.
            .process_group(0);
        let mut child = command.spawn().map_err(|error| unstartable(program, error))?;
        let (said, ended) = (Said::default(), CancellationToken::new());
        let (Some(to), Some(from), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(NotRunning::Unstartable(program.to_owned(), io::Error::other("it has no pipes")));
        };
        tokio::spawn(listen(errors, said.clone()));
        let (rpc, program) = (Rpc::over(to, from, ended), Program { child, said });
        match tokio::time::timeout(FIRST_ANSWER, rpc.call::<Vec<u32>>(api::GET_ALL_ACCOUNT_IDS, ())).await {
            Ok(Ok(_)) => Ok((program, rpc)),
            Ok(Err(error)) => {
                // It says why a moment after it has ended.
                tokio::time::sleep(Duration::from_millis(50)).await;
                Err(program.why(folder, &error.to_string()))
            }
            Err(_) => Err(program.why(folder, "it does not answer")),
        }
    }

    fn why(&self, folder: &Path, otherwise: &str) -> NotRunning {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        if said.iter().any(|line| line.contains("accounts.lock")) {
            return NotRunning::InUse(folder.to_owned());
        }
        NotRunning::Ended(if said.is_empty() { otherwise.to_owned() } else { said.join(" ") })
    }

    /// Waits until it has ended, now that nobody speaks to it any more. One that does not end is ended.
    pub async fn stop(mut self) {
        if tokio::time::timeout(LAST_WORD, self.child.wait()).await.is_err() {
            tracing::warn!("the Delta Chat program does not end by itself, and is ended");
            let _ = self.child.kill().await;
        }
    }
}

/// Which version this program says it is.
///
/// # Errors
/// It can't be started.
pub async fn version(program: &str) -> Result<String, NotRunning> {
    let asked = Command::new(program).arg("--version").stdin(Stdio::null()).kill_on_drop(true).output();
    let output = match tokio::time::timeout(FIRST_ANSWER, asked).await {
        Ok(output) => output.map_err(|error| unstartable(program, error))?,
        Err(_) => return Err(NotRunning::Ended("it does not say which version it is".to_owned())),
    };
    let said = [output.stdout, output.stderr].concat();
    Ok(String::from_utf8_lossy(&said).trim().to_owned())
}

fn unstartable(program: &str, error: io::Error) -> NotRunning {
    match error.kind() {
        io::ErrorKind::NotFound => NotRunning::Missing(program.to_owned()),
        _ => NotRunning::Unstartable(program.to_owned(), error),
    }
}

/// The folder is there, and nobody else looks into it: the key, the mail password and all that was said lie there as they are.
fn hold(folder: &Path) -> io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(OURS_ALONE).create(folder)?;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(OURS_ALONE))
}

/// What it writes for operators may hold people's addresses, so it is seen only by who looks closely.
async fn listen(errors: impl AsyncRead + Unpin, said: Said) {
    let mut lines = BufReader::new(errors).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        tracing::debug!(line, "the Delta Chat program says");
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.len() == LINES {
            said.pop_front();
        }
        said.push_back(line);
    }
}

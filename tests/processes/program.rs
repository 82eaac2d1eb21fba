//! `exodus run` as processes of their own.

use std::net::{SocketAddr, TcpListener};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How long anything may take on a machine that has a lot to do.
const PATIENCE: Duration = Duration::from_secs(90);

pub const TOKEN: &str = "1234567:test";
pub const SECRET: &str = "whisper_it-7";

/// An address that nobody has.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// One process, and where it answers over HTTP.
pub struct Program {
    child: Child,
    home: tempfile::TempDir,
    pub http: SocketAddr,
}

impl Program {
    /// Starts it; `webhook` is the url that Telegram is told, and the address behind it.
    pub fn start(database_url: &str, api_url: &str, webhook: Option<(&str, SocketAddr)>) -> Program {
        Program::start_with(database_url, api_url, |run| {
            if let Some((url, listen)) = webhook {
                run.env("EXODUS_TELEGRAM_WEBHOOK_URL", url).env("EXODUS_TELEGRAM_WEBHOOK_SECRET", SECRET);
                run.env("EXODUS_TELEGRAM_WEBHOOK_LISTEN", listen.to_string());
            }
        })
    }

    /// Starts it as somebody else says.
    pub fn start_with(database_url: &str, api_url: &str, prepare: impl FnOnce(&mut Command)) -> Program {
        let (home, http) = (tempfile::tempdir().unwrap(), free_address());
        let log = std::fs::File::create(home.path().join("log")).unwrap();
        // Writing to a full disk is an error, and not the end of the process.
        let mut run = Command::new("sh");
        run.args(["-c", "trap '' XFSZ $TRAPPED; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_exodus"), "run"]);
        run.current_dir(home.path()).stdout(Stdio::null()).stderr(log);
        run.env("EXODUS_DATABASE_URL", database_url).env("EXODUS_HTTP_LISTEN", http.to_string());
        run.env("EXODUS_TELEGRAM_TOKEN", TOKEN).env("EXODUS_TELEGRAM_API_URL", api_url);
        run.env("RUST_LOG", "warn,exodus=debug").env("EXODUS_LOG_FORMAT", "json");
        prepare(&mut run);
        Program { child: run.spawn().unwrap(), home, http }
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }

    /// Stops it as an operator does, and waits until it has.
    pub async fn stop(&mut self) {
        self.gets("TERM");
        self.ends().await;
    }

    /// Sends it a signal.
    pub fn gets(&self, signal: &str) {
        Command::new("kill").args(["-s", signal, &self.child.id().to_string()]).status().unwrap();
    }

    /// Waits until it has ended, and says whether it ended well.
    pub async fn ends(&mut self) -> bool {
        let ended = async {
            loop {
                match self.child.try_wait().unwrap() {
                    Some(status) => return status.success(),
                    None => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(40), ended).await.expect("it stops")
    }

    /// What it writes its log to, when that is not a file.
    pub fn log_pipe(&mut self) -> ChildStderr {
        self.child.stderr.take().unwrap()
    }

    /// Waits until its log says so, and how often it does.
    pub async fn logs(&self, words: &str) -> usize {
        self.until(words, async || self.log().contains(words).then_some(())).await;
        self.log().lines().filter(|line| line.contains(words)).count()
    }

    /// From now on no file can become larger than so many bytes: for the program the disk is full.
    pub fn fills_its_disk(&self, bytes: u64) {
        self.limit(&bytes.to_string());
    }

    /// There is room again.
    pub fn has_room_again(&self) {
        self.limit("unlimited");
    }

    fn limit(&self, soft: &str) {
        let limit = format!("--fsize={soft}:unlimited");
        let done = Command::new("prlimit").args(["--pid", &self.child.id().to_string(), &limit]).status();
        assert!(done.expect("prlimit is a part of util-linux").success());
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.home.path().join("log")).unwrap()
    }

    /// What it answers at this path: the status and the body; nothing, when nobody answers.
    pub async fn asked(&self, path: &str) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(self.http).await.ok()?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: exodus\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok()?;
        let status = answer.split(' ').nth(1)?.parse().ok()?;
        Some((status, answer.split_once("\r\n\r\n")?.1.to_owned()))
    }

    /// Waits until it is ready, and says what it found.
    pub async fn is_ready(&self) -> String {
        self.found("ready", |status, _| status == 200).await
    }

    /// Waits until it is not ready, and says what it found.
    pub async fn is_not_ready(&self) -> String {
        self.found("not ready any more", |status, _| status == 503).await
    }

    /// Waits until `/ready` says so.
    pub async fn says(&self, words: &str) {
        self.found(words, |_, found| found.contains(words)).await;
    }

    /// Waits until `/ready` answers so, and says what it found.
    async fn found(&self, what: &str, is_so: impl Fn(u16, &str) -> bool) -> String {
        let so = async || self.asked("/ready").await.filter(|(status, found)| is_so(*status, found));
        self.until(what, so).await.1
    }

    /// Asks again and again until there is an answer; shows the log where none comes.
    async fn until<T>(&self, what: &str, answer: impl AsyncFn() -> Option<T>) -> T {
        let asking = async {
            loop {
                if let Some(answer) = answer().await {
                    return answer;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, asking).await;
        waited.unwrap_or_else(|_| panic!("never {what:?}:\n{}", self.log()))
    }
}

/// What a command that ends by itself says, and whether it ended well. It has no rights but those of its user, whoever that
/// is, so that files can be closed to it.
pub fn says(word: &str, database_url: &str, prepare: impl FnOnce(&mut Command)) -> (bool, String) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new("setpriv");
    let root = ["--inh-caps=-all", "--bounding-set=-all"];
    let is_root = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap()) == 0;
    command.args(root.iter().filter(|_| is_root)).args(["--no-new-privs", env!("CARGO_BIN_EXE_exodus"), word]);
    command.current_dir(home.path()).env("EXODUS_DATABASE_URL", database_url);
    prepare(&mut command);
    let done = command.output().expect("setpriv is a part of util-linux");
    let said = [String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)].concat();
    (done.status.success(), said)
}

/// The line of `exodus check` about the database.
pub fn checked(database_url: &str) -> String {
    let (_, said) = says("check", database_url, |_| {});
    said.lines().filter(|line| line.contains(" database: ")).collect::<Vec<_>>().join("\n")
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! The bot as a community runs it: a configuration, a database file, and the folder of its account.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use exodus::app::config::Config;
use exodus::app::run;
use exodus::store;
use exodus_engine::conversation::Clock;
use exodus_engine::host::SystemClock;
use exodus_engine::messengers::deltachat::{Method, Program};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, Statement};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::disk::fast_disk;
use crate::person::fresh;
use crate::server::{DOMAIN, PASSWORD, Server, program};
use crate::waiting::{until, until_true};

/// All that outlives the bot.
pub struct Home {
    dir: tempfile::TempDir,
    pub address: String,
    pub password: String,
    pub program: String,
    pub imap: u16,
    pub smtp: u16,
    /// More keys of the section.
    pub more: String,
    /// More sections.
    pub others: String,
}

impl Home {
    /// A new mailbox on this server, and a configuration for it.
    pub fn on(server: &Server) -> Home {
        Home {
            dir: tempfile::tempdir_in(fast_disk()).unwrap(),
            address: format!("{}@{DOMAIN}", fresh("bot")),
            password: PASSWORD.to_owned(),
            program: program(),
            imap: server.imap(),
            smtp: server.smtp(),
            // The server is our own.
            more: "messages_a_minute = 6000".to_owned(),
            others: String::new(),
        }
    }

    /// It sends through this port.
    pub fn sending_by(mut self, smtp: u16) -> Home {
        self.smtp = smtp;
        self
    }

    /// It reads its mail through this port.
    pub fn reading_by(mut self, imap: u16) -> Home {
        self.imap = imap;
        self
    }

    fn file(&self) -> PathBuf {
        let toml = format!(
            "database_url = \"{}\"\n[deltachat]\nprogram = \"{}\"\naddress = \"{}\"\npassword = \"{}\"\n\
             imap_server = \"127.0.0.1\"\nimap_port = {}\nimap_security = \"plain\"\n\
             smtp_server = \"127.0.0.1\"\nsmtp_port = {}\nsmtp_security = \"plain\"\n\
             accounts_dir = \"{}\"\ndisplay_name = \"Exodus\"\n{}\n{}\n",
            self.database_url(),
            self.program,
            self.address,
            self.password,
            self.imap,
            self.smtp,
            self.accounts_dir().display(),
            self.more,
            self.others,
        );
        let file = self.dir.path().join("exodus.toml");
        fs::write(&file, toml).unwrap();
        file
    }

    pub fn config(&self) -> Config {
        Config::load(Some(&self.file())).unwrap()
    }

    pub fn database_url(&self) -> String {
        format!("sqlite://{}", self.dir.path().join("exodus.db").display())
    }

    pub fn accounts_dir(&self) -> PathBuf {
        self.dir.path().join("accounts")
    }

    /// A place beside all that.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// `exodus check`: whether all is well, and what it says.
    pub async fn checks(&self) -> (bool, String) {
        let (config, dir) = (self.file(), self.dir.path().to_owned());
        let checked = tokio::task::spawn_blocking(move || {
            let mut check = Command::new(env!("CARGO_BIN_EXE_exodus"));
            check.args(["check", "--config"]).arg(config).current_dir(dir).env_remove("RUST_LOG").output().unwrap()
        });
        let output = checked.await.unwrap();
        let said = [output.stdout, output.stderr].map(|words| String::from_utf8_lossy(&words).into_owned());
        (output.status.success(), said.concat())
    }

    /// A second look at the bot's database.
    pub async fn database(&self) -> DatabaseConnection {
        let db = store::connect(&self.database_url()).await.unwrap();
        store::migrate(&db).await.unwrap();
        db
    }

    /// Somebody withdraws this link of the bot's, by another program, while the bot is stopped.
    pub async fn is_withdrawn(&self, link: &str) {
        let (program, rpc) = Program::start(&self.program, &self.accounts_dir()).await.unwrap();
        let accounts: Vec<u32> = rpc.call(Method("get_all_account_ids", 0), ()).await.unwrap();
        rpc.call::<()>(Method("set_config_from_qr", 0), (accounts[0], link)).await.unwrap();
        rpc.hang_up();
        program.stop().await;
    }

    /// By which link people come, once the bot has one.
    pub async fn link(&self) -> String {
        let db = self.database().await;
        let sql = "SELECT link FROM deltachat_bot";
        until("the bot has a link", async || {
            let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap()?;
            row.try_get_by_index::<Option<String>>(0).unwrap()
        })
        .await
    }
}

/// How often something was noted in the journal.
pub async fn noted(db: &DatabaseConnection, what: &str) -> usize {
    let journal = store::journal::Entity::find().all(db).await.unwrap();
    journal.iter().filter(|row| row.what == what).count()
}

/// Waits until all have been told what they have to be told.
pub async fn nobody_is_untold(db: &DatabaseConnection) {
    until_true("everybody is told", async || store::outbox::waiting(db).await.unwrap() == 0).await;
}

/// The bot within the test.
pub struct Bot {
    pub home: Home,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Bot {
    pub fn at(home: Home) -> Bot {
        // What it would tell the operator can be seen with `RUST_LOG=exodus=debug` and `--nocapture`.
        let logs = tracing_subscriber::fmt().with_env_filter(tracing_subscriber::EnvFilter::from_default_env());
        let _ = logs.with_test_writer().try_init();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let mut bot = Bot { home, clock, stop: CancellationToken::new(), task: tokio::spawn(async { Ok(()) }) };
        bot.starts();
        bot
    }

    pub fn starts(&mut self) {
        self.stop = CancellationToken::new();
        self.task = tokio::spawn(run::until_by(self.clock.clone(), self.home.config(), self.stop.clone()));
    }

    /// Tells it to stop, and waits until it has.
    pub async fn stops(&mut self) {
        self.stop.cancel();
        let ended = tokio::time::timeout(Duration::from_secs(60), &mut self.task).await;
        ended.expect("the bot does not end").unwrap().unwrap();
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The bot as a program of its own, so that it can be killed as programs are.
pub struct Process {
    pub home: Home,
    child: Child,
}

impl Process {
    pub fn at(home: Home) -> Process {
        let child = spawn(&home);
        Process { home, child }
    }

    /// `kill -9`.
    pub fn is_killed(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// `kill -9` of the program that speaks for it.
    pub fn its_program_is_killed(&self) {
        for pid in self.its_programs() {
            Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
        }
    }

    fn its_programs(&self) -> Vec<u32> {
        // Whichever of its threads has begun them.
        let threads = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let children =
            threads.map(|thread| fs::read_to_string(thread.unwrap().path().join("children")).unwrap_or_default());
        children
            .flat_map(|pids| pids.split_whitespace().map(|pid| pid.parse().unwrap()).collect::<Vec<u32>>())
            .collect()
    }

    /// The memory of the bot, and of the program that speaks for it.
    pub fn megabytes(&self) -> (f64, f64) {
        (resident(self.child.id()), self.its_programs().into_iter().map(resident).sum())
    }

    pub fn starts(&mut self) {
        self.child = spawn(&self.home);
    }
}

/// What a process has in memory.
fn resident(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(home: &Home) -> Child {
    let output = fs::File::options().create(true).append(true).open(home.beside("output.log")).unwrap();
    Command::new(env!("CARGO_BIN_EXE_exodus"))
        .args(["run", "--config"])
        .arg(home.file())
        .current_dir(home.dir.path())
        // What the operator is told is looked at, whatever whoever runs the tests wants to see.
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(output.try_clone().unwrap())
        .stderr(output)
        .spawn()
        .unwrap()
}

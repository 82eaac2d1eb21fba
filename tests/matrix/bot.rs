//! The bot as a community runs it: a configuration, a database file, and the folder of its device.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use exodus::app::config::Config;
use exodus::app::run;
use exodus::store;
use exodus_engine::conversation::{Chance, Clock, OsChance};
use exodus_engine::host::SystemClock;
use exodus_engine::id::PersonId;
use exodus_engine::messengers::matrix::{Credentials, Hints, Settings, Verification};
use matrix_sdk::ruma::OwnedUserId;
use sea_orm::{DatabaseConnection, EntityTrait};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::person::fresh;
use crate::server::Server;
use crate::waiting::until_true;

pub const PASSWORD: &str = "the bot's password";
pub const RECOVERY: &str = "what restores the keys";

/// All that outlives the bot.
pub struct Home {
    dir: tempfile::TempDir,
    pub id: OwnedUserId,
    pub homeserver_url: String,
    /// The key and the value of what it signs in with.
    pub credentials: String,
    /// Keys of the section, beside those that every bot needs.
    pub more: String,
    /// More sections of the configuration.
    pub others: String,
}

impl Home {
    /// A new account on this server, and a configuration for it.
    pub async fn on(server: &Server) -> Home {
        let id = server.register(&fresh("bot"), PASSWORD).await;
        Home {
            dir: tempfile::tempdir().unwrap(),
            id: id.try_into().unwrap(),
            homeserver_url: server.url(),
            credentials: format!("password = \"{PASSWORD}\""),
            more: String::new(),
            others: String::new(),
        }
    }

    /// With all that is kept encrypted. To make keys of passphrases is meant to be slow, so not every test does it.
    pub fn with_passphrases(mut self) -> Home {
        self.more = format!("store_passphrase = \"of the store\"\nrecovery_passphrase = \"{RECOVERY}\"");
        self
    }

    pub fn reached_at(mut self, url: &str) -> Home {
        url.clone_into(&mut self.homeserver_url);
        self
    }

    fn file(&self) -> PathBuf {
        let toml = format!(
            "database_url = \"{}\"\n[matrix]\nhomeserver_url = \"{}\"\nuser = \"{}\"\n{}\nstore_dir = \"{}\"\n\
             {}\n{}\n",
            self.database_url(),
            self.homeserver_url,
            self.id,
            self.credentials,
            self.store_dir().display(),
            self.more,
            self.others,
        );
        let file = self.dir.path().join("exodus.toml");
        fs::write(&file, toml).unwrap();
        file
    }

    /// The account alone, for a bot of a test's own.
    pub fn settings(&self) -> Settings {
        Settings {
            homeserver_url: self.homeserver_url.parse().unwrap(),
            proxy: None,
            user: self.id.to_string(),
            credentials: Credentials::Password(PASSWORD.into()),
            store_dir: self.store_dir(),
            store_passphrase: None,
            recovery_passphrase: None,
            reactions: false,
            verification: Verification::Refuse,
            display_name: None,
            picture: None,
            hints: Hints::default(),
            in_groups: false,
        }
    }

    pub fn config(&self) -> Config {
        Config::load(Some(&self.file())).unwrap()
    }

    pub fn database_url(&self) -> String {
        format!("sqlite://{}", self.dir.path().join("exodus.db").display())
    }

    pub fn store_dir(&self) -> PathBuf {
        self.dir.path().join("matrix-store")
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

    /// Waits until messages can be encrypted for the bot.
    pub async fn can_be_written_to(&self, server: &Server) {
        until_true("the bot has a device", async || !server.devices_of(self.id.as_str()).await.is_empty()).await;
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

/// The first member has to be told something about Clara.
pub async fn the_first_is_told_of_clara(db: &DatabaseConnection) {
    let now = SystemClock.now();
    let clara = store::member::insert(db, "Clara", "en", now).await.unwrap();
    let told = store::outbox::New {
        recipient: PersonId::new(1),
        kind: "notice-withdrawn".into(),
        facts: format!(r#"{{"name":{{"member":{}}},"sum":{{"sum":12300}}}}"#, clara.id),
        about: None,
        record: None,
        priority: store::outbox::TELLS,
        by_day: false,
        due_at: now,
        word: OsChance.word().unwrap(),
        number: OsChance.number(9).unwrap(),
    };
    store::outbox::push_many(db, [told], now).await.unwrap();
}

/// The bot within the test.
pub struct Bot {
    pub home: Home,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Bot {
    pub async fn on(server: &Server) -> Bot {
        let bot = Bot::at(Home::on(server).await);
        bot.home.can_be_written_to(server).await;
        bot
    }

    pub fn at(home: Home) -> Bot {
        Bot::by(Arc::new(SystemClock), home)
    }

    /// With a clock of the test's.
    pub fn by(clock: Arc<dyn Clock>, home: Home) -> Bot {
        // What it would tell the operator can be seen with `RUST_LOG=exodus=debug` and `--nocapture`.
        let logs = tracing_subscriber::fmt().with_env_filter(tracing_subscriber::EnvFilter::from_default_env());
        let _ = logs.with_test_writer().try_init();
        let mut bot = Bot { home, clock, stop: CancellationToken::new(), task: tokio::spawn(async { Ok(()) }) };
        bot.starts();
        bot
    }

    pub fn starts(&mut self) {
        self.stop = CancellationToken::new();
        self.task = tokio::spawn(run::until_by(self.clock.clone(), self.home.config(), self.stop.clone()));
    }

    /// Tells it to stop, and waits until it has.
    pub async fn stops(&mut self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.ends().await
    }

    /// Waits until it ends by itself.
    pub async fn ends(&mut self) -> anyhow::Result<()> {
        tokio::time::timeout(Duration::from_secs(60), &mut self.task).await.expect("the bot does not end").unwrap()
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The bot as a program of its own, so that it can be killed as programs are.
pub struct Program {
    pub home: Home,
    child: Child,
}

impl Program {
    pub fn at(home: Home) -> Program {
        let child = spawn(&home);
        Program { home, child }
    }

    /// `kill -9`.
    pub fn is_killed(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn starts(&mut self) {
        self.child = spawn(&self.home);
    }

    /// It has not ended.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// All that it has told the operator, at all its starts.
    pub fn output(&self) -> String {
        fs::read_to_string(self.home.dir.path().join("output.log")).unwrap()
    }

    /// Waits until the operator is told this.
    pub async fn tells(&self, words: &str) {
        until_true(words, async || self.output().contains(words)).await;
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(home: &Home) -> Child {
    let output = fs::File::options().create(true).append(true).open(home.dir.path().join("output.log")).unwrap();
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

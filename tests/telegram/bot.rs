//! The whole bot as `exodus run` runs it, on a database file, against a Bot API server of the test.

use std::net::SocketAddr;
use std::time::Duration;

use bot_api::{BotApi, ChatMessage, Settings, User};
use exodus::app::config::Config;
use exodus::app::run;
use exodus::store;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub const TOKEN: &str = "1234567:very-secret";
/// Whoever has this account administers the community.
pub const ADMINISTRATOR: i64 = 900;
pub const SECRET: &str = "whisper_it-7";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Updates {
    Polled,
    Brought,
}

/// The bot, and the world around it.
pub struct Bot {
    pub api: BotApi,
    home: tempfile::TempDir,
    database_url: String,
    token: &'static str,
    webhook: Option<SocketAddr>,
    stop: CancellationToken,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Bot {
    pub async fn start(updates: Updates) -> Bot {
        Bot::start_at(BotApi::launch(Settings::new(TOKEN)).await.unwrap(), updates).await
    }

    pub async fn start_at(api: BotApi, updates: Updates) -> Bot {
        let bot = Bot::begin_at(api, updates);
        bot.is_up().await;
        bot
    }

    /// Without waiting until it listens.
    pub fn begin_at(api: BotApi, updates: Updates) -> Bot {
        let home = tempfile::tempdir().unwrap();
        let database_url = format!("sqlite://{}", home.path().join("exodus.db").display());
        Bot::begin_with(api, database_url, home, updates)
    }

    /// On this database, whatever it is.
    pub async fn start_on(database_url: &str, updates: Updates) -> Bot {
        let (api, home) = (BotApi::launch(Settings::new(TOKEN)).await.unwrap(), tempfile::tempdir().unwrap());
        let bot = Bot::begin_with(api, database_url.to_owned(), home, updates);
        bot.is_up().await;
        bot
    }

    fn begin_with(api: BotApi, database_url: String, home: tempfile::TempDir, updates: Updates) -> Bot {
        // What it would tell the operator can be seen with `RUST_LOG=exodus=debug` and `--nocapture`.
        let logs = tracing_subscriber::fmt().with_env_filter(tracing_subscriber::EnvFilter::from_default_env());
        let _ = logs.with_test_writer().try_init();
        let webhook = (updates == Updates::Brought).then(free_address);
        let stop = CancellationToken::new();
        let task = tokio::spawn(async { Ok(()) });
        let mut bot = Bot { api, home, database_url, token: TOKEN, webhook, stop, task };
        bot.start_again();
        bot
    }

    fn config(&self) -> Config {
        let mut toml = format!(
            "database_url = \"{}\"\n[telegram]\ntoken = \"{}\"\napi_url = \"{}\"\n",
            self.database_url,
            self.token,
            self.api.url()
        );
        if let Some(listen) = self.webhook {
            toml.push_str(&format!("webhook_url = \"{}\"\nwebhook_listen = \"{listen}\"\n", self.webhook_url()));
            toml.push_str(&format!("webhook_secret = \"{SECRET}\"\n"));
        }
        toml.push_str(&format!("[admin]\naccounts = [\"telegram:{ADMINISTRATOR}\"]\n"));
        let file = self.home.path().join("exodus.toml");
        std::fs::write(&file, toml).unwrap();
        Config::load(Some(&file)).unwrap()
    }

    pub fn webhook_url(&self) -> String {
        format!("http://{}/telegram", self.webhook.unwrap())
    }

    /// A second look at the bot's database.
    pub async fn database(&self) -> DatabaseConnection {
        store::connect(&self.database_url).await.unwrap()
    }

    /// Its database is copied while it runs.
    pub async fn is_copied(&self) {
        let copy = format!("VACUUM INTO '{}'", self.home.path().join("copy.db").display());
        let db = self.database().await;
        db.execute_unprepared(&copy).await.unwrap();
        db.close().await.unwrap();
    }

    /// It is stopped, and started on the copy of its database.
    pub async fn goes_back_to_the_copy(&mut self) {
        self.stop().await.unwrap();
        let file = |name: &str| self.home.path().join(name);
        for beside in ["exodus.db-wal", "exodus.db-shm"] {
            let _ = std::fs::remove_file(file(beside));
        }
        std::fs::copy(file("copy.db"), file("exodus.db")).unwrap();
        let asked = self.api.requests("getUpdates");
        self.start_again();
        while self.api.requests("getUpdates") <= asked {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub fn start_again(&mut self) {
        self.stop = CancellationToken::new();
        self.task = tokio::spawn(run::until(self.config(), self.stop.clone()));
    }

    /// Waits until it listens.
    pub async fn is_up(&self) {
        let up = async {
            while !(self.api.has_webhook() || self.api.requests("getUpdates") > 0) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(90), up).await.unwrap();
    }

    /// Cuts it off in the middle of whatever it does.
    pub async fn kill(&mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }

    pub async fn kill_and_start_again(&mut self) {
        self.kill().await;
        self.start_again();
    }

    /// Tells it to stop, and waits until it has.
    pub async fn stop(&mut self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.ends().await
    }

    /// Waits until it ends by itself.
    pub async fn ends(&mut self) -> anyhow::Result<()> {
        tokio::time::timeout(Duration::from_secs(40), &mut self.task).await.unwrap().unwrap()
    }

    /// From its next start on, it is another bot.
    pub async fn becomes(&mut self, token: &'static str) {
        (self.api, self.token) = (BotApi::start(token).await, token);
    }

    /// From its next start on, it asks for updates.
    pub fn poll_from_now_on(&mut self) {
        self.webhook = None;
    }

    /// A member who has chosen their language and stands in the main menu.
    pub async fn member(&self, id: i64, name: &str) -> User {
        let user = self.api.user(id).named(name).lang("en");
        user.start(None);
        user.presses_when_shown("English").await;
        user.sees("Welcome").await;
        user
    }

    /// Nobody waits, and the bot did nothing that no bot should do.
    pub async fn is_blameless(&self) {
        self.api.settled().await;
        assert!(self.api.violations().is_empty(), "{:#?}", self.api.violations());
        assert!(self.api.unanswered_presses().is_empty(), "{:#?}", self.api.unanswered_presses());
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// How many messages the bot has written there.
pub fn written_to(user: &User) -> usize {
    user.messages().iter().filter(|message| message.from_bot).count()
}

/// Waits until some message of the bot, not only the newest, contains this.
pub async fn is_told(user: &User, words: &str) -> ChatMessage {
    let told = user.wait_for(Duration::from_secs(90), |messages| {
        messages.iter().rev().find(|message| message.from_bot && message.text.contains(words)).cloned()
    });
    told.await.unwrap_or_else(|chat| panic!("{} was never told {words:?}:\n{chat}", user.id()))
}

/// The word of the newest invite link in this chat.
pub fn invite_of(user: &User) -> String {
    let messages = user.messages();
    let link = messages.iter().rev().find_map(|message| message.text.split("?start=").nth(1)).unwrap();
    link.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

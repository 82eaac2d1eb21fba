//! The whole bot as `exodus run` runs it, on a database of its own, with a chat in Telegram and pages for browsers.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use bot_api::{BotApi, Settings, User};
use exodus::app::config::Config;
use exodus::app::run;
use exodus::store;
use exodus_engine::testing::HandClock;
use sea_orm::DatabaseConnection;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::browser::{Browser, inside};

const TOKEN: &str = "1234567:very-secret";
const PATIENCE: Duration = Duration::from_secs(90);

pub struct Town {
    pub api: BotApi,
    pub at: SocketAddr,
    pub clock: Arc<HandClock>,
    database_url: String,
    _home: tempfile::TempDir,
    stop: CancellationToken,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Town {
    pub async fn begins() -> Town {
        let home = tempfile::tempdir().unwrap();
        let database_url = format!("sqlite://{}", home.path().join("exodus.db").display());
        Town::on(database_url, home).await
    }

    async fn on(database_url: String, home: tempfile::TempDir) -> Town {
        let logs = tracing_subscriber::fmt().with_env_filter(tracing_subscriber::EnvFilter::from_default_env());
        let _ = logs.with_test_writer().try_init();
        let api = BotApi::launch(Settings::new(TOKEN)).await.unwrap();
        let at = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let toml = format!(
            "database_url = \"{database_url}\"\n[telegram]\ntoken = \"{TOKEN}\"\napi_url = \"{}\"\n\
             [http]\nlisten = \"{at}\"\npublic_url = \"http://{at}\"\n[admin]\naccounts = [\"telegram:900\"]\n",
            api.url()
        );
        let config = Config::read("exodus.toml", &toml, []).unwrap();
        let (stop, clock) =
            (CancellationToken::new(), Arc::new(HandClock::at("2026-11-03T12:00:00Z".parse().unwrap())));
        let task = tokio::spawn(run::until_by(clock.clone(), config, stop.clone()));
        let town = Town { api, at, clock, database_url, _home: home, stop, task };
        let is_up = async {
            while std::net::TcpStream::connect(at).is_err() || !inside(at, "/ready", "").await.contains("200 OK") {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, is_up).await.unwrap();
        town
    }

    pub fn browser(&self, lang: &'static str) -> Browser {
        Browser::new(self.at, lang)
    }

    /// Somebody in the chat, who has become a member there.
    pub async fn member(&self, id: i64, name: &str, lang: &str) -> User {
        let user = self.api.user(id).named(name).lang(lang);
        user.start(None);
        self.sees(&user, "English").await;
        let (language, welcome) =
            if lang == "ru" { ("Русский", "Добро пожаловать") } else { ("English", "Welcome") };
        self.presses(&user, language, welcome).await;
        user
    }

    /// They press this in the chat, and then read that.
    pub async fn presses(&self, user: &User, label: &str, sees: &str) {
        user.reads_and_presses(label).await;
        self.sees(user, sees).await;
    }

    pub async fn sees(&self, user: &User, words: &str) {
        let seen = user.wait_for(PATIENCE, |messages| {
            messages
                .iter()
                .any(|one| one.from_bot && (one.text.contains(words) || one.button(words).is_some()))
                .then_some(())
        });
        seen.await.unwrap_or_else(|chat| panic!("no {words:?}:\n{chat}"));
    }

    /// They ask for the menu and press these there, one after the other, and read after each what is to be read.
    pub async fn walks(&self, user: &User, way: &[(&str, &str)]) {
        let before = user.last_message().id;
        user.writes("/menu");
        let mut there = None;
        for (label, sees) in way {
            let shown = |words: &str| {
                let messages = user.messages();
                let fits = |one: &&bot_api::ChatMessage| one.text.contains(words) || one.button(words).is_some();
                // A notice that has come meanwhile may offer the same.
                let is_page =
                    |one: &&bot_api::ChatMessage| there.map_or(one.from_bot && one.id > before, |id| one.id == id);
                messages.iter().filter(is_page).find(fits).map(|one| one.id)
            };
            let found = user.wait_for(PATIENCE, |_| shown(label)).await;
            let page = found.unwrap_or_else(|chat| panic!("no {label:?}:\n{chat}"));
            // What can't be undone is not taken from whoever can't have read it yet.
            tokio::time::sleep(Duration::from_millis(600)).await;
            let last = user.last_message().id;
            user.presses_on(page, label);
            // Below a notice that has come meanwhile, the page is sent anew.
            let shown = |words: &str| {
                let messages = user.messages();
                let fits = |one: &&bot_api::ChatMessage| one.text.contains(words) || one.button(words).is_some();
                messages.iter().filter(|one| one.id == page || one.id > last).find(fits).map(|one| one.id)
            };
            let found = user.wait_for(PATIENCE, |_| shown(sees)).await;
            there = Some(found.unwrap_or_else(|chat| panic!("no {sees:?}:\n{chat}")));
        }
    }

    /// The link to sign in by, got in the chat: what stands behind the host.
    pub async fn link(&self, user: &User) -> String {
        let before_it = user.last_message().id;
        let (accounts, browser, get, yours) = match user.transcript().contains("Добро пожаловать") {
            true => ("Мои аккаунты", "В браузере", "Получить", "Ваша ссылка"),
            false => ("My accounts", "In a browser", "Get a", "Your link"),
        };
        let profile = if accounts == "My accounts" { "Profile" } else { "Профиль" };
        self.walks(user, &[(profile, accounts), (accounts, browser), (browser, get), (get, yours)]).await;
        let before = format!("http://{}", self.at);
        let found = user.wait_for(PATIENCE, |messages| {
            let shown = messages.iter().find(|one| one.from_bot && one.id > before_it && one.text.contains(yours))?;
            let link = shown.text.split_whitespace().find(|word| word.contains("/in/"))?;
            Some(link.strip_prefix(&before)?.to_owned())
        });
        found.await.unwrap_or_else(|chat| panic!("no link:\n{chat}"))
    }

    /// A browser in which this member is signed in.
    pub async fn signed_in(&self, user: &User, lang: &'static str) -> Browser {
        let words = ["A new account is yours now", "ещё один аккаунт", "in one more browser", "ещё в одном браузере"];
        let is_of_it = |one: &&bot_api::ChatMessage| one.from_bot && words.iter().any(|words| one.text.contains(words));
        let told = |messages: &[bot_api::ChatMessage]| messages.iter().filter(is_of_it).count();
        let before = told(&user.messages());
        let link = self.link(user).await;
        let mut browser = self.browser(lang);
        browser.goes(&link).await;
        let mut form = browser.page.forms().into_iter().next().unwrap();
        form.action = Some(link);
        browser.sends(&form, None).await;
        // What is asked for next comes below it.
        let found = user.wait_for(PATIENCE, |messages| (told(messages) > before).then_some(()));
        found.await.unwrap_or_else(|chat| panic!("it is not told:\n{chat}"));
        browser
    }

    pub async fn database(&self) -> DatabaseConnection {
        store::connect(&self.database_url).await.unwrap()
    }

    pub async fn ends(self) {
        self.stop.cancel();
        tokio::time::timeout(PATIENCE, self.task).await.unwrap().unwrap().unwrap();
    }
}

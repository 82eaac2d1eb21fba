use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serde::Deserialize;

use super::{Introduction, Settings, Telegram, Webhook, check, introduced, offered, offered_in_groups, taken};
use crate::config::{Discord, HttpUrl, ProxyUrl, Secret, StandIn, Value, maybe, one};
use crate::conversation::Messenger;
use crate::messengers::section::{NotTaken, Section, Surroundings};
use crate::store::telegram::Memory;

/// How long a start waits for Telegram to say who we are there, so that invites have a link from the first.
const A_MOMENT: Duration = Duration::from_secs(3);

/// `[telegram]`: the bot's account there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelegramSection {
    /// The token that @BotFather gave.
    #[serde(deserialize_with = "one")]
    pub token: BotToken,
    /// A Bot API server of one's own; Telegram's without it.
    #[serde(default, deserialize_with = "maybe")]
    pub api_url: Option<HttpUrl>,
    /// What stands between us and there.
    #[serde(default, deserialize_with = "maybe")]
    pub proxy: Option<ProxyUrl>,
    /// What the bot is called there, in every language: 1 to 64 characters. As @BotFather was told without it.
    #[serde(default, deserialize_with = "maybe")]
    pub name: Option<BotName>,
    /// Whether the bot says in each language what it is, on its profile and in its empty chat. Without it, as @BotFather was
    /// told.
    #[serde(default = "yes", deserialize_with = "one")]
    pub introduce: bool,
    /// Where Telegram reaches us from outside. Long polling without it; `webhook_listen` and `webhook_secret` go with it.
    #[serde(default, deserialize_with = "maybe")]
    pub webhook_url: Option<HttpUrl>,
    /// The address and port where updates are taken in, behind whatever serves `webhook_url`.
    #[serde(default, deserialize_with = "maybe")]
    pub webhook_listen: Option<SocketAddr>,
    /// What Telegram sends along, so that nobody else can bring updates.
    #[serde(default, deserialize_with = "maybe")]
    pub webhook_secret: Option<WebhookSecret>,
}

impl TelegramSection {
    /// Telegram brings updates by https alone; a server of one's own, on the same machine, also by http.
    fn unreachable(&self) -> Option<Discord> {
        let HttpUrl(url) = self.webhook_url.as_ref().filter(|_| self.api_url.is_none())?;
        let mut written = url.clone();
        (url.scheme() == "http" && written.set_scheme("https").is_ok()).then(|| {
            let line = format!(
                "telegram.webhook_url: found {:?}, and Telegram brings updates by https alone; write {:?}, and have a reverse \
                 proxy with a certificate there",
                url.as_str(),
                written.as_str()
            );
            Discord(&["telegram.webhook_url", "telegram.api_url"], line)
        })
    }

    fn settings(&self) -> Settings {
        let webhook = match (&self.webhook_url, self.webhook_listen, &self.webhook_secret) {
            (Some(url), Some(listen), Some(secret)) => {
                Some(Webhook { url: url.0.clone(), listen, secret: secret.0.reveal().to_owned() })
            }
            _ => None,
        };
        Settings {
            api_url: self.api_url.as_ref().map(|url| url.0.clone()),
            proxy: self.proxy.as_ref().map(|proxy| proxy.reveal().clone()),
            name: self.name.as_ref().map(|name| name.0.clone()),
            webhook,
            ..Settings::new(self.token.0.reveal().to_owned())
        }
    }
}

#[async_trait]
impl Section for TelegramSection {
    fn stand_ins() -> &'static [StandIn] {
        &[(&["telegram", "token"], "1:stand-in")]
    }

    fn discords(&self) -> Vec<Discord> {
        let keys: [(&'static [&'static str], bool); 2] = [
            (&["telegram.webhook_listen", "telegram.webhook_url"], self.webhook_listen.is_some()),
            (&["telegram.webhook_secret", "telegram.webhook_url"], self.webhook_secret.is_some()),
        ];
        let discord = |(about, given): (&'static [&'static str], bool)| {
            let key = about.first()?;
            match (self.webhook_url.is_some(), given) {
                (true, false) => Some(Discord(about, format!("{key}: missing; telegram.webhook_url needs it"))),
                (false, true) => Some(Discord(about, format!("{key}: of no use without telegram.webhook_url"))),
                _ => None,
            }
        };
        keys.into_iter().filter_map(discord).chain(self.unreachable()).collect()
    }

    async fn messenger(&self, around: &Surroundings) -> anyhow::Result<Arc<dyn Messenger>> {
        let in_groups = offered_in_groups(&around.locales, around.group_commands);
        let commands = offered(&around.locales).into_iter().chain(in_groups).collect();
        // Where it says nothing of itself, it still has its name in each language.
        let silent = |introduction: Introduction| match self.introduce {
            true => introduction,
            false => Introduction { description: String::new(), short: String::new(), ..introduction },
        };
        let introductions = introduced(&around.locales).into_iter().map(silent).collect();
        let settings = Settings { commands, introductions, ..self.settings() };
        let telegram = Telegram::new(settings)?.remembering(Memory::new(around.db.clone()));
        telegram.recall().await;
        let telegram = Arc::new(telegram);
        // In a task of its own, so that nothing that it has begun in the database is cut off.
        let trying = tokio::spawn({
            let telegram = telegram.clone();
            async move { telegram.try_to_sign_in().await }
        });
        let _ = tokio::time::timeout(A_MOMENT, trying).await;
        Ok(telegram)
    }

    async fn check(&self) -> Vec<Result<String, String>> {
        check(self.settings()).await
    }

    async fn account(&self) -> Result<String, NotTaken> {
        taken(&self.settings()).await
    }
}

/// A bot's token as BotFather gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotToken(pub Secret);

impl Value for BotToken {
    const EXPECTED: &'static str = "the token that @BotFather gave, such as 123456:ABC-DEF";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        let (id, key) = text.split_once(':')?;
        let fits = !id.is_empty() && id.bytes().all(|digit| digit.is_ascii_digit()) && is_word(key);
        fits.then(|| BotToken(Secret::new(text)))
    }
}

/// What the bot is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotName(pub String);

impl Value for BotName {
    const EXPECTED: &'static str = "a name of 1 to 64 characters";

    fn read(text: &str) -> Option<Self> {
        let name = text.trim();
        let fits = (1..=64).contains(&name.chars().count()) && !name.contains(char::is_control);
        fits.then(|| BotName(name.to_owned()))
    }
}

fn yes() -> bool {
    true
}

/// What Telegram sends along with each update, so that nobody else can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookSecret(pub Secret);

impl Value for WebhookSecret {
    const EXPECTED: &'static str = "1 to 256 letters, digits, _ and -";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        (is_word(text) && text.len() <= 256).then(|| WebhookSecret(Secret::new(text)))
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"_-".contains(&letter))
}

//! What was answered, and the configuration that it makes.

use exodus_engine::config::ConfigError;

use crate::app::config::Config;

/// All that is asked for.
pub(super) struct Answers {
    pub language: String,
    pub account: Account,
    pub currency: String,
    pub zone: String,
}

/// Who the bot is, in a messenger.
pub(super) struct Account {
    /// The name of its section.
    pub messenger: &'static str,
    /// Its keys.
    pub keys: Vec<(&'static str, String)>,
    /// What it is called there, once the messenger has said so.
    pub called: Option<String>,
}

impl Account {
    /// Nothing typed yet.
    pub fn of(messenger: &'static str) -> Account {
        Account { messenger, keys: Vec::new(), called: None }
    }

    /// What was typed for a key.
    pub fn key(&self, key: &str) -> Option<&str> {
        self.keys.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_str())
    }

    /// Takes what was typed for a key, in the place of what was typed before.
    pub fn set(&mut self, key: &'static str, value: String) {
        match self.keys.iter_mut().find(|(known, _)| *known == key) {
            Some((_, before)) => *before = value,
            None => self.keys.push((key, value)),
        }
    }

    /// Its section of the configuration.
    pub fn section(&self) -> String {
        let keys = self.keys.iter().map(|(key, value)| format!("{key} = {}\n", quoted(value)));
        format!("[{}]\n{}", self.messenger, keys.collect::<String>())
    }
}

impl Answers {
    /// The text of the configuration.
    pub fn text(&self) -> String {
        format!(
            "# Written by `exodus init`. exodus.example.toml has every other key, and what holds without it.\n\
             \n\
             database_url = \"sqlite://exodus.db\"\n\
             time_zone = {}\n\
             currency = {}\n\
             default_language = {}\n\
             \n\
             # Whoever has what stands here is the bot: keep it secret.\n\
             {}",
            quoted(&self.zone),
            quoted(&self.currency),
            quoted(&self.language),
            self.account.section(),
        )
    }

    /// Where people find the bot.
    pub fn link(&self) -> Option<String> {
        let called = self.account.called.as_ref()?;
        match self.account.messenger {
            "telegram" => Some(format!("https://t.me/{}", called.trim_start_matches('@'))),
            "matrix" => Some(format!("https://matrix.to/#/{called}")),
            _ => None,
        }
    }
}

/// Reads an account's section as the bot would. Of what the environment says only that counts which is not asked for here, and
/// how this messenger is reached: what was typed has to be looked at, and not what would go before it.
///
/// # Errors
/// As [`Config::read`].
pub(super) fn read(account: &Account) -> Result<Config, ConfigError> {
    let own = format!("EXODUS_{}_", account.messenger.to_uppercase());
    let is_beside = |name: &str| {
        let key = name.strip_prefix(&own).map(|key| key.strip_suffix("_FILE").unwrap_or(key));
        key.is_some_and(|key| BESIDE.contains(&key))
    };
    let variables = std::env::vars_os().filter_map(|(name, value)| {
        let (name, value) = (name.into_string().ok()?, value.into_string().ok()?);
        is_beside(&name).then_some((name, value))
    });
    Config::read("exodus.toml", &account.section(), variables)
}

/// How a messenger is reached.
const BESIDE: [&str; 2] = ["API_URL", "PROXY"];

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '"' | '\\' => format!("\\{letter}"),
        letter if letter.is_control() => format!("\\u{:04X}", u32::from(letter)),
        letter => letter.to_string(),
    });
    format!("\"{}\"", letters.collect::<String>())
}

#[cfg(all(test, feature = "telegram", feature = "matrix"))]
mod tests {
    use exodus_engine::messengers::matrix::MatrixSection;

    use super::*;

    #[test]
    fn what_is_typed_is_read_as_it_was_typed() {
        let odd = "a \"quoted\" \\ back\tslash # 'ключ' \u{7f}]\n[x]";
        let mut account = Account::of("matrix");
        account.set("user", "@wrong:example.org".into());
        account.set("user", "@bot:example.org".into());
        account.set("homeserver_url", "https://example.org".into());
        account.set("password", odd.into());
        account.called = Some("@bot:example.org".into());
        let [language, currency, zone] = ["ru", "RSD", "Europe/Belgrade"].map(str::to_owned);
        let answers = Answers { language, account, currency, zone };
        let config = Config::read("exodus.toml", &answers.text(), []).unwrap();
        let section = config.messengers.section::<MatrixSection>().unwrap();
        assert_eq!(section.password.as_ref().unwrap().reveal(), odd);
        assert_eq!(section.user.0, "@bot:example.org");
        assert_eq!((config.own.currency.0.as_str(), config.own.default_language.as_str()), ("RSD", "ru"));
        assert_eq!(config.own.time_zone.to_string(), "Europe/Belgrade");
        assert_eq!(answers.link().as_deref(), Some("https://matrix.to/#/@bot:example.org"));
    }
}

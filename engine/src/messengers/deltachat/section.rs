use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use serde::Deserialize;

use super::{DeltaChat, Login, Mailbox, PROGRAM, Server, Settings, check};
use crate::config::{Discord, ProxyUrl, Secret, StandIn, Value, maybe, one};
use crate::conversation::Messenger;
use crate::locale::Locales;
use crate::messengers::section::{Section, Surroundings};
use crate::msg;
use crate::store::deltachat::Memory;

/// `[deltachat]`: the bot's account there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeltaChatSection {
    /// The program that speaks for the bot: a path, or a name on the `PATH`.
    #[serde(default = "program", deserialize_with = "one")]
    pub program: String,
    /// The e-mail address of a mailbox that is the bot's alone; or `qr`.
    #[serde(default, deserialize_with = "maybe")]
    pub address: Option<MailAddress>,
    /// The mailbox's password.
    #[serde(default, deserialize_with = "maybe")]
    pub password: Option<Secret>,
    /// The QR code of a relay that makes a mailbox, in place of one.
    #[serde(default, deserialize_with = "maybe")]
    pub qr: Option<RelayCode>,
    /// Where mail is fetched; found out without it, as all of the following.
    #[serde(default, deserialize_with = "maybe")]
    pub imap_server: Option<String>,
    /// Its port.
    #[serde(default, deserialize_with = "maybe")]
    pub imap_port: Option<Port>,
    /// How it is spoken with.
    #[serde(default, deserialize_with = "maybe")]
    pub imap_security: Option<Security>,
    /// Where mail is sent.
    #[serde(default, deserialize_with = "maybe")]
    pub smtp_server: Option<String>,
    /// Its port.
    #[serde(default, deserialize_with = "maybe")]
    pub smtp_port: Option<Port>,
    /// How it is spoken with.
    #[serde(default, deserialize_with = "maybe")]
    pub smtp_security: Option<Security>,
    /// Whether a certificate is taken that nobody vouches for.
    #[serde(default, deserialize_with = "one")]
    pub any_certificate: bool,
    /// Where the account, its key and what was said are kept.
    #[serde(default = "accounts", deserialize_with = "one")]
    pub accounts_dir: PathBuf,
    /// How people see the bot.
    #[serde(default, deserialize_with = "maybe")]
    pub display_name: Option<String>,
    /// What stands between us and the mail server.
    #[serde(default, deserialize_with = "maybe")]
    pub proxy: Option<ProxyUrl>,
    /// How many messages a minute the mail server takes.
    #[serde(default, deserialize_with = "one")]
    pub messages_a_minute: AMinute,
}

fn program() -> String {
    PROGRAM.to_owned()
}

fn accounts() -> PathBuf {
    "deltachat-accounts".into()
}

impl DeltaChatSection {
    fn settings(&self) -> Settings {
        let server = |host: &Option<String>, port: Option<Port>, security: Option<Security>| Server {
            host: host.clone(),
            port: port.map(|port| port.0),
            security: security.map(|security| security.0),
        };
        let login = match (&self.qr, &self.address) {
            (Some(qr), _) => Login::Relay(qr.0.reveal().to_owned()),
            (None, address) => Login::Mailbox(Mailbox {
                address: address.as_ref().map(|address| address.0.clone()).unwrap_or_default(),
                password: self.password.as_ref().map(|secret| secret.reveal().to_owned()).unwrap_or_default(),
                imap: server(&self.imap_server, self.imap_port, self.imap_security),
                smtp: server(&self.smtp_server, self.smtp_port, self.smtp_security),
                any_certificate: self.any_certificate,
            }),
        };
        Settings {
            program: self.program.clone(),
            accounts_dir: self.accounts_dir.clone(),
            login,
            display_name: self.display_name.clone(),
            status: "–".to_owned(),
            proxy: self.proxy.as_ref().map(|proxy| proxy.reveal().clone()),
            a_minute: self.messages_a_minute.0,
            in_groups: false,
        }
    }

    /// A password that goes over the network for everybody to read.
    fn is_open(security: Option<Security>, server: &Option<String>) -> bool {
        let is_here = |host: &String| matches!(host.as_str(), "127.0.0.1" | "::1" | "localhost");
        security.is_some_and(|security| security.0 == PLAIN) && !server.as_ref().is_some_and(is_here)
    }
}

#[async_trait]
impl Section for DeltaChatSection {
    fn stand_ins() -> &'static [StandIn] {
        &[(&["deltachat", "address"], "stand@in.test")]
    }

    fn discords(&self) -> Vec<Discord> {
        let mut discords = Vec::new();
        let line = match (&self.address, &self.password, &self.qr) {
            (None, _, None) => {
                "deltachat.address: missing; a mailbox is needed, or deltachat.qr of a relay that makes one"
            }
            (Some(_), None, None) => "deltachat.password: missing; deltachat.address needs it",
            (Some(_), _, Some(_)) | (_, Some(_), Some(_)) => {
                "deltachat.qr: given together with a mailbox; only one of them can be used"
            }
            _ => "",
        };
        if !line.is_empty() {
            let about = &["deltachat.address", "deltachat.password", "deltachat.qr"];
            discords.push(Discord(about, line.to_owned()));
        }
        for (about, security, server) in [
            (&["deltachat.imap_security", "deltachat.imap_server"], self.imap_security, &self.imap_server),
            (&["deltachat.smtp_security", "deltachat.smtp_server"], self.smtp_security, &self.smtp_server),
        ] {
            if Self::is_open(security, server) {
                let [key, _] = about;
                let line = format!("{key}: plain is for a server on this machine only; expected ssl or starttls");
                discords.push(Discord(about, line));
            }
        }
        discords
    }

    fn places(&self) -> Vec<(&'static str, PathBuf)> {
        vec![("deltachat.accounts_dir", self.accounts_dir.clone())]
    }

    async fn messenger(&self, around: &Surroundings) -> anyhow::Result<Arc<dyn Messenger>> {
        let in_groups = !around.group_commands.is_empty();
        let settings = Settings { in_groups, status: status(&around.locales), ..self.settings() };
        let deltachat = DeltaChat::new(settings, Memory::new(around.db.clone()), around.clock.clone());
        deltachat.recall().await;
        Ok(Arc::new(deltachat))
    }

    async fn check(&self) -> Vec<Result<String, String>> {
        check(self.settings()).await
    }
}

/// What stands below the bot's name, in the bot's own language.
fn status(locales: &Locales) -> String {
    locales.plain(locales.default_language(), &msg!("deltachat-status"))
}

/// An e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailAddress(pub String);

impl Value for MailAddress {
    const EXPECTED: &'static str = "an e-mail address such as bot@example.org";

    fn read(text: &str) -> Option<Self> {
        let (name, server) = text.split_once('@')?;
        let fits = !name.is_empty() && !server.is_empty() && !text.contains(char::is_whitespace);
        fits.then(|| MailAddress(text.to_owned()))
    }
}

/// What a relay's QR code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayCode(pub Secret);

impl Value for RelayCode {
    const EXPECTED: &'static str = "the text of a relay's QR code, which begins with DCACCOUNT: or DCLOGIN:";
    const SECRET: bool = true;

    fn read(text: &str) -> Option<Self> {
        let scheme = text.split(':').next()?;
        let known = ["dcaccount", "dclogin"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        known.then(|| RelayCode(Secret::new(text)))
    }
}

/// A port of a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port(pub u16);

impl Value for Port {
    const EXPECTED: &'static str = "a port from 1 to 65535";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|port| *port > 0).map(Port)
    }
}

/// Without encryption.
const PLAIN: &str = "plain";

/// How a mail server is spoken with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Security(pub &'static str);

impl Value for Security {
    const EXPECTED: &'static str = "ssl, starttls, plain or automatic";

    fn read(text: &str) -> Option<Self> {
        ["ssl", "starttls", PLAIN, "automatic"].into_iter().find(|known| *known == text).map(Security)
    }
}

/// How many messages a minute a mail server takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AMinute(pub u32);

impl Default for AMinute {
    /// What relays take.
    fn default() -> AMinute {
        AMinute(60)
    }
}

impl Value for AMinute {
    const EXPECTED: &'static str = "how many messages a minute the mail server takes, from 1 to 6000";

    fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|number| (1..=6000).contains(number)).map(AMinute)
    }
}

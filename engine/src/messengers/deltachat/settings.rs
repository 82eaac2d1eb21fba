use std::path::PathBuf;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

/// How the bot's Delta Chat account is reached and kept. It has no `Debug`, because it holds secrets.
#[derive(Clone)]
pub struct Settings {
    /// The program that speaks for us: a path, or a name to be found on the `PATH`.
    pub program: String,
    /// Where it keeps the account, the key and what was said.
    pub accounts_dir: PathBuf,
    /// What it signs in with.
    pub login: Login,
    /// How people see the bot.
    pub display_name: Option<String>,
    /// What stands below its name.
    pub status: String,
    /// What stands between us and the mail server.
    pub proxy: Option<Url>,
    /// How many messages a minute the mail server takes from us.
    pub a_minute: u32,
    /// Whether it has commands in groups.
    pub in_groups: bool,
}

/// What the account is signed in with.
#[derive(Clone)]
pub enum Login {
    /// A mailbox that is there.
    Mailbox(Mailbox),
    /// A relay that makes one: the text of its QR code.
    Relay(String),
}

/// A mailbox. What is not said is found out.
#[derive(Clone)]
pub struct Mailbox {
    /// The e-mail address.
    pub address: String,
    /// Its password.
    pub password: String,
    /// Where mail is fetched.
    pub imap: Server,
    /// Where it is sent.
    pub smtp: Server,
    /// A certificate that nobody vouches for is taken.
    pub any_certificate: bool,
}

/// A mail server.
#[derive(Clone, Default)]
pub struct Server {
    /// Its name.
    pub host: Option<String>,
    /// Its port.
    pub port: Option<u16>,
    /// `ssl`, `starttls` or `plain`.
    pub security: Option<&'static str>,
}

impl Login {
    /// By what it is seen that something else was written in the configuration than before.
    pub(super) fn digest(&self) -> String {
        let said = match self {
            Login::Mailbox(mailbox) => mailbox.transport().to_string(),
            Login::Relay(qr) => qr.clone(),
        };
        digest(&said)
    }
}

impl Mailbox {
    /// The same as the program wants to be told.
    pub(super) fn transport(&self) -> Value {
        json!({
            "addr": self.address,
            "password": self.password,
            "imapServer": self.imap.host,
            "imapPort": self.imap.port,
            "imapSecurity": self.imap.security,
            "smtpServer": self.smtp.host,
            "smtpPort": self.smtp.port,
            "smtpSecurity": self.smtp.security,
            "certificateChecks": if self.any_certificate { "acceptInvalidCertificates" } else { "automatic" },
        })
    }
}

/// A short word that stands for this text, and from which nobody reads it.
pub(super) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

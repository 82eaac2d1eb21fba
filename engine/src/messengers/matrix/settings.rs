use std::path::PathBuf;

use url::Url;

/// How the bot's Matrix account is reached and kept. It has no `Debug`, because it holds secrets.
#[derive(Clone)]
pub struct Settings {
    /// Where the homeserver answers.
    pub homeserver_url: Url,
    /// What stands between us and there.
    pub proxy: Option<Url>,
    /// The bot's user id: `@bot:example.org`.
    pub user: String,
    /// What the homeserver is shown at the first sign-in. Never shown to anybody else.
    pub credentials: Credentials,
    /// Where the device's keys and its session are kept.
    pub store_dir: PathBuf,
    /// What they are encrypted with.
    pub store_passphrase: Option<String>,
    /// What restores the account's identity when they are lost.
    pub recovery_passphrase: Option<String>,
    /// Whether people can choose by reactions, which are never encrypted.
    pub reactions: bool,
    /// What becomes of those who want to verify the bot's device.
    pub verification: Verification,
    /// How the account is called, if that is for us to say.
    pub display_name: Option<String>,
    /// Its picture: a file.
    pub picture: Option<PathBuf>,
    /// What is said where no page is shown.
    pub hints: Hints,
    /// Whether it has commands in rooms with several people; if not, it leaves them.
    pub in_groups: bool,
}

/// What becomes of those who want to verify the bot's device by emoji.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verification {
    /// They are told at once that nothing comes of it, and which key it has.
    #[default]
    Refuse,
    /// The bot agrees, whatever they see; the log tells what that has to be.
    Accept,
}

/// How the bot proves that the account is its own.
#[derive(Clone)]
pub enum Credentials {
    /// The account's password.
    Password(String),
    /// A session that was made elsewhere.
    Token {
        /// What stands for a password there.
        access_token: String,
        /// The device that the session is of.
        device_id: String,
    },
}

/// What is said where no page is shown; in the bot's own language, because nobody's own is known there.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// In a room with several people: each should write in a room of their own.
    pub crowd: String,
    /// In a room that is not encrypted: what that means.
    pub open: String,
    /// To whoever wants to verify the bot's device, before the key that it has: that it compares no emoji.
    pub unverifiable: String,
}

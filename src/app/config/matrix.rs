use std::path::PathBuf;

use serde::Deserialize;

use super::proxy::ProxyUrl;
use super::reading::Discord;
use super::secret::Secret;
use super::value::{HttpUrl, Value, maybe, one};

/// `[matrix]`: the bot's account there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatrixSection {
    /// The homeserver that the bot's account lives on.
    #[serde(deserialize_with = "one")]
    pub homeserver_url: HttpUrl,
    /// What stands between us and there.
    #[serde(default, deserialize_with = "maybe")]
    pub proxy: Option<ProxyUrl>,
    /// The bot's user id.
    #[serde(deserialize_with = "one")]
    pub user: MatrixUser,
    /// The account's password; or `access_token` with `device_id`.
    #[serde(default, deserialize_with = "maybe")]
    pub password: Option<Secret>,
    /// A session made elsewhere, in place of a password.
    #[serde(default, deserialize_with = "maybe")]
    pub access_token: Option<Secret>,
    /// The device of that session.
    #[serde(default, deserialize_with = "maybe")]
    pub device_id: Option<String>,
    /// Where the keys are kept.
    #[serde(default = "matrix_store", deserialize_with = "one")]
    pub store_dir: PathBuf,
    /// What the kept keys are encrypted with.
    #[serde(default, deserialize_with = "maybe")]
    pub store_passphrase: Option<Secret>,
    /// What restores the keys when the store is lost.
    #[serde(default, deserialize_with = "maybe")]
    pub recovery_passphrase: Option<Secret>,
    /// Taps as a short cut. Reactions are never encrypted, so they are off unless asked for.
    #[serde(default, deserialize_with = "one")]
    pub reactions: bool,
}

fn matrix_store() -> PathBuf {
    "matrix-store".into()
}

impl MatrixSection {
    pub(super) fn discord(&self) -> Option<Discord> {
        let line = match (&self.password, &self.access_token, &self.device_id) {
            (None, None, _) => "matrix.password: missing; a password is needed, or access_token and device_id",
            (Some(_), Some(_), _) => {
                "matrix.access_token: given together with a password; only one of them can be used"
            }
            (None, Some(_), None) => "matrix.device_id: missing; matrix.access_token needs it",
            (_, None, Some(_)) => "matrix.device_id: of no use without matrix.access_token",
            _ => return None,
        };
        Some(Discord(&["matrix.password", "matrix.access_token", "matrix.device_id"], line.to_owned()))
    }
}

/// A user id: `@exodus:example.org`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixUser(pub String);

impl Value for MatrixUser {
    const EXPECTED: &'static str = "a user id such as @exodus:example.org";

    fn read(text: &str) -> Option<Self> {
        let (name, server) = text.strip_prefix('@')?.split_once(':')?;
        (!name.is_empty() && !server.is_empty() && !text.contains(char::is_whitespace))
            .then(|| MatrixUser(text.to_owned()))
    }
}

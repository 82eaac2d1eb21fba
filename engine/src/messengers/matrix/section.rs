use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use serde::Deserialize;

use super::{Credentials, Hints, Matrix, Settings, Verification, check, hints, taken};
use crate::config::{Discord, HttpUrl, ProxyUrl, Secret, StandIn, Value, maybe, one};
use crate::conversation::Messenger;
use crate::messengers::section::{NotTaken, Section, Surroundings};
use crate::store::matrix::Memory;

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
    /// Whether the bot agrees to be verified by emoji that it does not see.
    #[serde(default, deserialize_with = "one")]
    pub verification: MatrixVerification,
    /// How the account is called.
    #[serde(default, deserialize_with = "maybe")]
    pub display_name: Option<String>,
    /// The account's picture.
    #[serde(default, deserialize_with = "maybe")]
    pub picture: Option<PathBuf>,
}

fn matrix_store() -> PathBuf {
    "matrix-store".into()
}

impl MatrixSection {
    fn settings(&self) -> Settings {
        let revealed = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.reveal().to_owned());
        let credentials = match (revealed(&self.access_token), &self.device_id) {
            (Some(access_token), Some(device_id)) => Credentials::Token { access_token, device_id: device_id.clone() },
            _ => Credentials::Password(revealed(&self.password).unwrap_or_default()),
        };
        Settings {
            homeserver_url: self.homeserver_url.0.clone(),
            proxy: self.proxy.as_ref().map(|proxy| proxy.reveal().clone()),
            user: self.user.0.clone(),
            credentials,
            store_dir: self.store_dir.clone(),
            store_passphrase: revealed(&self.store_passphrase),
            recovery_passphrase: revealed(&self.recovery_passphrase),
            reactions: self.reactions,
            verification: self.verification.0,
            display_name: self.display_name.clone(),
            picture: self.picture.clone(),
            hints: Hints::default(),
            in_groups: false,
        }
    }
}

#[async_trait]
impl Section for MatrixSection {
    fn stand_ins() -> &'static [StandIn] {
        &[(&["matrix", "homeserver_url"], "https://stand-in"), (&["matrix", "user"], "@stand:in")]
    }

    fn discords(&self) -> Vec<Discord> {
        let line = match (&self.password, &self.access_token, &self.device_id) {
            (None, None, _) => "matrix.password: missing; a password is needed, or access_token and device_id",
            (Some(_), Some(_), _) => {
                "matrix.access_token: given together with a password; only one of them can be used"
            }
            (None, Some(_), None) => "matrix.device_id: missing; matrix.access_token needs it",
            (_, None, Some(_)) => "matrix.device_id: of no use without matrix.access_token",
            _ => return Vec::new(),
        };
        vec![Discord(&["matrix.password", "matrix.access_token", "matrix.device_id"], line.to_owned())]
    }

    fn places(&self) -> Vec<(&'static str, PathBuf)> {
        vec![("matrix.store_dir", self.store_dir.clone())]
    }

    async fn messenger(&self, around: &Surroundings) -> anyhow::Result<Arc<dyn Messenger>> {
        let in_groups = !around.group_commands.is_empty();
        let settings = Settings { hints: hints(&around.locales), in_groups, ..self.settings() };
        Ok(Arc::new(Matrix::new(settings, Memory::new(around.db.clone()), around.clock.clone())))
    }

    async fn check(&self) -> Vec<Result<String, String>> {
        check(self.settings()).await
    }

    async fn account(&self) -> Result<String, NotTaken> {
        taken(&self.settings()).await
    }
}

/// What becomes of those who want to verify the bot's device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MatrixVerification(pub Verification);

impl Value for MatrixVerification {
    const EXPECTED: &'static str = "refuse or accept";

    fn read(text: &str) -> Option<Self> {
        match text {
            "refuse" => Some(MatrixVerification(Verification::Refuse)),
            "accept" => Some(MatrixVerification(Verification::Accept)),
            _ => None,
        }
    }
}

/// A user id: `@bot:example.org`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixUser(pub String);

impl Value for MatrixUser {
    const EXPECTED: &'static str = "a user id such as @bot:example.org";

    fn read(text: &str) -> Option<Self> {
        let (name, server) = text.strip_prefix('@')?.split_once(':')?;
        (!name.is_empty() && !server.is_empty() && !text.contains(char::is_whitespace))
            .then(|| MatrixUser(text.to_owned()))
    }
}

//! What a device needs so that people can trust it: the account's own identity signs it, and a passphrase of the operator's
//! can bring that identity back when the device's store is lost. Each step is done where it is still to be done, and what
//! fails costs one line and is tried again at the next start; the bot can talk without it.
//!
//! The keys of messages are not kept at the homeserver. Whoever had them could read everything that was ever said to the bot,
//! while the bot itself keeps what it has to know.

use futures::future::BoxFuture;
use matrix_sdk::encryption::recovery::RecoveryError;
use matrix_sdk::encryption::secret_storage::{DecryptionError, ImportError, SecretStorageError};
use matrix_sdk::ruma::api::client::keys::get_keys;
use matrix_sdk::ruma::api::client::uiaa::{AuthData, MatrixUserIdentifier, Password, UserIdentifier};
use matrix_sdk::ruma::events::secret::request::SecretName;
use matrix_sdk::ruma::{OwnedDeviceId, OwnedUserId};
use matrix_sdk::{Client, Error, HttpError};
use thiserror::Error as ThisError;

use super::account::homeserver::MARK;
use super::settings::{Credentials, Settings};
use super::trouble::Trouble;

/// What a device still lacks, and what to do about it.
#[derive(Debug, ThisError)]
enum Lack {
    #[error(
        "the account has an identity whose keys are not here, so people see the bot's device as not verified; write what \
         opens the account's secret storage as matrix.recovery_passphrase, or reset the identity in another Matrix program \
         and write the recovery key that it shows"
    )]
    IdentityElsewhere,
    #[error(
        "without matrix.recovery_passphrase, people will be warned of a stranger should {0} ever be lost; write a long one, \
         and keep it somewhere else too"
    )]
    NoPassphrase(String),
    #[error(
        "matrix.recovery_passphrase does not open the account's secret storage; write the one that it was made with (or the \
         recovery key of the program that made it)"
    )]
    WrongPassphrase,
    #[error(
        "the account has no secret storage, so its identity can't be brought back; reset it in another Matrix program"
    )]
    NothingToRecover,
    #[error("the homeserver asks for the account's password, and there is none; sign in with matrix.password once")]
    NoPassword,
    #[error(
        "the account has a key backup, which another Matrix program made: the keys of messages are kept at the homeserver; \
         delete it there if that is not what you want"
    )]
    Backup,
    #[error("{0}; it is tried again at the next start")]
    Trouble(Trouble),
}

impl From<Error> for Lack {
    fn from(error: Error) -> Lack {
        Lack::Trouble(Trouble::from(&error))
    }
}

impl From<HttpError> for Lack {
    fn from(error: HttpError) -> Lack {
        Lack::Trouble(Trouble::from(&error))
    }
}

impl From<SecretStorageError> for Lack {
    fn from(error: SecretStorageError) -> Lack {
        match error {
            SecretStorageError::MissingKeyInfo { .. } => Lack::NothingToRecover,
            SecretStorageError::SecretStorageKey(_)
            | SecretStorageError::Decryption(DecryptionError::Mac(_))
            | SecretStorageError::ImportError { error: ImportError::Decryption(_), .. } => Lack::WrongPassphrase,
            SecretStorageError::Sdk(error) => error.into(),
            error => Lack::Trouble(Trouble::Refused(error.to_string())),
        }
    }
}

/// A client that has just signed in, and has not heard anything yet.
struct Fresh<'a> {
    client: &'a Client,
    settings: &'a Settings,
    me: OwnedUserId,
    device: OwnedDeviceId,
}

/// Sees to the device's keys, as far as that can be done.
pub(super) async fn set_up(client: &Client, settings: &Settings) {
    client.encryption().wait_for_e2ee_initialization_tasks().await;
    let (Some(me), Some(device)) = (client.user_id(), client.device_id()) else { return };
    let fresh = Fresh { client, settings, me: me.to_owned(), device: device.to_owned() };
    if let Err(lack) = fresh.identity().await {
        tracing::warn!("the bot's device is not signed by the account's identity: {lack}");
        return;
    }
    for (what, done) in [
        ("the account's identity is not kept safe", fresh.secret_storage().await),
        ("old devices of the bot are still signed in", fresh.old_devices().await),
        ("keys of messages", fresh.no_backup().await),
    ] {
        if let Err(lack) = done {
            tracing::warn!("{what}: {lack}");
        }
    }
}

impl Fresh<'_> {
    /// The account's identity, whose keys are here, signs the device.
    async fn identity(&self) -> Result<(), Lack> {
        let encryption = self.client.encryption();
        // The SDK notes a new identity before it uploads it, so only the homeserver knows whether it has one.
        let mut request = get_keys::v3::Request::new();
        request.device_keys.insert(self.me.clone(), Vec::new());
        let known = self.client.send(request).await?;
        if !known.master_keys.contains_key(&self.me) {
            self.with_password(|auth| {
                Box::pin(async move { self.client.encryption().bootstrap_cross_signing(auth).await })
            })
            .await?;
            tracing::info!("the Matrix account has an identity now");
        }
        encryption.request_user_identity(&self.me).await?;
        if !encryption.cross_signing_status().await.is_some_and(|keys| keys.is_complete()) {
            let passphrase = self.settings.recovery_passphrase.as_deref().ok_or(Lack::IdentityElsewhere)?;
            encryption.recovery().recover(passphrase).await.map_err(|error| match error {
                RecoveryError::SecretStorage(error) => Lack::from(error),
                RecoveryError::Sdk(error) => Lack::from(error),
                error => Lack::Trouble(Trouble::Refused(error.to_string())),
            })?;
            tracing::info!("the Matrix account's identity was brought back from its secret storage");
        }
        match encryption.get_own_device().await.map_err(Error::from)? {
            Some(device) if !device.is_cross_signed_by_owner() => {
                device.verify().await.map_err(|error| Lack::Trouble(Trouble::Refused(error.to_string())))
            }
            _ => Ok(()),
        }
    }

    /// The identity's keys are kept at the homeserver, under the operator's passphrase.
    async fn secret_storage(&self) -> Result<(), Lack> {
        let Some(passphrase) = &self.settings.recovery_passphrase else {
            return Err(Lack::NoPassphrase(self.settings.store_dir.display().to_string()));
        };
        let storage = self.client.encryption().secret_storage();
        if !storage.is_enabled().await? {
            storage.create_secret_store().with_passphrase(passphrase).await?;
            tracing::info!("the Matrix account's identity is kept in its secret storage now");
            return Ok(());
        }
        // A passphrase that opens nothing had better be known before it is needed.
        let store = storage.open_secret_store(passphrase).await?;
        if store.get_secret(SecretName::CrossSigningMasterKey).await?.is_none() {
            store.export_secrets().await?;
        }
        Ok(())
    }

    /// Devices that the bot had, and whose stores are lost: people's messages would be encrypted for them for ever. Only
    /// what carries our mark is touched.
    async fn old_devices(&self) -> Result<(), Lack> {
        let devices = self.client.devices().await?.devices.into_iter();
        let is_ours = |id: &OwnedDeviceId| *id != self.device && id.as_str().starts_with(&MARK.to_uppercase());
        let old = devices.filter(|device| is_ours(&device.device_id) && device.display_name.as_deref() == Some(MARK));
        let old: Vec<OwnedDeviceId> = old.map(|device| device.device_id).collect();
        if old.is_empty() {
            return Ok(());
        }
        let delete = |auth| -> BoxFuture<'_, Result<(), Error>> {
            Box::pin(async { Ok(self.client.delete_devices(&old, auth).await.map(drop)?) })
        };
        self.with_password(delete).await?;
        tracing::info!(devices = ?old, "the bot's old devices were signed out");
        Ok(())
    }

    async fn no_backup(&self) -> Result<(), Lack> {
        if self.client.encryption().backups().are_enabled().await { Err(Lack::Backup) } else { Ok(()) }
    }

    /// Does something for which the homeserver may want to hear the password once more.
    async fn with_password<'a>(
        &self,
        attempt: impl Fn(Option<AuthData>) -> BoxFuture<'a, Result<(), Error>> + Send + Sync,
    ) -> Result<(), Lack> {
        let Err(error) = attempt(None).await else { return Ok(()) };
        let Some(asked) = error.as_uiaa_response() else { return Err(error.into()) };
        let Credentials::Password(password) = &self.settings.credentials else { return Err(Lack::NoPassword) };
        let user = UserIdentifier::Matrix(MatrixUserIdentifier::new(self.me.to_string()));
        let mut auth = Password::new(user, password.clone());
        auth.session.clone_from(&asked.session);
        Ok(attempt(Some(AuthData::Password(auth))).await?)
    }
}

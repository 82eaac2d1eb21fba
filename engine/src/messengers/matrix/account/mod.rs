//! Signing in: opens the device's store, finds or makes its session, and gives a client that goes on hearing at the cursor
//! of our own database.
//!
//! A device's keys and its session belong together, so one folder holds both ([`folder`]). The keys of a device are never
//! used for another one, nor a device given other keys: whoever wrote to it could not be read any more, and would be told
//! that somebody else speaks in its place. So what the homeserver knows is looked at first ([`homeserver`]), and where it
//! does not fit, nothing is mended by guess; the operator is told what to do ([`refusal`]).

pub(super) mod folder;
pub(super) mod homeserver;
pub(super) mod refusal;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use futures::future::BoxFuture;
use matrix_sdk::Client;
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::cross_process_lock::CrossProcessLockConfig;
use matrix_sdk::encryption::{BackupDownloadStrategy, EncryptionSettings};
use matrix_sdk::ruma::{DeviceId, OwnedDeviceId, UserId};
use matrix_sdk::store::{RoomLoadSettings, StateStoreDataKey, StateStoreDataValue};
use tokio_util::sync::CancellationToken;

use super::settings::{Credentials, Settings};
use super::verification::fingerprint;
use super::{Matrix, encryption, profile};
use crate::messengers::backoff::backoff;
use folder::{Folder, Kept, keep, kept, unread};
use homeserver::{MARK, Seen, log_in, see, session};
use refusal::{Device, SignIn};

impl Matrix {
    /// Signs in, and sees to the device's keys. While the homeserver or the database does not answer, it is tried again
    /// for as long as it takes. `None`: we were asked to stop meanwhile.
    ///
    /// # Errors
    /// Somebody has to mend something first.
    pub(super) fn sign_in<'a>(&'a self, stop: &'a CancellationToken) -> BoxFuture<'a, anyhow::Result<Option<Client>>> {
        Box::pin(async move {
            let mut failures = 0;
            loop {
                let cursor = |device| -> Cursor<'_> { Box::pin(self.cursor_of(device)) };
                let signed_in = sign_in(&self.settings, cursor).await;
                match signed_in.map_err(|refusal| refusal.through(self.settings.proxy.as_ref())) {
                    Ok(client) => {
                        encryption::set_up(&client, &self.settings).await;
                        profile::set_up(&client, &self.settings).await;
                        return Ok(Some(client));
                    }
                    Err(refusal) if refusal.passes() => {
                        failures += 1;
                        if failures == 1 {
                            tracing::warn!(%refusal, "signing in to Matrix is tried again until it works");
                        }
                    }
                    Err(refusal) => return Err(refusal.into()),
                }
                tokio::select! {
                    () = stop.cancelled() => return Ok(None),
                    () = tokio::time::sleep(backoff(failures)) => {}
                }
            }
        })
    }

    async fn cursor_of(&self, device: Device) -> anyhow::Result<Option<String>> {
        Ok(self.memory.cursor(device.user.as_str(), device.device.as_str()).await?)
    }
}

/// Up to where the turns of a device are in our database.
pub(super) type Cursor<'a> = BoxFuture<'a, Result<Option<String>, anyhow::Error>>;

/// Opens the device's store and signs in, once in its life; later the session that is kept there goes on. `cursor` says up
/// to where the turns of this device are in our database: there the next sync begins, whatever the SDK has heard since.
///
/// The folder is held for as long as the client lives.
///
/// # Errors
/// See [`SignIn`].
pub(super) async fn sign_in<'a>(
    settings: &Settings,
    cursor: impl FnOnce(Device) -> Cursor<'a> + Send,
) -> Result<Client, SignIn> {
    let user = UserId::parse(&settings.user).map_err(|_| SignIn::User(settings.user.clone()))?;
    let folder = Folder::hold(settings, &user).await?;
    let client = open(settings, &folder).await?;
    let found = match &settings.credentials {
        Credentials::Password(password) => by_password(settings, &client, &folder, &user, password).await?,
        Credentials::Token { access_token, device_id } => {
            let wanted = Device { user, device: device_id.as_str().into() };
            by_token(settings, &client, &folder, wanted, access_token).await?
        }
    };
    let Device { device, .. } = device_of(&found.session);
    let cursor = cursor(device_of(&found.session)).await.map_err(SignIn::Database)?;
    go_on_at(&client, &folder, cursor).await?;
    restore(&client, &folder, &found.session).await?;
    let ours = client.encryption().ed25519_key().await.unwrap_or_default();
    if found.seen.key().is_some_and(|theirs| theirs != ours) {
        let token = matches!(settings.credentials, Credentials::Token { .. });
        return Err(SignIn::OtherKeys { device, store: folder.path, token });
    }
    // What the handlers of a client can reach lives as long as it does, and so does the lock.
    client.add_event_handler_context(Arc::new(folder));
    tracing::info!(
        user = settings.user,
        device = device.as_str(),
        key = fingerprint(&ours),
        "signed in to Matrix; by this key people know the bot's device"
    );
    Ok(client)
}

/// A session that the homeserver knows, and what it knows of it.
struct Found {
    session: MatrixSession,
    seen: Seen,
}

async fn open(settings: &Settings, folder: &Folder) -> Result<Client, SignIn> {
    let encryption = EncryptionSettings {
        // `encryption` does it, one thing after another.
        auto_enable_cross_signing: false,
        // The messages' keys stay here. Kept at the homeserver, they would be a way to read everything that was ever said.
        auto_enable_backups: false,
        backup_download_strategy: BackupDownloadStrategy::Manual,
    };
    let client = homeserver::client(settings)
        .sqlite_store_with_config_and_cache_path(folder.stores(settings), None::<&str>)
        .cross_process_store_config(CrossProcessLockConfig::SingleProcess)
        .with_encryption_settings(encryption)
        // Whoever is invited to a room has no claim to what was said in it before.
        .with_enable_share_history_on_invite(false);
    client.build().await.map_err(|error| folder.unopened(&error))
}

/// A session is made elsewhere: it has to be this device's, and its keys have to be here.
async fn by_token(
    settings: &Settings,
    client: &Client,
    folder: &Folder,
    wanted: Device,
    access_token: &str,
) -> Result<Found, SignIn> {
    let before = kept(client.state_store(), &folder.path).await?;
    if let Some(before) = before.as_ref().filter(|before| before.device != wanted.device) {
        return Err(SignIn::OtherDevice { store: folder.path.clone(), kept: before.device.clone() });
    }
    let session = session(&wanted, access_token.to_owned());
    let seen = see(settings, &session).await?;
    if before.is_none() && seen.key().is_some() {
        return Err(SignIn::OtherKeys { device: wanted.device, store: folder.path.clone(), token: true });
    }
    keep_session(client, folder, &session).await?;
    Ok(Found { session, seen })
}

/// The session that is kept, or a new one of the same device.
async fn by_password(
    settings: &Settings,
    client: &Client,
    folder: &Folder,
    user: &UserId,
    password: &str,
) -> Result<Found, SignIn> {
    let before = match kept(client.state_store(), &folder.path).await? {
        Some(before) => before,
        None => begin(client, folder, user).await?,
    };
    let wanted = Device { user: before.user, device: before.device };
    let was_signed_in = before.access_token.is_some();
    if let Some(access_token) = before.access_token {
        let session = session(&wanted, access_token);
        match see(settings, &session).await {
            Err(SignIn::Token) => tracing::warn!("the homeserver has forgotten the session; signing in again"),
            Err(refusal) => return Err(refusal),
            Ok(seen) => return Ok(Found { session, seen }),
        }
    }
    let session = log_in(settings, &wanted, password).await?;
    let seen = see(settings, &session).await?;
    if was_signed_in && seen.key().is_none() {
        // Signing in has only made a device of the same name, without keys. Nobody needs that.
        seen.log_out().await?;
        return Err(SignIn::DeviceGone { device: wanted.device, store: folder.path.clone() });
    }
    keep_session(client, folder, &session).await?;
    Ok(Found { session, seen })
}

/// Chooses the device's name, and keeps it before anybody else hears of it.
async fn begin(client: &Client, folder: &Folder, user: &UserId) -> Result<Kept, SignIn> {
    let device = OwnedDeviceId::from(format!("{}{}", MARK.to_uppercase(), DeviceId::new()));
    let begun = Kept { user: user.to_owned(), device, access_token: None };
    keep(client.state_store(), &folder.path, &begun).await?;
    Ok(begun)
}

async fn keep_session(client: &Client, folder: &Folder, session: &MatrixSession) -> Result<(), SignIn> {
    let Device { user, device } = device_of(session);
    let kept = Kept { user, device, access_token: Some(session.tokens.access_token.clone()) };
    keep(client.state_store(), &folder.path, &kept).await
}

/// The SDK notes where it is before we have read what it heard, so after a crash it would leave that out. We know better
/// how far we are; the SDK reads this when the session is restored, and goes on there.
async fn go_on_at(client: &Client, folder: &Folder, cursor: Option<String>) -> Result<(), SignIn> {
    let store = client.state_store();
    let placed = match cursor {
        Some(cursor) => store.set_kv_data(StateStoreDataKey::SyncToken, StateStoreDataValue::SyncToken(cursor)).await,
        None => store.remove_kv_data(StateStoreDataKey::SyncToken).await,
    };
    placed.map_err(|error| unread(&folder.path, &error))
}

async fn restore(client: &Client, folder: &Folder, session: &MatrixSession) -> Result<(), SignIn> {
    let restored = client.matrix_auth().restore_session(session.clone(), RoomLoadSettings::default()).await;
    restored.map_err(|error| unread(&folder.path, &error))
}

fn device_of(session: &MatrixSession) -> Device {
    Device { user: session.meta.user_id.clone(), device: session.meta.device_id.clone() }
}

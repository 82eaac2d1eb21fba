//! What the homeserver knows of an account, asked without touching the device's store: nothing is opened for a session
//! that turns out not to be ours.

use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::config::RequestConfig;
use matrix_sdk::ruma::api::client::keys::get_keys;
use matrix_sdk::ruma::api::client::session::login;
use matrix_sdk::ruma::api::client::uiaa::{MatrixUserIdentifier, UserIdentifier};
use matrix_sdk::ruma::api::error::ErrorKind;
use matrix_sdk::ruma::encryption::{CrossSigningKey, DeviceKeys};
use matrix_sdk::ruma::{DeviceId, UserId};
use matrix_sdk::store::RoomLoadSettings;
use matrix_sdk::{Client, ClientBuildError, ClientBuilder, SessionMeta, SessionTokens};

use super::refusal::{Device, SignIn};
use crate::messengers::matrix::settings::Settings;

/// How the bot's devices are called: what people see in the list of devices, and by what the bot knows its own.
pub(in crate::messengers::matrix) const MARK: &str = "Exodus";

/// What a session is, at the homeserver, before a store is opened for it.
pub(in crate::messengers::matrix) struct Seen {
    client: Client,
    device: Device,
    /// The keys that others see of this account.
    keys: get_keys::v3::Response,
}

/// A client for this homeserver that does not connect to anything yet. Nothing is retried by the SDK: it would wait inside
/// for as long as it is asked to, and nobody could see that, nor hold others back meanwhile.
pub(in crate::messengers::matrix) fn client(settings: &Settings) -> ClientBuilder {
    let client = Client::builder()
        .homeserver_url(&settings.homeserver_url)
        .respect_login_well_known(false)
        .request_config(RequestConfig::new().disable_retry());
    match &settings.proxy {
        Some(proxy) => client.proxy(proxy),
        None => client,
    }
}

/// A client whose memory ends with it.
///
/// # Errors
/// None can be made.
pub(in crate::messengers::matrix) async fn outside(settings: &Settings) -> Result<Client, SignIn> {
    client(settings).build().await.map_err(|error| unbuilt(&error))
}

fn unbuilt(error: &ClientBuildError) -> SignIn {
    match error {
        ClientBuildError::Http(error) => SignIn::from_http(error),
        error => SignIn::Refused(crate::messengers::matrix::trouble::Trouble::Refused(error.to_string())),
    }
}

/// Signs this device in; gives its access token. For a device that is signed in already, the homeserver gives another.
///
/// # Errors
/// The password is wrong, or the homeserver does not do its part.
pub(in crate::messengers::matrix) async fn log_in(
    settings: &Settings,
    wanted: &Device,
    password: &str,
) -> Result<MatrixSession, SignIn> {
    let user = UserIdentifier::Matrix(MatrixUserIdentifier::new(wanted.user.to_string()));
    let password = login::v3::Password::new(user, password.to_owned());
    let mut request = login::v3::Request::new(login::v3::LoginInfo::Password(password));
    request.device_id = Some(wanted.device.clone());
    request.initial_device_display_name = Some(MARK.to_owned());
    let response =
        outside(settings).await?.send(request).await.map_err(|error| match error.client_api_error_kind() {
            Some(ErrorKind::Forbidden) => SignIn::Password { user: wanted.user.clone() },
            _ => SignIn::from_http(&error),
        })?;
    let session = MatrixSession::from(&response);
    is_that(&session.meta.user_id, Some(&session.meta.device_id), wanted)?;
    Ok(session)
}

/// Asks the homeserver what it knows of this session.
///
/// # Errors
/// It does not know the token, or as that of another device.
pub(in crate::messengers::matrix) async fn see(settings: &Settings, session: &MatrixSession) -> Result<Seen, SignIn> {
    let client = outside(settings).await?;
    let meta = session.meta.clone();
    let device = Device { user: meta.user_id, device: meta.device_id };
    let restored = client.matrix_auth().restore_session(session.clone(), RoomLoadSettings::default()).await;
    restored.map_err(|error| SignIn::from_sdk(&error))?;
    let found = client.whoami().await.map_err(|error| SignIn::from_http(&error))?;
    is_that(&found.user_id, found.device_id.as_deref(), &device)?;
    let mut request = get_keys::v3::Request::new();
    request.device_keys.insert(device.user.clone(), Vec::new());
    let keys = client.send(request).await.map_err(|error| SignIn::from_http(&error))?;
    Ok(Seen { client, device, keys })
}

fn is_that(user: &UserId, device: Option<&DeviceId>, wanted: &Device) -> Result<(), SignIn> {
    if *user == *wanted.user && device.is_none_or(|device| *device == *wanted.device) {
        return Ok(());
    }
    let found = device.map_or_else(|| user.to_string(), |device| format!("{user} ({device})"));
    Err(SignIn::TokenOfAnother { found, wanted: wanted.clone() })
}

impl Seen {
    /// The key by which others know the device. `None`: it has not said anything about its keys yet.
    pub fn key(&self) -> Option<String> {
        let keys = self.device_keys()?;
        keys.keys.iter().find(|(id, _)| id.as_str().starts_with("ed25519:")).map(|(_, key)| key.clone())
    }

    /// Whether the device is signed by the account's own identity. `None`: it has no identity.
    pub fn is_signed(&self) -> Option<bool> {
        let identity = self.keys.self_signing_keys.get(&self.device.user)?.deserialize().ok()?;
        let signatures = self.device_keys().map(|keys| keys.signatures);
        let CrossSigningKey { keys, .. } = identity;
        Some(signatures.is_some_and(|signatures| {
            let ours = signatures.get(&self.device.user);
            ours.is_some_and(|ours| keys.keys().any(|key| ours.keys().any(|by| by.as_str() == key.as_str())))
        }))
    }

    /// Whether the account has a secret storage, from which a new device can become a trusted one.
    ///
    /// # Errors
    /// The homeserver does not say.
    pub async fn has_secret_storage(&self) -> Result<bool, SignIn> {
        self.client.encryption().secret_storage().is_enabled().await.map_err(|error| SignIn::from_sdk(&error))
    }

    /// Ends the session, and with it the device.
    ///
    /// # Errors
    /// The homeserver does not do its part.
    pub async fn log_out(&self) -> Result<(), SignIn> {
        self.client.matrix_auth().logout().await.map(drop).map_err(|error| SignIn::from_http(&error))
    }

    fn device_keys(&self) -> Option<DeviceKeys> {
        self.keys.device_keys.get(&self.device.user)?.get(&self.device.device)?.deserialize().ok()
    }
}

/// A session of this device.
pub(in crate::messengers::matrix) fn session(device: &Device, access_token: String) -> MatrixSession {
    MatrixSession {
        meta: SessionMeta { user_id: device.user.clone(), device_id: device.device.clone() },
        tokens: SessionTokens { access_token, refresh_token: None },
    }
}

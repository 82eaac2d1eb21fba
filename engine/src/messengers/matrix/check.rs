//! A check before a start: whether the homeserver takes us, and whether people can trust the bot's device.

use super::account::folder::{Folder, Kept};
use super::account::homeserver::{Seen, log_in, outside, see, session};
use super::account::refusal::{Device, SignIn};
use super::settings::{Credentials, Settings};
use super::verification::fingerprint;
use crate::messengers::section::NotTaken;
use matrix_sdk::ruma::{DeviceId, OwnedDeviceId, OwnedUserId, UserId};

/// One thing that was looked at: what was found, or what to mend.
type Line = Result<String, String>;

/// Looks whether the bot could run with these settings: one line for each thing, what was found or what to mend. While the
/// bot runs, its store is left alone, and the lines say less. How fast the homeserver lets the bot write can't be seen.
pub async fn check(settings: Settings) -> Vec<Line> {
    let user = match UserId::parse(&settings.user) {
        Ok(user) => user,
        Err(_) => return vec![mend(SignIn::User(settings.user))],
    };
    let mut lines = vec![answers(&settings).await];
    if lines.iter().all(Result::is_ok) {
        lines.extend(account(&settings, user).await);
    }
    lines.push(Ok(passphrases(&settings)));
    lines
}

async fn answers(settings: &Settings) -> Line {
    let client = outside(settings).await.or_else(mend)?;
    let unheard = |error| mend(SignIn::from_http(&error).through(settings.proxy.as_ref()));
    let answer = client.fetch_server_versions(None).await.or_else(unheard)?;
    let newest = answer.versions.last().map_or("no version", String::as_str);
    Ok(format!("{} answers (up to {newest})", settings.homeserver_url))
}

async fn account(settings: &Settings, user: OwnedUserId) -> Vec<Line> {
    let store = settings.store_dir.display();
    // Held only while the session is read, so a bot that starts now has to wait for a moment at most.
    let kept = match Folder::look(settings, &user) {
        Err(SignIn::InUse(_)) => {
            return vec![Ok(format!(
                "{store} is in use: the bot runs, and its log tells more than can be seen from here"
            ))];
        }
        Err(refusal) => return vec![mend(refusal)],
        Ok(None) => None,
        Ok(Some(folder)) => match folder.session(settings).await {
            Ok(kept) => kept,
            Err(refusal) => return vec![mend(refusal)],
        },
    };
    match kept {
        Some(Kept { user, device, access_token: Some(token) }) => go_on(settings, Device { user, device }, token).await,
        _ => vec![first(settings, user).await],
    }
}

/// The session that the next start goes on with.
async fn go_on(settings: &Settings, device: Device, kept: String) -> Vec<Line> {
    let token = match &settings.credentials {
        Credentials::Token { device_id, .. } if *device.device != *device_id.as_str() => {
            let kept = device.device;
            return vec![mend(SignIn::OtherDevice { store: settings.store_dir.clone(), kept })];
        }
        Credentials::Token { access_token, .. } => access_token.clone(),
        Credentials::Password(_) => kept,
    };
    match see(settings, &session(&device, token)).await {
        Ok(seen) => {
            let mut lines = vec![Ok(format!("signed in as {device}")), trusted(&seen), recoverable(&seen).await];
            let key = seen.key().map(|key| Ok(format!("the device's key is {}", fingerprint(&key))));
            lines.extend(key);
            lines
        }
        Err(SignIn::Token) if matches!(settings.credentials, Credentials::Password(_)) => {
            vec![Err(format!(
                "the homeserver has forgotten the session of {device}; the next start tries to sign in again"
            ))]
        }
        Err(refusal) => vec![mend(refusal)],
    }
}

/// There is no session yet: whether one could be made.
async fn first(settings: &Settings, user: OwnedUserId) -> Line {
    let will = format!("{} will be made at the first start", settings.store_dir.display());
    match &settings.credentials {
        Credentials::Token { access_token, device_id } => {
            let device = Device { user, device: device_id.as_str().into() };
            let seen = see(settings, &session(&device, access_token.clone())).await.or_else(mend)?;
            if seen.key().is_some() {
                return mend(SignIn::OtherKeys {
                    device: device.device,
                    store: settings.store_dir.clone(),
                    token: true,
                });
            }
            Ok(format!("matrix.access_token is that of {device}; {will}"))
        }
        Credentials::Password(password) => {
            let user = in_and_out(settings, user, password).await.or_else(mend)?;
            Ok(format!("the password is that of {user}; {will}"))
        }
    }
}

/// Signs in as a device of its own, which is gone afterwards: whether the password is the account's.
async fn in_and_out(settings: &Settings, user: OwnedUserId, password: &str) -> Result<OwnedUserId, SignIn> {
    let device = Device { user, device: OwnedDeviceId::from(format!("CHECK{}", DeviceId::new())) };
    let session = log_in(settings, &device, password).await?;
    see(settings, &session).await?.log_out().await?;
    Ok(device.user)
}

/// Whether the homeserver takes the account alone, and what that is called; nothing is kept here for it.
pub async fn taken(settings: &Settings) -> Result<String, NotTaken> {
    let user = UserId::parse(&settings.user).map_err(|error| NotTaken::Refused(error.to_string()))?;
    let signed_in = match &settings.credentials {
        Credentials::Password(password) => in_and_out(settings, user, password).await,
        Credentials::Token { access_token, device_id } => {
            let device = Device { user, device: device_id.as_str().into() };
            see(settings, &session(&device, access_token.clone())).await.map(|_| device.user)
        }
    };
    signed_in.map(|user| user.to_string()).map_err(|refusal| match refusal.through(settings.proxy.as_ref()) {
        SignIn::Password { .. } | SignIn::Token => NotTaken::Unknown,
        SignIn::Silent(why) => NotTaken::Silent(why.to_string()),
        refusal => NotTaken::Refused(refusal.to_string()),
    })
}

fn trusted(seen: &Seen) -> Line {
    match (seen.key(), seen.is_signed()) {
        (None, _) => Ok("the device has said nothing about its keys yet; the next start does".to_owned()),
        (_, Some(true)) => Ok("the device is signed by the account's identity".to_owned()),
        (_, Some(false)) => {
            Err("the device is not signed by the account's identity, so people see it as not verified; \
             see that matrix.recovery_passphrase opens the account's secret storage, and start the bot again"
                .to_owned())
        }
        (_, None) => Err("the account has no identity; start the bot again, and look into its log".to_owned()),
    }
}

async fn recoverable(seen: &Seen) -> Line {
    match seen.has_secret_storage().await {
        Ok(true) => Ok("the account's identity is kept in its secret storage".to_owned()),
        Ok(false) => {
            Ok("the account has no secret storage; with matrix.recovery_passphrase, the next start makes one"
                .to_owned())
        }
        Err(refusal) => mend(refusal),
    }
}

/// The bot runs without them; an operator should know what that means.
fn passphrases(settings: &Settings) -> String {
    let store = settings.store_dir.display();
    let missing = [
        (&settings.store_passphrase, "store_passphrase", format!("whoever can read {store} can act as the bot")),
        (
            &settings.recovery_passphrase,
            "recovery_passphrase",
            format!("people are warned of a stranger if {store} is lost"),
        ),
    ];
    let missing = missing.into_iter().filter(|(passphrase, ..)| passphrase.is_none());
    let missing: Vec<String> = missing.map(|(_, name, then)| format!("without matrix.{name}, {then}")).collect();
    if missing.is_empty() { "both passphrases are there".to_owned() } else { missing.join("; ") }
}

fn mend<T>(refusal: SignIn) -> Result<T, String> {
    Err(refusal.to_string())
}

use std::fmt;
use std::path::PathBuf;

use matrix_sdk::ruma::{OwnedDeviceId, OwnedUserId};
use matrix_sdk::{Error, HttpError};
use thiserror::Error;
use url::Url;

use crate::messengers::matrix::trouble::Trouble;
use crate::messengers::proxied::through;

/// Why the bot's device could not be opened, or its account not be signed in to: each says what to do. No secret is ever
/// a part of it.
#[derive(Debug, Error)]
pub(in crate::messengers::matrix) enum SignIn {
    #[error("{0} is no user id; write one such as @bot:example.org as matrix.user")]
    User(String),
    #[error("the homeserver does not take the password of {user}; look at matrix.user and matrix.password")]
    Password { user: OwnedUserId },
    #[error(
        "the homeserver does not know matrix.access_token; make a new session, and write its access_token and device_id"
    )]
    Token,
    #[error("matrix.access_token is that of {found}, not of {wanted}; look at matrix.user and matrix.device_id")]
    TokenOfAnother { found: String, wanted: Device },
    #[error(
        "the homeserver has other keys for the device {device} than {store} holds (a part of the folder was lost, or it \
         is an old copy), and with these nobody could read the bot; move the folder away, and start again{}",
        with_new_token(*.token)
    )]
    OtherKeys { device: OwnedDeviceId, store: PathBuf, token: bool },
    #[error(
        "the bot's device {device} was signed out at the homeserver, and its keys can't serve another; if that was meant, \
         move {store} away, and start again: a new device is made, and matrix.recovery_passphrase makes it a trusted one"
    )]
    DeviceGone { device: OwnedDeviceId, store: PathBuf },
    #[error("{0} belongs to another account than matrix.user; look there, or choose another matrix.store_dir")]
    OtherAccount(PathBuf),
    #[error(
        "{store} belongs to the device {kept}; write that as matrix.device_id (with its access_token), or choose another \
         matrix.store_dir"
    )]
    OtherDevice { store: PathBuf, kept: OwnedDeviceId },
    #[error("{0} can't be opened with this matrix.store_passphrase; write the one that it was made with")]
    Passphrase(PathBuf),
    #[error("{0} was made with a passphrase; write it as matrix.store_passphrase")]
    PassphraseMissing(PathBuf),
    #[error(
        "{0} was made without matrix.store_passphrase; take that away, or move the folder away and start with a new device"
    )]
    PassphraseUnasked(PathBuf),
    #[error("another program uses {0}: one bot at a time can be this device; stop the other one")]
    InUse(PathBuf),
    #[error("{store} can't be used: {why}; look at matrix.store_dir, at its rights and at the room on the disk")]
    Folder { store: PathBuf, why: String },
    #[error(
        "the homeserver does not answer: {0}; look at matrix.homeserver_url (and matrix.proxy), and at the network"
    )]
    Silent(Trouble),
    #[error("the homeserver refuses: {0}")]
    Refused(Trouble),
    #[error("the database does not answer: {0}")]
    Database(anyhow::Error),
}

impl SignIn {
    /// It may be better in a while, without anybody doing anything.
    pub fn passes(&self) -> bool {
        matches!(self, SignIn::Silent(_) | SignIn::Database(_))
    }

    /// What an answer means that was none of those we know what to do about.
    pub fn from_http(error: &HttpError) -> SignIn {
        SignIn::from_trouble(Trouble::from(error))
    }

    /// See [`SignIn::from_http`].
    pub fn from_sdk(error: &Error) -> SignIn {
        SignIn::from_trouble(Trouble::from(error))
    }

    /// The same, where it may have been this proxy that did not do its part.
    pub fn through(self, proxy: Option<&Url>) -> SignIn {
        match self {
            SignIn::Silent(Trouble::Silent(why)) => SignIn::Silent(Trouble::Silent(through(proxy, why))),
            other => other,
        }
    }

    fn from_trouble(trouble: Trouble) -> SignIn {
        match trouble {
            Trouble::SignedOut => SignIn::Token,
            trouble @ (Trouble::Limited(_) | Trouble::Silent(_)) => SignIn::Silent(trouble),
            trouble => SignIn::Refused(trouble),
        }
    }
}

/// One device of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::messengers::matrix) struct Device {
    pub user: OwnedUserId,
    pub device: OwnedDeviceId,
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.user, self.device)
    }
}

fn with_new_token(needed: bool) -> &'static str {
    if needed { ", with the access_token and device_id of a new session" } else { "" }
}

//! The folder of the bot's device: all its keys, and the session that goes with them. One program at a time holds it.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use matrix_sdk::ruma::{OwnedDeviceId, OwnedUserId, UserId};
use matrix_sdk::store::{StateStore, StateStoreDataKey, StateStoreDataValue};
use matrix_sdk::{STATE_STORE_DATABASE_NAME, SqliteStateStore, SqliteStoreConfig};
use serde::{Deserialize, Serialize};

use super::refusal::SignIn;
use crate::messengers::matrix::settings::Settings;

/// Who holds this file's lock may open the store. The lock ends with the program, however it ends.
const LOCK: &str = "in-use";

/// What the folder is, readable without its passphrase.
const ABOUT: &str = "about.json";

/// Where the session is kept in the store. The SDK has a place for values of one's own, but writes those down as they are;
/// a named value of its own kinds is encrypted like everything else, and this is the one that holds a text.
const SESSION: StateStoreDataKey<'static> = StateStoreDataKey::Filter("exodus.session");

/// A restart may begin before the old program has quite ended, and a check before a start looks into the folder for a
/// moment.
const PATIENCE: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(500);

/// SQLite connections for each of the SDK's databases.
const CONNECTIONS: usize = 4;

/// The folder, held by us.
#[derive(Debug)]
pub(in crate::messengers::matrix) struct Folder {
    pub path: PathBuf,
    _lock: File,
}

/// What kind of store it is. The SDK itself would open one that was made without a passphrase with any passphrase, find
/// none of what is there, and begin anew on top of it; so we remember.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
struct About {
    user: OwnedUserId,
    encrypted: bool,
}

/// The session, kept beside the keys that go with it. The device's name is chosen and kept before the first sign-in, so
/// one that was cut off is repeated for the same device.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::messengers::matrix) struct Kept {
    pub user: OwnedUserId,
    pub device: OwnedDeviceId,
    pub access_token: Option<String>,
}

impl Folder {
    /// Makes the folder if there is none, and holds it.
    ///
    /// # Errors
    /// It can't be made or written to, another program holds it, or it is not what the settings say.
    pub async fn hold(settings: &Settings, user: &UserId) -> Result<Folder, SignIn> {
        make(&settings.store_dir).map_err(unusable(&settings.store_dir))?;
        let mut tries = 0;
        let folder = loop {
            match Folder::try_hold(&settings.store_dir) {
                Err(SignIn::InUse(_)) if tries < PATIENCE => tries += 1,
                held => break held?,
            }
            tokio::time::sleep(BETWEEN).await;
        };
        folder.fits(settings, user)?;
        Ok(folder)
    }

    /// Holds a folder that is there. `None`: there is none yet.
    ///
    /// # Errors
    /// As of [`Folder::hold`], which waits a little for another program, and this does not.
    pub fn look(settings: &Settings, user: &UserId) -> Result<Option<Folder>, SignIn> {
        if !settings.store_dir.join(ABOUT).exists() {
            return Ok(None);
        }
        let folder = Folder::try_hold(&settings.store_dir)?;
        folder.fits(settings, user)?;
        Ok(Some(folder))
    }

    fn try_hold(path: &Path) -> Result<Folder, SignIn> {
        let lock = File::options().create(true).truncate(false).write(true).open(path.join(LOCK));
        let lock = lock.map_err(unusable(path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Folder { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(SignIn::InUse(path.to_owned())),
            Err(TryLockError::Error(error)) => Err(unusable(path)(error)),
        }
    }

    /// Whether it is the store of this account, with or without a passphrase as the settings say. A new one becomes that.
    fn fits(&self, settings: &Settings, user: &UserId) -> Result<(), SignIn> {
        let wanted = About { user: user.to_owned(), encrypted: settings.store_passphrase.is_some() };
        let about = self.path.join(ABOUT);
        let path = || self.path.clone();
        if !about.exists() {
            if self.path.join(STATE_STORE_DATABASE_NAME).exists() {
                return Err(SignIn::Folder { store: path(), why: format!("{ABOUT} is missing from it") });
            }
            // Under another name first: a file that was cut off in the middle would say nothing.
            let half = self.path.join("about.new");
            let written = serde_json::to_vec(&wanted).map_err(std::io::Error::from);
            let written = written.and_then(|written| std::fs::write(&half, written));
            return written.and_then(|()| std::fs::rename(&half, &about)).map_err(unusable(&self.path));
        }
        let found = std::fs::read(&about).map_err(unusable(&self.path))?;
        let found: About = serde_json::from_slice(&found)
            .map_err(|_| SignIn::Folder { store: path(), why: format!("{ABOUT} makes no sense") })?;
        match (found.user == wanted.user, found.encrypted, wanted.encrypted) {
            (false, ..) => Err(SignIn::OtherAccount(path())),
            (_, true, false) => Err(SignIn::PassphraseMissing(path())),
            (_, false, true) => Err(SignIn::PassphraseUnasked(path())),
            _ => Ok(()),
        }
    }

    /// What the session is, without opening anything else.
    ///
    /// # Errors
    /// The passphrase is another, or the store is broken.
    pub async fn session(&self, settings: &Settings) -> Result<Option<Kept>, SignIn> {
        if !self.path.join(STATE_STORE_DATABASE_NAME).exists() {
            return Ok(None);
        }
        let store = SqliteStateStore::open_with_config(&self.stores(settings)).await;
        kept(&store.map_err(|error| self.unopened(&error))?, &self.path).await
    }

    /// How the SDK's databases in it are opened.
    pub fn stores(&self, settings: &Settings) -> SqliteStoreConfig {
        SqliteStoreConfig::new(&self.path).passphrase(settings.store_passphrase.as_deref()).pool_max_size(CONNECTIONS)
    }

    /// Why the SDK did not open its databases. The kind of its error can't be named from here, but its words can be known.
    pub fn unopened(&self, error: &dyn std::error::Error) -> SignIn {
        let why = error.to_string();
        if why.contains("store cipher") {
            return SignIn::Passphrase(self.path.clone());
        }
        SignIn::Folder { store: self.path.clone(), why }
    }
}

/// The session that a store keeps.
///
/// # Errors
/// The store can't be read.
pub(in crate::messengers::matrix) async fn kept<S: StateStore<Error: std::error::Error> + ?Sized>(
    store: &S,
    path: &Path,
) -> Result<Option<Kept>, SignIn> {
    let found = store.get_kv_data(SESSION).await.map_err(|error| unread(path, &error))?;
    let found = found.and_then(StateStoreDataValue::into_filter).map(|found| serde_json::from_str(&found)).transpose();
    found.map_err(|_| SignIn::Folder { store: path.to_owned(), why: "the session in it makes no sense".to_owned() })
}

/// Keeps a session.
///
/// # Errors
/// The store can't be written to.
pub(in crate::messengers::matrix) async fn keep<S: StateStore<Error: std::error::Error> + ?Sized>(
    store: &S,
    path: &Path,
    session: &Kept,
) -> Result<(), SignIn> {
    let session = serde_json::to_string(session).map_err(|error| unread(path, &error))?;
    let kept = store.set_kv_data(SESSION, StateStoreDataValue::Filter(session)).await;
    kept.map_err(|error| unread(path, &error))
}

/// The store did not do its part.
pub(in crate::messengers::matrix) fn unread(path: &Path, error: &dyn std::error::Error) -> SignIn {
    SignIn::Folder { store: path.to_owned(), why: error.to_string() }
}

fn unusable(path: &Path) -> impl Fn(std::io::Error) -> SignIn {
    move |error| unread(path, &error)
}

/// Nobody else on this computer may look into it.
fn make(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)?;
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

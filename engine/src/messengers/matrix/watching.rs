//! What happens to the bot's own account while it runs, and makes people's clients warn of it: another session of it, an
//! identity that was reset, keys that the homeserver does not take. Each is told once; only the host can do something.

use std::collections::BTreeSet;

use futures::StreamExt;
use matrix_sdk::Client;
use matrix_sdk::ruma::OwnedDeviceId;
use matrix_sdk::store::StateStoreDataKey;

/// Watches for as long as it is polled.
pub(super) async fn watch(client: Client) {
    tokio::join!(other_devices(&client), identity(&client), refused_keys(&client));
}

async fn other_devices(client: &Client) {
    let (Some(me), Some(ours)) = (client.user_id(), client.device_id()) else { return };
    let Ok(devices) = client.encryption().devices_stream().await else { return };
    let mut told: BTreeSet<OwnedDeviceId> = BTreeSet::new();
    let mut devices = Box::pin(devices);
    while let Some(updates) = devices.next().await {
        let new = updates.new.get(me).into_iter().flatten();
        for id in new.map(|(id, _)| id).filter(|id| *id != ours) {
            if told.insert(id.clone()) {
                tracing::warn!(
                    device = id.as_str(),
                    "the bot's account has another session, so people's clients may warn of it; sign it out if it is not \
                     yours, and if it is, too: the account is for the bot alone"
                );
            }
        }
    }
}

async fn identity(client: &Client) {
    let Some(me) = client.user_id() else { return };
    let encryption = client.encryption();
    let Ok(identities) = encryption.user_identities_stream().await else { return };
    let (mut identities, mut told) = (Box::pin(identities), false);
    while let Some(updates) = identities.next().await {
        if !updates.changed.contains_key(me) {
            continue;
        }
        let ours = encryption.get_own_device().await.ok().flatten();
        let is_signed = ours.is_some_and(|device| device.is_cross_signed_by_owner());
        if !is_signed && !told {
            tracing::warn!(
                "the identity of the bot's account was reset elsewhere, so people see its device as not verified; write the \
                 recovery key of the new one as matrix.recovery_passphrase, and start the bot again"
            );
        }
        told = !is_signed;
    }
}

/// The homeserver has other one-time keys of this device than we: an old copy of the folder was started from, or two
/// programs were this device. People's clients take keys then that open nothing. The SDK says so once for each folder: whatever
/// was found before a start is told at that start.
async fn refused_keys(client: &Client) {
    let mut refused = client.subscribe_to_duplicate_key_upload_errors();
    let known = client.state_store().get_kv_data(StateStoreDataKey::OneTimeKeyAlreadyUploaded).await;
    if matches!(known, Ok(Some(_))) || refused.recv().await.is_ok() {
        tracing::error!(
            "the homeserver refuses the device's new keys, because it has others of the same name: its folder is an old \
             copy, or another program was the same device. Stop the bot, move matrix.store_dir away, and start it again: \
             a new device is made"
        );
    }
}

//! A person in Matrix: a client of their own, which encrypts as theirs would.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use matrix_sdk::config::SyncSettings;
use matrix_sdk::encryption::EncryptionSettings;
use matrix_sdk::ruma::api::client::filter::FilterDefinition;
use matrix_sdk::ruma::api::client::room::create_room::v3::{Request as NewRoom, RoomPreset};
use matrix_sdk::ruma::events::InitialStateEvent;
use matrix_sdk::ruma::events::room::encryption::RoomEncryptionEventContent;
use matrix_sdk::ruma::{OwnedUserId, RoomVersionId, UserId, assign, uint};
use matrix_sdk::{Client, Room};
use serde_json::json;
use tokio::task::JoinHandle;

use crate::chat::Chat;
use crate::heard::Everything;
use crate::server::Server;

pub const PASSWORD: &str = "correct horse battery staple";

/// A name that nobody else on the shared server has.
pub fn fresh(name: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    format!("{name}{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// What a room with the bot is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Encrypted,
    /// Encrypted, and the bot may change nothing.
    EncryptedForGood,
    /// Encrypted, each message with a key of its own.
    EncryptedAnew,
    /// Not encrypted, and the bot may change that.
    Plain,
    /// Not encrypted, and the bot may not change that.
    PlainForGood,
}

pub struct Person {
    pub client: Client,
    pub id: OwnedUserId,
    everything: Arc<Everything>,
    syncing: JoinHandle<()>,
}

impl Person {
    /// A new account on this server, signed in and syncing.
    pub async fn on(server: &Server, name: &str) -> Person {
        Person::behind(server, &server.url(), name).await
    }

    /// As [`Person::on`]; the client reaches the server at this url.
    pub async fn behind(server: &Server, url: &str, name: &str) -> Person {
        let account = fresh(if name.is_ascii() { name } else { "person" }).to_lowercase();
        server.register(&account, PASSWORD).await;
        let client = Client::builder()
            .homeserver_url(url)
            // What the homeserver calls itself leads around the line that it is reached by.
            .respect_login_well_known(false)
            .with_encryption_settings(EncryptionSettings { auto_enable_cross_signing: true, ..Default::default() })
            .build()
            .await
            .unwrap();
        client.matrix_auth().login_username(&account, PASSWORD).send().await.unwrap();
        client.encryption().wait_for_e2ee_initialization_tasks().await;
        client.account().set_display_name(Some(name)).await.unwrap();
        // Their device has to be known before anybody encrypts for it.
        client.sync_once(SyncSettings::default()).await.unwrap();
        let everything = Arc::new(Everything::default());
        let syncing = tokio::spawn(sync(client.clone(), everything.clone()));
        Person { id: client.user_id().unwrap().to_owned(), client, everything, syncing }
    }

    /// Opens a private chat with the bot, as clients do: a direct room and an invite to it.
    pub async fn opens_a_chat(&self, bot: &UserId) -> Chat {
        self.opens(bot, Kind::Encrypted).await
    }

    /// The same in a room of this version.
    pub async fn opens_in(&self, bot: &UserId, version: &RoomVersionId) -> Chat {
        self.makes(bot, Kind::Encrypted, Some(version.clone())).await
    }

    pub async fn opens(&self, bot: &UserId, kind: Kind) -> Chat {
        self.makes(bot, kind, None).await
    }

    async fn makes(&self, bot: &UserId, kind: Kind, version: Option<RoomVersionId>) -> Chat {
        let mut encryption = RoomEncryptionEventContent::with_recommended_defaults();
        if kind == Kind::EncryptedAnew {
            encryption.rotation_period_msgs = Some(uint!(1));
        }
        let encryption = InitialStateEvent::with_empty_state_key(encryption);
        let preset = match kind {
            Kind::Encrypted | Kind::EncryptedAnew | Kind::Plain => RoomPreset::TrustedPrivateChat,
            Kind::EncryptedForGood | Kind::PlainForGood => RoomPreset::PrivateChat,
        };
        let is_encrypted = !matches!(kind, Kind::Plain | Kind::PlainForGood);
        let new = assign!(NewRoom::new(), {
            invite: vec![bot.to_owned()],
            is_direct: true,
            room_version: version,
            preset: Some(preset),
            initial_state: if is_encrypted { vec![encryption.to_raw_any()] } else { Vec::new() },
        });
        let room = self.client.create_room(new).await.unwrap();
        self.chat_in(room, bot)
    }

    /// The chat with the bot that takes place in this room.
    pub fn chat_in(&self, room: Room, bot: &UserId) -> Chat {
        Chat::new(room, bot.to_owned(), self.id.clone(), self.everything.clone())
    }

    /// Waits until somebody invites them, and joins.
    pub async fn joins_the_next_invite(&self, from: &UserId) -> Chat {
        let room =
            crate::waiting::until("an invite of the bot's", async || self.client.invited_rooms().into_iter().next())
                .await;
        room.join().await.unwrap();
        self.chat_in(room, from)
    }

    pub fn token(&self) -> String {
        self.client.access_token().unwrap()
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        self.syncing.abort();
    }
}

async fn sync(client: Client, everything: Arc<Everything>) {
    let mut filter = FilterDefinition::with_lazy_loading();
    filter.room.timeline.limit = Some(uint!(100));
    let settings = SyncSettings::default().timeout(Duration::from_secs(20)).filter(filter.into());
    loop {
        match client.sync_once(settings.clone()).await {
            Ok(response) => everything.take(&client, response).await,
            // The homeserver rests; so do we.
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}

/// What a client sends as a message of plain text.
pub fn text(body: &str) -> serde_json::Value {
    json!({ "msgtype": "m.text", "body": body })
}

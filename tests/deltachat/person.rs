//! A person in Delta Chat: an account of their own, in the program that their app would use.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use exodus_engine::messengers::deltachat::{Method, Program, Rpc, RpcError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::chat::Chat;
use crate::disk::fast_disk;
use crate::server::{DOMAIN, Server, program};
use crate::waiting::until_true;

/// An app has everything that was in its mailbox, and waits for more.
const ALL_FETCHED: u32 = 4000;

/// A name that nobody else on the shared server has.
pub fn fresh(name: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    format!("{name}{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

pub struct Person {
    pub address: String,
    pub app: Arc<App>,
    _dir: TempDir,
    _program: Program,
}

/// What an app does, in one account.
pub struct App {
    rpc: Rpc,
    account: u32,
}

impl App {
    /// Asks for this, which has to be done.
    pub async fn asks<T: DeserializeOwned>(&self, method: &'static str, more: impl Serialize) -> T {
        self.tries(method, more).await.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    pub async fn tries<T: DeserializeOwned>(&self, method: &'static str, more: impl Serialize) -> Result<T, RpcError> {
        let mut params = vec![json!(self.account)];
        match serde_json::to_value(more).unwrap() {
            Value::Array(more) => params.extend(more),
            Value::Null => {}
            one => params.push(one),
        }
        self.rpc.call(Method(method, 0), params).await
    }

    pub async fn message(&self, id: i64) -> Value {
        self.asks("get_message", id).await
    }
}

impl Person {
    /// Somebody with a new mailbox on this server.
    pub async fn on(server: &Server, name: &str) -> Person {
        let account = fresh(if name.is_ascii() { name } else { "person" }).to_lowercase();
        Person::at(server, &format!("{account}@{DOMAIN}"), name).await
    }

    /// Somebody at this address; a second time with another key, as after a new installation.
    pub async fn at(server: &Server, address: &str, name: &str) -> Person {
        let dir = tempfile::tempdir_in(fast_disk()).unwrap();
        let (program, rpc) = Program::start(&program(), &dir.path().join("accounts")).await.unwrap();
        let account: u32 = rpc.call(Method("add_account", 0), ()).await.unwrap();
        let app = Arc::new(App { rpc: rpc.clone(), account });
        app.asks::<()>("batch_set_config", json!([{ "displayname": name, "selfstatus": "-" }])).await;
        app.asks::<()>("add_or_update_transport", json!([server.transport(address)])).await;
        app.asks::<()>("start_io", ()).await;
        // What is there when an app first looks into its mailbox it never fetches. Where an app was started by the link, the
        // bot's answer to that may be among it (findings/deltachat-first-look-skips-mail.sh).
        until_true("the app has looked into its mailbox", async || {
            app.asks::<u32>("get_connectivity", ()).await >= ALL_FETCHED
        })
        .await;
        Person { address: address.to_owned(), app, _dir: dir, _program: program }
    }

    /// Opens the bot's link, as an app does when it was scanned or tapped.
    pub async fn joins(&self, link: &str) -> Chat {
        let chat: i64 = self.app.asks("secure_join", link).await;
        Chat::new(self.app.clone(), chat)
    }

    /// Takes a contact that somebody has passed on, and writes to it.
    pub async fn takes(&self, contact: &str) -> Chat {
        let contacts: Vec<i64> = self.app.asks("import_vcard_contents", contact).await;
        let chat: i64 = self.app.asks("create_chat_by_contact_id", contacts[0]).await;
        Chat::new(self.app.clone(), chat)
    }

    /// The bot, or whoever else they have a chat with, to be passed on.
    pub async fn passes_on(&self, chat: &Chat) -> String {
        let contacts: Vec<i64> = self.app.asks("get_chat_contacts", chat.id).await;
        self.app.asks("make_vcard", json!([contacts])).await
    }
}

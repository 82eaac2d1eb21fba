//! A turn that hangs: its person waits, and nobody else.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bot_api::BotApi;
use exodus_engine::conversation::{Inbox, Incoming, Messenger};
use exodus_engine::messengers::telegram::{Settings, Telegram};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::bot::TOKEN;
use crate::lost::until_true;

/// Notes who is heard. The turns of one person hang until they are let go.
#[derive(Default)]
struct OneHangs {
    heard: Mutex<Vec<String>>,
    let_go: CancellationToken,
}

impl OneHangs {
    fn has_heard(&self, person: &str) -> bool {
        self.heard.lock().unwrap().iter().any(|heard| heard == person)
    }
}

#[async_trait]
impl Inbox for OneHangs {
    async fn receive(&self, incoming: Incoming) -> Result<(), anyhow::Error> {
        self.heard.lock().unwrap().push(incoming.address.clone());
        if incoming.address == "1" {
            self.let_go.cancelled().await;
        }
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_turn_hangs_others_are_heard() {
    let api = BotApi::start(TOKEN).await;
    let api_url = Some(Url::parse(api.url()).unwrap());
    let telegram = Telegram::connect(Settings { api_url, ..Settings::new(TOKEN.to_owned()) }).await.unwrap();
    let (inbox, stop) = (Arc::new(OneHangs::default()), CancellationToken::new());
    let meanwhile = async {
        api.user(1).named("Anna").writes("/start");
        until_true(|| inbox.has_heard("1")).await;
        for (id, name) in [(2, "Boris"), (3, "Clara"), (4, "Dora")] {
            api.user(id).named(name).writes("/start");
            until_true(|| inbox.has_heard(&id.to_string())).await;
        }
        inbox.let_go.cancel();
        stop.cancel();
    };
    let (listened, ()) = tokio::join!(telegram.listen(inbox.as_ref(), stop.clone()), meanwhile);
    listened.unwrap();
    assert_eq!(api.pending_updates(), 0, "all is confirmed");
    assert_eq!(inbox.heard.lock().unwrap().len(), 4, "each once");
}

//! Letters that go to one room at the same time.

use std::sync::Arc;

use async_trait::async_trait;
use exodus_engine::conversation::{Inbox, Incoming, Letter, Messenger, Rendered};
use exodus_engine::host::SystemClock;
use exodus_engine::messengers::matrix::Matrix;
use exodus_engine::store::matrix::Memory;
use futures::future::join_all;
use tokio_util::sync::CancellationToken;

use crate::bot::Home;
use crate::person::{Kind, Person};
use crate::server::shared;
use crate::waiting::until_true;

/// Nobody listens to what people say.
struct Deaf;

#[async_trait]
impl Inbox for Deaf {
    async fn receive(&self, _: Incoming) -> Result<(), anyhow::Error> {
        Ok(())
    }
}

/// A room's key serves so many messages, and another one is made; in this room that is one.
#[tokio::test(flavor = "multi_thread")]
async fn letters_that_go_out_together_arrive_whichever_of_them_is_the_last_of_a_key() {
    let server = shared().await;
    let home = Home::on(server).await;
    let matrix = Arc::new(Matrix::new(home.settings(), Memory::new(home.database().await), Arc::new(SystemClock)));
    let stop = CancellationToken::new();
    let listening = tokio::spawn({
        let (matrix, stop) = (matrix.clone(), stop.clone());
        async move { matrix.listen(&Deaf, stop).await }
    });
    home.can_be_written_to(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = anna.opens(&home.id, Kind::EncryptedAnew).await;

    let page =
        |text: String| Rendered { text: text.into(), buttons: Vec::new(), asks: false, notice: None, file: None };
    let tell = async |id: String| {
        let page = page(format!("letter {id}"));
        matrix.show(Letter { to: anna.id.as_str(), page: &page, edit: None, id: &id, thread: None, group: None }).await
    };
    until_true("the bot is in the room", async || tell("first".to_owned()).await.is_ok()).await;
    chat.sees("letter first").await;
    for told in join_all((0..8).map(|n| tell(format!("n{n}")))).await {
        told.unwrap();
    }
    let mut seen = Vec::new();
    for _ in 0..8 {
        let letter = chat.sees_next().await;
        assert!(letter.encrypted);
        seen.push(letter.body().trim().to_owned());
    }
    seen.sort();
    assert_eq!(seen, (0..8).map(|n| format!("letter n{n}")).collect::<Vec<_>>());
    stop.cancel();
    listening.await.unwrap().unwrap();
}

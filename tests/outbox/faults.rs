//! What goes wrong around the outbox.

use std::sync::Arc;

use exodus::store;

use crate::desk::{Desk, Makes, Post};
use crate::support::database::on_each;

#[tokio::test]
async fn a_clock_that_is_set_back_holds_nothing_up() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        desk.tell(anna).await;
        desk.clock.wait(-3600);
        desk.tell(boris).await;
        let mut letters = desk.deliver().await;
        letters.sort();
        assert_eq!(letters, ["anna n1", "boris n2"]);
        assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_lease_from_before_the_clock_was_set_back_ends() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::that([Makes::Nothing]));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        let died = tokio::time::timeout(std::time::Duration::from_millis(300), desk.outbox.deliver_due()).await;
        assert!(died.is_err());
        assert_eq!(desk.post.letters(), ["anna n1"]);
        desk.clock.wait(-3600);
        assert_eq!(desk.deliver().await, ["anna n1"]);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_ends_no_pause_but_one_that_could_not_be() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let anna = desk.member("anna").await;
        let minute = std::time::Duration::from_secs(60);
        desk.post.answers.lock().unwrap().push_back(Makes::Answer(Err(exodus::conversation::SendError::Pause(minute))));
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        desk.clock.wait(-30);
        assert_eq!(desk.deliver().await, [""; 0]);
        desk.clock.wait(90);
        assert_eq!(desk.deliver().await, ["anna n1"]);
    })
    .await;
}

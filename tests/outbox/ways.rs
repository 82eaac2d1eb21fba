//! Members who can't be reached, and messengers that can't send.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use exodus::store;
use exodus_engine::conversation::{Clock, SendError};

use crate::desk::{Desk, Makes, Post};
use crate::support::database::on_each;

const DAY: i64 = 86_400;

#[tokio::test]
async fn what_is_for_somebody_who_cannot_be_reached_waits_until_they_are_back() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::refusing(SendError::Gone));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"], "nothing more is sent to it");
        desk.tell(anna).await;
        desk.clock.wait(DAY);
        assert_eq!(desk.deliver().await, [""; 0]);
        assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 3);

        store::account::mark_reachable(&desk.db, desk.account(anna).await.id).await.unwrap();
        assert_eq!(desk.deliver().await, ["anna n1", "anna n2", "anna n3"]);
    })
    .await;
}

#[tokio::test]
async fn what_has_waited_for_three_days_is_no_news_any_more() {
    on_each(async |db, _| {
        let later = Makes::Answer(Err(SendError::Later(std::time::Duration::ZERO)));
        let desk = Desk::with(db, Post::that([Makes::Answer(Err(SendError::Gone)), later]));
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        desk.tell(boris).await;
        assert_eq!(desk.deliver().await, ["boris n2"]);

        desk.clock.wait(3 * DAY);
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, [""; 0]);
        assert_eq!(desk.row(1).await.failure.as_deref(), Some("unreachable"));
        assert_eq!(desk.row(2).await.failure.as_deref(), Some("too late"));
        store::account::mark_reachable(&desk.db, desk.account(anna).await.id).await.unwrap();
        assert_eq!(desk.deliver().await, ["anna n3"], "only what is still news");
    })
    .await;
}

#[tokio::test]
async fn a_member_with_another_account_is_told_there() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::refusing(SendError::Gone));
        let anna = desk.member("anna").await;
        store::account::insert(&desk.db, anna, "post", "anna-at-work", desk.clock.now()).await.unwrap();
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1", "anna-at-work n1"]);
        assert!(desk.row(1).await.sent_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_member_is_told_where_they_want_to_be_and_elsewhere_if_that_is_gone() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let anna = desk.member("anna").await;
        let work = store::account::insert(&desk.db, anna, "post", "anna-at-work", desk.clock.now()).await.unwrap();
        desk.tell(anna).await;
        store::person::set_written_to(&desk.db, anna, work.id).await.unwrap();
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna-at-work n1", "anna-at-work n2"]);
        desk.tell(anna).await;
        store::account::mark_unreachable(&desk.db, work.id, desk.clock.now()).await.unwrap();
        assert_eq!(desk.deliver().await, ["anna n3"]);
    })
    .await;
}

#[tokio::test]
async fn a_new_account_gets_what_waited_for_one() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::refusing(SendError::Gone));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        store::account::insert(&desk.db, anna, "post", "anna-again", desk.clock.now()).await.unwrap();
        assert_eq!(desk.deliver().await, ["anna-again n1"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_for_another_messenger_is_not_touched() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let anna = store::member::insert(&desk.db, "Anna", "en", desk.clock.now()).await.unwrap().id;
        store::account::insert(&desk.db, anna, "pigeons", "anna", desk.clock.now()).await.unwrap();
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, [""; 0]);
        assert_eq!((desk.row(1).await.attempts, desk.row(1).await.lease_until), (0, None));
    })
    .await;
}

#[tokio::test]
async fn what_this_process_cannot_send_now_is_left_to_another() {
    on_each(async |db, url| {
        let desk = Desk::with(db, Arc::default());
        let second = store::connect(&url).await.unwrap();
        let other = Desk::at(second, Arc::default(), desk.clock.clone());
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        desk.post.ready.store(false, Ordering::SeqCst);
        assert_eq!(desk.deliver().await, [""; 0]);
        assert_eq!((desk.row(1).await.attempts, desk.row(1).await.lease_until), (0, None));
        assert_eq!(other.deliver().await, ["anna n1"]);
        other.db.close().await.unwrap();
    })
    .await;
}

//! In order, each once, whoever sends.

use std::sync::Arc;
use std::time::Duration;

use exodus::store;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::desk::{Desk, Makes, Post};
use crate::news::NEWS;
use crate::support::database::on_each;
use exodus_engine::conversation::{Clock, SendError};

#[tokio::test]
async fn everybody_is_told_each_thing_once_and_in_order() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        for recipient in [anna, anna, boris, anna] {
            desk.tell(recipient).await;
        }
        let letters = desk.deliver().await;
        let to = |name: &str| -> Vec<&str> { letters.iter().filter_map(|letter| letter.strip_prefix(name)).collect() };
        assert_eq!(to("anna "), ["n1", "n2", "n4"]);
        assert_eq!(to("boris "), ["n3"]);
        assert_eq!(desk.deliver().await, [""; 0]);
        assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_dies_before_it_marks_a_row_leaves_it_to_be_sent_again_with_the_same_id() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::that([Makes::Nothing]));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        desk.tell(anna).await;
        let died = tokio::time::timeout(Duration::from_millis(300), desk.outbox.deliver_due()).await;
        assert!(died.is_err());
        assert_eq!(desk.post.letters(), ["anna n1"]);
        assert_eq!(desk.deliver().await, [""; 0], "its lease still runs, and the second waits for the first");
        desk.clock.wait(20);
        assert_eq!(desk.deliver().await, ["anna n1", "anna n2"]);
        assert_eq!(desk.row(1).await.attempts, 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_planned_for_later_is_in_nobodys_way() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let anna = desk.member("anna").await;
        let morning = desk.clock.now() + chrono::TimeDelta::hours(9);
        desk.queue(&[anna], NEWS, store::outbox::TELLS, morning).await;
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n2"]);
        desk.clock.wait(9 * 3600);
        assert_eq!(desk.deliver().await, ["anna n1"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_broken_is_kept_with_its_reason_and_holds_nothing_up() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::refusing(SendError::Broken("message is too long".into())));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        desk.queue(&[anna], "a-kind-of-the-future", store::outbox::TELLS, desk.clock.now()).await;
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1", "anna n3"]);
        assert_eq!(desk.row(1).await.failure.as_deref(), Some("message is too long"));
        let future = desk.row(2).await;
        assert!(future.failure.is_none() && future.attempts == 0, "it is left to a release that knows it: {future:?}");
        assert!(desk.row(3).await.sent_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn two_workers_send_each_row_once() {
    on_each(async |db, url| {
        let second = store::connect(&url).await.unwrap();
        let post = Arc::new(Post { takes: Duration::from_millis(5), ..Post::default() });
        let one = Desk::with(db, post.clone());
        let two = Desk::at(second, post.clone(), one.clock.clone());
        for member in one.members(40).await {
            one.tell(member).await;
            one.tell(member).await;
        }
        let (first, other) = tokio::join!(one.outbox.deliver_due(), two.outbox.deliver_due());
        let (first, other) = (first.unwrap(), other.unwrap());
        // One of them may find nothing left while the other still has the last in hand.
        assert_eq!(first + other, 80, "{first} + {other}");
        assert!(first > 0 && other > 0, "{first} + {other}");
        let mut letters = post.letters();
        letters.sort();
        letters.dedup();
        assert_eq!(letters.len(), 80);
        two.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_running_worker_sends_when_it_is_rung_and_stops_between_two_letters() {
    on_each(async |db, _| {
        let mut desk = Desk::with(db, Arc::new(Post { takes: Duration::from_millis(200), ..Post::default() }));
        let bell = Arc::new(Notify::new());
        desk.outbox = desk.outbox.woken_by(bell.clone());
        let anna = desk.member("anna").await;
        let stop = CancellationToken::new();
        let rings = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            desk.tell(anna).await;
            desk.tell(anna).await;
            bell.notify_one();
            desk.post.has(1).await;
            stop.cancel();
        };
        let both = async { tokio::join!(desk.outbox.run(stop.clone()), rings) };
        tokio::time::timeout(Duration::from_secs(10), both).await.expect("it stops");
        assert_eq!(desk.post.letters(), ["anna n1"]);
        assert!(desk.row(1).await.sent_at.is_some(), "the letter that was on its way is marked");
        assert!(desk.row(2).await.sent_at.is_none() && desk.row(2).await.lease_until.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_thing_for_thousands_is_queued_by_a_few_statements() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let anna = desk.member("anna").await;
        desk.tell_all(&vec![anna; 7001]).await;
        assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 7001);
    })
    .await;
}

//! Letters that a messenger refuses for a reason that nobody foresaw.

use std::time::Duration;

use exodus::store;
use exodus_engine::conversation::{Clock, SendError};

use crate::desk::{Desk, Makes, Post};
use crate::support::database::on_each;

const HOUR: i64 = 3600;

fn refused() -> Makes {
    Makes::Answer(Err(SendError::Unknown { again: Duration::ZERO, why: "SOMETHING_NEW".into() }))
}

/// Tries for so many hours. Says how often the letter was tried.
async fn tried_for(desk: &Desk, hours: i64) -> usize {
    let (mut tries, until) = (0, desk.clock.now() + chrono::TimeDelta::hours(hours));
    while desk.clock.now() < until {
        desk.clock.wait(60);
        tries += desk.deliver().await.len();
    }
    tries
}

#[tokio::test]
async fn what_is_refused_for_a_reason_that_nobody_foresaw_is_tried_for_hours_and_arrives_when_it_is_taken() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::that(std::iter::repeat_n(refused(), 12)));
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        desk.ask(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        assert_eq!(tried_for(&desk, 2).await, 12, "again and again, and then it is taken");
        assert!(desk.row(1).await.sent_at.is_some());
        assert!(!desk.post.pages().iter().any(|page| page.buttons.is_empty()), "as it was meant");

        // Nobody else waits for that.
        desk.post.answers.lock().unwrap().extend([refused(), refused(), refused(), refused()]);
        for _ in 0..4 {
            desk.tell(anna).await;
            desk.deliver().await;
        }
        desk.tell(boris).await;
        assert_eq!(desk.deliver().await, ["boris n6"]);
    })
    .await;
}

#[tokio::test]
async fn what_a_messenger_breaks_over_is_tried_again() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::that([Makes::Panic]));
        let anna = desk.member("anna").await;
        desk.ask(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        assert_eq!(tried_for(&desk, 1).await, 1, "and then it is taken");
        let row = desk.row(1).await;
        assert!(row.sent_at.is_some() && row.failed_at.is_none(), "{row:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_for_hours_is_tried_as_plain_text_once_and_then_given_up() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::that(std::iter::repeat_n(refused(), 1000)));
        let anna = desk.member("anna").await;
        desk.ask(anna).await;
        let tries = tried_for(&desk, 3).await;
        assert!((15..40).contains(&tries), "{tries}");
        assert_eq!(desk.row(1).await.failed_at, None);
        assert!(desk.post.pages().iter().all(|page| !page.buttons.is_empty()));

        assert_eq!(tried_for(&desk, 1).await, 1);
        assert!(desk.post.pages().iter().all(|page| page.buttons.is_empty()));
        assert_eq!(desk.row(1).await.failure.as_deref(), Some("SOMETHING_NEW"));
        assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn plain_text_that_is_taken_is_sent() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::refusing(SendError::Unknown { again: Duration::ZERO, why: "?".into() }));
        let anna = desk.member("anna").await;
        desk.ask(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        desk.clock.wait(3 * HOUR);
        desk.post.pages();
        assert_eq!(desk.deliver().await, ["anna n1"]);
        assert!(desk.post.pages()[0].buttons.is_empty());
        assert!(desk.row(1).await.sent_at.is_some());
    })
    .await;
}

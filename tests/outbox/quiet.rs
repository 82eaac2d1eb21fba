//! The hours in which a member is left alone, as the worker keeps them.

use std::sync::Arc;
use std::time::Duration;

use exodus::domain::MemberId;
use exodus::store;
use exodus_engine::conversation::{Clock, SendError};
use exodus_engine::hours::QuietHours;

use crate::desk::{Desk, Post};
use crate::news::NEWS;
use crate::support::database::on_each;

const HOUR: i64 = 3_600;

/// It is nine in the morning in Greenwich; until they have ended, this member is left alone.
async fn sleeper(desk: &Desk, name: &str, hours: &str) -> MemberId {
    let member = desk.member(name).await;
    let quiet = QuietHours::parse(hours);
    assert!(quiet.is_some(), "{hours}");
    store::person::set_quiet_hours(&desk.db, member, quiet).await.unwrap();
    member
}

#[tokio::test]
async fn who_is_left_alone_is_told_afterwards_and_in_order_and_nobody_waits_for_them() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let (anna, boris) = (sleeper(&desk, "anna", "22-12").await, desk.member("boris").await);
        for member in [anna, boris, anna] {
            desk.tell(member).await;
        }
        assert_eq!(desk.deliver().await, ["boris n2"]);
        desk.clock.wait(3 * HOUR - 1);
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, [""; 0], "one second before noon");
        desk.clock.wait(1);
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1", "anna n3", "anna n4", "anna n5"]);
        assert_eq!(desk.row(1).await.attempts, 1, "what was not tried does not count");
    })
    .await;
}

#[tokio::test]
async fn a_second_attempt_is_not_made_in_quiet_hours_either() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::refusing(SendError::Later(Duration::from_secs(120))));
        let anna = sleeper(&desk, "anna", "9:01-10").await;
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"], "the messenger asks to wait for two minutes");
        desk.clock.wait(150);
        assert_eq!(desk.deliver().await, [""; 0], "meanwhile it has become quiet");
        desk.clock.wait(HOUR - 150);
        assert_eq!(desk.deliver().await, ["anna n1"]);
    })
    .await;
}

#[tokio::test]
async fn it_is_quiet_by_the_clock_of_each_member() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let mut members = Vec::new();
        for (name, zone) in [("tokyo", "Asia/Tokyo"), ("honolulu", "Pacific/Honolulu"), ("nowhere", "Mars/Olympus")] {
            let member = sleeper(&desk, name, "22-7").await;
            store::person::set_zone(&desk.db, member, zone, None).await.unwrap();
            members.push(member);
        }
        for member in members {
            desk.tell(member).await;
        }
        let mut told = desk.deliver().await;
        // Who is told before whom is nobody's affair.
        told.sort();
        assert_eq!(told, ["nowhere n3", "tokyo n1"], "eleven at night in Honolulu");
        desk.clock.wait(8 * HOUR);
        assert_eq!(desk.deliver().await, ["honolulu n2"], "seven in the morning");
    })
    .await;
}

/// Nine in the morning in Greenwich is four in New York, and six in the evening in Tokyo.
#[tokio::test]
async fn nobody_is_reminded_at_night_where_they_are() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        for (name, zone) in [("tokyo", "Asia/Tokyo"), ("new york", "America/New_York")] {
            let member = desk.member(name).await;
            store::person::set_zone(&desk.db, member, zone, None).await.unwrap();
            for _ in 0..3 {
                desk.queue_by_day(member, NEWS).await;
            }
            desk.tell(member).await;
        }
        let mut told = desk.deliver().await;
        told.sort();
        assert_eq!(told, ["new york n8", "tokyo n1", "tokyo n2", "tokyo n3", "tokyo n4"]);
        desk.clock.wait(5 * HOUR - 1);
        assert_eq!(desk.deliver().await, [""; 0]);
        desk.clock.wait(1);
        assert_eq!(desk.deliver().await, ["new york n5", "new york n6", "new york n7"]);
    })
    .await;
}

#[tokio::test]
async fn whoever_ends_their_quiet_hours_is_told_at_once() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Arc::default());
        let anna = sleeper(&desk, "anna", "22-12").await;
        desk.tell(anna).await;
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, [""; 0]);
        store::person::set_quiet_hours(&desk.db, anna, None).await.unwrap();
        store::outbox::look_again(&desk.db, anna, desk.clock.now()).await.unwrap();
        assert_eq!(desk.deliver().await, ["anna n1", "anna n2"]);
    })
    .await;
}

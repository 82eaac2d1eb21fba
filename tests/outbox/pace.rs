//! How fast, and what goes first.
#![allow(clippy::disallowed_methods, reason = "what is measured here is real time")]

use std::time::{Duration, Instant};

use exodus::store;
use exodus_engine::conversation::{Clock, SendError};
use sea_orm::{EntityTrait, PaginatorTrait};
use tokio_util::sync::CancellationToken;

use crate::desk::{Desk, Makes, Post};
use crate::news::NEWS;
use crate::support::database::on_each;

#[tokio::test]
async fn a_messenger_that_asks_to_wait_is_left_alone_by_everybody_until_then() {
    on_each(async |db, url| {
        let desk = Desk::with(db, Post::refusing(SendError::Pause(Duration::from_millis(29_500))));
        let other = Desk::at(store::connect(&url).await.unwrap(), Post::that([]), desk.clock.clone());
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        desk.tell(boris).await;
        desk.clock.wait(29);
        assert_eq!((desk.deliver().await, other.deliver().await), (vec![], vec![]));
        assert_eq!(desk.row(2).await.attempts, 0, "it was not even taken up");
        desk.clock.wait(1);
        let mut letters = desk.deliver().await;
        letters.sort();
        assert_eq!(letters, ["anna n1", "boris n2"]);
        assert_eq!((desk.row(1).await.attempts, desk.row(2).await.attempts), (1, 1));
        other.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_chat_that_asks_to_wait_is_left_alone_by_everybody_and_others_are_not() {
    on_each(async |db, url| {
        let desk = Desk::with(db, Post::refusing(SendError::Wait(Duration::from_millis(29_500))));
        let other = Desk::at(store::connect(&url).await.unwrap(), Post::that([]), desk.clock.clone());
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        desk.tell(anna).await;
        desk.tell(boris).await;
        assert_eq!(desk.deliver().await, ["boris n3"]);
        desk.clock.wait(29);
        assert_eq!((desk.deliver().await, other.deliver().await), (vec![], vec![]));
        desk.clock.wait(1);
        assert_eq!(desk.deliver().await, ["anna n1", "anna n2"], "in their order");
        other.db.close().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_pause_of_a_day_is_looked_at_again_after_an_hour() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::refusing(SendError::Pause(Duration::from_secs(86_400))));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        assert_eq!(desk.deliver().await, ["anna n1"]);
        desk.clock.wait(3599);
        assert_eq!(desk.deliver().await, [""; 0]);
        desk.clock.wait(1);
        assert_eq!(desk.deliver().await, ["anna n1"]);
    })
    .await;
}

#[tokio::test]
async fn one_who_can_not_be_written_to_however_often_is_tried_says_nothing_of_the_messenger() {
    on_each(async |db, _| {
        let later = Makes::Answer(Err(SendError::Later(Duration::ZERO)));
        let desk = Desk::with(db, Post::that(vec![later; 3]));
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        desk.tell(anna).await;
        // Between its tries nothing else is sent; one worker goes on all the time, as it does when it runs.
        let stop = CancellationToken::new();
        tokio::join!(desk.outbox.run(stop.clone()), async {
            for tries in 1..=3 {
                desk.post.has(tries).await;
                while desk.row(1).await.lease_until.is_some() {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
                desk.clock.wait(30);
            }
            desk.post.has(4).await;
            stop.cancel();
        });
        assert_eq!(desk.row(1).await.attempts, 4);
        let paused = store::pause::Entity::find().count(&desk.db).await.unwrap();
        assert_eq!(paused, 0, "the messenger was never left alone");
        desk.tell(boris).await;
        assert!(desk.deliver().await.contains(&"boris n2".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_row_that_is_put_off_again_and_again_waits_longer_each_time() {
    on_each(async |db, _| {
        let later = Makes::Answer(Err(SendError::Later(Duration::ZERO)));
        let desk = Desk::with(db, Post::that(vec![later; 4]));
        let anna = desk.member("anna").await;
        desk.tell(anna).await;
        for seconds in [1, 2, 4, 8] {
            assert_eq!(desk.deliver().await.len(), 1);
            let waits = (desk.row(1).await.due_at - desk.clock.now()).num_seconds();
            assert!((seconds..=seconds * 3 / 2).contains(&waits), "{waits} and not {seconds}");
            desk.clock.wait(waits - 1);
            assert_eq!(desk.deliver().await, [""; 0]);
            desk.clock.wait(1);
        }
        assert_eq!(desk.deliver().await, ["anna n1"]);
        assert!(desk.row(1).await.sent_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn one_chat_that_does_not_work_holds_nobody_up_and_a_messenger_that_does_not_is_left_alone() {
    on_each(async |db, _| {
        let later = Makes::Answer(Err(SendError::Later(Duration::ZERO)));
        let desk = Desk::with(db, Post::that([later.clone()]));
        let members = desk.members(40).await;
        for member in &members[..10] {
            desk.tell(*member).await;
        }
        assert_eq!(desk.deliver().await.len(), 10);
        assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 1);

        desk.post.answers.lock().unwrap().extend(vec![later; 100]);
        for member in &members {
            desk.tell(*member).await;
        }
        let tried = desk.deliver().await.len();
        assert!(tried <= 32, "{tried}: those on their way, and no more");
        assert_eq!(desk.deliver().await, [""; 0]);
        desk.post.answers.lock().unwrap().clear();
        desk.clock.wait(2);
        let arrived = desk.deliver().await.len();
        assert!(arrived >= 40 - 32, "{arrived}");
        desk.clock.wait(10);
        desk.deliver().await;
        assert_eq!(store::outbox::waiting(&desk.db).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_messenger_gets_no_more_than_its_pace() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::at(100, Duration::ZERO));
        for member in desk.members(60).await {
            desk.tell(member).await;
        }
        let began = Instant::now();
        assert_eq!(desk.deliver().await.len(), 60);
        // Twenty at once, and twenty after each fifth of a second.
        let took = began.elapsed();
        assert!((400..1500).contains(&took.as_millis()), "{took:?}");
    })
    .await;
}

#[tokio::test]
async fn what_goes_to_all_goes_at_four_fifths_of_the_pace() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::at(100, Duration::ZERO));
        let members = desk.members(80).await;
        desk.tell_all(&members).await;
        let stop = CancellationToken::new();
        let began = Instant::now();
        let sent = async {
            desk.post.has(80).await;
            stop.cancel();
            began.elapsed()
        };
        let (took, ()) = tokio::join!(sent, desk.outbox.run(stop.clone()));
        // Sixteen at once, and sixteen after each fifth of a second.
        assert!((750..3000).contains(&took.as_millis()), "{took:?}");
    })
    .await;
}

#[tokio::test]
async fn a_chat_gets_one_message_at_a_time_while_others_go_on() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::at(1000, Duration::from_millis(150)));
        let (anna, boris) = (desk.member("anna").await, desk.member("boris").await);
        for recipient in [anna, anna, anna, boris] {
            desk.tell(recipient).await;
        }
        let began = Instant::now();
        let letters = desk.deliver().await;
        assert!(began.elapsed() >= Duration::from_millis(300), "{:?}", began.elapsed());
        let mut first = letters[..2].to_vec();
        first.sort();
        assert_eq!((first, &letters[2..]), (vec!["anna n1".into(), "boris n4".into()], &letters[2..]));
        assert_eq!(letters[2..], ["anna n2", "anna n3"]);
    })
    .await;
}

#[tokio::test]
async fn a_message_to_all_does_not_delay_the_notices_of_the_moment() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::at(50, Duration::ZERO));
        let members = desk.members(300).await;
        desk.tell_all(&members).await;
        let stop = CancellationToken::new();
        let meanwhile = async {
            desk.post.has(20).await;
            let began = Instant::now();
            // To somebody whose copy of the message to all still waits, and to somebody who has theirs.
            desk.queue(&[members[299]], NEWS, store::outbox::TELLS, desk.clock.now()).await;
            desk.queue(&[members[0]], NEWS, store::outbox::ASKS, desk.clock.now()).await;
            let is_told = |id: &str| desk.post.letters.lock().unwrap().iter().any(|letter| letter.ends_with(id));
            while !(is_told(" n301") && is_told(" n302")) {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            stop.cancel();
            began.elapsed()
        };
        let (took, ()) = tokio::join!(meanwhile, desk.outbox.run(stop.clone()));
        let before = desk.post.letters().len();
        assert!(took < Duration::from_millis(1500), "{took:?}");
        assert!(before < 120, "{before} of 300 went before");
    })
    .await;
}

#[tokio::test]
async fn a_message_to_all_goes_on_while_more_is_to_be_told_than_can_be() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::at(1000, Duration::from_secs(60)));
        let members = desk.members(103).await;
        desk.tell_all(&members[..3]).await;
        for member in &members[3..] {
            desk.tell(*member).await;
        }
        let stop = CancellationToken::new();
        let told = async {
            desk.post.has(103).await;
            stop.cancel();
        };
        tokio::join!(told, desk.outbox.run(stop.clone()));
        let letters = desk.post.letters();
        let places = ["n1", "n2", "n3"].map(|id| letters.iter().position(|letter| letter.ends_with(&format!(" {id}"))));
        let [first, second, third] = places.map(|place| place.unwrap());
        let apart = [first, second - first, third - second];
        assert!(apart.iter().all(|letters| *letters >= 12), "many of the moment go before each: {letters:?}");
        assert!(third < 100, "but not all of them: {letters:?}");
    })
    .await;
}

#[tokio::test]
async fn a_message_to_all_that_hangs_leaves_room_for_the_notices_of_the_moment() {
    on_each(async |db, _| {
        let desk = Desk::with(db, Post::that(vec![Makes::Nothing; 12]));
        let members = desk.members(30).await;
        desk.tell_all(&members[..20]).await;
        let told = async {
            desk.post.has(12).await;
            desk.tell(members[25]).await;
            desk.post.has(13).await;
        };
        tokio::select! {
            () = told => {}
            () = desk.outbox.run(CancellationToken::new()) => unreachable!("nobody stops it"),
        }
        assert_eq!(desk.post.letters().last().map(String::as_str), Some("m025 n21"));
    })
    .await;
}

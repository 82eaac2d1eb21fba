//! A turn that is cut off, wherever it was: all of it was done or nothing, and the same update, delivered again, is
//! done once.

use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use exodus::domain::State;
use exodus::store;
use exodus_engine::conversation::{Desk, Heard, Inbox};
use exodus_engine::messengers::terminal::Terminal;

use crate::community::{help, member, monthly};
use crate::house::{House, KEYBOARD, deed, dump, update};
use crate::support::database::on_each;

/// Lets a future go on so many times, and drops it then.
async fn cut_off<F: Future>(future: F, mut after: usize) -> Option<F::Output> {
    let mut future = pin!(future);
    std::future::poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
        Poll::Pending if after == 0 => Poll::Ready(None),
        Poll::Pending => {
            after -= 1;
            Poll::Pending
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_is_cut_off_leaves_all_or_nothing() {
    on_each(async |db, url| {
        let house = House::on(db);
        let anna = member(&house.db, "anna").await;
        let asks = monthly(&house.db, anna).await;
        let mut ended = false;
        for after in 0..200 {
            let name = format!("boris-{after}");
            let boris = member(&house.db, &name).await;
            let id = help(&house.db, boris, &asks, 100, State::Intention).await.id;
            let page = house.presses(&name, &format!("/commitment/{id}/promise")).await;
            let promises = update(&name, Heard::Press(deed(&page, "promise")));
            let before = dump(&house.db).await;

            // The process that is cut off loses its connections with everything else.
            let doomed = House::on(store::connect(&url).await.expect("the database opens"));
            ended = cut_off(doomed.turn(KEYBOARD, &promises), after).await.is_some();
            doomed.db.close().await.expect("the database closes");
            let left = dump(&house.db).await;
            house.turn(KEYBOARD, &promises).await.expect("the second delivery");
            let done = dump(&house.db).await;

            assert!(left == before || left == done, "cut off after {after} steps, it left a part");
            let told = store::journal::of_commitment(&house.db, id).await.unwrap();
            assert_eq!(told.len(), 1, "cut off after {after} steps: {told:?}");
            if ended {
                break;
            }
        }
        assert!(ended, "the turn has more steps than were tried");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_nobody_waits_for_any_more_is_played_to_its_end() {
    on_each(async |db, _| {
        let house = House::on(db);
        let anna = member(&house.db, "anna").await;
        let asks = monthly(&house.db, anna).await;
        let boris = member(&house.db, "boris").await;
        let id = help(&house.db, boris, &asks, 10_000, State::Intention).await.id;
        let page = house.presses("boris", &format!("/commitment/{id}/promise")).await;
        let promises = update("boris", Heard::Press(deed(&page, "promise")));

        let House { engine, db, .. } = house;
        let desk = Desk::new(Arc::new(engine), Arc::new(Terminal::new()));
        assert!(cut_off(desk.receive(promises), 0).await.is_none(), "dropped before it can have ended");
        for _ in 0..100 {
            if store::journal::of_commitment(&db, id).await.unwrap().len() == 1 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the turn was dropped with whoever brought it");
    })
    .await;
}

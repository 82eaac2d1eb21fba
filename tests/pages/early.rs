//! What was said before the open page could be read is no answer to that page.

use std::time::Duration;

use exodus::screens::Exodus;
use exodus::store::{commitment, session};
use exodus_engine::conversation::{Desk, Heard, Inbox, Incoming};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter};

use crate::house::update;
use crate::once::{Room, Scene, hears, says, scene};

const TOO_EARLY: &str = "That came before you could read this page, so nothing was done";

/// So long after a page came, a press is meant for it.
const LONG_ENOUGH: Duration = Duration::from_millis(700);

fn presses(data: &str) -> Incoming {
    update("boris", Heard::Press(data.to_owned()))
}

/// The second comes before the page that answers the first: the messenger takes its time.
async fn hears_both((desk, room): (&Desk<Exodus>, &Room), first: Incoming, second: Incoming) {
    *room.busy.lock().unwrap() = usize::MAX;
    desk.receive(first).await.expect("received");
    desk.receive(second).await.expect("received");
    *room.busy.lock().unwrap() = 0;
    // What is put off is not waited for by `all_shown`.
    let before = room.given().len();
    while room.given().len() == before {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    desk.all_shown().await;
}

fn last(room: &Room) -> String {
    room.given().last().expect("a page").1.clone()
}

#[tokio::test]
async fn a_number_chooses_from_the_page_that_was_seen_alone() {
    let Scene { desk, room, .. } = scene().await;
    hears(&desk, says("menu")).await;
    let menu = last(&room);
    hears_both((&desk, &room), says("help"), says("1")).await;
    assert!(last(&room).starts_with(TOO_EARLY), "{}", last(&room));
    // The words of a choice say what is meant, whenever they come.
    hears_both((&desk, &room), says("help"), says("menu")).await;
    assert_eq!(last(&room), menu);
    hears(&desk, says("1")).await;
    assert!(!last(&room).contains(TOO_EARLY) && last(&room) != menu, "{}", last(&room));
}

#[tokio::test]
async fn a_number_answers_the_question_that_was_seen_alone() {
    let Scene { desk, room, .. } = scene().await;
    hears_both((&desk, &room), presses("/ask-monthly"), says("500")).await;
    assert!(last(&room).starts_with(TOO_EARLY), "{}", last(&room));
    assert!(last(&room).contains("How much do you need"), "{}", last(&room));
    // A sum that is named as one can't have been meant for a list.
    hears_both((&desk, &room), presses("/ask-monthly"), says("500 EUR")).await;
    assert!(last(&room).contains("€500"), "{}", last(&room));
}

#[tokio::test]
async fn a_second_tap_does_not_do_what_the_first_one_only_asks_about() {
    let Scene { desk, room, db, .. } = scene().await;
    let promised = async || commitment::Entity::find().one(&db).await.unwrap().unwrap().state == "obligation";
    let id = commitment::Entity::find().one(&db).await.unwrap().unwrap().id;
    hears(&desk, presses(&format!("/commitment/{id}/promise"))).await;

    hears(&desk, presses(&offered(&db, "promise").await)).await;
    assert!(last(&room).starts_with(TOO_EARLY), "{}", last(&room));
    assert!(!promised().await);

    tokio::time::sleep(LONG_ENOUGH).await;
    hears(&desk, presses(&offered(&db, "promise").await)).await;
    assert!(promised().await, "{}", last(&room));
}

/// What the deed of this name sends, on boris' open page.
async fn offered(db: &DatabaseConnection, name: &str) -> String {
    let session = session::Entity::find().filter(session::Column::Address.eq("boris")).one(db).await.unwrap().unwrap();
    let press = session.offered.split(['\t', '\n']).find(|part| part.ends_with(&format!(":{name}")));
    press.unwrap_or_else(|| panic!("no {name} in {:?}", session.offered)).to_owned()
}

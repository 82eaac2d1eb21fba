//! A page whose turn is in the database, and which nobody was shown before the bot died, is shown at its next start, once,
//! though nobody writes.

use std::time::{Duration, Instant};

use exodus::store;
use exodus_engine::conversation::{Desk, Heard, Incoming};
use tokio_util::sync::CancellationToken;

use crate::house::{House, NUMBERED, update};
use crate::once::{Room, Scene, hears, says, scene, scene_in};

/// As at a start; nobody tells it to stop.
async fn starts(scene: &Scene) {
    scene.desk.show_what_was_lost(&CancellationToken::new()).await;
}

/// What boris wrote was heard, and then the bot died. Gives the name and the text of the page.
async fn dies_before_it_answers(scene: &Scene, asks: &Incoming) -> (String, String) {
    let answer = scene.house.turn(NUMBERED, asks).await.expect("a turn").expect("an answer");
    (answer.id, answer.rendered.text.plain())
}

#[tokio::test]
async fn it_is_shown_at_the_next_start_with_the_line_about_what_happened_and_only_once() {
    let scene = scene().await;
    dies_before_it_answers(&scene, &says("menu")).await;
    let page = dies_before_it_answers(&scene, &says("nonsense")).await;
    starts(&scene).await;
    assert_eq!(scene.room.given(), std::slice::from_ref(&page), "the page that is open now, under its own name");
    assert!(page.1.starts_with("That is not one of the choices here."), "{}", page.1);
    starts(&scene).await;
    assert_eq!(scene.room.given().len(), 1, "it is known to have been shown");
}

#[tokio::test]
async fn two_processes_that_start_at_once_show_it_once() {
    let scene = scene().await;
    dies_before_it_answers(&scene, &says("menu")).await;
    let House { engine, .. } = House::on(scene.db.clone());
    let other = Desk::new(std::sync::Arc::new(engine), scene.room.clone());
    let stop = CancellationToken::new();
    tokio::join!(starts(&scene), other.show_what_was_lost(&stop));
    assert_eq!(scene.room.given().len(), 1);
}

#[tokio::test]
async fn it_waits_as_long_and_as_often_as_its_messenger_asks_for() {
    let scene = scene().await;
    let page = dies_before_it_answers(&scene, &says("menu")).await;
    *scene.room.busy.lock().unwrap() = 20;
    starts(&scene).await;
    for _ in 0..500 {
        if !scene.room.given().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(scene.room.given(), [page]);
}

#[tokio::test]
async fn who_has_written_meanwhile_gets_the_page_that_is_open_now_and_no_other() {
    let scene = scene().await;
    dies_before_it_answers(&scene, &says("menu")).await;
    let asks = says("help");
    tokio::join!(starts(&scene), async { hears(&scene.desk, asks).await });
    let given = scene.room.given();
    let open = store::session::load(&scene.db, "terminal", "boris").await.unwrap().expect("a session").word;
    assert_eq!(given.last().map(|(id, _)| id.as_str()), Some(format!("boris-{open}").as_str()), "{given:?}");
    starts(&scene).await;
    assert_eq!(scene.room.given(), given);
}

#[tokio::test]
async fn what_was_edited_in_place_is_noted_a_little_later_and_not_shown_again() {
    let scene = scene_in(Room::that_edits()).await;
    hears(&scene.desk, says("menu")).await;
    hears(&scene.desk, update("boris", Heard::Press("/organizer".into()))).await;
    let given = scene.room.given();
    assert_eq!(given.len(), 2);
    for _ in 0..200 {
        let session = store::session::load(&scene.db, "terminal", "boris").await.unwrap().expect("a session");
        if session.shown == session.rev {
            starts(&scene).await;
            assert_eq!(scene.room.given(), given);
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it was never noted");
}

#[tokio::test]
#[allow(clippy::disallowed_methods, reason = "what is measured here is real time")]
async fn many_are_shown_one_after_another_and_a_stop_need_not_wait_for_them() {
    let scene = scene().await;
    for person in 0..12 {
        let asks = update(&format!("person-{person}"), Heard::Text("start".into()));
        dies_before_it_answers(&scene, &asks).await;
    }
    let (began, stop) = (Instant::now(), CancellationToken::new());
    tokio::join!(scene.desk.show_what_was_lost(&stop), async {
        tokio::time::sleep(Duration::from_millis(1100)).await;
        stop.cancel();
    });
    let first = scene.room.given().len();
    assert!((1..=6).contains(&first), "{first} in {:?}", began.elapsed());
    starts(&scene).await;
    let mut names: Vec<String> = scene.room.given().into_iter().map(|(id, _)| id).collect();
    names.sort();
    names.dedup();
    assert_eq!((names.len(), scene.room.given().len()), (12, 12), "each once");
}

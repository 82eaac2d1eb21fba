//! The real program, killed without warning (`kill -9`) at every moment between the homeserver and the database: each
//! event is handled once.

use std::fs;
use std::time::{Duration, SystemTime};

use sea_orm::ConnectionTrait;

use crate::bot::{Home, Program, nobody_is_untold, noted};
use crate::chat::Chat;
use crate::cycle::arrives;
use crate::line::Line;
use crate::person::Person;
use crate::server::shared;
use crate::waiting::until_true;

/// When the program dies.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// The store of the device has noted the answer of the homeserver; the database could not be written to yet.
    AfterTheSyncBeforeTheTurn,
    /// So long after the homeserver has brought the message.
    Brought(Duration),
}

/// Moments of a turn, from before it until after its answer.
const MOMENTS: [Moment; 7] = [
    Moment::AfterTheSyncBeforeTheTurn,
    Moment::Brought(Duration::ZERO),
    Moment::Brought(Duration::from_millis(5)),
    Moment::AfterTheSyncBeforeTheTurn,
    Moment::Brought(Duration::from_millis(15)),
    Moment::Brought(Duration::from_millis(40)),
    Moment::Brought(Duration::from_millis(120)),
];

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_sync_and_turn_each_event_is_handled_once() {
    let server = shared().await;
    let line = Line::to(server).await;
    let mut program = Program::at(Home::on(server).await.reached_at(&line.url()));
    program.home.can_be_written_to(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &program.home.id, "English", "Welcome").await;
    for (said, answer) in [
        ("profile", "My profile"),
        ("status", "Green"),
        ("I need help every month", "How much"),
        ("500", "Is that right?"),
        ("yes", "Your invite"),
    ] {
        chat.asks(said, answer).await;
    }
    let db = program.home.database().await;
    for (round, moment) in MOMENTS.into_iter().enumerate() {
        chat.asks("menu", "Your status: Orange").await;
        chat.asks("profile", "My profile").await;
        chat.asks("status", "You ask for help every month").await;
        chat.asks("change", "How much do you need").await;
        let sum = format!("{}", 600 + round);
        chat.asks(&sum, &format!("€{sum}")).await;
        nobody_is_untold(&db).await;

        dies_while_hearing_yes(&mut program, &line, &chat, moment).await;
        program.starts();
        until_true("the deed is noted", async || noted(&db, "target_changed").await > round).await;
        chat.sees(&format!("You ask for €{sum} every month")).await;
        assert_eq!(noted(&db, "target_changed").await, round + 1, "{moment:?}: once");
    }
    nobody_is_untold(&db).await;
    assert_eq!(noted(&db, "target_changed").await, MOMENTS.len());
}

async fn dies_while_hearing_yes(program: &mut Program, line: &Line, chat: &Chat, moment: Moment) {
    match moment {
        Moment::Brought(after) => {
            let event = chat.says("yes").await;
            line.has_brought(event.as_str()).await;
            tokio::time::sleep(after).await;
            program.is_killed();
        }
        Moment::AfterTheSyncBeforeTheTurn => {
            let db = program.home.database().await;
            db.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
            let before = store_written(&program.home);
            let event = chat.says("yes").await;
            line.has_brought(event.as_str()).await;
            until_true("the device's store notes it", async || store_written(&program.home) > before).await;
            program.is_killed();
            db.execute_unprepared("ROLLBACK").await.unwrap();
            db.close().await.unwrap();
        }
    }
}

/// When the store that holds the sync token was last written to.
fn store_written(home: &Home) -> Option<SystemTime> {
    let files = fs::read_dir(home.store_dir()).unwrap().map(Result::unwrap);
    let state = files.filter(|file| file.file_name().to_string_lossy().contains("state.sqlite3"));
    state.map(|file| file.metadata().unwrap().modified().unwrap()).max()
}

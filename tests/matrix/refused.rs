//! The homeserver refuses the bot, or is not there: an operator is told once what to do, and nothing that was said is lost.

use sea_orm::{ConnectionTrait, Database, Statement};
use serde_json::json;

use crate::bot::{Home, PASSWORD, Program, nobody_is_untold};
use crate::cycle::arrives;
use crate::line::Line;
use crate::person::Person;
use crate::server::{Limits, Server, shared};
use crate::waiting::until_true;

fn times(program: &Program, words: &str) -> usize {
    program.output().matches(words).count()
}

/// Waits until the operator has been told this so many times.
async fn told_times(program: &Program, words: &str, wanted: usize) {
    until_true(words, async || times(program, words) >= wanted).await;
}

const LOST: &str = "a messenger is lost";
const SIGNED_OUT: &str = "the homeserver has signed the bot out (its token was revoked, or its device deleted)";
const REGAINED: &str = "a messenger that was lost is heard again";

#[tokio::test(flavor = "multi_thread")]
async fn what_the_homeserver_does_not_take_is_told_with_what_to_mend_and_ends_nothing() {
    let server = shared().await;
    for (credentials, reason) in [
        (
            "password = \"hush, not this one\"",
            "the homeserver does not take the password of {user}; look at matrix.user and matrix.password",
        ),
        (
            "access_token = \"hush, not this one\"\ndevice_id = \"EXODUS\"",
            "the homeserver does not know matrix.access_token; make a new session, and write its access_token and \
             device_id",
        ),
    ] {
        let mut home = Home::on(server).await;
        credentials.clone_into(&mut home.credentials);
        let mut program = Program::at(home);
        let reason = reason.replace("{user}", program.home.id.as_str());
        program.tells(&reason).await;
        assert_eq!((times(&program, &reason), times(&program, LOST)), (1, 1), "{}", program.output());
        assert!(program.runs());
        assert!(!program.output().contains("hush"), "{}", program.output());
        let devices = server.devices_of(program.home.id.as_str()).await;
        assert!(devices.is_empty(), "{devices:?}");
    }
}

/// As when an operator of the homeserver ends all sessions of an account: the devices and their keys stay.
async fn forgets_the_sessions_of(server: &mut Server, user: &str) {
    server.kill();
    let db = Database::connect(server.database_url()).await.unwrap();
    let forgets = "DELETE FROM access_tokens WHERE user_id = $1";
    let forgotten = db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), forgets, [user.into()]));
    assert_eq!(forgotten.await.unwrap().rows_affected(), 1);
    db.close().await.unwrap();
    server.start_again().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_out_the_bot_signs_in_again_and_answers_what_was_said_meanwhile() {
    let mut server = Server::start(Limits::Off).await;
    let mut program = Program::at(Home::on(&server).await);
    program.home.can_be_written_to(&server).await;
    let id = program.home.id.clone();
    let devices = server.devices_of(id.as_str()).await;
    let anna = Person::on(&server, "Anna").await;
    let chat = arrives(&anna, &id, "English", "Welcome").await;

    forgets_the_sessions_of(&mut server, id.as_str()).await;
    program.tells(SIGNED_OUT).await;
    chat.says("profile").await;

    program.tells("the homeserver has forgotten the session; signing in again").await;
    chat.sees("My profile").await;
    program.tells(REGAINED).await;
    chat.asks("status", "Green").await;
    nobody_is_untold(&program.home.database().await).await;
    assert_eq!(chat.count("My profile"), 1, "{}", chat.transcript());
    assert!(program.runs() && times(&program, LOST) == 1, "{}", program.output());
    assert_eq!(server.devices_of(id.as_str()).await, devices, "it is the same device, with the same keys");
    assert!(!program.output().contains(PASSWORD));
}

/// Signs these devices out, as people do in the settings of their clients.
async fn deletes(server: &Server, user: &str, devices: &[String]) {
    let token = server.token(user, PASSWORD).await;
    let who = json!({
        "type": "m.login.password", "password": PASSWORD,
        "identifier": { "type": "m.id.user", "user": user },
    });
    let deleted = json!({ "devices": devices, "auth": who });
    server.post("/_matrix/client/v3/delete_devices", Some(&token), &deleted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_device_was_deleted_does_as_told_and_goes_on_with_a_new_one() {
    let server = shared().await;
    let mut program = Program::at(Home::on(server).await.with_passphrases());
    program.home.can_be_written_to(server).await;
    let id = program.home.id.clone();
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &id, "English", "Welcome").await;
    chat.asks("profile", "My profile").await;

    let old = server.devices_of(id.as_str()).await;
    deletes(server, id.as_str(), &old).await;
    program.tells(SIGNED_OUT).await;
    let store = program.home.store_dir();
    program.tells(&format!("the bot's device {} was signed out at the homeserver", old[0])).await;
    program.tells(&format!("move {} away", store.display())).await;
    assert!(program.runs());

    std::fs::rename(&store, store.with_extension("away")).unwrap();
    let new = async || server.devices_of(id.as_str()).await.into_iter().find(|device| !old.contains(device));
    let new = crate::waiting::until("a new device", new).await;
    until_true("Anna's client trusts the new device", async || {
        let device = anna.client.encryption().get_device(&id, new.as_str().into()).await.unwrap();
        device.is_some_and(|device| device.is_cross_signed_by_owner())
    })
    .await;
    // The conversation is where it was.
    chat.asks("status", "Green").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_homeserver_that_is_down_is_waited_for_and_what_was_said_meanwhile_is_answered() {
    let mut server = Server::start(Limits::Off).await;
    let line = Line::to(&server).await;
    let mut program = Program::at(Home::on(&server).await.reached_at(&line.url()));
    program.home.can_be_written_to(&server).await;
    let anna = Person::on(&server, "Anna").await;
    let chat = arrives(&anna, &program.home.id, "English", "Welcome").await;

    // People still reach it, and the bot does not.
    line.cut();
    told_times(&program, "waiting for the homeserver", 1).await;
    chat.says("profile").await;
    line.mend();
    chat.sees("My profile").await;

    // Nobody reaches it.
    server.kill();
    told_times(&program, "waiting for the homeserver", 2).await;
    server.start_again().await;
    chat.asks("status", "Green").await;

    // It does not answer when the bot starts.
    program.is_killed();
    line.cut();
    program.starts();
    program.tells("signing in to Matrix is tried again until it works").await;
    chat.says("I need help every month").await;
    line.mend();
    chat.sees("How much do you need").await;
    chat.asks("500", "Is that right?").await;

    nobody_is_untold(&program.home.database().await).await;
    for (words, answers) in [("My profile", 1), ("How much do you need", 1), ("Is that right?", 1)] {
        assert_eq!(chat.count(words), answers, "{words}:\n{}", chat.transcript());
    }
    assert_eq!(times(&program, "waiting for the homeserver"), 2, "once an outage:\n{}", program.output());
    assert_eq!(times(&program, "signing in to Matrix is tried again"), 1, "{}", program.output());
}

//! What happens to the bot's own account while it runs, and what the operator is told of it: once, and what to do.

use std::fs;
use std::path::Path;

use matrix_sdk::Client;
use matrix_sdk::config::SyncSettings;
use matrix_sdk::encryption::CrossSigningResetAuthType;
use matrix_sdk::ruma::UserId;
use matrix_sdk::ruma::api::client::uiaa::{AuthData, MatrixUserIdentifier, Password, UserIdentifier};
use serde_json::json;

use crate::bot::{Home, PASSWORD, Program};
use crate::cycle::arrives;
use crate::person::Person;
use crate::server::{Server, shared};
use crate::waiting::until_true;

#[tokio::test(flavor = "multi_thread")]
async fn the_host_is_told_once_that_the_identity_of_the_account_was_reset() {
    const WARNING: &str = "the identity of the bot's account was reset elsewhere";
    let server = shared().await;
    let program = Program::at(Home::on(server).await);
    program.home.can_be_written_to(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &program.home.id, "English", "Welcome").await;
    let other = Client::builder().homeserver_url(server.url()).build().await.unwrap();
    other.matrix_auth().login_username(program.home.id.localpart(), PASSWORD).send().await.unwrap();
    other.sync_once(SyncSettings::default()).await.unwrap();
    // Twice: whoever is told already is told no more.
    for _ in 0..2 {
        if let Some(reset) = other.encryption().reset_cross_signing().await.unwrap() {
            let user = UserIdentifier::Matrix(MatrixUserIdentifier::new(program.home.id.to_string()));
            let mut password = Password::new(user, PASSWORD.to_owned());
            if let CrossSigningResetAuthType::Uiaa(asked) = reset.auth_type() {
                password.session = asked.session.clone();
            }
            reset.auth(Some(AuthData::Password(password))).await.unwrap();
        }
        program.tells(WARNING).await;
        chat.asks("menu", "Your status: Green").await;
    }
    assert_eq!(program.output().matches(WARNING).count(), 1, "{}", program.output());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        match from.is_dir() {
            true => copy(&from, &to),
            false => assert!(fs::copy(&from, &to).is_ok()),
        }
    }
}

/// Somebody takes three of the bot's one-time keys, as clients do that begin to encrypt for it.
async fn are_taken(server: &Server, by: &Person, bot: &UserId) {
    let device = server.devices_of(bot.as_str()).await.remove(0);
    for _ in 0..3 {
        let asked = json!({ "one_time_keys": { bot.as_str(): { &device: "signed_curve25519" } } });
        let taken = server.post("/_matrix/client/v3/keys/claim", Some(&by.token()), &asked).await;
        assert!(taken["one_time_keys"][bot.as_str()][&device].is_object(), "{taken}");
    }
}

/// Its folder is put back from an old copy, as a backup would do it: the homeserver has keys of the device that are newer, by
/// names that it gives anew.
#[tokio::test(flavor = "multi_thread")]
async fn the_host_is_told_once_what_to_do_about_an_old_copy_of_the_devices_folder() {
    const ERROR: &str = "the homeserver refuses the device's new keys";
    let server = shared().await;
    let mut program = Program::at(Home::on(server).await);
    program.home.can_be_written_to(server).await;
    let id = program.home.id.clone();
    let anna = Person::on(server, "Anna").await;
    arrives(&anna, &id, "English", "Welcome").await;
    program.is_killed();
    let (folder, backup) = (program.home.store_dir(), tempfile::tempdir().unwrap());
    copy(&folder, backup.path());
    program.starts();
    are_taken(server, &anna, &id).await;
    // Until he is answered, others were brought in their place.
    let boris = Person::on(server, "Boris").await;
    arrives(&boris, &id, "English", "Welcome").await;
    program.is_killed();
    fs::remove_dir_all(&folder).unwrap();
    copy(backup.path(), &folder);
    program.starts();
    are_taken(server, &anna, &id).await;
    program.tells(ERROR).await;
    let clara = Person::on(server, "Clara").await;
    clara.opens_a_chat(&id).await.sees("Please choose your language").await;
    assert_eq!(program.output().matches(ERROR).count(), 1, "{}", program.output());
    assert!(program.output().contains("move matrix.store_dir away"), "{}", program.output());
    // It is so until the host does something, so each start says it.
    program.is_killed();
    program.starts();
    until_true("it is told again", async || program.output().matches(ERROR).count() == 2).await;
}

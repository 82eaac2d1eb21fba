//! After a restore: an older copy of the account folder, or of the database.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::bot::{Bot, Home};
use crate::cycle::arrives;
use crate::person::Person;
use crate::server::shared;

fn copy(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    assert!(Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn with_an_older_copy_of_the_folder_everybody_is_answered_and_nobody_is_taken_for_another() {
    let server = shared();
    let mut bot = Bot::at(Home::on(server));
    let link = bot.home.link().await;
    let anna = Person::on(server, "Anna").await;
    let hers = arrives(&anna, &link, "English", "Welcome").await;
    bot.stops().await;
    let (folder, kept) = (bot.home.accounts_dir(), bot.home.beside("kept"));
    copy(&folder, &kept);
    bot.starts();
    // Whoever came since has a chat of a number that the copy will give to somebody else.
    let boris = Person::on(server, "Boris").await;
    let his = arrives(&boris, &link, "English", "Welcome").await;
    for _ in 0..3 {
        hers.asks("profile", "My profile").await;
        his.asks("menu", "Your status").await;
    }
    bot.stops().await;
    copy(&kept, &folder);
    bot.starts();
    // Her messages are numbered lower than those that were answered already.
    hers.asks("menu", "Your status").await;
    let clara = Person::on(server, "Clara").await;
    let theirs = arrives(&clara, &link, "English", "Welcome").await;
    theirs.asks("profile", "Clara").await;
    // Boris's key is not in the copy: he has to come again, and is known.
    let again = boris.joins(&link).await;
    again.asks("profile", "Boris").await;
    assert_eq!(his.count("Clara").await, 0);
}

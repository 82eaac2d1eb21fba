//! A busy community, and a bot that is killed (`kill -9`) at random moments, again and again, and started again at once; a
//! month ends meanwhile. `scripts/storm` is the great one, of more than a hundred kills on SQLite alone, which takes ten minutes. What people did is what the records say, each deed was done once, and everybody was
//! told everything. What nobody foresaw is mixed in: Telegram refuses with unknown words, or hangs, and the database
//! refuses rows that the rules allow.
//!
//! The members press what they see, as people do, in Telegram (over HTTP, against a Bot API server); some of them are in
//! Matrix (encrypted, against a real homeserver; `STORM_MATRIX` is how many). Who gets no answer asks again; who is asked
//! by the bot to come to another room goes on there. The bot is the real one, from `app::run` down, in a process of its
//! own: this same program, started with another word ([`bot`]), so that its clock can be moved. It is moved only between
//! two lives of it.
//!
//! The moments are drawn from a seed, which is printed; `STORM_SEED` plays the same storm again, as far as two processes
//! and a network can be made to do the same.
#![recursion_limit = "256"]
#![allow(clippy::disallowed_methods, reason = "what is measured here is real time")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "storm/arrived.rs"]
mod arrived;
#[path = "storm/bot.rs"]
mod bot;
#[path = "storm/chance.rs"]
mod chance;
#[path = "matrix/chat.rs"]
#[allow(dead_code, reason = "the tests of Matrix use the rest")]
mod chat;
#[path = "storm/community.rs"]
mod community;
#[path = "support/database.rs"]
mod database;
#[path = "storm/done.rs"]
mod done;
#[path = "storm/explained.rs"]
mod explained;
#[path = "storm/eyes.rs"]
mod eyes;
#[path = "storm/gathered.rs"]
mod gathered;
#[path = "matrix/heard.rs"]
#[allow(dead_code, reason = "the tests of Matrix use the rest")]
mod heard;
#[path = "storm/in_matrix.rs"]
mod in_matrix;
#[path = "storm/in_telegram.rs"]
mod in_telegram;
#[path = "storm/journal.rs"]
mod journal;
#[path = "storm/life.rs"]
mod life;
#[path = "storm/misfortune.rs"]
mod misfortune;
#[path = "storm/month_end.rs"]
mod month_end;
#[path = "matrix/person.rs"]
#[allow(dead_code, reason = "the tests of Matrix use the rest")]
mod person;
#[path = "matrix/plain.rs"]
mod plain;
#[path = "storm/program.rs"]
mod program;
#[path = "storm/records.rs"]
mod records;
#[path = "matrix/server.rs"]
#[allow(dead_code, reason = "the tests of Matrix use the rest")]
mod server;
#[path = "support/waiting.rs"]
#[allow(dead_code, reason = "the tests of Matrix use the rest")]
mod waiting;
#[path = "storm/weather.rs"]
mod weather;
#[path = "storm/wishes.rs"]
mod wishes;

use community::{Community, Size};
use database::disk;
use exodus::store;
use sea_orm::DatabaseConnection;

/// Two tests, each a sentence. They are no `#[test]`s, because this program has to be the bot as well.
const ON_SQLITE: &str = "killed_again_and_again_while_all_are_at_it_nothing_is_lost_and_nothing_done_twice";
const ON_POSTGRES: &str = "killed_on_postgresql_nothing_is_lost_and_nothing_done_twice";

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some(moved_by) = bot::is_meant(&words) {
        return runtime.block_on(bot::runs(moved_by));
    }
    if words.iter().any(|word| word == "--list") {
        return [ON_SQLITE, ON_POSTGRES].iter().for_each(|name| println!("{name}: test"));
    }
    let named: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    let is_wanted = |name: &str| named.is_empty() || named.iter().any(|part| name.contains(part.as_str()));
    runtime.block_on(async {
        let is_great = std::env::var("STORM").is_ok_and(|storm| storm == "great");
        if is_wanted(ON_SQLITE) {
            let size = match is_great {
                true => Size { circles: 20, kills: 105, matrix: in_matrix(10), haste: 1, least: done::OF_MANY },
                false => Size { circles: 6, kills: 24, matrix: in_matrix(3), haste: 2, least: done::OF_FEW },
            };
            // A process that is killed loses nothing that the system has taken; that a disk keeps it is not at issue.
            database::on_sqlite(&disk::fast_disk(), &async |db, url: String| storm(size, db, &url).await).await;
        }
        if is_wanted(ON_POSTGRES) {
            let kills = if is_great { 36 } else { 18 };
            let size = Size { circles: 6, kills, matrix: 0, haste: 2, least: done::OF_FEW };
            database::on_postgres(&async |db, url: String| storm(size, db, &url).await).await;
        }
    });
}

/// How many of the members are in Matrix.
fn in_matrix(else_so_many: usize) -> usize {
    std::env::var("STORM_MATRIX").map_or(else_so_many, |count| count.parse().unwrap())
}

async fn storm(size: Size, db: DatabaseConnection, url: &str) {
    store::migrate(&db).await.unwrap();
    Community::begins(size, db, url).await.lives_through_a_storm().await;
}

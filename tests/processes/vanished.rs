//! A database server that vanishes without a word: nothing is refused, no connection is closed, no answer comes.

use std::time::Duration;

use bot_api::{BotApi, User};

use crate::database::on_postgres;
use crate::faults::member;
use crate::front::Front;
use crate::program::{Program, TOKEN};

/// More people than there are connections.
const PEOPLE: i64 = 14;

/// Somebody who has chosen their language.
async fn another(api: &BotApi, id: i64) -> User {
    let user = api.user(id).named("Somebody").lang("en");
    user.start(None);
    user.sees("choose your language").await;
    user.presses("English");
    user.sees("Your status").await;
    user
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_vanishes_without_a_word_is_given_up_and_another_in_its_place_is_taken() {
    on_postgres(&async |_, url| {
        let mut address = url::Url::parse(&url).unwrap();
        let server = address.socket_addrs(|| Some(5432)).unwrap();
        let mut front = Front::before(server).await;
        let before: url::Url = front.url().parse().unwrap();
        address.set_host(before.host_str()).unwrap();
        address.set_port(before.port()).unwrap();
        let api = BotApi::start(TOKEN).await;
        exodus::store::migrate(&exodus::store::connect(&url).await.unwrap()).await.unwrap();
        let mut program = Program::start(address.as_str(), api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        let mut others = Vec::new();
        for id in 0..PEOPLE {
            others.push(another(&api, 500 + id).await);
        }

        // They press while every connection is in use, and while none is.
        for other in &others {
            other.presses("Profile");
        }
        front.falls_silent();
        anna.presses("Профиль");
        program.says("database: does not answer").await;
        // Another server has taken its address; it knows nothing of the connections that there were.
        front.is_another().await;
        let within = Duration::from_secs(60);
        let all = async {
            for (somebody, words) in
                std::iter::once((&anna, "Мой профиль")).chain(others.iter().map(|other| (other, "My profile")))
            {
                let seen = somebody.wait_for(within, |messages| {
                    messages.iter().any(|message| message.text.contains(words)).then_some(())
                });
                seen.await.unwrap();
            }
        };
        tokio::time::timeout(within, all).await.unwrap_or_else(|_| panic!("not all are answered:\n{}", program.log()));
        assert!(program.is_ready().await.contains("database: answers\n"));
        program.stop().await;
        let log = program.log();
        let told = |words: &str| log.lines().filter(|line| line.contains(words)).count();
        assert!(told("\"waiting for the database\"") <= 1 && told("panicked") == 0, "{log}");
        assert_eq!(told("\"waiting for the database\""), told("nothing waits for the database any more"), "{log}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_does_not_wait_for_a_server_that_has_vanished() {
    on_postgres(&async |_, url| {
        let mut address = url::Url::parse(&url).unwrap();
        let front = Front::before(address.socket_addrs(|| Some(5432)).unwrap()).await;
        let before: url::Url = front.url().parse().unwrap();
        address.set_host(before.host_str()).unwrap();
        address.set_port(before.port()).unwrap();
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(address.as_str(), api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        front.falls_silent();
        anna.presses("Профиль");
        program.says("database: does not answer").await;
        // It fails when that takes longer than an operator's patience.
        program.stop().await;
    })
    .await;
}

//! What must not get lost on the way, nor come twice, nor in another order.

use exodus::store;
use matrix_sdk::ruma::UserId;
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, PaginatorTrait};

use crate::bot::{Bot, Home, Program, nobody_is_untold};
use crate::chat::Chat;
use crate::cycle::arrives;
use crate::line::Line;
use crate::person::Person;
use crate::server::{Limits, Server, shared};
use crate::waiting::until_true;

/// More than the bot asks the homeserver for at once is also lost on nobody.
const MANY: usize = 20;

/// What the bot says to a sum that is no sum repeats it, so answers can be told apart.
async fn is_asked_for_a_sum(person: &Person, bot: &UserId) -> Chat {
    let chat = arrives(person, bot, "English", "Welcome").await;
    chat.asks("profile", "My profile").await;
    chat.asks("status", "You can help others").await;
    chat.asks("I need help every month", "How much do you need").await;
    chat
}

/// A sum, and then another sum, so many times: each of them a turn of its own.
async fn types_sums(chat: &Chat, count: usize) {
    for sum in 0..count {
        chat.says("another sum").await;
        // A bare number would have to wait for the question to be shown.
        chat.says(&format!("{} EUR", 500 + sum)).await;
    }
}

/// The sums that the bot has read back, in the order of its pages.
fn read_back(chat: &Chat, count: usize) -> Vec<usize> {
    let sums = |body: &str| (0..count).find(|sum| body.contains(&format!("You ask for €{} every month", 500 + sum)));
    chat.of_the_bot().iter().filter_map(|message| sums(message.body())).collect()
}

/// How many messages were heard: each is a turn of its own, also where several get one page.
async fn heard(db: &DatabaseConnection) -> u64 {
    store::seen_update::Entity::find().count(db).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_messages_in_a_row_are_heard_in_their_order_and_the_last_is_answered() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = is_asked_for_a_sum(&anna, &bot.home.id).await;
    let db = bot.home.database().await;
    let before = heard(&db).await;
    types_sums(&chat, MANY / 2).await;
    chat.sees(&format!("You ask for €{} every month", 500 + MANY / 2 - 1)).await;
    // What waited together got one page, so some may be missing.
    let sums = read_back(&chat, MANY / 2);
    assert!(sums.is_sorted(), "{}", chat.transcript());
    assert_eq!(heard(&db).await, before + MANY as u64, "{}", chat.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_while_the_bot_was_off_is_heard_however_much_it_is() {
    let server = shared().await;
    let mut bot = Bot::on(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = is_asked_for_a_sum(&anna, &bot.home.id).await;
    bot.stops().await.unwrap();
    let db = bot.home.database().await;
    let before = heard(&db).await;
    // More than the last messages of a room, which are all that a sync brings.
    types_sums(&chat, 30).await;
    bot.starts();
    chat.sees("You ask for €529 every month").await;
    assert!(read_back(&chat, 30).is_sorted(), "{}", chat.transcript());
    assert_eq!(heard(&db).await, before + 60, "{}", chat.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_message_before_the_bot_comes_counts() {
    let server = shared().await;
    let mut bot = Bot::on(server).await;
    bot.stops().await.unwrap();
    let anna = Person::on(server, "Anna").await;
    let chat = anna.opens_a_chat(&bot.home.id).await;
    chat.says("start").await;
    assert_eq!(chat.membership_of_the_bot().await, "invite");
    bot.starts();
    chat.sees("Please choose your language").await;
    chat.asks("English", "Welcome").await;
    assert_eq!(chat.of_the_bot().len(), 2, "{}", chat.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_whose_answer_was_lost_is_sent_again_after_a_kill_and_shown_once() {
    let server = shared().await;
    let line = Line::to(server).await;
    let mut program = Program::at(Home::on(server).await.reached_at(&line.url()));
    program.home.can_be_written_to(server).await;
    let (anna, boris) = tokio::join!(Person::on(server, "Анна"), Person::on(server, "Boris"));
    let anna_chat = arrives(&anna, &program.home.id, "2", "Добро пожаловать").await;
    let token = crate::cycle::asks_for_help(&anna_chat).await;
    let boris_chat = boris.opens_a_chat(&program.home.id).await;
    boris_chat.asks(&format!("start {token}"), "Please choose your language").await;
    boris_chat.asks("English", "Would you like to help").await;
    boris_chat.asks("yes", "How much are you willing").await;
    boris_chat.asks("50", "Your intention: help").await;
    let db = program.home.database().await;
    nobody_is_untold(&db).await;

    // The homeserver takes what is sent now, and the bot never hears of it.
    line.loses_answers_to("/send/m.room.encrypted");
    boris_chat.says("1").await;
    anna_chat.sees("Boris хочет помочь вам: 50").await;
    program.is_killed();
    line.passes_all();
    let before = line.requests("/send/m.room.encrypted");
    program.starts();
    nobody_is_untold(&db).await;
    assert!(line.requests("/send/m.room.encrypted") > before, "it was sent again");
    anna_chat.asks("меню", "Ваш статус").await;
    assert_eq!(anna_chat.count("Boris хочет помочь вам: 50"), 1, "{}", anna_chat.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_homeserver_refuses_for_reasons_that_nobody_foresaw_arrives_when_it_takes_it() {
    let server = shared().await;
    let line = Line::to(server).await;
    let bot = Bot::at(Home::on(server).await.reached_at(&line.url()));
    bot.home.can_be_written_to(server).await;
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.id, "English", "Welcome").await;
    for (status, code, page) in [
        (403, "M_CONSENT_NOT_GIVEN", "My profile"),
        (405, "M_UNRECOGNIZED", "Green"),
        (400, "M_SOMETHING_NEW", "How much do you need"),
    ] {
        line.refuses("/send/m.room.encrypted", status, code);
        let before = line.requests("/send/m.room.encrypted");
        chat.says(match page {
            "My profile" => "profile",
            "Green" => "status",
            _ => "I need help every month",
        })
        .await;
        until_true("it is tried", async || line.requests("/send/m.room.encrypted") > before).await;
        line.passes_all();
        chat.sees(page).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_database_refuses_is_apologised_for_and_holds_nobody_up() {
    let server = shared().await;
    let mut bot = Bot::on(server).await;
    let (anna, boris) = tokio::join!(Person::on(server, "Anna"), Person::on(server, "Boris"));
    let chat = is_asked_for_a_sum(&anna, &bot.home.id).await;
    chat.asks("500", "You ask for €500 every month").await;
    let db = bot.home.database().await;
    let refused = "ALTER TABLE collection ADD COLUMN may TEXT CHECK (kind <> 'monthly')";
    db.execute_unprepared(refused).await.unwrap();
    let before = heard(&db).await;
    chat.asks("yes", "Something went wrong on our side").await;
    arrives(&boris, &bot.home.id, "English", "Welcome").await;
    // It does not come again, not even at the next start.
    bot.stops().await.unwrap();
    bot.starts();
    chat.asks("menu", "Your status: Green").await;
    assert_eq!(chat.count("Something went wrong"), 1, "{}", chat.transcript());
    assert_eq!(heard(&db).await, before + 4, "hers and his two, and the menu:\n{}", chat.transcript());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_homeservers_clock_that_was_a_year_ahead_makes_nobody_late() {
    let mut server = Server::start_ahead(366 * 86_400).await;
    let bot = Bot::on(&server).await;
    let anna = Person::on(&server, "Anna").await;
    let chat = is_asked_for_a_sum(&anna, &bot.home.id).await;
    server.puts_its_clock_right().await;
    chat.asks("500", "You ask for €500 every month").await;

    // And another room takes the place of the first, though that one is from the future.
    let second = anna.opens_a_chat(&bot.home.id).await;
    second.asks("menu", "Your status").await;
    assert_eq!(second.membership_of_the_bot().await, "join");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: scripts/test long"]
async fn with_the_usual_limits_of_a_homeserver_answers_come_late_but_all_and_in_order() {
    let server = Server::start(Limits::Usual).await;
    let line = Line::to(&server).await;
    let bot = Bot::at(Home::on(&server).await.reached_at(&line.url()));
    bot.home.can_be_written_to(&server).await;
    let (anna, boris) = tokio::join!(Person::on(&server, "Anna"), Person::on(&server, "Boris"));
    // Each may write ten messages at once, and so may the bot: it is slowed down with the eleventh.
    let talks = async |person: &Person| {
        let chat = person.opens_a_chat(&bot.home.id).await;
        for (words, answer) in [
            ("start", "Please choose your language"),
            ("English", "Welcome"),
            ("profile", "My profile"),
            ("status", "You can help others"),
            ("I need help every month", "How much do you need"),
            ("500", "Is that right"),
            ("yes", "This is your invite"),
        ] {
            chat.says(words).await;
            let next = chat.sees_next().await;
            assert!(next.body().contains(answer), "{answer}: {}", chat.transcript());
        }
        assert_eq!(chat.of_the_bot().len(), 7, "{}", chat.transcript());
    };
    tokio::join!(talks(&anna), talks(&boris));
    assert!(line.answers("M_LIMIT_EXCEEDED") > 0, "the homeserver has slowed the bot down");
}

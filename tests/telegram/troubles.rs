//! What Telegram refuses, forgets or does not answer.

use std::time::Duration;

use bot_api::{BotApi, Fault, FaultRule, RefusalKind, User};
use exodus::store;
use sea_orm::DatabaseConnection;

use crate::bot::{Bot, TOKEN, Updates, invite_of, is_told, written_to};

fn refused(code: u16, words: &str) -> Fault {
    Fault::Refuse(code, words.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_telegram_puts_off_arrives_when_the_time_has_come_and_others_do_not_wait_for_it() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let boris = bot.member(2, "Boris").await;
    let before = bot.api.requests("editMessageText");
    bot.api.fault(FaultRule::new(Fault::RetryAfter(30)).method("editMessageText"));
    anna.presses("Profile");
    while bot.api.requests("editMessageText") == before {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    boris.presses("Profile");
    is_told(&boris, "My profile").await;
    assert!(!anna.transcript().contains("My profile"), "{}", anna.transcript());

    let boris_was_asked = bot.api.requests("editMessageText");
    bot.api.fault(FaultRule::new(Fault::RetryAfter(2)).method("editMessageText"));
    boris.presses("Status");
    is_told(&boris, "Your status").await;
    assert_eq!(bot.api.requests("editMessageText"), boris_was_asked + 2);
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_several_chats_are_refused_at_once_the_whole_messenger_is_left_alone() {
    let bot = Bot::start(Updates::Polled).await;
    let mut members = Vec::new();
    for (id, name) in [(1, "Anna"), (2, "Boris"), (3, "Clara"), (4, "Dora")] {
        members.push(bot.member(id, name).await);
    }
    let dora = members.pop().unwrap();
    let before = bot.api.requests("editMessageText");
    bot.api.fault(FaultRule::new(Fault::RetryAfter(2)).method("editMessageText").times(3));
    for member in &members {
        member.presses("Profile");
    }
    while bot.api.requests("editMessageText") < before + 3 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    bot.api.settled().await;
    dora.presses("Profile");
    bot.api.settled().await;
    assert_eq!(bot.api.requests("editMessageText"), before + 3, "nobody is written to");
    members.push(dora);
    for member in &members {
        is_told(member, "My profile").await;
    }
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_arrives_after_all_sorts_of_silence() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    for fault in [Fault::Garbage, Fault::ServerError(502)] {
        bot.api.fault(FaultRule::new(fault).method("sendMessage"));
        anna.writes("/menu");
        bot.api.settled().await;
        let page =
            anna.wait_for(Duration::from_secs(5), |messages| messages.last().filter(|last| last.from_bot).cloned());
        page.await.unwrap();
    }
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_cannot_be_edited_is_sent_anew() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    type Does = fn(&bot_api::User, i32);
    let forget: [Does; 2] = [|user, live| user.outlives(live), |user, live| user.deletes(live)];
    for (label, forget) in [("Profile", forget[0]), ("Status", forget[1])] {
        let (live, written) = (anna.last_message().id, written_to(&anna));
        let data = anna.last_message().button(label).and_then(|button| button.callback_data.clone()).unwrap();
        forget(&anna, live);
        anna.presses_data(live, &data);
        bot.api.settled().await;
        assert_eq!(written_to(&anna), written + 1, "{}", anna.transcript());
        assert!(anna.last_message().id > live);
    }
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_as_it_was_stays_where_it_is() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    // One without deeds: those carry a word that is drawn anew.
    anna.presses("Organizer");
    let page = is_told(&anna, "all the help you give and get").await;
    for _ in 0..2 {
        anna.presses_data(page.id, "/organizer");
        bot.api.settled().await;
    }
    let unchanged =
        || bot.api.refusals().into_iter().filter(|refusal| refusal.kind == RefusalKind::NotModified).count();
    while unchanged() < 2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    anna.presses_data(page.id, "/profile");
    let profile = is_told(&anna, "My profile").await;
    assert_eq!(profile.id, page.id, "it is still the live message:\n{}", anna.transcript());
    bot.is_blameless().await;
}

/// Waits until the account of chat 1 is known to be reachable, or not to be.
async fn is_known_to_be_reachable(db: &DatabaseConnection, reachable: bool) {
    let known = async {
        loop {
            let (account, _) = store::account::find_by_account(db, "telegram", "1").await.unwrap().unwrap();
            if account.unreachable_since.is_none() == reachable {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), known).await.expect("it is known");
}

/// Anna, who asks for help, and the word of her invite.
async fn asks_for_help(bot: &Bot) -> (User, String) {
    let anna = bot.member(1, "Anna").await;
    for label in ["Profile", "Status", "I need help every month"] {
        anna.presses_when_shown(label).await;
    }
    anna.sees("How much do you need").await;
    anna.writes("500");
    anna.presses_when_shown("Yes, ask").await;
    anna.sees("Your invite").await;
    let invite = invite_of(&anna);
    (anna, invite)
}

async fn is_willing_to_help(bot: &Bot, invite: &str) -> User {
    let boris = bot.member(2, "Boris").await;
    boris.start(Some(invite));
    for label in ["Yes, I want to help", "€50", "Yes, I intend to"] {
        boris.presses_when_shown(label).await;
    }
    boris.sees("Thank you").await;
    boris
}

#[tokio::test(flavor = "multi_thread")]
async fn who_blocked_the_bot_is_not_written_to_and_gets_what_waited_when_they_come_back() {
    for updates in [Updates::Polled, Updates::Brought] {
        let bot = Bot::start(updates).await;
        let (anna, invite) = asks_for_help(&bot).await;
        let db = bot.database().await;
        anna.blocks_bot();
        is_known_to_be_reachable(&db, false).await;
        let boris = is_willing_to_help(&bot, &invite).await;
        bot.api.settled().await;
        assert_eq!(store::outbox::waiting(&db).await.unwrap(), 1, "the notice waits for them");
        assert!(
            !bot.api.refusals().iter().any(|refusal| refusal.kind == RefusalKind::Gone),
            "{:?}",
            bot.api.refusals()
        );

        // Without a word.
        anna.unblocks_bot();
        is_told(&anna, "wants to help you").await;
        is_known_to_be_reachable(&db, true).await;

        anna.blocks_bot();
        is_known_to_be_reachable(&db, false).await;
        boris.presses_when_shown("Promise").await;
        boris.reads_and_presses("Yes, I promise").await;
        boris.sees("Thank you").await;
        anna.start(None);
        is_told(&anna, "now promises to help you").await;
        bot.is_blameless().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_account_is_no_more_is_marked_so() {
    let bot = Bot::start(Updates::Polled).await;
    let (anna, invite) = asks_for_help(&bot).await;
    let db = bot.database().await;
    anna.deactivates();
    is_willing_to_help(&bot, &invite).await;
    is_known_to_be_reachable(&db, false).await;
    assert_eq!(store::outbox::waiting(&db).await.unwrap(), 1, "the notice waits for them");
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_person_that_is_refused_costs_only_that_button() {
    let bot = Bot::start(Updates::Polled).await;
    for (number, words) in
        ["BUTTON_USER_PRIVACY_RESTRICTED", "BUTTON_USER_INVALID", "BUTTON_URL_INVALID"].iter().enumerate()
    {
        bot.api.fault(FaultRule::new(refused(400, &format!("Bad Request: {words}"))).method("sendMessage").times(1));
        bot.member(number as i64 + 1, "Anna").await;
    }
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_chat_that_hangs_holds_nobody_else_up() {
    let bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    let boris = bot.member(2, "Boris").await;
    bot.api.fault(FaultRule::new(Fault::Hang(Duration::from_secs(6))).method("sendMessage").chat(1));
    anna.writes("/menu");
    tokio::time::sleep(Duration::from_millis(50)).await;
    for _ in 0..3 {
        let before = written_to(&boris);
        boris.writes("/menu");
        let seen = boris.wait_for(Duration::from_secs(2), |messages| {
            (messages.iter().filter(|message| message.from_bot).count() > before).then_some(())
        });
        seen.await.expect("an answer in time");
    }
    bot.api.settled_for(Duration::from_millis(60), Duration::from_secs(20)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_lets_turns_end_and_confirms_them() {
    let mut bot = Bot::start(Updates::Polled).await;
    let anna = bot.member(1, "Anna").await;
    bot.api.fault(FaultRule::new(Fault::Hang(Duration::from_millis(500))).method("sendMessage"));
    let before = bot.api.requests("sendMessage");
    anna.writes("/menu");
    while bot.api.requests("sendMessage") == before {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    bot.stop().await.unwrap();
    assert_eq!(bot.api.pending_updates(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_when_asked_for_updates_is_waited_out() {
    let bot = Bot::start(Updates::Polled).await;
    bot.api.fault(FaultRule::new(Fault::ServerError(502)).method("getUpdates").times(2));
    bot.api.fault(FaultRule::new(Fault::Garbage).method("getUpdates").times(1));
    bot.member(1, "Anna").await;
    bot.is_blameless().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_left_over_is_taken_back_by_long_polling() {
    let api = BotApi::start(TOKEN).await;
    let mut bot = Bot::start_at(api, Updates::Brought).await;
    bot.member(1, "Anna").await;
    bot.stop().await.unwrap();
    bot.poll_from_now_on();
    bot.start_again();
    bot.member(2, "Boris").await;
    assert!(!bot.api.has_webhook());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_bot_on_the_same_database_begins_anew_in_every_chat() {
    for updates in [Updates::Polled, Updates::Brought] {
        let mut bot = Bot::start(updates).await;
        let (_, invite) = asks_for_help(&bot).await;
        is_willing_to_help(&bot, &invite).await;
        bot.stop().await.unwrap();

        // Its messages and its updates are numbered from 1.
        bot.becomes("7654321:not-less-secret").await;
        bot.start_again();
        bot.is_up().await;
        let boris = bot.api.user(2).named("Boris").lang("en");
        boris.start(None);
        for label in ["Profile", "Status", "I need help every month"] {
            boris.presses_when_shown(label).await;
        }
        boris.sees("How much do you need").await;
        boris.writes("300");
        boris.sees("You ask for €300 every month").await;
        assert_eq!(written_to(&boris), 2, "{}", boris.transcript());
        // It is no other when it comes again.
        bot.stop().await.unwrap();
        bot.start_again();
        boris.presses_when_shown("Yes, ask").await;
        boris.sees("Your invite").await;
        assert_eq!(written_to(&boris), 2, "the live message is known:\n{}", boris.transcript());
        bot.api.settled().await;
        assert!(bot.api.unanswered_presses().is_empty());
    }
}

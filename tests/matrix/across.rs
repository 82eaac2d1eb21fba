//! One community in two messengers: who asks and who helps need not be in the same, nor speak the same language.

use bot_api::{BotApi, ChatMessage, Settings, User};
use exodus::store::account;
use sea_orm::EntityTrait;

use crate::bot::{Bot, Home, nobody_is_untold};
use crate::chat::Chat;
use crate::cycle::{arrives, asks_for_help, invite_in};
use crate::line::Line;
use crate::person::Person;
use crate::server::{Server, shared};
use crate::waiting::{PATIENCE, until_true};

const TOKEN: &str = "1234567:very-secret";

/// One bot that is in both.
async fn bot_in_both(server: &Server) -> (Bot, BotApi) {
    bot_in_both_behind(server, &server.url()).await
}

/// As [`bot_in_both`]; it reaches the homeserver at this url.
async fn bot_in_both_behind(server: &Server, url: &str) -> (Bot, BotApi) {
    let api = BotApi::launch(Settings::new(TOKEN)).await.unwrap();
    let mut home = Home::on(server).await.reached_at(url);
    home.others = format!("[telegram]\ntoken = \"{TOKEN}\"\napi_url = \"{}\"", api.url());
    let bot = Bot::at(home);
    bot.home.can_be_written_to(server).await;
    until_true("the bot is in Telegram", async || api.requests("getUpdates") > 0).await;
    (bot, api)
}

/// Waits until some message of the bot in Telegram, not only the newest, contains this.
async fn is_told(user: &User, words: &str) -> ChatMessage {
    let told = user.wait_for(PATIENCE, |messages| {
        messages.iter().rev().find(|message| message.from_bot && message.text.contains(words)).cloned()
    });
    told.await.unwrap_or_else(|chat| panic!("{} was never told {words:?}:\n{chat}", user.id()))
}

/// Waits for a button, presses it, and sees what comes of it.
async fn presses(user: &User, label: &str, answer: &str) -> ChatMessage {
    user.reads_and_presses(label).await;
    is_told(user, answer).await
}

async fn writes(user: &User, words: &str, answer: &str) -> ChatMessage {
    user.writes(words);
    is_told(user, answer).await
}

/// Everybody is told, and the bot did nothing in Telegram that no bot should do.
async fn is_blameless(bot: &Bot, api: &BotApi) {
    nobody_is_untold(&bot.home.database().await).await;
    api.settled_for(std::time::Duration::from_millis(60), PATIENCE).await;
    assert!(api.violations().is_empty(), "{:#?}", api.violations());
    assert!(api.unanswered_presses().is_empty(), "{:#?}", api.unanswered_presses());
}

/// What this chat must never have been told is of the other language.
fn speaks_only(chat: &Chat, foreign: &[&str]) {
    for words in foreign {
        assert_eq!(chat.count(words), 0, "{words:?} in\n{}", chat.transcript());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invite_of_matrix_is_opened_in_telegram_and_the_help_goes_all_the_way() {
    let server = shared().await;
    let (mut bot, api) = bot_in_both(server).await;
    let anna = Person::on(server, "Анна").await;
    let chat = arrives(&anna, &bot.home.id, "2", "Добро пожаловать").await;
    let token = asks_for_help(&chat).await;
    let invitation =
        chat.of_the_bot().into_iter().rfind(|message| message.body().contains("Ваше приглашение")).unwrap();
    for way in [format!("?start={token}"), format!("https://matrix.to/#/{}", bot.home.id), format!("start {token}")] {
        assert!(invitation.body().contains(&way), "{way} in {}", invitation.body());
    }

    let boris = api.user(102).named("Boris").lang("en");
    boris.start(Some(&token));
    is_told(&boris, "Please choose your language").await;
    presses(&boris, "English", "Would you like to help Анна?").await;
    presses(&boris, "Yes, I want to help", "How much are you willing").await;
    writes(&boris, "120,50", "Your intention: help Анна with €120.50").await;
    presses(&boris, "Yes, I intend to", "Анна has been told").await;

    let notice = chat.sees("Boris хочет помочь вам: 120,50").await;
    chat.replies(&notice.id, "попросить пообещать").await;
    chat.sees("получит просьбу").await;
    is_told(&boris, "asks you to promise").await;
    presses(&boris, "🤝 Promise", "You have promised").await;
    chat.sees("теперь обещает помочь вам").await;
    presses(&boris, "Done", "Marked as done").await;
    chat.sees("Она дошла?").await;
    chat.asks("не получено", "Сообщить, что помощь до вас не дошла").await;
    chat.asks("да", "Теперь это обещание").await;
    is_told(&boris, "has not arrived yet").await;

    // Each finds the way to the other. No link of Matrix's leads to somebody in Telegram who has no name there: he is asked to.
    chat.asks("!меню", "Ваш статус").await;
    chat.asks("органайзер", "ваша помощь другим и помощь вам").await;
    let helping = chat.asks("мне помогают", "Boris").await;
    assert!(helping.body().contains("Попросить написать мне: Boris"), "{}", helping.body());
    writes(&boris, "/menu", "Your status").await;
    presses(&boris, "Organizer", "all the help you give and get").await;
    let helping = presses(&boris, "My help to others: 1", "When you have helped, choose “Done”").await;
    let link = format!("https://matrix.to/#/{}", anna.id);
    let links = helping.rows.iter().flatten().filter_map(|button| button.url.as_deref());
    assert_eq!(links.collect::<Vec<_>>(), [link.as_str()]);

    presses(&boris, "Done", "Marked as done").await;
    chat.sees("Она дошла?").await;
    chat.asks("подтвердить", "120,50").await;
    is_told(&boris, "confirms that they received €120.50").await;
    chat.asks("меню", "Ваш статус").await;
    chat.asks("профиль", "Недостаёт: 379,50").await;

    is_blameless(&bot, &api).await;
    speaks_only(&chat, &["Welcome", "wants to help", "promises"]);
    assert!(chat.of_the_bot().iter().all(|message| message.encrypted));
    let told_in_russian = |message: &ChatMessage| message.from_bot && message.text.contains("помо");
    assert!(!boris.messages().iter().any(told_in_russian), "{}", boris.transcript());
    bot.stops().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invite_of_telegram_is_opened_in_matrix_and_the_help_goes_all_the_way() {
    let server = shared().await;
    let (mut bot, api) = bot_in_both(server).await;
    let boris = api.user(202).named("Boris").lang("en");
    boris.start(None);
    is_told(&boris, "Please choose your language").await;
    presses(&boris, "English", "Welcome").await;
    presses(&boris, "Profile", "My profile").await;
    presses(&boris, "Status", "Green").await;
    presses(&boris, "I need help every month", "How much do you need").await;
    writes(&boris, "500", "Is that right?").await;
    let invitation = presses(&boris, "Yes, ask", "Your invite").await;
    let token = invite_in(&invitation.text);
    assert!(invitation.text.contains(&format!("?start={token}")), "{invitation}");

    let anna = Person::on(server, "Анна").await;
    let chat = anna.opens_a_chat(&bot.home.id).await;
    chat.sees("Please choose your language").await;
    chat.asks(&format!("start {token}"), "Please choose your language").await;
    chat.asks("2", "Boris: хотите помочь?").await;
    chat.asks("да", "на какую сумму вы готовы помочь").await;
    chat.asks("50", "50").await;
    chat.asks("1.", "Спасибо, что хотите помочь!").await;
    is_told(&boris, "Анна wants to help you with €50").await;
    presses(&boris, "Ask to promise", "will be asked to promise").await;
    let question = chat.sees("просит вас пообещать помощь").await;
    chat.replies(&question.id, "пообещать").await;
    chat.sees("Вы обещаете").await;
    is_told(&boris, "now promises to help you").await;
    chat.asks("исполнено", "Отмечено как исполненное").await;
    is_told(&boris, "Did it reach you?").await;
    presses(&boris, "Confirm", "€50").await;
    chat.sees("подтверждает").await;

    is_blameless(&bot, &api).await;
    bot.stops().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_links_an_account_of_the_other_is_one_person_in_both() {
    let server = shared().await;
    let (mut bot, api) = bot_in_both(server).await;
    let boris = api.user(402).named("Boris").lang("en");
    boris.start(None);
    is_told(&boris, "Please choose your language").await;
    presses(&boris, "English", "Welcome").await;
    presses(&boris, "Profile", "My profile").await;
    presses(&boris, "My accounts", "I know you by this account").await;
    let told = presses(&boris, "Link another account", "Your code: ").await;
    let code = told.text.split("Your code: ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();

    let other = Person::on(server, "bob").await;
    let chat = other.opens_a_chat(&bot.home.id).await;
    chat.sees("Please choose your language").await;
    chat.asks(&format!("I have got this code: {code}"), "This account is linked").await;
    is_told(&boris, "A new account is yours now").await;
    // What he asks for in the one stands in the other, and he is told it where he is written to.
    chat.asks("profile", "Boris · Green").await;
    chat.asks("status", "You can help others").await;
    chat.asks("I need help every month", "How much do you need").await;
    chat.asks("500", "Is that right?").await;
    chat.asks("1.", "Your invite").await;
    writes(&boris, "/menu", "Your status: Orange").await;
    // All that is kept about him says both, and comes where he asks for it.
    chat.asks("menu", "Your status: Orange").await;
    chat.asks("profile", "Boris · Orange").await;
    chat.asks("my data", "JSON").await;
    chat.asks("1", "Here is everything").await;
    assert_eq!(chat.of_the_bot().iter().filter(|message| message.kind() == "m.file").count(), 1);
    let accounts = account::Entity::find().all(&bot.home.database().await).await.unwrap();
    let mut known: Vec<_> = accounts.iter().map(|one| (one.messenger.as_str(), one.address.as_str())).collect();
    known.sort_unstable();
    assert_eq!(known, [("matrix", other.id.as_str()), ("telegram", "402")]);
    assert!(accounts.iter().all(|one| one.person_id == accounts[0].person_id), "{accounts:?}");

    presses(&boris, "Unlink it", "Unlink").await;
    presses(&boris, "Yes, unlink", "Unlinked").await;
    chat.asks("menu", "Please choose your language").await;
    is_blameless(&bot, &api).await;
    bot.stops().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn telegram_goes_on_while_the_homeserver_is_down_and_who_is_in_matrix_is_told_when_it_is_back() {
    let server = shared().await;
    let line = Line::to(server).await;
    let (mut bot, api) = bot_in_both_behind(server, &line.url()).await;
    let anna = Person::on(server, "Анна").await;
    let chat = arrives(&anna, &bot.home.id, "2", "Добро пожаловать").await;
    let token = asks_for_help(&chat).await;
    bot.stops().await.unwrap();

    line.cut();
    bot.starts();
    let boris = api.user(302).named("Boris").lang("en");
    boris.start(Some(&token));
    is_told(&boris, "Please choose your language").await;
    presses(&boris, "English", "Would you like to help Анна?").await;
    presses(&boris, "Yes, I want to help", "How much are you willing").await;
    writes(&boris, "120,50", "Your intention: help Анна with €120.50").await;
    presses(&boris, "Yes, I intend to", "Анна has been told").await;
    assert_eq!(chat.count("Boris"), 0, "nothing comes through");

    line.mend();
    chat.sees("Boris хочет помочь вам: 120,50").await;
    is_blameless(&bot, &api).await;
    assert_eq!(chat.count("Boris хочет помочь вам"), 1, "{}", chat.transcript());
    bot.stops().await.unwrap();
}

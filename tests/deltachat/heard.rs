//! What people send that is no line of text, and what they mean by it.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::bot::{Bot, Home};
use crate::cycle::arrives;
use crate::person::Person;
use crate::server::shared;
use crate::waiting::until_true;

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_sends_is_answered_as_what_it_is() {
    let server = shared();
    let bot = Bot::at(Home::on(server));
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.link().await, "English", "Welcome").await;
    let nothing: Option<String> = None;

    // A file says nothing; what is written below it does.
    let file = bot.home.beside("voice.txt");
    std::fs::write(&file, "la la la").unwrap();
    let send = async |text: Option<&str>| -> Value {
        let message = json!([chat.id, text, file.to_str(), "voice.txt", nothing, nothing]);
        anna.app.asks("misc_send_msg", message).await
    };
    send(None).await;
    chat.sees("only read text").await;
    send(Some("profile")).await;
    chat.sees("My profile").await;

    // A change of what had its answer gets a line.
    let said = chat.says("menu").await;
    chat.sees("Your status").await;
    anna.app.asks::<()>("send_edit_request", json!([said, "profile"])).await;
    chat.sees("I had answered that message before you changed it").await;

    // A reaction and a message that is taken back are no words.
    let page = chat.of_the_bot().await.pop().unwrap();
    anna.app.asks::<i64>("send_reaction", json!([page.id, ["👍"]])).await;
    anna.app.asks::<()>("delete_messages_for_all", json!([[said]])).await;
    chat.asks("profile", "My profile").await;
    let count = chat.of_the_bot().await.len();
    chat.asks("menu", "Your status").await;
    assert_eq!(chat.of_the_bot().await.len(), count + 1, "{}", chat.transcript().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_counts_for_the_page_that_was_before_its_writer() {
    let server = shared();
    let bot = Bot::at(Home::on(server));
    let anna = Person::on(server, "Anna").await;
    let chat = arrives(&anna, &bot.home.link().await, "English", "Welcome").await;
    chat.asks("menu", "Your status").await;
    let db = bot.home.database().await;
    let newest_page = async || {
        let sql = Statement::from_string(db.get_database_backend(), "SELECT MAX(page_id) FROM deltachat_chat");
        db.query_one_raw(sql).await.unwrap().unwrap().try_get_by_index::<Option<i64>>(0).unwrap()
    };
    // Her phone has no network when the answer comes, and she types a number that stands on the page before.
    let before = newest_page().await;
    let said = chat.says("profile").await;
    until_true("it is on its way", async || anna.app.message(said).await["state"] == 26).await;
    anna.app.asks::<()>("stop_io", ()).await;
    until_true("the bot has answered", async || newest_page().await > before).await;
    chat.says("1").await;
    anna.app.asks::<()>("start_io", ()).await;
    let shown = chat.sees("came before you could read this page").await;
    assert!(shown.text.contains("My profile"), "{}", shown.text);

    // What quotes an old page presses nothing.
    let old = chat.of_the_bot().await.into_iter().find(|said| said.text.contains("Your status")).unwrap();
    chat.replies(old.id, "1").await;
    let shown = chat.sees("not open").await;
    assert!(shown.text.contains("My profile"), "{}", shown.text);
}

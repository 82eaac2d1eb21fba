//! Leaving the bot in a browser.

use sea_orm::{ConnectionTrait, Statement};

use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn the_last_words_are_read_and_nothing_stays_behind() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    let mut other = town.signed_in(&anna, "en").await;
    for label in ["Profile", "My data", "Send me the file"] {
        web.presses(label).await;
    }
    web.page.says("Save exodus-my-data.json");
    let file = web.asks("GET", &format!("{}/file", web.tab()), &[], "").await;
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"exodus-my-data.json\""));
    assert!(file.body.contains("\"web_browser\"") && !file.body.contains("\"digest\":"), "{}", file.body);
    for label in ["Menu", "Profile", "Leave"] {
        web.presses(label).await;
    }
    web.presses("Yes, leave").await;
    assert!(web.page.forms().is_empty() && web.cookies.is_empty(), "{} {:?}", web.page.text(), web.cookies);
    web.page.says_nothing_of("You are not signed in");
    other.goes("/").await.says("You are not signed in");
    let db = town.database().await;
    for table in ["web_browser", "web_link", "account", "session"] {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 0, "{table}");
    }
    town.ends().await;
}

//! The page of an invite.

use chrono::TimeDelta;
use exodus_engine::conversation::Clock;
use sea_orm::{ConnectionTrait, Statement};

use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn it_says_the_same_for_every_word_and_uses_nothing_up() {
    let town = Town::begins().await;
    let anna = town.member(101, "Annabel", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    for label in ["Profile", "My invite", "For one person or for a time", "For one person"] {
        web.presses(label).await;
    }
    let text = web.page.text();
    let link = text.split_whitespace().find(|word| word.contains("/i/")).unwrap_or_else(|| panic!("no link:\n{text}"));
    let token = link.rsplit('/').next().unwrap().to_owned();
    let nothing: String = token.chars().map(|_| 'A').collect();

    let mut pages = Vec::new();
    for lang in ["en", "ru"] {
        for token in [&token, &nothing] {
            let mut robot = town.browser(lang);
            let mut page = robot.asks("GET", &format!("/i/{token}"), &[], "").await;
            assert_eq!((page.status, robot.cookies.contains_key("guest")), (200, false));
            page.says_nothing_of("Annabel");
            // The drawing of one link is longer than that of another.
            page.headers.retain(|(name, _)| !["date", "content-length", "set-cookie"].contains(&name.as_str()));
            // The codes are drawings of the links.
            let parts: Vec<&str> =
                page.body.split("<svg").map(|part| part.split_once("</svg>").map_or(part, |(_, rest)| rest)).collect();
            assert_eq!(parts.len(), 2, "{}", page.body);
            // What the form carries is drawn for each who looks.
            let form = page.forms().remove(0).hidden["token"].clone();
            pages.push((page.headers, parts.concat().replace(token.as_str(), "TOKEN").replace(&form, "FORM")));
        }
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[2], pages[3]);
    assert_ne!(pages[0], pages[2]);
    let page = town.browser("en").goes(&format!("/i/{token}")).await.clone();
    let links = crate::html::links(&page.body);
    let to: Vec<&str> = links.iter().map(|(_, to)| to.as_str()).collect();
    let suits = |link: &&str| link.starts_with("https://t.me/") && link.ends_with(&format!("?start={token}"));
    assert!(to.iter().any(suits), "{to:?}");
    page.says("You are invited").says("Open in Telegram");
    town.browser("en").goes(&format!("/i/{token}?lang=ru")).await.says("Вас приглашают");

    // It is for one person, whom all that looking has not kept out.
    let boris = town.api.user(102).named("Boris").lang("en");
    boris.start(Some(&token));
    town.presses(&boris, "English", "Annabel").await;
    town.ends().await;
}

async fn count(town: &Town, table: &str) -> i64 {
    let db = town.database().await;
    let sql = format!("SELECT COUNT(*) FROM {table}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// The word of an invite for one person.
async fn for_one(web: &mut crate::browser::Browser) -> String {
    for label in ["Profile", "My invite", "For one person or for a time", "For one person"] {
        web.presses(label).await;
    }
    let text = web.page.text();
    text.split_whitespace().find(|word| word.contains("/i/")).unwrap().rsplit('/').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_becomes_a_member_here_without_any_chat() {
    let town = Town::begins().await;
    let anna = town.member(101, "Annabel", "en").await;
    let mut hers = town.signed_in(&anna, "en").await;
    let token = for_one(&mut hers).await;
    town.clock.move_to(town.clock.now() + TimeDelta::minutes(1));

    // What looks through links, and sends forms without having been given one, uses nothing up.
    let mut robot = town.browser("en");
    for method in ["GET", "HEAD", "POST"] {
        robot.asks(method, &format!("/i/{token}"), &[("content-type", "application/x-www-form-urlencoded")], "").await;
    }
    assert_eq!((count(&town, "member").await, count(&town, "invite_use").await), (1, 0));

    let mut boris = town.browser("en");
    boris.goes(&format!("/i/{token}")).await.says("In this browser");
    boris.presses("Open here").await.says("Your invite has arrived").says_nothing_of("Annabel");
    assert_eq!(count(&town, "member").await, 1, "a language is chosen first");
    let guest = boris.clone();
    boris.presses("English").await.says("Annabel");
    assert_eq!(count(&town, "member").await, 2);
    assert!(boris.cookies.contains_key("session") && !boris.cookies.contains_key("guest"), "{:?}", boris.cookies);
    boris.goes("/").await.says("Your status: Green");
    // By what the browser showed before nobody is known any more.
    let mut guest = guest;
    guest.goes("/").await.says("You are not signed in");
    // It was for one.
    let mut vera = town.browser("en");
    vera.goes(&format!("/i/{token}")).await;
    vera.presses("Open here").await;
    vera.page.says_nothing_of("Annabel");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_signed_in_opens_an_invite_in_a_tab_of_their_own() {
    let town = Town::begins().await;
    let (anna, boris) = (town.member(101, "Annabel", "en").await, town.member(102, "Boris", "en").await);
    let (mut hers, mut his) = (town.signed_in(&anna, "en").await, town.signed_in(&boris, "en").await);
    let token = for_one(&mut hers).await;
    town.clock.move_to(town.clock.now() + TimeDelta::minutes(1));
    his.goes(&format!("/i/{token}")).await;
    his.presses("Open here").await.says("Annabel");
    town.ends().await;
}

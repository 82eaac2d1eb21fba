//! Coming in by a link, staying, and going out.

use chrono::TimeDelta;
use exodus_engine::conversation::Clock;
use sea_orm::{ConnectionTrait, Statement};

use crate::browser::Browser;
use crate::town::Town;

/// Presses the button behind a link.
async fn enters(browser: &mut Browser, link: &str) {
    let mut form = browser.page.forms().into_iter().next().expect("a form");
    form.action = Some(link.to_owned());
    browser.sends(&form, None).await;
}

async fn count(town: &Town, table: &str) -> i64 {
    let db = town.database().await;
    let sql = format!("SELECT COUNT(*) FROM {table}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_counts_once_and_only_when_its_button_is_pressed() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let link = town.link(&anna).await;

    // What looks through links before people do.
    let mut robot = town.browser("en");
    for method in ["GET", "HEAD", "GET", "OPTIONS"] {
        robot.asks(method, &link, &[], "").await;
    }
    let other = robot.asks("GET", "/in/AAAAAAAAAAAAAAAAAAAAAA", &[], "").await;
    robot.goes(&link).await.says("Sign in here");
    assert_eq!(other.text(), robot.page.text(), "the page of a link says nothing of it");
    assert_eq!(count(&town, "web_browser").await, 0);

    let mut web = town.browser("ru");
    web.goes(&link).await.says("Вход");
    enters(&mut web, &link).await;
    web.page.says("Your status: Green");
    assert_eq!(web.cookies.len(), 1, "{:?}", web.cookies);
    town.sees(&anna, "A new account is yours now: In a browser").await;

    // Used up.
    enters(&mut robot, &link).await;
    assert_eq!(robot.page.status, 410);
    robot.page.says("This link does not count any more").says_nothing_of("Anna");
    assert!(!robot.cookies.contains_key("session"));
    assert_eq!(count(&town, "web_browser").await, 1);
    let kept = web.cookies.get("session").unwrap().clone();
    let rows = format!("(SELECT * FROM web_browser WHERE digest = '{kept}')");
    assert_eq!(count(&town, &rows).await, 0, "only a digest is kept");

    // One more browser is the same account.
    let again = town.signed_in(&anna, "en").await;
    again.page.says("Your status: Green");
    assert_eq!((count(&town, "account").await, count(&town, "web_browser").await), (2, 2));
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_counts_for_ten_minutes_and_the_newest_alone() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let first = town.link(&anna).await;
    let last = town.link(&anna).await;
    let mut web = town.browser("en");
    web.goes(&first).await;
    enters(&mut web, &first).await;
    assert_eq!(web.page.status, 410);
    town.clock.move_to(town.clock.now() + TimeDelta::minutes(10));
    web.goes(&last).await;
    enters(&mut web, &last).await;
    assert_eq!(web.page.status, 410);
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_signed_in_by_somebody_elses_page() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let link = town.link(&anna).await;
    let (mut hers, mut victim) = (town.browser("en"), town.browser("en"));
    hers.goes(&link).await;
    let mut form = hers.page.forms().remove(0);
    form.action = Some(link.clone());
    // A page elsewhere has the form sent from another browser, which has no cookie of that, or one of its own.
    victim.sends(&form, None).await.says("keeps no cookies");
    victim.goes(&link).await;
    victim.sends(&form, None).await.says("not sent from a page that I have shown in this browser");
    assert_eq!(victim.page.status, 403);
    assert_eq!(count(&town, "web_browser").await, 0);
    // And the link still counts.
    hers.sends(&form, None).await.says("Your status: Green");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_stays_signed_in_for_thirty_days_after_the_last_visit() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    for _ in 0..2 {
        town.clock.move_to(town.clock.now() + TimeDelta::days(29));
        web.goes("/").await.says("Anna");
    }
    town.clock.move_to(town.clock.now() + TimeDelta::days(30));
    web.goes("/").await.says("You are not signed in").says_nothing_of("Anna");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_goes_out_here_and_from_the_chat() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    let mut thief = web.clone();
    web.presses("Sign out here").await.says("You are not signed in");
    assert_eq!(web.cookies.len(), 0);
    thief.goes("/").await.says("You are not signed in");

    let (mut one, mut two) = (town.signed_in(&anna, "en").await, town.signed_in(&anna, "en").await);
    let way = [
        ("Profile", "My accounts"),
        ("My accounts", "In a browser"),
        ("In a browser", "You are signed in here:"),
        // On a button of Telegram it is said in brief.
        ("✖️ Firefox, Linux", "Signed out: Firefox, Linux."),
    ];
    town.walks(&anna, &way).await;
    two.goes("/").await.says("You are not signed in");
    one.goes("/").await.says("Anna");
    // The one who is there can sign out everywhere.
    let mut three = town.signed_in(&anna, "en").await;
    for label in ["Profile", "My accounts", "In a browser", "Sign out everywhere"] {
        three.presses(label).await;
    }
    three.page.says("You are not signed in");
    one.goes("/").await.says("You are not signed in");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_in_where_somebody_else_is_ends_that() {
    let town = Town::begins().await;
    let (anna, boris) = (town.member(101, "Anna", "en").await, town.member(102, "Boris", "en").await);
    let mut web = town.signed_in(&anna, "en").await;
    let before = web.clone();
    let link = town.link(&boris).await;
    web.goes(&link).await;
    enters(&mut web, &link).await;
    web.page.says("Boris").says_nothing_of("Anna");
    let mut before = before;
    before.goes("/").await.says("You are not signed in");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_unlinked_is_signed_out() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    town.sees(&anna, "Unlink it").await;
    town.presses(&anna, "Unlink it", "Unlink In a browser?").await;
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    town.presses(&anna, "Yes, unlink", "Unlinked: In a browser.").await;
    web.goes("/").await.says("You are not signed in");
    assert_eq!(count(&town, "web_browser").await, 0);
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_more_browser_is_told_in_the_chat() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    let told = "You are signed in in one more browser now: Firefox, Linux";
    assert!(!anna.transcript().contains(told));
    let _second = town.signed_in(&anna, "en").await;
    town.sees(&anna, told).await;
    // Each is told from the others by when it was signed in.
    town.clock.move_to(town.clock.now() + TimeDelta::hours(2));
    let _third = town.signed_in(&anna, "en").await;
    for label in ["Profile", "My accounts", "In a browser"] {
        web.presses(label).await;
    }
    let day = "signed in 3\u{a0}November\u{a0}2026";
    web.page.says(&format!("{day}, 12:00")).says(&format!("{day}, 14:00"));
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_would_take_somebodys_place_is_asked_first() {
    let town = Town::begins().await;
    let (anna, boris) = (town.member(101, "Anna", "en").await, town.member(102, "Boris", "en").await);
    let mut web = town.signed_in(&anna, "en").await;
    let link = town.link(&boris).await;
    web.goes(&link).await.says("Somebody is signed in here already").says_nothing_of("Anna");
    let mut form = web.page.forms().remove(0);
    form.hidden.remove("instead");
    web.sends(&form, None).await.says("Somebody is signed in here already");
    assert_eq!(web.page.status, 409);
    web.goes("/").await.says("Anna");
    // The link still counts, for whoever says that they mean it.
    web.goes(&link).await;
    enters(&mut web, &link).await;
    web.page.says("Boris");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_way_in_is_not_given_up_by_one_press() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    for label in ["Profile", "My accounts", "Unlink: Telegram"] {
        web.presses(label).await;
    }
    web.page.says("is your last chat with me").says("only somebody who administers");
    web.presses("Unlink it all the same").await;
    web.presses("Yes, unlink").await.says("I know you by this account");
    web.presses("Sign out here").await.says("This is your last way in");
    web.goes("/").await.says("Anna");
    for label in ["Profile", "My accounts", "In a browser", "Sign out: Firefox, Linux"] {
        web.presses(label).await;
    }
    web.page.says("This is your last way in");
    web.presses("Stay signed in").await.says("You are signed in here");
    web.presses("Sign out here").await;
    web.presses("Sign out all the same").await.says("You are not signed in");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_lets_somebody_in_again_who_is_told_of_it() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let host = town.member(900, "Host", "en").await;
    let mut lost = town.signed_in(&anna, "en").await;
    let way = [
        ("Administration", "All members"),
        ("All members", "Anna"),
        ("Anna", "A link to sign in by"),
        ("A link to sign in by", "One that works for a day"),
        ("One that works for a day", "The link for Anna"),
    ];
    town.walks(&host, &way).await;
    let before = format!("http://{}", town.at);
    let text = host.messages().iter().rev().find(|one| one.text.contains("/in/")).unwrap().text.clone();
    let link = text.split_whitespace().find(|word| word.contains("/in/")).unwrap();
    let link = link.strip_prefix(&before).unwrap().to_owned();
    // It does not stand where Anna finds her own links.
    for label in ["Profile", "My accounts", "In a browser"] {
        lost.presses(label).await;
    }
    lost.page.says_nothing_of(&link);
    town.clock.move_to(town.clock.now() + TimeDelta::hours(23));
    let mut found = town.browser("en");
    found.goes(&link).await.says_nothing_of("Anna");
    enters(&mut found, &link).await;
    found.page.says("Anna");
    town.sees(&anna, "by a link that an administrator gave for you").await;
    let mut again = town.browser("en");
    again.goes(&link).await;
    enters(&mut again, &link).await;
    assert_eq!(again.page.status, 410, "it counts once");
    // Whoever administers nothing finds no such page.
    let (mut form, _) = found.page.button("Profile");
    form.hidden.insert("once".to_owned(), "forged".to_owned());
    found.sends(&form, Some(("press", "/sign-in-for/2"))).await.says_nothing_of("Host");
    town.ends().await;
}

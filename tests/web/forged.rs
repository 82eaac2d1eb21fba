//! What is forged, or made to lead astray: presses that nobody was offered, and addresses that would lead elsewhere.

use std::time::Duration;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::browser::{Answer, Browser};
use crate::forged_presses::FORGED;
use crate::program::anna_and_boris;
use crate::town::Town;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn journal(town: &Town) -> i64 {
    let db = town.database().await;
    let sql = "SELECT COUNT(*) FROM journal".to_owned();
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// Presses this, whatever the page offers. Who asks too often waits.
async fn presses(web: &mut Browser, data: &str, once: usize) {
    let (form, _) = web.page.button("Profile");
    loop {
        let mut form = form.clone();
        form.hidden.insert("once".to_owned(), format!("once{once}"));
        web.sends(&form, Some(("press", data))).await;
        if web.page.status != 429 {
            return;
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_forged_in_a_browser_changes_nothing_and_shows_nothing_of_others() {
    let town = Town::begins().await;
    let (_, _, mut hers, mut his) = anna_and_boris(&town).await;
    hers.does("/me/collections", json!({"kind": "monthly", "sum": "456.78"})).await;
    let collection = hers.gets("/me").await["card"]["requests"][0]["collection"].clone();
    his.does(&format!("/collections/{collection}/help"), json!({"sum": "123.45"})).await;
    let pool = json!({"name": "Roof", "rules": "Only roofs", "smallest": "1", "largest": "10", "contribution": "5"});
    hers.does("/pools", pool).await;
    let mallory = town.member(103, "Mallory", "en").await;
    let mut web = town.signed_in(&mallory, "en").await;
    let (home, before) = (web.clone(), journal(&town).await);
    for (once, data) in FORGED.iter().enumerate() {
        // The menu has to be open for its button.
        if !web.page.labels().iter().any(|label| label.contains("Profile")) {
            web = home.clone();
        }
        presses(&mut web, data, once).await;
        assert!([200, 404].contains(&web.page.status), "{data:?}: {}", web.page.status);
        // What forms carry is drawn, and may have any digits in it.
        let seen = format!("{}\n{}", web.page.text(), web.page.labels().join("\n"));
        for secret in ["Anna", "Boris", "456.78", "123.45", "Roof"] {
            assert!(!seen.contains(secret), "{data:?} reveals {secret}:\n{seen}");
        }
    }
    assert_eq!(journal(&town).await, before, "nothing happened by all that");
    town.ends().await;
}

/// Nobody is led from here to a place that somebody else has put into the address.
#[track_caller]
fn stays_here(asked: &str, answer: &Answer) {
    if let Some(to) = answer.header("location") {
        let is_ours = to.starts_with('/') && !to[1..].starts_with(['/', '\\']);
        assert!(is_ours, "{asked} leads to {to}");
    }
    assert!(!(300..400).contains(&answer.status) || answer.header("location").is_some(), "{asked}: {}", answer.status);
    for attribute in ["href=\"", "action=\"", "src=\""] {
        let mut values = answer.body.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
        assert!(!values.any(|value| value.contains("evil")), "{asked}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_address_leads_elsewhere() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    let mut somebody = town.browser("en");
    for path in [
        "//evil.example",
        "//evil.example/..",
        "/%5Cevil.example",
        "/%2F%2Fevil.example",
        "/w/%2F%2Fevil.example",
        "/w//evil.example",
        "/?next=https://evil.example",
        "/?to=//evil.example&lang=//evil.example",
        "/w/tab/notices?next=//evil.example",
        "/w/tab/file?next=//evil.example",
        "/in/word?next=https://evil.example",
        "/i/word?next=https://evil.example",
        "/admin/in/word?next=https://evil.example",
        "/admin?next=https://evil.example",
        "/api/v1?next=//evil.example",
        "/api/v1//evil.example",
    ] {
        for method in ["GET", "HEAD", "POST"] {
            let asked = format!("{method} {path}");
            stays_here(&asked, &somebody.asks(method, path, &[FORM], "").await);
            if method == "GET" {
                stays_here(&asked, &web.asks(method, path, &[], "").await);
            }
        }
    }
    // Nor by what a page of ours sends, whatever it names.
    web.goes("/").await;
    let tab = web.tab();
    let (form, _) = web.page.button("Profile");
    let token = &form.hidden["token"];
    for press in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "javascript%3Aalert%281%29"]
    {
        for field in ["press", "answer", "page", "question", "next", "instead"] {
            let body = format!("token={token}&once=o{}&{field}={press}", press.len());
            stays_here(&format!("{field} {press}"), &web.asks("POST", &tab, &[FORM], &body).await);
        }
    }
    // The name under which somebody came is never said again.
    let other =
        [("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "https"), ("forwarded", "host=evil.example")];
    stays_here("another host", &somebody.asks("GET", "/i/word", &other, "").await);
    stays_here("another host", &web.asks("POST", &tab, &[FORM, other[0]], &format!("token={token}")).await);
    town.ends().await;
}

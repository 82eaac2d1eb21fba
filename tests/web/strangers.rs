//! What is kept from those whom it does not concern.

use crate::browser::{Answer, inside};
use crate::town::Town;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[track_caller]
fn is_sealed(path: &str, answer: &Answer) {
    let header = |name: &str| answer.header(name).unwrap_or_else(|| panic!("{path}: no {name}"));
    let policy = header("content-security-policy");
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{path}: {policy}");
    assert_eq!((header("referrer-policy"), header("x-content-type-options")), ("no-referrer", "nosniff"), "{path}");
    // What is the same for everybody may be kept.
    let is_for_all = ["/api/v1", "/api/v1/", "/api/v1/openapi.json"].contains(&path);
    if !is_for_all && !path.ends_with(".css") && !path.ends_with(".js") && !path.ends_with(".txt") {
        assert_eq!(header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_signed_in_sees_nothing_and_every_answer_is_sealed() {
    let town = Town::begins().await;
    let anna = town.member(101, "Annabel", "en").await;
    let mut hers = town.signed_in(&anna, "en").await;
    let mut somebody = town.browser("en");
    for (path, status) in [
        ("/", 200),
        ("/w/tab", 200),
        ("/w/tab/notices", 303),
        ("/w/tab/file", 303),
        ("/w/tab/events", 204),
        ("/w/a%22b", 404),
        ("/notices", 404),
        ("/i/token", 200),
        ("/in/token", 200),
        ("/style.css", 200),
        ("/refresh.js", 200),
        ("/robots.txt", 200),
        ("/nothing", 404),
        ("/i/%00", 404),
        ("/i/a/b", 404),
        ("/in/a%22b", 404),
        ("/?lang=%22%3E%3Cscript%3E", 200),
    ] {
        let answer = somebody.asks("GET", path, &[], "").await;
        assert_eq!(answer.status, status, "{path}");
        assert!(!answer.body.contains("Annabel") && !answer.body.contains("><script>"), "{path}");
        is_sealed(path, &answer);
    }
    let tab = hers.tab();
    for path in [&tab, &format!("{tab}/notices"), &format!("{tab}/file"), "/nothing"] {
        is_sealed(path, &hers.asks("GET", path, &[], "").await);
    }
    for (path, status) in [("/w/tab", 303), ("/out", 303), ("/i/token", 403), ("/nothing", 404)] {
        let answer = somebody.asks("POST", path, &[FORM], "press=%2Fprofile").await;
        assert_eq!(answer.status, status, "{path}");
    }
    // What is there and takes nothing says what it does take.
    for (method, path, allowed) in [
        ("POST", "/", "GET,HEAD"),
        ("POST", "/w/tab/notices", "GET,HEAD"),
        ("GET", "/out", "POST"),
        ("PUT", "/i/token", "GET,HEAD,POST"),
    ] {
        let answer = somebody.asks(method, path, &[FORM], "press=%2Fprofile").await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some(allowed)), "{method} {path}");
        is_sealed(path, &answer);
    }
    // A secret that is none.
    somebody.cookies.insert("session".to_owned(), "AAAAAAAAAAAAAAAAAAAAAA".to_owned());
    somebody.goes("/").await.says("You are not signed in");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_programs_and_administrators_are_answered_is_sealed_as_well() {
    let town = Town::begins().await;
    let mut somebody = town.browser("en");
    for path in [
        "/api/v1",
        "/api/v1/",
        "/api/v1/openapi.json",
        "/api/v1/me",
        "/api/v1/nothing",
        "/api/v1/events/stream",
        "/calendar/word.ics",
        "/admin",
        "/admin/in/word",
    ] {
        let answer = somebody.asks("GET", path, &[], "").await;
        is_sealed(path, &answer);
        assert!(!answer.body.contains("<script>") && !answer.body.contains(" style="), "{path}: {}", answer.body);
        assert!(!answer.body.contains(" onclick=") && !answer.body.contains("javascript:"), "{path}: {}", answer.body);
    }
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_elsewhere_makes_nobody_do_anything() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    let other = town.member(102, "Boris", "en").await;
    let others = town.signed_in(&other, "en").await;
    let before = web.looks_again().await.text();
    let tab = web.tab();
    let (form, press) = web.page.button("Profile");
    let (token, press) = (form.hidden["token"].clone(), press.unwrap().replace('/', "%2F"));
    let theirs = others.page.button("Profile").0.hidden["token"].clone();
    assert_ne!(token, theirs);
    let own = format!("token={token}&press={press}");
    for (status, headers, body) in [
        (403, vec![FORM], format!("press={press}")),
        (403, vec![FORM], format!("token=&press={press}")),
        (403, vec![FORM], format!("token={theirs}&press={press}")),
        (403, vec![FORM, ("sec-fetch-site", "cross-site")], own.clone()),
        (415, vec![("content-type", "text/plain")], own.clone()),
        (415, vec![], own.clone()),
        (413, vec![FORM], format!("{own}&answer={}", "x".repeat(70_000))),
    ] {
        let answer = web.asks("POST", &tab, &headers, &body).await;
        assert_eq!(answer.status, status, "{headers:?} {body:.60}");
        answer.says("That did not work");
        assert_eq!(web.looks_again().await.text(), before);
    }
    assert_eq!(web.asks("POST", &tab, &[FORM], &own).await.status, 303);
    web.looks_again().await.says("My profile");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forged_leads_home_and_shows_nothing() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let _secret = town.member(102, "Secretive", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    let (form, _) = web.page.button("Profile");
    for press in [
        "/card/2",
        "/commitment/1",
        "/circle/2",
        "/member/2",
        "/administration",
        "/browsers/link/9",
        "K7Q2MZ4A:revoke",
        "nB3XT6VPA:confirm",
        "nB3XT6VPA/menu",
        ":",
        "/",
        "\u{0}",
        "<script>",
        "/../../etc/passwd",
    ] {
        let mut form = form.clone();
        form.hidden.insert("once".to_owned(), format!("once{}", press.len()));
        web.sends(&form, Some(("press", press))).await;
        assert_eq!(web.page.status, 200, "{press}");
        web.page.says_nothing_of("Secretive");
        assert!(!web.page.body.contains("<script>"), "{press}");
    }
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_words_whatever_they_look_like() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    for label in ["Profile", "Name"] {
        web.presses(label).await;
    }
    let name = "<img src=x onerror=alert(1)>\"'&";
    web.writes(name).await.says(name);
    assert!(web.page.body.contains("&lt;img src=x onerror=alert(1)&gt;") && !web.page.body.contains("<img"));
    web.goes("/").await.says(name);
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_whoever_hosts_it_is_not_told_at_the_public_name() {
    let town = Town::begins().await;
    let mut somebody = town.browser("en");
    for path in ["/ready", "/metrics"] {
        assert_eq!(somebody.asks("GET", path, &[], "").await.status, 404, "{path}");
    }
    assert_eq!(somebody.asks("GET", "/health", &[], "").await.status, 200);
    assert!(inside(town.at, "/metrics", "").await.contains("exodus_build_info"));
    assert!(inside(town.at, "/ready", "").await.contains("web: listening"));
    assert!(inside(town.at, "/metrics", "x-forwarded-for: 1.2.3.4\r\n").await.starts_with("HTTP/1.1 404"));
    // Nor is it told that something is there.
    for path in ["/ready", "/metrics"] {
        assert_eq!(somebody.asks("POST", path, &[FORM], "x=y").await.status, 404, "{path}");
    }
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_waits() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "en").await;
    let mut web = town.signed_in(&anna, "en").await;
    let mut found = 200;
    for _ in 0..150 {
        let answer = web.asks("GET", "/", &[], "").await;
        found = answer.status;
        if found == 429 {
            answer.says("Please wait ten seconds");
            assert_eq!(answer.header("retry-after"), Some("10"));
            break;
        }
    }
    assert_eq!(found, 429);
    // Nobody else waits for them.
    town.browser("en").goes("/").await.says("You are not signed in");
    town.ends().await;
}

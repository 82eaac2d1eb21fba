//! What programs may ask for, and what they may not.

use chrono::TimeDelta;
use exodus_engine::conversation::Clock;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use crate::program::{Program, anna_and_boris};
use crate::town::Town;

async fn count(town: &Town, table: &str) -> i64 {
    let db = town.database().await;
    let sql = format!("SELECT COUNT(*) FROM {table}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_of_help_is_lived_by_programs_and_told_in_the_chats() {
    let town = Town::begins().await;
    let (anna, boris, mut hers, mut his) = anna_and_boris(&town).await;
    assert_eq!(hers.does("/me/collections", json!({"kind": "monthly", "sum": "500"})).await["told"], 1);
    town.sees(&boris, "Anna").await;
    let network = his.gets("/network").await;
    let anna_s = network["items"][0]["member"]["id"].as_i64().unwrap();
    assert_eq!((&network["items"][0]["missing"], &network["next"]), (&json!("500"), &Value::Null));
    let card = his.gets(&format!("/members/{anna_s}")).await;
    let collection = card["requests"][0]["collection"].as_i64().unwrap();
    let help = format!("/collections/{collection}/help");
    assert_eq!(his.can_not("POST", &help, json!({"sum": "600"})).await, (409, "more_than_missing".to_owned()));
    let made = his.does(&help, json!({"sum": "120.50"})).await;
    town.sees(&anna, "120.50").await;
    let deed = |name: &str| format!("/commitments/{}/{name}", made["id"]);
    assert_eq!(his.can_not("POST", &deed("confirm"), json!({})).await.0, 404, "that is for the other side");
    assert_eq!(his.can_not("POST", &deed("claim"), json!({})).await, (409, "not_now".to_owned()));
    assert_eq!(his.does(&deed("promise"), json!({"sum": "120.50"})).await["state"], "obligation");
    let part = his.does(&deed("claim_part"), json!({"sum": "20.50", "note": "by hand"})).await;
    assert_eq!((&part["state"], &part["sum"], &part["note"]), (&json!("claimed"), &json!("20.50"), &json!("by hand")));
    let part = format!("/commitments/{}", part["id"]);
    assert_eq!(hers.does(&format!("{part}/confirm"), json!({})).await["state"], "fulfilled");
    town.sees(&boris, "Anna").await;
    let archive = hers.gets("/commitments?list=received").await;
    assert_eq!(
        (&archive["items"][0]["sum"], &archive["items"][0]["other"]["name"]),
        (&json!("20.50"), &json!("Boris"))
    );
    assert_eq!(his.gets("/commitments").await["items"][0]["sum"], "100");
    let circle = his.gets(&format!("/members/{anna_s}/circle")).await;
    assert_eq!(circle["items"][0]["member"]["name"], "Boris");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_comes_again_does_nothing_twice() {
    let town = Town::begins().await;
    let (_, _, mut hers, mut his) = anna_and_boris(&town).await;
    hers.does("/me/collections", json!({"kind": "emergency", "sum": "500", "days": 7})).await;
    let card = hers.gets("/me").await;
    let help = format!("/collections/{}/help", card["card"]["requests"][0]["collection"]);
    let key = [("idempotency-key", "a-key")];
    let mut ways = Vec::new();
    for _ in 0..4 {
        let (mut one, help) = (his.clone(), help.clone());
        ways.push(tokio::spawn(async move { one.asks_so("POST", &help, &key, &json!({"sum": "50"})).await }));
    }
    let mut answers = Vec::new();
    for way in ways {
        answers.push(way.await.unwrap());
    }
    answers.push(his.asks_so("POST", &help, &key, &json!({"sum": "50"})).await);
    assert!(answers.iter().all(|one| (one.status, &one.body) == (200, &answers[0].body)), "{answers:?}");
    assert_eq!(count(&town, "commitment").await, 1);
    let other = his.asks_so("POST", &help, &key, &json!({"sum": "60"})).await;
    assert_eq!(other.status, 422, "{}", other.body);
    assert!(other.body.contains("other_request"), "{}", other.body);
    // What was refused may be asked for again by the same name.
    let refused = his.asks_so("POST", &help, &[("idempotency-key", "b")], &json!({"sum": "60"})).await;
    assert!(refused.body.contains("already_helping"), "{}", refused.body);
    assert_eq!(count(&town, "program_reply").await, 1);
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_allows_what_it_says_and_as_long_as_it_says() {
    let town = Town::begins().await;
    let anna = town.member(101, "Anna", "ru").await;
    let mut nobody = Program { token: "exodus_AAAAAAAAAAAAAAAAAAAAAA".to_owned(), browser: town.browser("ru") };
    let answer = nobody.asks_so("GET", "/me", &[], &Value::Null).await;
    assert_eq!((answer.status, answer.header("www-authenticate")), (401, Some("Bearer")));
    assert!(answer.body.contains("Этот токен не действует"), "{}", answer.body);
    town.ends().await;

    let town = Town::begins().await;
    drop(anna);
    let anna = town.member(101, "Anna", "en").await;
    let mut reads = Program::allowed(&town, &anna, "read").await;
    assert_eq!(reads.gets("/me").await["scope"], "read");
    let denied = reads.can_not("POST", "/me/collections", json!({"kind": "monthly", "sum": "5"})).await;
    assert_eq!(denied, (403, "not_allowed".to_owned()));
    let mut calendar = Program::allowed(&town, &anna, "calendar only").await;
    assert_eq!(calendar.can_not("GET", "/me", Value::Null).await, (403, "not_allowed".to_owned()));
    // Nobody gets a token back from the database, nor is it left anywhere else there.
    let token = &reads.token;
    for place in [
        format!("program WHERE digest = '{token}' OR name LIKE '%{token}%'"),
        format!("session WHERE route || trail || draft || offered || COALESCE(saying, '') || said LIKE '%{token}%'"),
        format!("outbox WHERE facts LIKE '%{token}%'"),
        format!("journal WHERE facts LIKE '%{token}%'"),
    ] {
        assert_eq!(count(&town, &place).await, 0, "{place}");
    }
    let mut web = town.signed_in(&anna, "en").await;
    for label in ["Profile", "Programs and calendar", "End: My robot", "Yes, end it"] {
        web.presses(label).await;
    }
    assert_eq!(calendar.can_not("GET", "/me", Value::Null).await, (401, "unknown_token".to_owned()));
    assert_eq!(reads.gets("/me").await["scope"], "read");
    town.clock.move_to(town.clock.now() + TimeDelta::days(30));
    assert_eq!(reads.can_not("GET", "/me", Value::Null).await, (401, "unknown_token".to_owned()));
    town.ends().await;
}

/// Everything that names somebody's record, and what it takes.
const FORGED: [(&str, &str, &str); 24] = [
    ("GET", "/members/{id}", ""),
    ("GET", "/members/{id}/circle", ""),
    ("GET", "/members/{id}/helps", ""),
    ("GET", "/commitments/{id}", ""),
    ("POST", "/commitments/{id}/promise", "{}"),
    ("POST", "/commitments/{id}/withdraw", "{}"),
    ("POST", "/commitments/{id}/claim", "{}"),
    ("POST", "/commitments/{id}/confirm", "{}"),
    ("POST", "/commitments/{id}/forgive", "{}"),
    ("POST", "/commitments/{id}/change", "{\"sum\":\"1\"}"),
    ("POST", "/commitments/{id}/note", "{\"note\":\"x\"}"),
    ("POST", "/collections/{id}/help", "{\"sum\":\"1\"}"),
    ("POST", "/me/collections/{id}", "{\"sum\":\"1\"}"),
    ("DELETE", "/me/collections/{id}", ""),
    ("POST", "/invites", "{\"member\":{id}}"),
    ("DELETE", "/invites/{id}", ""),
    ("GET", "/initiatives/{id}", ""),
    ("POST", "/initiatives/{id}/vote", "{\"sum\":\"1\"}"),
    ("POST", "/initiatives/{id}", "{\"sum\":\"1\"}"),
    ("DELETE", "/initiatives/{id}", ""),
    ("GET", "/pools/{id}", ""),
    ("DELETE", "/pools/{id}/membership", ""),
    ("POST", "/pools/{id}/cases", "{\"text\":\"x\",\"sum\":\"1\"}"),
    ("GET", "/cases/{id}", ""),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_theirs_looks_like_what_does_not_exist() {
    let town = Town::begins().await;
    let (_, _, mut hers, mut his) = anna_and_boris(&town).await;
    hers.does("/me/collections", json!({"kind": "monthly", "sum": "500"})).await;
    let collection = hers.gets("/me").await["card"]["requests"][0]["collection"].clone();
    his.does(&format!("/collections/{collection}/help"), json!({"sum": "50"})).await;
    hers.does("/initiatives", json!({"title": "A well", "text": "For all of us", "sum": "100", "days": 20})).await;
    let pool = json!({"name": "Roof", "rules": "Only roofs", "smallest": "1", "largest": "10", "contribution": "5"});
    hers.does("/pools", pool).await;
    let before = count(&town, "journal").await;

    let mallory = town.member(103, "Mallory", "en").await;
    let mut mallory = Program::allowed(&town, &mallory, "read and act").await;
    let own = count(&town, "journal").await;
    assert_eq!(mallory.gets("/network").await["items"], json!([]));
    assert_eq!(mallory.gets("/initiatives").await["items"], json!([]));
    assert_eq!(mallory.gets("/pools").await["items"], json!([]));
    assert_eq!(
        mallory.gets("/events?after=0").await["items"].as_array().map(Vec::len),
        Some(2),
        "what she did herself"
    );
    for (method, path, body) in FORGED {
        for (there, nowhere) in [("1", "999999"), ("2", "x")] {
            // A number that is none is not even asked for where it stands in a body.
            if path == "/invites" && nowhere == "x" {
                continue;
            }
            let body = |id: &str| serde_json::from_str(&body.replace("{id}", id)).unwrap_or(Value::Null);
            let found = mallory.asks(method, &path.replace("{id}", there), &body(there)).await;
            let not = mallory.asks(method, &path.replace("{id}", nowhere), &body(nowhere)).await;
            assert_eq!((found.0, &found.1), (404, &not.1), "{method} {path} {there}");
        }
        // She asks slowly enough to be answered.
        tokio::time::sleep(std::time::Duration::from_millis(750)).await;
    }
    assert_eq!(count(&town, "journal").await, own, "nothing happened by all that");
    assert!(before < own);
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_too_often_waits_and_nobody_else_does() {
    let town = Town::begins().await;
    let (_, _, mut hers, mut his) = anna_and_boris(&town).await;
    // What is to be done may be asked for the least often, and what does not exist is answered the soonest.
    let mut found = None;
    for _ in 0..400 {
        let answer = hers.asks_so("POST", "/collections/0/help", &[], &json!({"sum": "1"})).await;
        if answer.status == 429 {
            found = Some(answer);
            break;
        }
    }
    let answer = found.expect("it is too often");
    assert_eq!(answer.header("retry-after"), Some("10"));
    assert!(answer.body.contains("too_often"), "{}", answer.body);
    his.gets("/me").await;
    // Nor does it help to show many tokens, nor none.
    let mut nobody = Program { token: String::new(), browser: town.browser("en") };
    let mut last = 0;
    for n in 0..400 {
        nobody.token = format!("exodus_{n}");
        last = nobody.asks_so("GET", "/me", &[("x-forwarded-for", "203.0.113.9")], &Value::Null).await.status;
    }
    assert_eq!(last, 429);
    his.gets("/me").await;
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_is_waited_for_and_told_in_its_order() {
    let town = Town::begins().await;
    let (_, _, mut hers, mut his) = anna_and_boris(&town).await;
    hers.does("/me/collections", json!({"kind": "monthly", "sum": "500"})).await;
    let collection = hers.gets("/me").await["card"]["requests"][0]["collection"].clone();
    let end = hers.gets("/events").await["position"].as_i64().unwrap();
    let nothing = hers.gets(&format!("/events?after={end}&wait=1")).await;
    assert_eq!((&nothing["items"], nothing["position"].as_i64()), (&json!([]), Some(end)));

    let waits = tokio::spawn({
        let mut hers = hers.clone();
        async move { hers.gets(&format!("/events?after={end}&wait=20")).await }
    });
    let mut stream = hers.browser.streams("/api/v1/events/stream", &hers.token, end).await;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    his.does(&format!("/collections/{collection}/help"), json!({"sum": "50"})).await;
    let told = tokio::time::timeout(std::time::Duration::from_secs(3), waits).await.expect("at once").unwrap();
    let first = &told["items"][0];
    assert_eq!((&first["event"], &first["by"], &first["sum"]), (&json!("declared"), &json!("other"), &json!("50")));
    let mut heard = String::new();
    let hears = async {
        while !heard.contains("event: happened") {
            let mut bytes = [0; 4096];
            let read = stream.read(&mut bytes).await.unwrap();
            heard.push_str(&String::from_utf8_lossy(&bytes[..read]));
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(3), hears).await.expect("at once");
    assert!(heard.contains(&format!("id: {}", first["position"])) && heard.contains("declared"), "{heard}");
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_described_is_there_and_needs_a_token() {
    let town = Town::begins().await;
    let mut somebody = town.browser("en");
    let described: Value =
        serde_json::from_str(&somebody.asks("GET", "/api/v1/openapi.json", &[], "").await.body).unwrap();
    assert_eq!(described["openapi"], "3.1.0");
    let mut count = 0;
    for (path, methods) in described["paths"].as_object().unwrap() {
        let path = path.replace("{id}", "1").replace("{deed}", "promise");
        for method in methods.as_object().unwrap().keys() {
            let from = format!("203.0.113.{count}");
            let headers = [("x-forwarded-for", from.as_str())];
            let answer = somebody.asks(&method.to_uppercase(), &path, &headers, "").await;
            // What it takes is looked at first, and says nothing of anybody.
            assert!([401, 422].contains(&answer.status), "{method} {path}: {} {}", answer.status, answer.body);
            count += 1;
        }
    }
    assert!(count > 30, "{count}");
    for path in ["/api/v1/nothing", "/api/v1/me/nothing"] {
        let answer = somebody.asks("GET", path, &[], "").await;
        assert_eq!((answer.status, answer.header("content-type")), (404, Some("application/problem+json")), "{path}");
    }
    let wrong = somebody.asks("POST", "/api/v1/me", &[], "").await;
    assert_eq!((wrong.status, wrong.header("allow")), (405, Some("GET,HEAD")));
    let page = somebody.asks("GET", "/api/v1/", &[], "").await;
    assert!(!page.body.contains("//") && page.header("content-security-policy").is_some(), "{}", page.body);
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_suspended_or_has_left_is_answered_no_more() {
    let town = Town::begins().await;
    let (anna, _, mut hers, _) = anna_and_boris(&town).await;
    let db = town.database().await;
    let sql = "UPDATE member SET suspended_at = '2026-11-03 00:00:00+00:00', suspended_why = 'x' WHERE id = 1";
    db.execute_unprepared(sql).await.unwrap();
    assert_eq!(hers.can_not("GET", "/me", Value::Null).await, (403, "suspended".to_owned()));
    db.execute_unprepared("UPDATE member SET suspended_at = NULL, suspended_why = NULL").await.unwrap();
    let mut web = town.signed_in(&anna, "en").await;
    for label in ["Profile", "Leave", "Yes, leave"] {
        web.presses(label).await;
    }
    assert_eq!(hers.can_not("GET", "/me", Value::Null).await, (401, "unknown_token".to_owned()));
    assert_eq!(count(&town, "program WHERE member_id = 1").await, 0);
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_status_page_is_for_administrators_and_says_nothing_of_anybodys_words() {
    let town = Town::begins().await;
    let (_, _, mut hers, _) = anna_and_boris(&town).await;
    hers.does("/me/collections", json!({"kind": "monthly", "sum": "500"})).await;
    let host = town.member(900, "Host", "en").await;
    let db = town.database().await;
    let failed = "UPDATE outbox SET sent_at = NULL, failed_at = '2026-11-03 12:00:00+00:00', failure = 'Bad Request: can''t parse \"Annas secret\"'
                  WHERE id = (SELECT MIN(id) FROM outbox)";
    db.execute_unprepared(failed).await.unwrap();
    let way = [
        ("Administration", "Status page"),
        ("Status page", "Get a link to it"),
        ("Get a link to it", "The link to the status page"),
    ];
    town.walks(&host, &way).await;
    let text = host.messages().iter().rev().find(|one| one.text.contains("/admin/in/")).unwrap().text.clone();
    let link = text.split_whitespace().find(|word| word.contains("/admin/in/")).unwrap();
    let link = link.strip_prefix(&format!("http://{}", town.at)).unwrap().to_owned();
    let mut web = town.browser("en");
    assert_eq!(web.asks("GET", "/admin", &[], "").await.status, 401);
    for _ in 0..2 {
        web.goes(&link).await.says("Show it");
    }
    let robot = town.browser("en").asks("POST", &link, &[("sec-fetch-site", "cross-site")], "").await;
    assert_eq!(robot.status, 404);
    let forms = web.page.forms();
    web.sends(&forms[0], None).await.says("How the program stands").says("m0015_programs").says("Bad Request");
    web.page.says_nothing_of("secret").says_nothing_of("Anna").says_nothing_of("Boris");
    let cookie = web.cookies["status"].clone();
    let mut other = town.browser("en");
    other.goes(&link).await;
    other.sends(&forms[0], None).await;
    assert_eq!(other.page.status, 410, "it counts once");
    // What is shown there opens nothing else, and nothing else opens it.
    let mut program = Program { token: cookie, browser: town.browser("en") };
    assert_eq!(program.can_not("GET", "/me", Value::Null).await, (403, "not_allowed".to_owned()));
    other.cookies.insert("status".to_owned(), hers.token.clone());
    assert_eq!(other.asks("GET", "/admin", &[], "").await.status, 403);
    town.clock.move_to(town.clock.now() + TimeDelta::hours(12));
    assert_eq!(web.asks("GET", "/admin", &[], "").await.status, 401);
    town.ends().await;
}

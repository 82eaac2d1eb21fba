//! Programs that others have written: a client that is generated from what the bot says of its interface, and a reader of
//! calendars.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::program::{Program, anna_and_boris};
use crate::town::Town;

/// What `scripts/programs install` says.
fn installed(name: &str) -> String {
    let from = std::env::var("EXODUS_TEST_PROGRAMS").unwrap_or_else(|_| {
        panic!("EXODUS_TEST_PROGRAMS is not set: run `scripts/test`, or `scripts/programs install`, which says what to set it to")
    });
    format!("{from}/{name}")
}

fn testing(name: &str) -> String {
    format!("{}/testing/api/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn generated(description: &str, into: &Path) {
    let file = into.join("openapi.json");
    std::fs::write(&file, description).unwrap();
    let config = into.join("config.yml");
    std::fs::write(
        &config,
        "project_name_override: exodus-client\npackage_name_override: exodus_client\npost_hooks: []\n",
    )
    .unwrap();
    let output = into.join("client");
    let mut generator = Command::new(installed("openapi-python-client"));
    generator.args(["generate", "--fail-on-warning", "--path"]).arg(&file).arg("--config").arg(&config);
    let made = generator.arg("--output-path").arg(&output).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&made.stdout), String::from_utf8_lossy(&made.stderr));
    assert!(made.status.success(), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_generated_lives_a_cycle_of_help() {
    let town = Town::begins().await;
    let (_, _, hers, his) = anna_and_boris(&town).await;
    let description = town.browser("en").asks("GET", "/api/v1/openapi.json", &[], "").await.body;
    let place = tempfile::tempdir().unwrap();
    generated(&description, place.path());
    let mut cycle = Command::new(installed("python"));
    cycle.arg(testing("cycle.py")).arg(format!("http://{}", town.at)).args([&hers.token, &his.token]);
    cycle.env("PYTHONPATH", place.path().join("client"));
    let lived = tokio::task::spawn_blocking(move || cycle.output().unwrap()).await.unwrap();
    assert!(lived.status.success(), "{}", String::from_utf8_lossy(&lived.stderr));
    town.ends().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_is_read_by_others_and_says_what_is_promised_until_when() {
    let town = Town::begins().await;
    let (_, boris, mut hers, mut his) = anna_and_boris(&town).await;
    let mut web = town.signed_in(&boris, "en").await;
    for label in ["Profile", "Name"] {
        web.presses(label).await;
    }
    web.writes("Boris").await;
    hers.does("/me/collections", json!({"kind": "emergency", "sum": "500", "days": 7})).await;
    let card = hers.gets("/me").await;
    let help = format!("/collections/{}/help", card["card"]["requests"][0]["collection"]);
    let made = his.does(&help, json!({"sum": "50"})).await;
    let words = "by hand; at noon, \\ or\u{2028}later";
    his.does(&format!("/commitments/{}/note", made["id"]), json!({"note": words})).await;
    let calendar = Program::allowed(&town, &boris, "calendar only").await;
    let mut somebody = town.browser("en");
    let address = format!("/calendar/{}.ics", calendar.token);
    let answer = somebody.asks("GET", &address, &[], "").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/calendar; charset=utf-8")));
    let mut reader = Command::new(installed("python"));
    reader.arg(testing("read_calendar.py")).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut reader = reader.spawn().unwrap();
    reader.stdin.take().unwrap().write_all(answer.body.as_bytes()).unwrap();
    let read = reader.wait_with_output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let read = String::from_utf8(read.stdout).unwrap();
    let lines: Vec<&str> = read.lines().collect();
    assert_eq!(lines.len(), 2, "{read}");
    assert!(lines.iter().any(|line| line.starts_with("2026-11-10|🆘 Anna")), "{read}");
    let promise = lines.iter().find(|line| line.starts_with("2026-11-10|🤝 Anna: €50|by hand; at noon, \\ or"));
    assert!(promise.is_some_and(|line| line.ends_with("2026-11-09T19:00:00+00:00")), "{read}");

    // The token of a calendar is for that, and others are not; and it can be taken back.
    let other = format!("/calendar/{}.ics", his.token);
    assert_eq!(somebody.asks("GET", &other, &[], "").await.status, 404);
    assert_eq!(somebody.asks("GET", "/calendar/exodus_AAAAAAAAAAAAAAAAAAAAAA.ics", &[], "").await.status, 404);
    for label in ["Menu", "Profile", "Programs and calendar", "End: My robot", "Yes, end it"] {
        web.presses(label).await;
    }
    assert_eq!(somebody.asks("GET", &address, &[], "").await.status, 404);
    town.ends().await;
}

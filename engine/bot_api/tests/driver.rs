//! Members who live a script at a bot.

mod bot;

use std::time::Duration;

use bot::{Bot, TOKEN};
use bot_api::driver::{self, Load, Script};
use bot_api::{BotApi, Settings};

async fn api_with_echo() -> (BotApi, tokio::task::JoinHandle<()>) {
    let api = BotApi::launch(Settings { history: false, ..Settings::new(TOKEN) }).await.unwrap();
    let bot = tokio::spawn(Bot::new(&api).echo());
    (api, bot)
}

fn load(members: usize) -> Load {
    Load { members, time: None, rounds: Some(2), warm_up: Duration::ZERO, patience: Duration::from_secs(5) }
}

#[tokio::test]
async fn pairs_of_new_members_live_the_script_and_the_figures_add_up() {
    let (api, _bot) = api_with_echo().await;
    let script = "a: lang ru\na: /start\nb: /start {token-of a}\na: press \"More\"\na: sees more\nb: press More";
    let report = driver::run(&api, Script::parse(script).unwrap(), &load(20)).await;
    assert_eq!((report.members, report.rounds, report.timeouts), (20, 20, 0), "{report}\n{:?}", report.stuck_example);
    assert_eq!((report.updates, report.refused), (80, 0), "{report}");
    assert_eq!(report.requests["sendMessage"], 40);
    assert!(report.answer_p50_ms > 0.0 && report.answer_p50_ms <= report.answer_p95_ms);
}

#[tokio::test]
async fn the_same_members_repeat_what_is_below_the_line() {
    let (api, _bot) = api_with_echo().await;
    let script = Script::parse("a: /start\nrepeat:\na: press More\na: write {round}").unwrap();
    let report = driver::run(&api, script, &load(5)).await;
    assert_eq!((report.members_in_all, report.rounds, report.updates), (5, 10, 25), "{report}");
}

#[tokio::test]
async fn a_step_that_never_comes_is_reported_with_what_the_member_saw() {
    let (api, _bot) = api_with_echo().await;
    let script = Script::parse("a: /start\na: press Nonsense").unwrap();
    let patience = Duration::from_millis(200);
    let report = driver::run(&api, script, &Load { patience, rounds: Some(1), ..load(2) }).await;
    assert_eq!(report.timeouts, 2);
    assert_eq!(report.stuck["a: press Nonsense"], 2);
    assert!(report.stuck_example.unwrap().contains("You said /start"));
}

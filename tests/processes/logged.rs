//! What the log says of a cycle of help and of an outage, and what it does not.

use std::time::Duration;

use bot_api::driver::{self, Load, Script};
use bot_api::{BotApi, Fault, FaultRule};
use exodus::store;
use sea_orm::ConnectionTrait;

use crate::database::on_each;
use crate::faults::member;
use crate::program::{Program, SECRET, TOKEN};

const CYCLE: &str = include_str!("cycle.txt");

/// What the operator is told of them.
const EACH_FAILURE: [&str; 2] = [
    "a message waits: no answer from Telegram: status 200, and an answer that can't be read",
    "a message waits: no answer from Telegram: status 500",
];

/// What members write and read, and what only the operator knows.
const PERSONAL_WORDS: [&str; 12] = [
    TOKEN,
    SECRET,
    "very-secret",
    "a 1000",
    "b 1000",
    "120,50",
    "120.50",
    "Русский",
    "English",
    "обещ",
    "promise",
    "help",
];

/// The accounts, and what was promised.
const PERSONAL_NUMBERS: [&str; 5] = ["1000000", "1000001", "1000002", "1000003", "379"];

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_what_failed_once_and_nothing_of_people() {
    on_each(async |db, url| {
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        // Some of what can go wrong, so that it is logged.
        api.fault(FaultRule::new(Fault::Garbage).method("sendMessage"));
        api.fault(FaultRule::new(Fault::ServerError(500)).method("editMessageText"));
        let refusal = Fault::Refuse(400, "Bad Request: something that we do not know".into());
        api.fault(FaultRule::new(refusal).method("answerCallbackQuery"));
        let load = Load {
            members: 4,
            time: Some(Duration::from_secs(60)),
            rounds: Some(1),
            warm_up: Duration::ZERO,
            patience: Duration::from_secs(20),
        };
        let report = driver::run(&api, Script::parse(CYCLE).unwrap(), &load).await;
        assert_eq!(report.timeouts, 0, "{:?} {:?}", report.stuck, report.stuck_example);
        for _ in 0..100 {
            if store::outbox::waiting(&db).await.unwrap() == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        program.stop().await;

        let (log, lines) = (program.log(), lines(&program));
        assert!(lines.iter().any(|line| line["message"] == "listening"), "{log}");
        for line in &lines {
            let said = without_time(line);
            let word = PERSONAL_WORDS.iter().find(|word| said.contains(**word));
            let number = PERSONAL_NUMBERS.iter().find(|number| has_number(&said, number));
            assert_eq!(word.or(number), None, "nobody's business: {said}");
        }
        // Each of the failures that somebody had to wait for, once; that a press was not answered is nothing to look at.
        let failures = lines.iter().filter(|line| line["level"] == "ERROR" || line["level"] == "WARN");
        let text = |line: &serde_json::Value, field: &str| line[field].as_str().unwrap_or_default().to_owned();
        let mut failures: Vec<String> =
            failures.map(|line| format!("{}: {}", text(line, "message"), text(line, "trouble"))).collect();
        failures.sort();
        let each_once = failures.iter().zip(EACH_FAILURE).all(|(told, failure)| told.starts_with(failure));
        assert!(failures.len() == EACH_FAILURE.len() && each_once, "{failures:#?}\n{log}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_that_many_wait_through_is_told_at_its_beginning_and_at_its_end() {
    on_each(async |_, url| {
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let members: Vec<_> = (301..309).map(|id| api.user(id).named("Somebody").lang("en")).collect();
        for member in &members {
            member.start(None);
            member.sees("choose your language").await;
        }
        for method in ["sendMessage", "editMessageText"] {
            api.fault(FaultRule::new(Fault::ServerError(500)).method(method).always());
        }
        for member in &members {
            member.presses("English");
        }
        // After eight pages that were shown, eight are tried, and tried again.
        let tried = async {
            while api.requests("editMessageText") + api.requests("sendMessage") < 3 * 8 {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), tried).await.expect("they are tried again");
        api.heal();
        for member in &members {
            member.sees("Your status").await;
        }
        program.stop().await;
        let told = |message: &str| lines(&program).iter().filter(|line| line["message"] == message).count();
        assert_eq!((told("a message waits"), told("messages go out again")), (1, 1), "{}", program.log());
    })
    .await;
}

/// Nobody else's turn comes to grief by it, and nothing of whoever it happened to is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_breaks_is_one_error() {
    on_each(async |db, url| {
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        let anna = member(&api).await;
        let checked = "ALTER TABLE person ADD COLUMN spoken TEXT CHECK (lang <> 'en')";
        db.execute_unprepared(checked).await.unwrap();
        anna.writes("/language");
        anna.sees("На каком языке").await;
        anna.presses("English");
        anna.sees("Что-то пошло не так").await;
        anna.writes("/menu");
        anna.sees("Ваш статус").await;
        program.stop().await;
        let lines = lines(&program);
        let errors: Vec<_> = lines.iter().filter(|line| line["level"] == "ERROR" || line["level"] == "WARN").collect();
        let [error] = errors[..] else { panic!("{errors:#?}") };
        assert_eq!(error["level"], "ERROR", "{error}");
        assert_eq!(error["message"], "a turn broke, nothing was changed");
        assert!(error["update"].as_str().is_some_and(|update| update.parse::<i64>().is_ok()), "{error}");
        assert!(error["why"].as_str().is_some_and(|why| why.starts_with("database: ")), "{error}");
    })
    .await;
}

fn lines(program: &Program) -> Vec<serde_json::Value> {
    let read = |line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"));
    program.log().lines().map(read).collect()
}

/// A line of the log but its time, which can hold any digits.
fn without_time(line: &serde_json::Value) -> String {
    let mut said = line.clone();
    said.as_object_mut().unwrap().remove("timestamp");
    said.to_string()
}

/// Whether there is this number, and not only as a part of another, such as of a port.
fn has_number(said: &str, number: &str) -> bool {
    said.split(|digit: char| !digit.is_ascii_digit()).any(|whole| whole == number)
}

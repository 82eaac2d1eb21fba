//! What the log says of a cycle of help and of an outage, and what it does not.

use std::process::Command;
use std::time::Duration;

use bot_api::driver::{self, Load, Script};
use bot_api::{BotApi, Fault, FaultRule};
use chrono::{SubsecRound, TimeDelta};
use exodus::store;
use exodus_engine::conversation::Clock;
use exodus_engine::host::SystemClock;
use sea_orm::{ConnectionTrait, Database};

use crate::database::{on_each, on_postgres, postgres};
use crate::faults::{is_to_be_told_of, member};
use crate::program::{Program, SECRET, TOKEN, says};

const CYCLE: &str = include_str!("cycle.txt");

/// What the operator is told of them.
const EACH_FAILURE: [&str; 2] = [
    "messages wait: no answer from Telegram: status 200, and an answer that can't be read",
    "messages wait: no answer from Telegram: status 500",
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
        // The failures that somebody had to wait for, each once, or together where they came together; that a press was not
        // answered is nothing to look at.
        let failures = lines.iter().filter(|line| line["level"] == "ERROR" || line["level"] == "WARN");
        let text = |line: &serde_json::Value, field: &str| line[field].as_str().unwrap_or_default().to_owned();
        let mut failures: Vec<String> =
            failures.map(|line| format!("{}: {}", text(line, "message"), text(line, "trouble"))).collect();
        failures.sort();
        let each_once = failures.iter().all(|told| EACH_FAILURE.iter().any(|failure| told.starts_with(failure)));
        let ended = lines.iter().filter(|line| line["message"] == "no message waits any more").count();
        assert!((1..=EACH_FAILURE.len()).contains(&failures.len()) && each_once, "{failures:#?}\n{log}");
        assert_eq!(ended, failures.len(), "{log}");
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
        let lines = lines(&program);
        let told = |message: &str| lines.iter().filter(|line| line["message"] == message).collect::<Vec<_>>();
        let (begun, ended) = (told("messages wait"), told("no message waits any more"));
        let ([begun], [ended]) = (&begun[..], &ended[..]) else { panic!("{}", program.log()) };
        assert!([begun, ended].iter().all(|line| line["messenger"] == "telegram"), "{begun} {ended}");
        assert!(ended["seconds"].is_u64() && begun["trouble"].is_string(), "{begun} {ended}");
    })
    .await;
}

/// Longer than a lease is held without an answer, so that what one process does at a time is given up and taken up again.
const AN_OUTAGE: Duration = Duration::from_secs(18);

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_of_the_database_is_two_lines() {
    on_postgres(&async |db, url| {
        store::migrate(&db).await.unwrap();
        let api = BotApi::start(TOKEN).await;
        // The usual level of the log.
        let mut program = Program::start_with(&url, api.url(), |run| {
            run.env_remove("RUST_LOG");
        });
        program.is_ready().await;
        let anna = member(&api).await;
        let server = Database::connect(postgres().unwrap()).await.unwrap();
        let name = url.rsplit('/').next().unwrap();
        let goes = async |allowed: bool| {
            server.execute_unprepared(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}")).await.unwrap();
        };
        let before = lines(&program).len();
        goes(false).await;
        let all = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        server.execute_unprepared(&all).await.unwrap();
        anna.presses("Профиль");
        tokio::time::sleep(AN_OUTAGE).await;
        goes(true).await;
        program.logs("nothing waits for the database any more").await;
        anna.wait_for(Duration::from_secs(60), |messages| {
            messages.iter().any(|message| message.text.contains("Мой профиль")).then_some(())
        })
        .await
        .unwrap();
        program.is_ready().await;
        // What could be said too late as well.
        tokio::time::sleep(Duration::from_secs(3)).await;
        let log = program.log();
        let told: Vec<_> = lines(&program).into_iter().skip(before).collect();
        // What was made up for afterwards is news, and nothing is wrong any more.
        let [begun, ended, afterwards @ ..] = &told[..] else { panic!("{told:#?}\n{log}") };
        assert!(afterwards.iter().all(|line| line["level"] == "INFO"), "{told:#?}\n{log}");
        assert!(begun["level"] == "ERROR" && begun["message"] == "waiting for the database", "{begun}");
        assert!(begun["what"].as_str().is_some_and(|what| !what.is_empty()), "{begun}");
        assert!(begun["why"].as_str().is_some_and(|why| !why.is_empty()), "{begun}");
        assert!(ended["level"] == "INFO" && ended["message"] == "nothing waits for the database any more", "{ended}");
        // It begins with the first that is tried, seconds later at most.
        assert!(ended["seconds"].as_u64().is_some_and(|seconds| seconds >= AN_OUTAGE.as_secs() - 8), "{ended}");
        program.stop().await;
        server.close().await.unwrap();
    })
    .await;
}

/// What another release has left is nobody's while only this one runs.
#[tokio::test(flavor = "multi_thread")]
async fn what_this_release_does_not_know_is_told_once_a_kind() {
    on_each(async |db, url| {
        store::migrate(&db).await.unwrap();
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        member(&api).await;
        program.stop().await;
        let since = SystemClock.now().trunc_subsecs(0) - TimeDelta::hours(1);
        for _ in 0..2 {
            is_to_be_told_of(&db, "of_the_next_release", since).await;
        }
        let work = store::schedule::New { name: "work_of_the_next_release", about: 0, due_at: since };
        store::schedule::plan(&db, [work], since).await.unwrap();

        let program = Program::start(&url, api.url(), None);
        program.logs("notices wait that this release does not know").await;
        program.logs("work is due that this release does not know").await;
        let told: Vec<_> = lines(&program).into_iter().filter(|line| line["since"].is_string()).collect();
        let [one, other] = &told[..] else { panic!("{told:#?}") };
        let (notices, work) = if one["kind"].is_string() { (one, other) } else { (other, one) };
        assert!(notices["kind"] == "of_the_next_release" && work["name"] == "work_of_the_next_release", "{told:#?}");
        for line in [notices, work] {
            assert!(line["since"] == since.to_string() && line["level"] == "WARN", "{line}");
        }
    })
    .await;
}

/// Whatever reads a log of JSON reads why it ends, too.
#[tokio::test]
async fn what_ends_the_program_is_told_as_the_log_is_written() {
    let wrong = |run: &mut Command| {
        run.env("EXODUS_TELEGRAM_TOKEN", "no token").env("EXODUS_CURRENCY", "euro");
    };
    let (well, said) = says("run", "sqlite::memory:", |run| {
        wrong(run);
        run.env("EXODUS_LOG_FORMAT", "json");
    });
    assert!(!well);
    let last: serde_json::Value = serde_json::from_str(said.lines().next_back().unwrap()).expect(&said);
    assert_eq!(last["level"], "ERROR", "{said}");
    for key in ["telegram.token", "currency"] {
        assert!(last["message"].as_str().is_some_and(|message| message.contains(key)), "{said}");
    }
    let (_, said) = says("run", "sqlite::memory:", wrong);
    assert!(said.contains("exodus: "), "{said}");
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

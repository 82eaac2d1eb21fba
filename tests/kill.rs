//! The real program, killed without warning (`kill -9`) between any two steps of a cycle of help, and in the middle of
//! them, while Telegram refuses with unknown words or hangs: started again, it goes on where it was. Nothing is lost, and
//! nothing is done twice.
#![cfg(all(feature = "telegram", unix))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "support/database.rs"]
mod database;

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bot_api::{BotApi, ChatMessage, Fault, FaultRule, User};
use exodus::domain::State;
use exodus::store::{self, Slice};
use sea_orm::{DatabaseConnection, EntityTrait};

const TOKEN: &str = "1234567:test";

/// How long an answer is waited for before the person tries again, as people do.
const BEFORE_TRYING_AGAIN: Duration = Duration::from_secs(3);

/// So often. What a killed process was sending waits for the end of its lease, some twenty seconds.
const TRIES: usize = 12;

#[derive(Clone, Copy)]
enum Who {
    Anna,
    Boris,
}

#[derive(Clone, Copy)]
enum Does {
    Starts,
    FollowsTheInvite,
    Writes(&'static str),
    Presses(&'static str),
}

/// One step: somebody does something, and then somebody has seen these words, and the journal has so many records of
/// a kind. (A notice that was being sent when the program was killed may come twice, so words alone prove little.)
struct Step(Who, Does, Who, &'static str, Noted);

type Noted = Option<(&'static str, usize)>;

use Does::{FollowsTheInvite, Presses, Starts, Writes};
use Who::{Anna, Boris};

const CYCLE: &[Step] = &[
    Step(Anna, Starts, Anna, "Пожалуйста, выберите язык", None),
    Step(Anna, Presses("Русский"), Anna, "Ваш статус: Зелёный", None),
    Step(Anna, Presses("Профиль"), Anna, "Мой профиль", None),
    Step(Anna, Presses("✅ Статус"), Anna, "Вы можете помогать, а вам самим", None),
    Step(Anna, Presses("Нужна ежемесячная помощь"), Anna, "Сколько вам нужно в месяц", None),
    Step(Anna, Writes("500"), Anna, "каждый месяц. Всё верно", None),
    Step(Anna, Presses("Да, попросить"), Anna, "Ваше приглашение", Some(("collection_opened", 1))),
    Step(Boris, FollowsTheInvite, Boris, "Please choose your language", None),
    Step(Boris, Presses("English"), Boris, "Would you like to help", None),
    Step(Boris, Presses("Yes, I want to help"), Boris, "How much are you willing", None),
    Step(Boris, Writes("120,50"), Boris, "Your intention: help", None),
    Step(Boris, Presses("Yes, I intend to"), Anna, "хочет помочь вам", Some(("declared", 1))),
    Step(Anna, Presses("Попросить пообещать"), Boris, "asks you to promise", Some(("asked_to_promise", 1))),
    Step(Boris, Presses("🤝 Promise"), Anna, "теперь обещает помочь вам", Some(("promised", 1))),
    Step(Boris, Presses("Done"), Anna, "Она дошла?", Some(("claimed", 1))),
    Step(Anna, Presses("Не получено"), Anna, "Сообщить, что помощь до вас не дошла", None),
    Step(Anna, Presses("не дошли"), Boris, "has not arrived yet", Some(("not_received", 1))),
    Step(Boris, Presses("Done"), Anna, "Она дошла?", Some(("claimed", 2))),
    Step(Anna, Presses("Подтвердить"), Boris, "confirms that they received", Some(("confirmed", 1))),
];

/// The program, running on one database against one Bot API server.
struct Program {
    child: Child,
    home: tempfile::TempDir,
    database_url: String,
    api_url: String,
}

impl Program {
    fn start(database_url: &str, api: &BotApi) -> Program {
        let home = tempfile::tempdir().unwrap();
        let api_url = api.url().to_owned();
        let child = spawn(&home, database_url, &api_url);
        Program { child, home, database_url: database_url.to_owned(), api_url }
    }

    /// `kill -9`, and the same program once more.
    fn kill_and_start_again(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.child = spawn(&self.home, &self.database_url, &self.api_url);
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(home: &tempfile::TempDir, database_url: &str, api_url: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_exodus"))
        .arg("run")
        .current_dir(home.path())
        .env("EXODUS_DATABASE_URL", database_url)
        .env("EXODUS_TELEGRAM_TOKEN", TOKEN)
        .env("EXODUS_TELEGRAM_API_URL", api_url)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

struct Cast {
    anna: User,
    boris: User,
}

impl Cast {
    fn of(api: &BotApi) -> Cast {
        Cast { anna: api.user(101).named("Анна").lang("ru"), boris: api.user(102).named("Boris").lang("en") }
    }

    fn user(&self, who: Who) -> &User {
        match who {
            Anna => &self.anna,
            Boris => &self.boris,
        }
    }

    fn act(&self, Step(who, does, ..): &Step) {
        let user = self.user(*who);
        match does {
            Starts => user.start(None),
            FollowsTheInvite => user.start(Some(&self.token())),
            Writes(text) => user.writes(text),
            Presses(label) => user.presses(label),
        };
    }

    /// What there is to press is still there: the page may have gone on without having been answered.
    fn can(&self, Step(who, does, ..): &Step) -> bool {
        let Presses(label) = does else { return true };
        self.user(*who).messages().iter().any(|message| !message.deleted && message.button(label).is_some())
    }

    /// Waits until what there is to press has come: others may have been told of the step before, first.
    async fn could(&self, step: &Step) {
        for _ in 0..600 {
            if self.can(step) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the step is over. Somebody who gets no answer does the same once more, as people do.
    async fn see(&self, step: &Step, db: &DatabaseConnection) {
        let Step(_, _, who, words, noted) = step;
        let seen = |messages: &[ChatMessage]| {
            messages.iter().any(|message| message.from_bot && message.text.contains(words)).then_some(())
        };
        for _ in 0..TRIES {
            let over = async {
                while !is_noted(db, *noted).await {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                self.user(*who).wait_for(BEFORE_TRYING_AGAIN, seen).await
            };
            if matches!(tokio::time::timeout(BEFORE_TRYING_AGAIN, over).await, Ok(Ok(()))) {
                return;
            }
            if self.can(step) {
                self.act(step);
            }
        }
        let (anna, boris) = (self.anna.transcript(), self.boris.transcript());
        panic!("{words:?} was not seen, or {noted:?} not noted.\n=== Anna\n{anna}\n=== Boris\n{boris}");
    }

    fn token(&self) -> String {
        let messages = self.anna.messages();
        let link = messages.iter().rev().find_map(|message| message.text.split("?start=").nth(1)).unwrap();
        link.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
    }
}

async fn is_noted(db: &DatabaseConnection, noted: Noted) -> bool {
    let Some((what, times)) = noted else { return true };
    let journal = store::journal::Entity::find().all(db).await.unwrap();
    journal.iter().filter(|row| row.what == what).count() >= times
}

/// Nothing is being sent, and nothing waits to be.
async fn nobody_is_untold(db: &DatabaseConnection) {
    for _ in 0..600 {
        if store::outbox::waiting(db).await.unwrap() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("somebody is still to be told something");
}

/// What must be true after the cycle, however often the program was killed.
async fn check(db: &DatabaseConnection) {
    nobody_is_untold(db).await;
    let anna = store::account::find_by_account(db, "telegram", "101").await.unwrap().unwrap().1.id;
    let all = Slice { skip: 0, take: 100 };
    let listed = store::commitment::by_receiver(db, anna, &State::ALL, all).await.unwrap();
    assert_eq!(listed.len(), 1, "one commitment: {listed:?}");
    let now = &listed[0].commitment;
    // The clock is the real one: where a month ends meanwhile, the help is late.
    assert!(matches!(now.state, State::Fulfilled | State::FulfilledLate), "{now:?}");
    assert_eq!(now.sum.minor(), 12_050);
    let journal = store::journal::of_commitment(db, listed[0].commitment.id).await.unwrap();
    let deeds: Vec<&str> = journal.iter().map(|row| row.what.as_str()).filter(|what| *what != "went_overdue").collect();
    let expected = ["declared", "asked_to_promise", "promised", "claimed", "not_received", "claimed", "confirmed"];
    assert_eq!(deeds, expected, "each deed was done once");
}

/// Something else each time that Telegram has not done before; it meets whatever is shown or told next.
fn unforeseen(number: usize) -> FaultRule {
    let fault = match number % 3 {
        0 => Fault::Refuse(400, "Bad Request: SOMETHING_NEW".into()),
        1 => Fault::Hang(Duration::from_secs(1)),
        _ => Fault::Refuse(400, "Logged out".into()),
    };
    FaultRule::new(fault).method(if number.is_multiple_of(2) { "sendMessage" } else { "editMessageText" })
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_any_two_steps_the_cycle_goes_on() {
    database::on_each(async |db, url| {
        let api = BotApi::start(TOKEN).await;
        let cast = Cast::of(&api);
        let mut program = Program::start(&url, &api);
        for step in CYCLE {
            cast.could(step).await;
            cast.act(step);
            cast.see(step, &db).await;
            nobody_is_untold(&db).await;
            program.kill_and_start_again();
        }
        check(&db).await;
        assert!(api.violations().is_empty(), "{:?}", api.violations());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_of_any_step_nothing_is_lost_and_nothing_done_twice() {
    database::on_each(async |db, url| {
        let api = BotApi::start(TOKEN).await;
        let cast = Cast::of(&api);
        let mut program = Program::start(&url, &api);
        for (number, step) in CYCLE.iter().enumerate() {
            cast.could(step).await;
            api.fault(unforeseen(number));
            cast.act(step);
            // A moment that is another one in each step: before the turn, within it, after it.
            tokio::time::sleep(Duration::from_millis(number as u64 * 7 % 40)).await;
            program.kill_and_start_again();
            cast.see(step, &db).await;
        }
        check(&db).await;
    })
    .await;
}

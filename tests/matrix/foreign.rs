//! People whose clients share nothing with ours: another library, another implementation of the cryptography.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use matrix_sdk::ruma::UserId;
use serde_json::{Value, json};

use crate::bot::{Bot, Home, nobody_is_untold};
use crate::cycle::{invite_in, raw_events};
use crate::line::Line;
use crate::person::{PASSWORD, fresh};
use crate::server::{Server, shared};
use crate::unreadable::{MovedClock, Noted};
use crate::waiting::until;

/// Somebody with `testing/matrix/foreign.py`, which says what it can.
pub struct Foreigner {
    pub id: String,
    program: Child,
    input: ChildStdin,
    told: Arc<Mutex<Vec<Told>>>,
    pub room: String,
    _store: tempfile::TempDir,
}

/// A line of what the program has told.
#[derive(Clone)]
struct Told {
    line: Value,
    /// The test has asked for it.
    seen: bool,
}

impl Foreigner {
    async fn on(server: &Server, name: &str) -> Foreigner {
        Foreigner::behind(server, &server.url(), name).await
    }

    /// The client reaches the server at this url.
    async fn behind(server: &Server, url: &str, name: &str) -> Foreigner {
        let store = tempfile::tempdir().unwrap();
        let mut program = Command::new(python());
        program.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/testing/matrix/foreign.py"));
        Foreigner::by(program, server, url, name, store).await
    }

    /// With another program that is told and tells the same.
    pub async fn by(
        mut program: Command,
        server: &Server,
        url: &str,
        name: &str,
        store: tempfile::TempDir,
    ) -> Foreigner {
        let account = fresh("foreigner");
        let id = server.register(&account, PASSWORD).await;
        let token = server.token(&account, PASSWORD).await;
        let shown = format!("/_matrix/client/v3/profile/{id}/displayname");
        server.put(&shown, &token, &json!({ "displayname": name })).await;
        let mut program = program
            .args([url, &id, PASSWORD])
            .arg(store.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the foreign client can't be run; scripts/synapse install makes it again");
        let (input, output) = (program.stdin.take().unwrap(), program.stdout.take().unwrap());
        let told = Arc::new(Mutex::new(Vec::new()));
        let listens = told.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                listens.lock().unwrap().push(Told { line: serde_json::from_str(&line).unwrap(), seen: false });
            }
        });
        Foreigner { id, program, input, told, room: String::new(), _store: store }
    }

    pub fn does(&mut self, command: &Value) {
        writeln!(self.input, "{command}").unwrap();
    }

    pub async fn opens_a_chat(&mut self, bot: &UserId) {
        self.does(&json!({ "open": bot }));
        let opened = self.waits("the bot comes", |line| line["opened"].is_string()).await;
        opened["opened"].as_str().unwrap().clone_into(&mut self.room);
    }

    /// Follows the bot's invite, and goes on there.
    pub async fn accepts(&mut self) {
        self.does(&json!({ "accept": true }));
        let opened = self.waits("the new room", |line| line["opened"].is_string()).await;
        opened["opened"].as_str().unwrap().clone_into(&mut self.room);
    }

    /// Says something, and gives the event that it became.
    pub async fn sends(&mut self, words: &str) -> String {
        self.says(words);
        let said = self.waits("it is sent", |line| line["said"].is_string()).await;
        said["said"].as_str().unwrap().to_owned()
    }

    fn says(&mut self, words: &str) {
        self.does(&json!({ "say": words }));
    }

    fn replies(&mut self, to: &Value, words: &str) {
        self.does(&json!({ "say": words, "reply_to": to["heard"] }));
    }

    /// Waits for a message that contains these words, and that was not seen before.
    pub async fn sees(&self, words: &str) -> Value {
        self.waits(words, |line| line["body"].as_str().is_some_and(|body| body.contains(words))).await
    }

    pub async fn asks(&mut self, words: &str, answer: &str) -> Value {
        self.says(words);
        self.sees(answer).await
    }

    pub async fn waits(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let what = format!("{} sees {what:?}", self.id);
        until(&what, async || {
            let mut told = self.told.lock().unwrap();
            let found = told.iter_mut().find(|told| !told.seen && fits(&told.line))?;
            found.seen = true;
            Some(found.line.clone())
        })
        .await
    }

    pub fn told(&self, key: &str) -> Vec<Value> {
        let told = self.told.lock().unwrap();
        told.iter().map(|told| told.line.clone()).filter(|line| !line[key].is_null()).collect()
    }
}

impl Drop for Foreigner {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
        if std::thread::panicking() {
            for Told { line, .. } in self.told.lock().unwrap().iter() {
                eprintln!("{}: {line}", self.id);
            }
        }
    }
}

/// The message that this one's thread began with.
pub fn thread_of(line: &Value) -> &str {
    assert_eq!(line["relation"]["rel_type"], "m.thread", "{line}");
    line["relation"]["event_id"].as_str().unwrap()
}

/// A thread on an old page, and a message that is changed, in a room of this version.
pub async fn threads_and_edits(anna: &mut Foreigner, bot: &UserId, version: &str) {
    anna.does(&json!({ "open": bot, "version": version }));
    let opened = anna.waits("the bot comes", |line| line["opened"].is_string()).await;
    opened["opened"].as_str().unwrap().clone_into(&mut anna.room);
    anna.sees("Please choose your language").await;
    anna.asks("English", "Welcome").await;
    let menu = anna.asks("menu", "Your status: Green").await;
    anna.asks("profile", "My profile").await;
    anna.does(&json!({ "say": "1", "thread": menu["heard"] }));
    let line = anna.sees("That page is not open any more").await;
    assert_eq!(thread_of(&line), menu["heard"].as_str().unwrap());
    anna.does(&json!({ "say": "status", "thread": menu["heard"] }));
    let status = anna.sees("Your status: Green").await;
    assert_eq!(thread_of(&status), menu["heard"].as_str().unwrap());
    let sum = anna.asks("I need help every month", "How much do you need").await;
    assert!(sum["relation"].is_null(), "{sum}");
    let said = anna.sends("500").await;
    anna.sees("You ask for €500 every month").await;
    anna.does(&json!({ "say": "5000", "edit": said }));
    anna.sees("before you changed it").await;
    anna.asks("cancel", "Cancelled").await;
    assert_eq!(anna.told("unreadable"), Vec::<Value>::new());
}

/// The Python that has matrix-nio.
fn python() -> String {
    std::env::var("EXODUS_TEST_NIO").unwrap_or_else(|_| {
        panic!(
            "these tests need a foreign client: run them by `scripts/test --test matrix`, which installs it, or set \
             EXODUS_TEST_NIO as `scripts/synapse install` says"
        )
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cycle_of_help_between_people_with_another_library() {
    let server = shared().await;
    let mut bot = Bot::on(server).await;
    let id = bot.home.id.clone();
    let (mut anna, mut boris) = tokio::join!(Foreigner::on(server, "Анна"), Foreigner::on(server, "Boris"));

    anna.opens_a_chat(&id).await;
    anna.sees("Please choose your language").await;
    anna.asks("2", "Добро пожаловать").await;
    anna.asks("Профиль", "Мой профиль").await;
    anna.asks("статус", "Ваш статус: Зелёный").await;
    anna.asks("Нужна ежемесячная помощь", "Сколько вам нужно в месяц").await;
    anna.asks("500", "каждый месяц. Всё верно").await;
    let invited = anna.asks("1️⃣", "Ваше приглашение").await;
    let token = invite_in(invited["body"].as_str().unwrap());

    boris.opens_a_chat(&id).await;
    boris.asks(&format!("start {token}"), "Please choose your language").await;
    boris.asks("English", "Would you like to help Анна?").await;
    boris.asks("yes", "How much are you willing").await;
    boris.asks("120,50", "Your intention: help Анна with €120.50").await;
    boris.asks("1.", "Анна has been told").await;

    let notice = anna.sees("Boris хочет помочь вам: 120,50").await;
    anna.replies(&notice, "попросить пообещать");
    anna.sees("получит просьбу").await;
    let question = boris.sees("asks you to promise").await;
    boris.replies(&question, "promise");
    boris.sees("You have promised").await;
    anna.sees("теперь обещает помочь вам").await;
    boris.asks("done", "Marked as done").await;
    anna.sees("Она дошла?").await;
    anna.asks("подтвердить", "120,50").await;
    boris.sees("confirms that they received €120.50").await;
    anna.asks("меню", "Ваш статус").await;
    anna.asks("профиль", "Недостаёт: 379,50").await;
    nobody_is_untold(&bot.home.database().await).await;

    for person in [&anna, &boris] {
        assert_eq!(person.told("unreadable"), Vec::<Value>::new());
        let heard = person.told("heard");
        assert!(heard.iter().all(|line| line["encrypted"] == true && line["kind"] == "m.text"), "{heard:#?}");
        let token = server.token(&person.id, PASSWORD).await;
        let events = raw_events(server, &token, &person.room).await;
        let of_the_bot = events.iter().filter(|event| event["sender"] == id.as_str() && event["state_key"].is_null());
        let of_the_bot: Vec<&Value> = of_the_bot.collect();
        assert_eq!(of_the_bot.len(), heard.len());
        for event in of_the_bot {
            assert_eq!(event["type"], "m.room.encrypted", "{event}");
            assert_eq!(event["content"]["algorithm"], "m.megolm.v1.aes-sha2", "{event}");
        }
    }
    bot.stops().await.unwrap();
}

/// What is kept about somebody comes as a file, which another library decrypts.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_encrypted_and_read_by_another_library() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    let id = bot.home.id.clone();
    let mut anna = Foreigner::on(server, "Анна").await;
    anna.opens_a_chat(&id).await;
    anna.sees("Please choose your language").await;
    anna.asks("2", "Добро пожаловать").await;
    anna.asks("Профиль", "Мой профиль").await;
    anna.asks("Мои данные", "файл JSON").await;
    anna.asks("1", "Вот всё, что о вас хранится").await;
    let file = anna.waits("the file", |line| line["file"].is_string()).await;
    assert_eq!((&file["file"], &file["media_type"]), (&json!("exodus-my-data.json"), &json!("application/json")));
    assert_eq!(file["msgtype"], "m.file");
    let data: Value = serde_json::from_str(file["content"].as_str().unwrap()).expect("JSON");
    assert_eq!(data["tables"]["member"][0]["name"], "Анна");
    assert_eq!(data["tables"]["account"][0]["address"], anna.id.as_str());
    // The event itself says nothing of it to the homeserver.
    let token = server.token(&anna.id, PASSWORD).await;
    let events = raw_events(server, &token, &anna.room).await;
    let of_the_bot = events.iter().filter(|event| event["sender"] == id.as_str() && event["state_key"].is_null());
    assert!(of_the_bot.clone().count() >= 6);
    assert!(of_the_bot.clone().all(|event| event["type"] == "m.room.encrypted"));
    // Said once more there, it is not sent once more.
    anna.asks("спасибо", "Вот всё, что о вас хранится").await;
    assert_eq!(anna.told("file").len(), 1);
}

/// This library does not begin a new session when the room is renewed; so the new room helps.
#[tokio::test(flavor = "multi_thread")]
async fn whose_library_goes_on_with_a_lost_key_is_invited_to_a_new_room_and_understood_there() {
    let server = shared().await;
    let clock = Arc::new(MovedClock::default());
    let bot = Bot::by(clock.clone(), Home::on(server).await);
    bot.home.can_be_written_to(server).await;
    let noted = Noted::by(&bot).await;
    let line = Line::to(server).await;
    let mut anna = Foreigner::behind(server, &line.url(), "Anna").await;
    anna.opens_a_chat(&bot.home.id).await;
    line.loses("/sendToDevice/");
    let lost = anna.sends("start").await;
    line.passes_all();
    noted.has(&lost).await;
    clock.moves_on(TimeDelta::seconds(60));
    anna.sees("If that does not help, I will invite you").await;
    // She does not answer within the same second, by which the bot counts.
    clock.moves_on(TimeDelta::seconds(1));
    let again = anna.sends("start").await;
    noted.has(&again).await;
    clock.moves_on(TimeDelta::seconds(60));
    anna.sees("please accept the invitation").await;
    anna.accepts().await;
    anna.sees("Please choose your language").await;
    anna.asks("English", "Welcome").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: scripts/test long"]
async fn another_library_speaks_in_threads_and_changes_what_it_said_in_rooms_of_each_version() {
    let server = shared().await;
    let bot = Bot::on(server).await;
    for version in ["10", "11", "12"] {
        let mut anna = Foreigner::on(server, "Anna").await;
        threads_and_edits(&mut anna, &bot.home.id, version).await;
    }
}

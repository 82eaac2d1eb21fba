//! `exodus init` as a host meets it: in a terminal, which `script` of util-linux plays.

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bot_api::BotApi;

use crate::program::TOKEN;

/// A terminal in which it runs.
struct Terminal {
    script: Child,
    keyboard: ChildStdin,
    screen: Arc<Mutex<String>>,
    read: usize,
}

impl Terminal {
    fn in_folder(home: &Path, command: &str, api_url: &str) -> Terminal {
        Terminal::running(home, &format!("{} {command}", env!("CARGO_BIN_EXE_exodus")), api_url)
    }

    fn running(home: &Path, command: &str, api_url: &str) -> Terminal {
        let mut script = Command::new("script");
        script.args(["--quiet", "--return", "--flush", "--command", command, "/dev/null"]);
        script
            .current_dir(home)
            .env("EXODUS_TELEGRAM_API_URL", api_url)
            .env("LC_ALL", "C")
            .env("TZ", "Europe/Podgorica");
        script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut script = script.spawn().expect("script is a part of util-linux");
        let screen = Arc::<Mutex<String>>::default();
        let (mut output, shown) = (script.stdout.take().unwrap(), screen.clone());
        std::thread::spawn(move || {
            let (mut bytes, mut seen) = ([0; 4096], Vec::new());
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                seen.extend_from_slice(&bytes[..count]);
                *shown.lock().unwrap() = String::from_utf8_lossy(&seen).into_owned();
            }
        });
        let keyboard = script.stdin.take().unwrap();
        Terminal { script, keyboard, screen, read: 0 }
    }

    fn screen(&self) -> String {
        self.screen.lock().unwrap().clone()
    }

    /// Waits until the screen says so, below what was waited for before.
    async fn sees(&mut self, words: &str) {
        let seen = async {
            loop {
                let screen = self.screen();
                if let Some(at) = screen[self.read..].find(words) {
                    return self.read + at + words.len();
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(90), seen).await;
        self.read = waited.unwrap_or_else(|_| panic!("never {words:?}:\n{}", self.screen()));
    }

    /// Answers a question, after its last words.
    async fn answers(&mut self, question: &str, answer: &str) {
        self.sees(question).await;
        self.sees(": ").await;
        writeln!(self.keyboard, "{answer}").unwrap();
    }

    fn presses(&mut self, key: &str) {
        write!(self.keyboard, "{key}").unwrap();
        self.keyboard.flush().unwrap();
    }

    async fn ends(mut self) -> (Option<i32>, String) {
        let ended = async {
            loop {
                match self.script.try_wait().unwrap() {
                    Some(status) => return status.code(),
                    None => tokio::time::sleep(Duration::from_millis(10)).await,
                }
            }
        };
        let code = tokio::time::timeout(Duration::from_secs(90), ended).await.expect("it ends");
        (code, self.screen())
    }
}

/// What `exodus check` says of the folder's configuration, and whether all is well.
fn checked(home: &Path, api_url: &str) -> (bool, String) {
    let mut check = Command::new(env!("CARGO_BIN_EXE_exodus"));
    let done = check.arg("check").current_dir(home).env("EXODUS_TELEGRAM_API_URL", api_url).output().unwrap();
    (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_configuration_is_asked_for_looked_at_and_written() {
    let (home, api) = (tempfile::tempdir().unwrap(), BotApi::start(TOKEN).await);
    let mut terminal = Terminal::in_folder(home.path(), "init", api.url());
    terminal.answers("Which language", "3").await;
    terminal.answers("from 1 to 2", "english").await;
    terminal.answers("Where do people talk", "").await;
    terminal.answers("The token that @BotFather gave", "no token at all").await;
    terminal.sees("This is not a bot’s token").await;
    terminal.answers("The token that @BotFather gave", "1234567:wrong").await;
    terminal.sees("Telegram does not know this token").await;
    terminal.answers("The token that @BotFather gave", &format!("{TOKEN} ")).await;
    terminal.sees("this is @").await;
    terminal.answers("In which currency", "qqq").await;
    terminal.sees("QQQ is in no list").await;
    terminal.answers("In which currency", "dinars of the moon").await;
    terminal.sees("I don’t know this currency").await;
    terminal.answers("In which currency", "rsd").await;
    terminal.sees("Sums will look like this: ").await;
    terminal.answers("Where does the community live", "Atlantis").await;
    terminal.sees("I don’t know this place").await;
    terminal.answers("Where does the community live", "Belgrade").await;
    terminal.sees("Europe/Belgrade: it is ").await;
    terminal.sees("exodus.toml is written").await;
    terminal.sees("Write to it: https://t.me/").await;
    let (code, screen) = terminal.ends().await;
    assert_eq!(code, Some(0), "{screen}");
    for secret in [TOKEN, "no token at all", "1234567:wrong"] {
        assert!(!screen.contains(secret), "a secret was shown:\n{screen}");
    }

    let file = home.path().join("exodus.toml");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let written = std::fs::read_to_string(&file).unwrap();
    for line in [
        "time_zone = \"Europe/Belgrade\"".to_owned(),
        "currency = \"RSD\"".to_owned(),
        "default_language = \"en\"".to_owned(),
        format!("token = \"{TOKEN}\""),
    ] {
        assert!(written.lines().any(|written| written == line), "{line}:\n{written}");
    }
    let entries = std::fs::read_dir(home.path()).unwrap().count();
    assert_eq!(entries, 1, "nothing else was left behind");
    let (well, said) = checked(home.path(), api.url());
    assert!(well && said.contains("the token is that of @"), "{said}");

    // What is there is never written over.
    let (code, screen) = Terminal::in_folder(home.path(), "init --lang ru", api.url()).ends().await;
    assert!(code == Some(1) && screen.contains("Файл exodus.toml уже есть"), "{screen}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_kept_while_a_messenger_is_silent_and_where_the_file_can_not_be_made() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::in_folder(home.path(), "init --lang ru", "http://127.0.0.1:1");
    terminal.answers("На каком языке", "").await;
    terminal.answers("Где люди будут говорить", "2").await;
    terminal.answers("Учётная запись бота", "bot@example.org").await;
    terminal.sees("Это не учётная запись").await;
    terminal.answers("Учётная запись бота", "@bot:127.0.0.1").await;
    terminal.answers("Адрес её сервера [https://127.0.0.1]", "http://127.0.0.1:1").await;
    terminal.answers("Пароль", "п\"а\\роль ").await;
    terminal.sees("не отвечает").await;
    terminal.answers("Что делать?", "").await;
    terminal.sees("не отвечает").await;
    terminal.answers("Что делать?", "2").await;
    terminal.answers("Адрес прокси", "ftp://127.0.0.1").await;
    terminal.sees("Это не адрес прокси").await;
    terminal.answers("Адрес прокси", "socks5h://127.0.0.1:2").await;
    terminal.sees("не отвечает").await;
    terminal.answers("Что делать?", "3").await;
    terminal.answers("Учётная запись бота в Matrix, например @exodus:example.org [@bot:127.0.0.1]", "").await;
    terminal.answers("Адрес её сервера [http://127.0.0.1:1]", "").await;
    terminal.answers("Пароль", "п\"а\\роль ").await;
    terminal.sees("не отвечает").await;
    terminal.answers("Что делать?", "4").await;
    terminal.answers("В какой валюте", "€").await;
    // Somebody else was quicker.
    let taken = home.path().join("exodus.toml");
    std::fs::write(&taken, "").unwrap();
    terminal.answers("Где живёт сообщество", "").await;
    terminal.sees("Файл exodus.toml уже есть").await;
    terminal.answers("Куда записать", "other.toml").await;
    terminal.sees("exodus run --config other.toml").await;
    let (code, screen) = terminal.ends().await;
    assert!(code == Some(0) && !screen.contains("роль \r") && !screen.contains("п\"а"), "{screen}");
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "");
    let written = std::fs::read_to_string(home.path().join("other.toml")).unwrap();
    for line in [
        "password = \"п\\\"а\\\\роль \"",
        "proxy = \"socks5h://127.0.0.1:2\"",
        "time_zone = \"Europe/Podgorica\"",
        "default_language = \"ru\"",
    ] {
        assert!(written.lines().any(|written| written == line), "{line}:\n{written}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_ends_it_has_a_terminal_that_shows_what_is_typed_and_no_file() {
    let (home, api) = (tempfile::tempdir().unwrap(), BotApi::start(TOKEN).await);
    let asked = format!("-c 'trap : INT; {} init; echo ended with $?; stty -a'", env!("CARGO_BIN_EXE_exodus"));
    for (ends, code) in [("\u{3}", 130), ("\u{4}", 1)] {
        let mut terminal = Terminal::running(home.path(), &format!("sh {asked}"), api.url());
        terminal.answers("Which language", "").await;
        terminal.answers("Where do people talk", "telegram").await;
        terminal.sees("The token that @BotFather gave").await;
        terminal.sees(": ").await;
        terminal.presses(ends);
        terminal.sees("Nothing was written.").await;
        terminal.sees(&format!("ended with {code}")).await;
        terminal.sees(" echo ").await;
        terminal.ends().await;
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    }
}

#[test]
fn without_a_terminal_it_says_what_to_do_instead() {
    let home = tempfile::tempdir().unwrap();
    for (lang, says) in [("en_GB.UTF-8", "it needs a terminal"), ("ru_RU.UTF-8", "нужен терминал")] {
        let mut init = Command::new(env!("CARGO_BIN_EXE_exodus"));
        init.arg("init").current_dir(home.path()).env("LC_ALL", lang).stdin(Stdio::null());
        let done = init.output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(
            done.status.code() == Some(1) && said.contains(says) && said.contains("EXODUS_TELEGRAM_TOKEN"),
            "{said}"
        );
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_that_nothing_can_be_written_into_is_told_before_anything_is_asked() {
    let mut init = Command::new(env!("CARGO_BIN_EXE_exodus"));
    let done = init.args(["init", "--config", "/proc/exodus.toml"]).env("LC_ALL", "C").output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(!done.status.success() && said.starts_with("/proc/exodus.toml can’t be written: "), "{said}");
}

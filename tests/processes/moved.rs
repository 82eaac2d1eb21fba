//! Moving to another database, as docs/running.md tells how.

use std::process::Command;

use bot_api::BotApi;

use crate::database::on_each;
use crate::program::{Program, TOKEN};

/// What `exodus copy` says, and whether it went well.
fn copied(from: &str, to: &str) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_exodus"));
    let done = command.args(["copy", "--from", from, "--to", to]).output().unwrap();
    let said = [String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr)].concat();
    (done.status.success(), said)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_goes_on_where_it_stood_on_the_database_that_it_was_copied_to() {
    on_each(async |_, to| {
        let home = tempfile::tempdir().unwrap();
        let from = format!("sqlite://{}", home.path().join("old.db").display());
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(&from, api.url(), None);
        program.is_ready().await;
        let anna = api.user(101).named("Анна").lang("ru");
        anna.start(None);
        anna.sees("выберите язык").await;
        anna.presses("Русский");
        anna.sees("Ваш статус").await;
        anna.presses("Мне нужна помощь");
        anna.sees("Вы можете помогать").await;
        anna.presses("Нужна ежемесячная помощь");
        anna.sees("Сколько вам нужно").await;

        let (well, said) = copied(&from, &to);
        assert!(!well && said.contains("another process works on"), "{said}");
        program.stop().await;
        let (well, said) = copied(&from, &to);
        assert!(well && said.contains("were copied from sqlite://") && said.contains("and compared"), "{said}");
        assert!(!said.contains("postgres@"), "no more of an address is said than is no secret: {said}");
        let (well, said) = copied(&from, &to);
        assert!(!well && said.contains("is not empty") && said.lines().count() == 1, "{said}");
        let missing = format!("sqlite://{}", home.path().join("none.db").display());
        let (well, said) = copied(&missing, &to);
        assert!(!well && said.contains("there is no sqlite://"), "{said}");
        assert!(!home.path().join("none.db").exists());

        let mut program = Program::start(&to, api.url(), None);
        program.is_ready().await;
        // She is in the middle of a form, and answers it.
        anna.writes("100");
        anna.sees("Вы просите 100").await;
        program.stop().await;
    })
    .await;
}

//! What ends the program, and what does not.

use std::process::{Command, Stdio};

use bot_api::BotApi;

use crate::database::on_sqlite;
use crate::faults::member;
use crate::program::{Program, TOKEN};

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_that_is_closed_is_a_stop_in_order() {
    on_sqlite(&std::env::temp_dir(), &async |_, url: String| {
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start(&url, api.url(), None);
        program.is_ready().await;
        program.gets("HUP");
        assert!(program.ends().await, "{}", program.log());
        assert!(program.log().contains("SIGHUP"), "{}", program.log());

        // As nohup does it.
        let mut program = Program::start_with(&url, api.url(), |run| {
            run.env("TRAPPED", "HUP");
        });
        program.is_ready().await;
        program.gets("HUP");
        member(&api).await;
        program.stop().await;
        assert!(program.log().contains("SIGTERM") && !program.log().contains("SIGHUP"), "{}", program.log());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_nobody_reads_any_more_ends_nothing() {
    on_sqlite(&std::env::temp_dir(), &async |_, url: String| {
        let api = BotApi::start(TOKEN).await;
        let mut program = Program::start_with(&url, api.url(), |run| {
            run.stderr(Stdio::piped());
        });
        drop(program.log_pipe());
        program.is_ready().await;
        let anna = member(&api).await;
        anna.presses("Профиль");
        anna.sees("Мой профиль").await;
        program.gets("TERM");
        assert!(program.ends().await);
    })
    .await;
}

#[test]
fn a_command_whose_reader_has_gone_ends_as_it_would_have() {
    let home = tempfile::tempdir().unwrap();
    let mut check = Command::new(env!("CARGO_BIN_EXE_exodus"));
    let mut check = check.arg("check").current_dir(home.path()).stdout(Stdio::piped()).spawn().unwrap();
    drop(check.stdout.take());
    // As without a messenger; a panic would be 101.
    assert_eq!(check.wait().unwrap().code(), Some(1));
}

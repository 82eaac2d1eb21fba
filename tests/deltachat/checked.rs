//! `exodus check`, before the first start, between two, and while the bot runs.

use std::os::unix::fs::PermissionsExt;

use crate::bot::{Bot, Home};
use crate::server::shared;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_and_what_is_to_be_mended_is_said() {
    let mut home = Home::on(shared());
    let (well, said) = home.checks().await;
    assert!(well && said.contains("the mail server takes the password"), "{said}");
    assert!(said.contains("is version 2."), "{said}");
    assert!(!home.accounts_dir().exists(), "nothing was made");

    home.password = "wrong".to_owned();
    let (well, said) = home.checks().await;
    assert!(!well && said.contains("look at deltachat.address, deltachat.password"), "{said}");
    assert!(!said.contains("wrong\""), "{said}");
    home.password = crate::server::PASSWORD.to_owned();

    let program = std::mem::replace(&mut home.program, "no-such-program".to_owned());
    let (well, said) = home.checks().await;
    assert!(!well && said.contains("no-such-program is not there; install it"), "{said}");
    home.program = program;

    let mut bot = Bot::at(home);
    let link = bot.home.link().await;
    let (well, said) = bot.home.checks().await;
    assert!(well && said.contains("is in use: the bot runs"), "{said}");
    let mode = bot.home.accounts_dir().metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700, "keys and password lie there as they are");

    bot.stops().await;
    let (well, said) = bot.home.checks().await;
    assert!(well && said.contains(&format!("people come by {link}")) && said.contains('█'), "{said}");

    bot.home.address = "another@mail.test".to_owned();
    let (well, said) = bot.home.checks().await;
    assert!(!well && said.contains("the folder holds the account of"), "{said}");
}

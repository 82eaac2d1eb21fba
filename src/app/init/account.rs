//! Who the bot is, in a messenger: asked for, and then asked of the messenger itself.

use super::Host;
use super::answers::{Account, read};
use super::keyboard::Gone;
use crate::app::output;
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::messengers::{Messengers, NotTaken};
use exodus_engine::msg;

/// The messengers that are asked about, as people call them.
const OFFERED: [(&str, &str); 2] = [("telegram", "Telegram"), ("matrix", "Matrix")];

/// Those of them that this program has.
pub(super) fn offered(built: &[&str]) -> Vec<(&'static str, &'static str)> {
    OFFERED.into_iter().filter(|(messenger, _)| built.contains(messenger)).collect()
}

/// What to do about a messenger that does not take the account for a reason that may not lie with it.
#[derive(Clone, Copy)]
enum Then {
    Again,
    ThroughProxy,
    Retype,
    Unchecked,
}

/// Asks until the messenger takes the account, or whoever answers wants it written down as it is.
pub(super) async fn account(host: &mut Host) -> Result<Account, Gone> {
    let (messenger, name) = messenger(host).await?;
    let mut account = Account::of(messenger);
    typed(host, &mut account).await?;
    loop {
        let place = account.key("homeserver_url").unwrap_or(name).to_owned();
        host.say(&msg!("init-asking", place = Arg::Verbatim(place.clone())));
        let why = match taken(&account).await {
            Ok(called) => {
                host.say(&msg!("init-taken", account = Arg::Verbatim(called.clone())));
                account.called = Some(called);
                return Ok(account);
            }
            Err(NotTaken::Unknown) => {
                host.say(&unknown(&account));
                retyped(host, &mut account).await?;
                continue;
            }
            Err(NotTaken::Silent(why)) => msg!("init-silent", place = Arg::Verbatim(place), why = Arg::Verbatim(why)),
            Err(NotTaken::Refused(why)) => msg!("init-refused", place = Arg::Verbatim(place), why = Arg::Verbatim(why)),
        };
        host.say(&why);
        if !goes_on(host, &mut account).await? {
            return Ok(account);
        }
    }
}

async fn messenger(host: &mut Host) -> Result<(&'static str, &'static str), Gone> {
    let offered = offered(&Messengers::built());
    let chosen = match offered[..] {
        [_] => 0,
        _ => {
            let names: Vec<String> = offered.iter().map(|(_, name)| (*name).to_owned()).collect();
            host.chooses(&msg!("init-messenger"), &names, 0).await?
        }
    };
    offered.get(chosen).copied().ok_or(Gone)
}

/// Asks the messenger, as a check of the configuration would.
async fn taken(account: &Account) -> Result<String, NotTaken> {
    let config = read(account).map_err(|error| NotTaken::Refused(error.to_string()))?;
    config.messengers.account().await.unwrap_or_else(|| Err(NotTaken::Refused(account.messenger.to_owned())))
}

/// All that a messenger asks for, for the first time or again: what was typed before stands in brackets, unless it is secret.
async fn typed(host: &mut Host, account: &mut Account) -> Result<(), Gone> {
    output::say("");
    if account.messenger == "matrix" {
        user(host, account).await?;
        homeserver(host, account).await?;
    }
    secret(host, account).await
}

/// What has to be typed once more when the messenger does not know the account.
async fn retyped(host: &mut Host, account: &mut Account) -> Result<(), Gone> {
    if account.messenger == "matrix" {
        user(host, account).await?;
    }
    secret(host, account).await
}

fn unknown(account: &Account) -> Msg {
    match account.key("user") {
        Some(user) => msg!("init-password-unknown", user = Arg::Verbatim(user.to_owned())),
        None => msg!("init-token-unknown"),
    }
}

/// Whether it is to be tried again, after whatever was changed for that.
async fn goes_on(host: &mut Host, account: &mut Account) -> Result<bool, Gone> {
    let choices = [
        (Then::Again, msg!("init-again")),
        (Then::ThroughProxy, msg!("init-through-proxy")),
        (Then::Retype, msg!("init-retype")),
        (Then::Unchecked, msg!("init-unchecked")),
    ];
    let said: Vec<String> = choices.iter().map(|(_, said)| host.plain(said)).collect();
    let chosen = host.chooses(&msg!("init-what-now"), &said, 0).await?;
    match choices.get(chosen).map(|(then, _)| *then) {
        Some(Then::ThroughProxy) => ask(host, account, &PROXY).await?,
        Some(Then::Retype) => typed(host, account).await?,
        Some(Then::Unchecked) => return Ok(false),
        Some(Then::Again) | None => {}
    }
    Ok(true)
}

/// A question whose answer is a key of the section.
struct Question {
    key: &'static str,
    asks: fn() -> Msg,
    /// What is said of an answer that the configuration would not take.
    form: fn() -> Msg,
    is_secret: bool,
}

const TOKEN: Question =
    Question { key: "token", asks: || msg!("init-token"), form: || msg!("init-token-form"), is_secret: true };
const PASSWORD: Question =
    Question { key: "password", asks: || msg!("init-password"), form: || msg!("init-password-form"), is_secret: true };
const PROXY: Question =
    Question { key: "proxy", asks: || msg!("init-proxy"), form: || msg!("init-proxy-form"), is_secret: false };
const USER: Question =
    Question { key: "user", asks: || msg!("init-user"), form: || msg!("init-user-form"), is_secret: false };
const HOMESERVER: Question = Question {
    key: "homeserver_url",
    asks: || msg!("init-homeserver"),
    form: || msg!("init-homeserver-form"),
    is_secret: false,
};

async fn secret(host: &mut Host, account: &mut Account) -> Result<(), Gone> {
    ask(host, account, if account.messenger == "matrix" { &PASSWORD } else { &TOKEN }).await
}

async fn user(host: &mut Host, account: &mut Account) -> Result<(), Gone> {
    ask(host, account, &USER).await
}

/// The server of the account's name, as long as nothing else is known.
async fn homeserver(host: &mut Host, account: &mut Account) -> Result<(), Gone> {
    if account.key("homeserver_url").is_none()
        && let Some((_, server)) = account.key("user").and_then(|user| user.split_once(':'))
    {
        let likely = format!("https://{server}");
        account.set("homeserver_url", likely);
    }
    ask(host, account, &HOMESERVER).await
}

/// Asks until the configuration takes the answer.
async fn ask(host: &mut Host, account: &mut Account, question: &Question) -> Result<(), Gone> {
    loop {
        let answer = match question.is_secret {
            true => host.asks_in_secret(&(question.asks)()).await?,
            false => host.asks(&(question.asks)(), account.key(question.key)).await?,
        };
        // A password may end with a space; a token that was copied with one is meant without it.
        let answer = if question.key == PASSWORD.key { answer } else { answer.trim().to_owned() };
        if is_taken(account.messenger, question.key, &answer) {
            account.set(question.key, answer);
            return Ok(());
        }
        host.say(&(question.form)());
    }
}

/// Whether this could stand in the configuration. What else is missing there is asked for next.
fn is_taken(messenger: &'static str, key: &'static str, answer: &str) -> bool {
    let mut alone = Account::of(messenger);
    alone.set(key, answer.to_owned());
    let about = format!("{messenger}.{key}");
    match read(&alone) {
        Ok(_) => true,
        Err(error) => !error.0.iter().any(|line| line.starts_with(&about)),
    }
}

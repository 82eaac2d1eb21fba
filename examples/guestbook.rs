//! A guestbook: a whole bot in one file, which has nothing to do with mutual aid.
//!
//! ```text
//! @anna > start
//!   Guestbook
//!
//!   Nobody has written anything yet.
//!
//!   1. ✍️ Write something
//!
//! @anna > 1
//!   What shall be remembered of your visit?
//!
//!   • ☰ Menu
//!
//! @anna > Such good soup!
//!   Thank you!
//!
//!   Guestbook
//!
//!   Anna: Such good soup!
//!
//!   1. ✍️ Write something
//!
//! @boris > start
//!   Guestbook
//!
//!   Anna: Such good soup!
//!
//!   1. ✍️ Write something
//!
//! @boris > write
//!   What shall be remembered of your visit?
//!
//!   • ☰ Menu
//!
//! @boris > .
//!   A letter or two, please, and at most 200.
//!
//!   What shall be remembered of your visit?
//!
//!   • ☰ Menu
//!
//! @boris > 2 days were not enough
//!   Thank you!
//!
//!   Guestbook
//!
//!   Boris: 2 days were not enough
//!   Anna: Such good soup!
//!
//!   1. ✍️ Write something
//! ```
//!
//! In the terminal: `cargo run --no-default-features --example guestbook`. In Telegram:
//! `GUESTBOOK_TELEGRAM_TOKEN=... cargo run --example guestbook`.

use std::sync::Arc;

use async_trait::async_trait;
use exodus::app::clock::SystemClock;
use exodus::conversation::{
    Bot, Cx, Desk, Engine, Fault, Field, Form, Input, Messenger, Page, Route, Screen, Screens, Step, Taken, Turn,
};
use exodus::locale::{Format, Locales};
use exodus::messengers::terminal::Terminal;
use exodus::{msg, store};
use sea_orm::{ConnectionTrait, Statement};
use tokio_util::sync::CancellationToken;

const WORDS: &str = "
book-title = <b>Guestbook</b>
book-empty = Nobody has written anything yet.
book-entry = <b>{ $name }</b>: { $words }
book-write = ✍️ Write something
write-question = What shall be remembered of your visit?
write-length = A letter or two, please, and at most 200.
write-thanks = Thank you!
";

/// The pages of the book, the newest first.
struct Book;

#[async_trait]
impl Screen<()> for Book {
    fn name(&self) -> &'static str {
        "book"
    }

    async fn page(&self, cx: &Cx<'_, ()>) -> Result<Page, Fault> {
        let newest = "SELECT name, words FROM entry ORDER BY id DESC LIMIT 10";
        let mut entries = Vec::new();
        for row in cx.turn.tx.query_all_raw(Statement::from_string(cx.turn.tx.get_database_backend(), newest)).await? {
            let (name, words): (String, String) = (row.try_get("", "name")?, row.try_get("", "words")?);
            entries.push(msg!("book-entry", name = name, words = words));
        }
        let empty = entries.is_empty().then(|| msg!("book-empty"));
        let page = Page::new(msg!("book-title")).say_if(empty).lines(entries);
        Ok(page.go(msg!("book-write"), Route::new("write")))
    }
}

/// One question: what to write.
struct Write;

fn form() -> Form<'static> {
    Form::new(vec![Field::new("words", msg!("write-question"), |typed| match typed.trim() {
        words if (2..=200).contains(&words.chars().count()) => Ok(words.to_owned()),
        _ => Err(msg!("write-length")),
    })])
}

#[async_trait]
impl Screen<()> for Write {
    fn name(&self) -> &'static str {
        "write"
    }

    async fn page(&self, cx: &Cx<'_, ()>) -> Result<Page, Fault> {
        form().question(cx).ok_or(Fault::Lost)
    }

    async fn act(&self, cx: &mut Cx<'_, ()>, input: Input) -> Result<Step, Fault> {
        let taken = form().take(cx, &input);
        let Some(words) = cx.answer("words") else {
            return Ok(if let Taken::Here(step) = taken { step } else { Step::stay() });
        };
        let (tx, sql) = (cx.turn.tx, "INSERT INTO entry (name, words) VALUES ($1, $2)");
        let values = [cx.turn.name.into(), words.into()];
        tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
        Ok(Step::home().saying(msg!("write-thanks")))
    }
}

pub struct Guestbook(Screens<()>);

#[async_trait]
impl Bot for Guestbook {
    type World = ();

    async fn arrive(&self, _: &Turn<'_>) -> Result<(), Fault> {
        Ok(())
    }

    fn screens(&self) -> &Screens<()> {
        &self.0
    }

    fn home(&self) -> Route {
        Route::new("book")
    }
}

/// Lays a new book out for whoever comes through this messenger. It is gone when the program ends.
pub async fn desk(messenger: Arc<dyn Messenger>) -> anyhow::Result<Desk<Guestbook>> {
    let db = store::connect("sqlite::memory:").await?;
    store::migrate(&db).await?;
    db.execute_unprepared("CREATE TABLE entry (id INTEGER PRIMARY KEY, name TEXT NOT NULL, words TEXT NOT NULL)")
        .await?;
    let locales = Locales::from_texts(&[("en", WORDS)], Format { currency: "EUR".into() })?;
    let guestbook = Guestbook(Screens::default().with(Book).with(Write));
    let engine = Engine::new(Arc::new(guestbook), db, Arc::new(locales), Arc::new(SystemClock));
    Ok(Desk::new(Arc::new(engine), messenger))
}

/// Telegram when there is a token, and the terminal when there is none.
async fn messenger() -> anyhow::Result<Arc<dyn Messenger>> {
    #[cfg(feature = "telegram")]
    if let Ok(token) = std::env::var("GUESTBOOK_TELEGRAM_TOKEN") {
        use exodus::messengers::telegram::{Settings, Telegram};
        return Ok(Arc::new(Telegram::connect(Settings { token, api_url: None, webhook: None }).await?));
    }
    Ok(Arc::new(Terminal::new()))
}

#[tokio::main]
#[allow(dead_code, reason = "the test of this example has a messenger of its own")]
async fn main() -> anyhow::Result<()> {
    let messenger = messenger().await?;
    messenger.listen(&desk(messenger.clone()).await?, CancellationToken::new()).await
}

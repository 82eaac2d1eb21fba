//! A guestbook: a whole bot in one file, with a table of its own.
//!
//! ```text
//! @anna > start
//!   Guestbook
//!
//!   Nobody has written anything yet.
//!
//!   Type the number or the words of your choice:
//!   1. ✍️ Write something
//!
//! @anna > 1
//!   What shall be remembered of your visit?
//!
//!   Choices:
//!   • ☰ Menu
//!
//! @anna > Such good soup!
//!   Thank you!
//!
//!   Guestbook
//!
//!   Anna: Such good soup!
//!
//!   Type the number or the words of your choice:
//!   1. ✍️ Write something
//!
//! @boris > start
//!   Guestbook
//!
//!   Anna: Such good soup!
//!
//!   Type the number or the words of your choice:
//!   1. ✍️ Write something
//!
//! @boris > write
//!   What shall be remembered of your visit?
//!
//!   Choices:
//!   • ☰ Menu
//!
//! @boris > .
//!   A letter or two, please, and at most 200.
//!
//!   What shall be remembered of your visit?
//!
//!   Choices:
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
//!   Type the number or the words of your choice:
//!   1. ✍️ Write something
//! ```
//!
//! In the terminal: `cargo run --package exodus-engine --example guestbook`. In Telegram as well: with `--features telegram`, and
//! `BOT_TELEGRAM_TOKEN` in the environment. In Matrix as well: with `--features matrix`, and `BOT_MATRIX_HOMESERVER_URL`,
//! `BOT_MATRIX_USER` and `BOT_MATRIX_PASSWORD`.

use async_trait::async_trait;
use exodus_engine::conversation::{Cx, Fault, Field, Form, Input, Page, Pages, Route, Screen, Screens, Step, Taken};
use exodus_engine::host::Host;
use exodus_engine::msg;
use exodus_engine::store::schema;
use sea_orm::{ConnectionTrait, Statement, Value};

const TABLE: &str = "CREATE TABLE entry (place BIGINT NOT NULL, name TEXT NOT NULL, words TEXT NOT NULL)";
pub const WORDS: &str = "
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
        let newest = sql(cx, "SELECT name, words FROM entry ORDER BY place DESC LIMIT 10", []);
        let mut entries = Vec::new();
        for row in cx.turn.at.tx.query_all_raw(newest).await? {
            let (name, words): (String, String) = (row.try_get("", "name")?, row.try_get("", "words")?);
            entries.push(msg!("book-entry", name = name, words = words));
        }
        let empty = entries.is_empty().then(|| msg!("book-empty"));
        Ok(Page::new(msg!("book-title")).say_if(empty).lines(entries).go(msg!("book-write"), Route::new("write")))
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
        let Taken::Here(step) = form().take(cx, &input) else { return Ok(Step::stay()) };
        let Some(words) = cx.answer("words") else { return Ok(step) };
        let next = "INSERT INTO entry (place, name, words) SELECT COALESCE(MAX(place), 0) + 1, $1, $2 FROM entry";
        cx.turn.at.tx.execute_raw(sql(cx, next, [cx.turn.name.into(), words.into()])).await?;
        Ok(Step::home().saying(msg!("write-thanks")))
    }
}

fn sql<const N: usize>(cx: &Cx<'_, ()>, text: &str, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(cx.turn.at.tx.get_database_backend(), text, values)
}

pub fn guestbook() -> Pages {
    Pages::new("book", Screens::default().with(Book).with(Write)).with_tables(|| vec![schema::sql("entries", TABLE)])
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    Host::of_the_environment(guestbook(), &[("en", WORDS)], "guestbook").await?.run_until_told().await
}

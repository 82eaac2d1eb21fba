//! The smallest bot: one screen that asks for a name, and greets.
//!
//! ```text
//! @anna > start
//!   What is your name?
//!
//! @anna > Анна
//!   Hello, Анна!
//!
//!   Type the number or the words of your choice:
//!   1. Another name
//! ```
//!
//! In the terminal: `cargo run --package exodus-engine --example greeter`. In Telegram as well: with `--features telegram`, and
//! `BOT_TELEGRAM_TOKEN` in the environment. In Matrix as well: with `--features matrix`, and `BOT_MATRIX_HOMESERVER_URL`,
//! `BOT_MATRIX_USER` and `BOT_MATRIX_PASSWORD`.

use async_trait::async_trait;
use exodus_engine::conversation::{Cx, Fault, Field, Form, Input, Page, Pages, Screen, Screens, Step, Taken};
use exodus_engine::host::Host;
use exodus_engine::locale::clean_name;
use exodus_engine::msg;

pub const WORDS: &str = "
name-question = What is your name?
name-fault = That can't be a name, can it? Please try again.
hello = Hello, <b>{ $name }</b>!
another = Another name
";

struct Hello;

fn form() -> Form<'static> {
    Form::new(vec![Field::new("name", msg!("name-question"), |typed| {
        clean_name(typed).map_err(|_| msg!("name-fault"))
    })])
}

#[async_trait]
impl Screen<()> for Hello {
    fn name(&self) -> &'static str {
        "hello"
    }

    async fn page(&self, cx: &Cx<'_, ()>) -> Result<Page, Fault> {
        let greet = |name| Page::new(msg!("hello", name = name)).deed(msg!("another"), Form::redo("name"));
        Ok(form().question(cx).unwrap_or_else(|| greet(cx.answer("name").unwrap_or_default())))
    }

    async fn act(&self, cx: &mut Cx<'_, ()>, input: Input) -> Result<Step, Fault> {
        Ok(if let Taken::Here(step) = form().take(cx, &input) { step } else { Step::stay() })
    }
}

pub fn greeter() -> Pages {
    Pages::new("hello", Screens::default().with(Hello))
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    Host::of_the_environment(greeter(), &[("en", WORDS)], "greeter").await?.run_until_told().await
}

//! A bot that has nothing to say but what the tests queue.

use async_trait::async_trait;
use exodus::domain::Money;
use exodus_engine::conversation::{Bot, Fault, Kept, Moment, Page, Route, Screens, Turn};
use exodus_engine::msg;

pub const WORDS: &str = "
news = Something has happened.
question = Is it so?
sum = It came to { $sum }.
yes = Yes
";

/// What only tells.
pub const NEWS: &str = "news";

/// What tells of a sum.
pub const SUM: &str = "sum";

/// What has a button.
pub const QUESTION: &str = "question";

#[derive(Default)]
pub struct News(Screens<()>);

#[async_trait]
impl Bot for News {
    type World = ();

    async fn arrive(&self, _: &Turn<'_>) -> Result<(), Fault> {
        Ok(())
    }

    fn screens(&self) -> &Screens<()> {
        &self.0
    }

    fn home(&self) -> Route {
        Route::new("home")
    }

    fn tells(&self) -> Vec<&'static str> {
        vec![NEWS, SUM, QUESTION]
    }

    async fn notices(&self, _: &Moment<'_>, these: &[Kept]) -> Result<Vec<Option<Page>>, Fault> {
        let page = |it: &Kept| match it.kind.as_str() {
            NEWS => Some(Page::new(msg!("news"))),
            SUM => Some(Page::new(msg!("sum", sum = Money::from_minor(10_000)))),
            QUESTION => Some(Page::new(msg!("question")).deed(msg!("yes"), "yes")),
            _ => None,
        };
        Ok(these.iter().map(page).collect())
    }
}

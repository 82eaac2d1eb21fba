use async_trait::async_trait;

use super::admin;
use crate::aid;
use crate::domain::Announcement;
use crate::notices::announcement;
use crate::screens::sentences::{told, unfit};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Route, Screen, Step, Taken};
use exodus_engine::msg;

/// Telling everybody something: the words, as everybody will read them, and whether they are to be sent. `announce`.
pub struct Announce;

/// The deed.
const SEND: &str = "send";

#[async_trait]
impl Screen<World> for Announce {
    fn name(&self) -> &'static str {
        "announce"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let count = aid::count_to_tell(&aid(cx), admin(cx)?).await?;
        match form().question(cx) {
            Some(question) => Ok(question),
            None => Ok(view(&words(cx)?, count)),
        }
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, admin) = (me(cx)?.id, admin(cx)?.clone());
        match form().take(cx, &input) {
            Taken::Here(step) => return Ok(step),
            Taken::NotMine if input == Input::Chose(SEND.to_owned()) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let words = words(cx)?;
        let id = told(cx, run(cx, async |work| aid::announce(work, &admin, who, &words).await).await)?;
        Ok(Step::instead(Route::new("announcement").with(id)).saying(msg!("announce-begun")))
    }
}

fn form() -> Form<'static> {
    let read = |typed: &str| Announcement::read(typed).map(|words| words.as_str().to_owned()).map_err(unfit);
    Form::new(vec![Field::new("words", msg!("announce-question", max = Announcement::LONGEST), read).in_any_words()])
}

fn words(cx: &Here<'_>) -> Result<Announcement, Fault> {
    cx.answer("words").and_then(|words| Announcement::read(words).ok()).ok_or(Fault::Lost)
}

/// Not sending first: the answer that led here, said twice, does nothing.
fn view(words: &Announcement, count: u64) -> Page {
    announcement(Page::new(msg!("announce-preview")), words.as_str())
        .say(msg!("announce-sure", count = count))
        .go(msg!("announce-no"), Route::new("admin"))
        .light(msg!("announce-redo"), Form::redo("words"))
        .grave(msg!("announce-yes", count = count), SEND)
}

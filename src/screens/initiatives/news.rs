use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::words::{initiative_at, mine, text};
use crate::aid::{self, Refused};
use crate::domain::Refusal;
use crate::domain::initiative::Words;
use crate::screens::sentences::{told, unfit};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Screen, Step, Taken};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// Telling the voters of my initiative something: `initiative-news/<collection>`.
pub struct InitiativeNews;

/// The deed.
const TELL: &str = "tell";

#[async_trait]
impl Screen<World> for InitiativeNews {
    fn name(&self) -> &'static str {
        "initiative-news"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let initiative = mine(cx).await?;
        if let Some(again_at) = aid::initiatives::next_news(&aid(cx), initiative.collection.id).await? {
            // Nothing is asked for that could not be sent.
            let page = Page::new(too_soon(cx, again_at));
            return Ok(page.go(msg!("commitment-to-initiative"), initiative_at(initiative.collection.id)));
        }
        if let Some(question) = form().question(cx) {
            return Ok(question);
        }
        let words = cx.answer("words").ok_or(Fault::Lost)?;
        let count = told(cx, aid::initiatives::count_voters_told(&aid(cx), &initiative.collection).await)?;
        Ok(text(Page::new(msg!("initiative-news-sure", count = count)), words)
            .confirm(msg!("initiative-news-yes"), TELL)
            .light(msg!("propose-redo-words"), Form::redo("words")))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, id) = (me(cx)?.id, mine(cx).await?.collection.id);
        match form().take(cx, &input) {
            Taken::Here(step) => return Ok(step),
            Taken::NotMine if input == Input::Chose(TELL.into()) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let words = cx.answer("words").and_then(|words| Words::read(words).ok()).ok_or(Fault::Lost)?;
        let count = run(cx, async |work| aid::initiatives::tell_voters(work, who, id, &words).await).await;
        if let Err(Refused::Rule(Refusal::TooSoon { again_at })) = count {
            return Err(Fault::refused(too_soon(cx, again_at)));
        }
        let count = told(cx, count)?;
        Ok(Step::instead(initiative_at(id)).saying(msg!("initiative-news-done", count = count)))
    }
}

fn too_soon(cx: &Here<'_>, again_at: DateTime<Utc>) -> Msg {
    msg!("initiative-news-too-soon", time = Msg::date_time(cx.world.settings.rules.zone.local(again_at)))
}

fn form() -> Form<'static> {
    let words = |typed: &str| Words::read(typed).map(|words| words.as_str().to_owned()).map_err(unfit);
    Form::new(vec![Field::new("words", msg!("initiative-news-question", max = Words::LONGEST), words).in_any_words()])
}

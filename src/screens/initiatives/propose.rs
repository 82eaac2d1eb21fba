use async_trait::async_trait;

use super::words::{day_field, drafted_day, initiative_at, text};
use crate::aid::{self, Refused};
use crate::domain::initiative::{DAYS, Title, Words};
use crate::screens::sentences::{drafted_sum, sum_field, told, unfit, why};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Route, Screen, Step, Taken};
use exodus_engine::msg;

/// Proposing an initiative: what it is called and for, how much it needs, by when, and yes. `propose`.
pub struct Propose;

/// The deed.
const PROPOSE: &str = "propose";

#[async_trait]
impl Screen<World> for Propose {
    fn name(&self) -> &'static str {
        "propose"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        if let Err(Refused::Rule(refusal)) = aid::initiatives::may_propose(&aid(cx), me(cx)?.id).await {
            // Nothing is asked for that could not be proposed.
            return Ok(Page::new(why(refusal)).go(msg!("members-initiatives", count = 0), Route::new("initiatives")));
        }
        if let Some(question) = form(cx).question(cx) {
            return Ok(question);
        }
        let (title, words) = drafted(cx).ok_or(Fault::Lost)?;
        let sum = drafted_sum(cx, "sum").ok_or(Fault::Lost)?;
        let (date, _) = drafted_day(cx).ok_or(Fault::Lost)?;
        let near = told(cx, aid::initiatives::count_audience(&aid(cx), me(cx)?.id).await)?;
        let page = Page::new(msg!("propose-sure", title = title.as_str(), sum = sum, date = date));
        Ok(text(page, words.as_str())
            .say(msg!("propose-means", count = near))
            .confirm(msg!("propose-yes"), PROPOSE)
            .light(msg!("propose-redo-title"), Form::redo("title"))
            .light(msg!("propose-redo-words"), Form::redo("words"))
            .light(msg!("ask-change-sum"), Form::redo("sum"))
            .light(msg!("propose-redo-date"), Form::redo("date"))
            .go(msg!("propose-no"), Route::new("initiatives")))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        match form(cx).take(cx, &input) {
            Taken::Here(step) => return Ok(step),
            Taken::NotMine if input == Input::Chose(PROPOSE.into()) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let who = me(cx)?.id;
        let (title, words) = drafted(cx).ok_or(Fault::Lost)?;
        let sum = drafted_sum(cx, "sum").ok_or(Fault::Lost)?;
        let (_, days) = drafted_day(cx).ok_or(Fault::Lost)?;
        let texts = (&title, &words);
        let proposed = run(cx, async |work| aid::initiatives::propose(work, who, texts, sum, days).await).await;
        let (id, count) = told(cx, proposed)?;
        Ok(Step::instead(initiative_at(id)).saying(msg!("propose-done", count = count)))
    }
}

fn form(cx: &Here<'_>) -> Form<'static> {
    let title = |typed: &str| Title::read(typed).map(|title| title.as_str().to_owned()).map_err(unfit);
    let words = |typed: &str| Words::read(typed).map(|words| words.as_str().to_owned()).map_err(unfit);
    Form::new(vec![
        Field::new("title", msg!("propose-title", max = Title::LONGEST), title).in_any_words(),
        Field::new("words", msg!("propose-words", max = Words::LONGEST), words).in_any_words(),
        sum_field(cx, msg!("propose-sum", example = cx.world.settings.reading.unit.whole(500))),
        day_field(cx, msg!("propose-date", longest = *DAYS.end()), None),
    ])
}

fn drafted(cx: &Here<'_>) -> Option<(Title, Words)> {
    Some((Title::read(cx.answer("title")?).ok()?, Words::read(cx.answer("words")?).ok()?))
}

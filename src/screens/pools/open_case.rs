use async_trait::async_trait;
use chrono::TimeDelta;

use super::words::{case_at, pool_at, sum_field, text, view_closed};
use crate::aid;
use crate::domain::{CaseWords, Money, Refusal};
use crate::screens::sentences::{drafted_sum, told, unfit, why};
use crate::screens::world::{Here, World, aid, me, run};
use crate::store::pool::Model;
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Screen, Step, Taken};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// Asking a pool: what has happened, how much, and yes. `case-open/<pool>`.
pub struct OpenCase;

/// The deed.
const ASK: &str = "ask";

#[async_trait]
impl Screen<World> for OpenCase {
    fn name(&self) -> &'static str {
        "case-open"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (pool, volume) = load(cx).await?;
        if !pool.is_open() {
            return Ok(view_closed(&pool));
        }
        if !volume.is_positive() {
            let is_alone = aid::pools::pool_seen(&aid(cx), me(cx)?.id, pool.id).await?.is_alone;
            let nobody = msg!("case-open-nobody", others = u32::from(!is_alone));
            return Ok(Page::new(nobody).go(msg!("case-to-pool"), pool_at(pool.id)));
        }
        if let Some(question) = form(cx, &pool, volume).question(cx) {
            return Ok(question);
        }
        let until = cx.turn.at.now + TimeDelta::hours(pool.hours.into());
        let until = Msg::date_time(aid::zone_of(&aid(cx), me(cx)?.id).await?.local(until));
        Ok(view(&pool, &words(cx)?, drafted_sum(cx, "sum").ok_or(Fault::Lost)?, until))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, (pool, volume)) = (me(cx)?.id, load(cx).await?);
        if !pool.is_open() {
            // The page says so.
            return Ok(Step::stay());
        }
        match form(cx, &pool, volume).take(cx, &input) {
            Taken::Here(step) => return Ok(step),
            Taken::NotMine if input == Input::Chose(ASK.to_owned()) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let (words, sum) = (words(cx)?, drafted_sum(cx, "sum").ok_or(Fault::Lost)?);
        let opened = run(cx, async |work| aid::pools::open_case(work, who, pool.id, &words, sum).await).await;
        let case = told(cx, opened)?;
        let asked = aid::pools::case_seen(&aid(cx), who, case).await?.asked;
        Ok(Step::instead(case_at(case)).saying(msg!("case-opened", count = asked)))
    }
}

async fn load(cx: &Here<'_>) -> Result<(Model, Money), Fault> {
    let (aid, who, id) = (aid(cx), me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
    let pool = aid::pools::pool_seen(&aid, who, id).await?.pool;
    // No sum is more than that, however large the pool.
    let volume = aid::pools::volume_for_case(&aid, who, id).await?.min(cx.world.settings.rules.max_amount);
    Ok((pool, volume))
}

fn form(cx: &Here<'_>, pool: &Model, volume: Money) -> Form<'static> {
    let question = msg!("case-open-words", pool = &pool.name, max = CaseWords::LONGEST);
    let words = Field::new("words", question, |typed| {
        CaseWords::read(typed).map(|words| words.as_str().to_owned()).map_err(unfit)
    })
    .in_any_words();
    let sum = sum_field(cx, "sum", msg!("case-open-sum", volume = volume), move |sum| {
        if sum > volume { Err(why(Refusal::Volume { volume })) } else { Ok(()) }
    });
    Form::new(vec![words, sum])
}

fn words(cx: &Here<'_>) -> Result<CaseWords, Fault> {
    cx.answer("words").and_then(|words| CaseWords::read(words).ok()).ok_or(Fault::Lost)
}

fn view(pool: &Model, words: &CaseWords, sum: Money, until: Msg) -> Page {
    let page = Page::new(msg!("case-open-sure", pool = &pool.name, sum = sum));
    text(page, words.as_str())
        .say(msg!("case-open-means", time = until))
        .confirm(msg!("case-open-yes"), ASK)
        .light(msg!("case-open-redo-words"), Form::redo("words"))
        .light(msg!("case-open-redo-sum"), Form::redo("sum"))
}

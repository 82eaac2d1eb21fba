use async_trait::async_trait;

use super::words::{pool_at, sum_field, view_closed};
use crate::aid;
use crate::aid::pools::PoolSeen;
use crate::screens::sentences::{drafted_sum, told_at, why};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Form, Input, Page, Screen, Step, Taken, To};
use exodus_engine::msg;

/// How much I would give to a pool in a month at the most: another sum. `contribution/<pool>`.
pub struct Contribution;

#[async_trait]
impl Screen<World> for Contribution {
    fn name(&self) -> &'static str {
        "contribution"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let seen = load(cx).await?;
        if !seen.pool.is_open() {
            return Ok(view_closed(&seen.pool));
        }
        let question = form(cx, &seen).question(cx).ok_or(Fault::Lost)?;
        Ok(question.say(msg!("contribution-means")))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, seen) = (me(cx)?.id, load(cx).await?);
        if !seen.pool.is_open() {
            // The page says so.
            return Ok(Step::stay());
        }
        match form(cx, &seen).take(cx, &input) {
            Taken::Here(step) if step.saying.is_some() => return Ok(step),
            Taken::Here(_) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let (id, sum) = (seen.pool.id, drafted_sum(cx, "sum").ok_or(Fault::Lost)?);
        let place = || To::Instead(pool_at(id));
        let changed = run(cx, async |work| aid::pools::change_contribution(work, who, id, sum).await).await;
        told_at(cx, place(), changed)?;
        Ok(Step::from(place()).saying(msg!("contribution-done", sum = sum)))
    }
}

async fn load(cx: &Here<'_>) -> Result<PoolSeen, Fault> {
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    Ok(aid::pools::pool_seen(&aid(cx), me(cx)?.id, id).await?)
}

fn form(cx: &Here<'_>, seen: &PoolSeen) -> Form<'static> {
    let terms = seen.pool.terms();
    let question =
        msg!("contribution-question", sum = seen.contribution, smallest = terms.smallest, largest = terms.largest);
    Form::new(vec![sum_field(cx, "sum", question, move |sum| terms.check(sum).map_err(why))])
}

use async_trait::async_trait;

use super::words::{case_at, sum_field};
use crate::aid;
use crate::aid::pools::CaseSeen;
use crate::domain::{Money, Refusal, doubt};
use crate::screens::sentences::{drafted_sum, told_at, why};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Form, Input, Page, Screen, Step, Taken, To};
use exodus_engine::msg;

/// Asking a pool for less: `case-lower/<case>`. Done as soon as the sum is given, unless it is rather a slip.
pub struct LowerCase;

/// The deed that asks for a sum which was asked about.
const LOWER: &str = "lower";

#[async_trait]
impl Screen<World> for LowerCase {
    fn name(&self) -> &'static str {
        "case-lower"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let seen = load(cx).await?;
        if !seen.case.phase.is_open() {
            return Ok(view_over(&seen));
        }
        match form(cx, &seen).question(cx) {
            Some(question) => Ok(question),
            None => Ok(view_sure(&seen, drafted_sum(cx, "sum").ok_or(Fault::Lost)?)),
        }
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, seen) = (me(cx)?.id, load(cx).await?);
        if !seen.case.phase.is_open() {
            // The page says so.
            return Ok(Step::stay());
        }
        let form = form(cx, &seen);
        let sure = match form.take(cx, &input) {
            Taken::Here(step) if step.saying.is_some() || !form.is_complete(cx) => return Ok(step),
            Taken::Here(_) => false,
            Taken::NotMine if input == Input::Chose(LOWER.into()) => true,
            Taken::NotMine => return Err(Fault::Lost),
        };
        let (id, sum) = (seen.case.id, drafted_sum(cx, "sum").ok_or(Fault::Lost)?);
        if !sure && doubt::about_less(seen.case.sum, sum).is_some() {
            return Ok(Step::stay());
        }
        let place = || To::Instead(case_at(id));
        let lowered = run(cx, async |work| aid::pools::lower(work, who, id, sum).await).await;
        let told = told_at(cx, place(), lowered)?;
        Ok(Step::from(place()).saying(msg!("case-lowered", sum = sum, count = told)))
    }
}

async fn load(cx: &Here<'_>) -> Result<CaseSeen, Fault> {
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    let seen = aid::pools::case_seen(&aid(cx), me(cx)?.id, id).await?;
    if seen.is_mine { Ok(seen) } else { Err(Fault::Lost) }
}

/// It has settled, or is over, since they looked at it.
fn view_over(seen: &CaseSeen) -> Page {
    Page::new(why(Refusal::CaseOver)).go(msg!("commitment-to-case"), case_at(seen.case.id))
}

/// A tenth or less is asked about: nothing makes it more again. Leaving it first.
fn view_sure(seen: &CaseSeen, sum: Money) -> Page {
    Page::new(msg!("case-lower-tenth", from = seen.case.sum, sum = sum))
        .go(msg!("sure-no"), case_at(seen.case.id))
        .light(msg!("case-open-redo-sum"), Form::redo("sum"))
        .grave(msg!("case-lower-yes", sum = sum), LOWER)
}

fn form(cx: &Here<'_>, seen: &CaseSeen) -> Form<'static> {
    let sum = seen.case.sum;
    let less = move |to| if to < sum { Ok(()) } else { Err(why(Refusal::NotLess { sum })) };
    Form::new(vec![sum_field(cx, "sum", msg!("case-lower-question", sum = sum), less)])
}

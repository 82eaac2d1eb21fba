use async_trait::async_trait;

use super::words::{initiative_at, mine, view_reached};
use crate::aid;
use crate::aid::initiatives::Initiative;
use crate::domain::initiative::Stage;
use crate::domain::{Money, Refusal};
use crate::screens::sentences::{drafted_sum, read_sum, told, why};
use crate::screens::world::{Here, World, me, run};
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Screen, Step, Taken};
use exodus_engine::msg;

/// A lower sum for my initiative: `initiative-sum/<collection>`.
pub struct LowerInitiative;

/// The deed; the sum that was read follows, in minor units.
const LOWER: &str = "lower/";

#[async_trait]
impl Screen<World> for LowerInitiative {
    fn name(&self) -> &'static str {
        "initiative-sum"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let initiative = mine(cx).await?;
        if initiative.stage != Stage::Voting {
            return Ok(view_reached(initiative.collection.id));
        }
        if let Some(question) = form(cx, &initiative).question(cx) {
            return Ok(question);
        }
        let (from, sum) = (initiative.collection.target, drafted_sum(cx, "sum").ok_or(Fault::Lost)?);
        let reached = sum <= initiative.voted;
        let page = Page::new(msg!("initiative-sum-sure", from = from, sum = sum));
        Ok(page
            .say_if(reached.then(|| msg!("initiative-sum-reaches", voted = initiative.voted)))
            .confirm(msg!("initiative-sum-yes", sum = sum), format!("{LOWER}{}", sum.minor()))
            .light(msg!("ask-change-sum"), Form::redo("sum")))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, initiative) = (me(cx)?.id, mine(cx).await?);
        let id = initiative.collection.id;
        match form(cx, &initiative).take(cx, &input) {
            Taken::Here(step) => return Ok(step),
            Taken::NotMine if matches!(&input, Input::Chose(deed) if deed.starts_with(LOWER)) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let sum = drafted_sum(cx, "sum").ok_or(Fault::Lost)?;
        let count = told(cx, run(cx, async |work| aid::initiatives::lower_sum(work, who, id, sum).await).await)?;
        Ok(Step::instead(initiative_at(id)).saying(msg!("initiative-sum-done", sum = sum, count = count)))
    }
}

fn form(cx: &Here<'_>, initiative: &Initiative) -> Form<'static> {
    let now: Money = initiative.collection.target;
    let settings = cx.world.settings.clone();
    Form::new(vec![Field::new("sum", msg!("initiative-sum-question", sum = now), move |typed| {
        let sum = read_sum(&settings, typed)?;
        let is_lower = sum.parse().is_ok_and(|sum| Money::from_minor(sum) < now);
        if is_lower { Ok(sum) } else { Err(why(Refusal::NotLower)) }
    })])
}

use async_trait::async_trait;

use super::words::{day_field, drafted_day, initiative_at, mine, view_reached};
use crate::aid;
use crate::aid::initiatives::Initiative;
use crate::domain::initiative::{DAYS, Stage};
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, me, run};
use exodus_engine::conversation::{Fault, Form, Input, Page, Screen, Step, Taken};
use exodus_engine::msg;

/// A later date for my initiative, once: `initiative-date/<collection>`.
pub struct ProlongInitiative;

/// The deed.
const PROLONG: &str = "prolong";

#[async_trait]
impl Screen<World> for ProlongInitiative {
    fn name(&self) -> &'static str {
        "initiative-date"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let initiative = mine(cx).await?;
        if initiative.stage != Stage::Voting {
            return Ok(view_reached(initiative.collection.id));
        }
        if let Some(question) = form(cx, &initiative).question(cx) {
            return Ok(question);
        }
        let (date, _) = drafted_day(cx).ok_or(Fault::Lost)?;
        let from = initiative.collection.ends_on.ok_or(Fault::Lost)?;
        let page = Page::new(msg!("initiative-date-sure", from = from, date = date));
        Ok(page.confirm(msg!("initiative-date-yes"), PROLONG).light(msg!("ask-change-days"), Form::redo("date")))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, initiative) = (me(cx)?.id, mine(cx).await?);
        let id = initiative.collection.id;
        match form(cx, &initiative).take(cx, &input) {
            Taken::Here(step) => return Ok(step),
            Taken::NotMine if input == Input::Chose(PROLONG.into()) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let (date, days) = drafted_day(cx).ok_or(Fault::Lost)?;
        let count = told(cx, run(cx, async |work| aid::initiatives::prolong(work, who, id, days).await).await)?;
        Ok(Step::instead(initiative_at(id)).saying(msg!("initiative-date-done", date = date, count = count)))
    }
}

fn form(cx: &Here<'_>, initiative: &Initiative) -> Form<'static> {
    let question = msg!("initiative-date-question", longest = *DAYS.end());
    Form::new(vec![day_field(cx, question, initiative.collection.ends_on)])
}

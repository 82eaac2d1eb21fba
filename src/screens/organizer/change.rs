use async_trait::async_trait;

use super::commitment::route_of;
use super::deeds;
use super::shown::view_not_now;
use crate::aid::{self, Helping};
use crate::domain::{Deed, DeedKind, Doubt, Money, doubt};
use crate::notices::Did;
use crate::screens::sentences::{change_field, drafted_sum, more_than_missing, told};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Form, Input, Page, Screen, Step, Taken};
use exodus_engine::msg;

/// Another sum for my intention; done as soon as it is given, unless it is to be asked about.
pub struct Change;

#[async_trait]
impl Screen<World> for Change {
    fn name(&self) -> &'static str {
        "change"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let helping = load(cx).await?;
        if !helping.available.contains(&DeedKind::Change) {
            return Ok(view_not_now(&helping));
        }
        if let Some(question) = form(cx, &helping).question(cx) {
            return Ok(question);
        }
        let sum = drafted_sum(cx, "sum").ok_or(Fault::Lost)?;
        let missing = aid::missing_beside(&aid(cx), &helping).await?;
        Ok(view_sure(&helping, sum, missing))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, helping) = (me(cx)?.id, load(cx).await?);
        let form = form(cx, &helping);
        let sure = match form.take(cx, &input) {
            Taken::NotMine if input != Input::Chose(CHANGE.into()) => return Err(Fault::Lost),
            // The page says why.
            _ if !helping.available.contains(&DeedKind::Change) => return Ok(Step::stay()),
            Taken::NotMine => true,
            Taken::Here(step) if step.saying.is_some() || !form.is_complete(cx) => return Ok(step),
            Taken::Here(_) => false,
        };
        let sum = drafted_sum(cx, "sum").ok_or(Fault::Lost)?;
        let missing = aid::missing_beside(&aid(cx), &helping).await?;
        if !sure && doubt::about_sum(helping.commitment.sum, sum, missing).is_some() {
            return Ok(Step::stay());
        }
        let id = helping.commitment.id;
        let now = told(cx, run(cx, async |work| aid::perform(work, who, id, Deed::Change(sum)).await).await)?;
        Ok(Step::instead(route_of(id)).saying(deeds::done(cx, &now, Did::Deed(DeedKind::Change)).await?))
    }
}

/// The deed that changes a sum which was asked about.
const CHANGE: &str = "change";

/// What is rather a slip, or more than is missing, is asked about.
fn view_sure(helping: &Helping, sum: Money, missing: Money) -> Page {
    let from = helping.commitment.sum;
    let doubt = doubt::about_sum(from, sum, missing);
    let question = match doubt {
        Some(Doubt::MoreThanMissing) => msg!("change-more-than-missing", sum = sum, missing = missing),
        Some(Doubt::Tenth) => msg!("change-tenth", from = from, sum = sum),
        _ => msg!("change-tenfold", from = from, sum = sum),
    };
    let is_more_as_well = doubt == Some(Doubt::Tenfold) && sum > missing;
    let page = Page::new(question).say_if(is_more_as_well.then(|| more_than_missing(missing)));
    let page = page.light(msg!("help-change-sum"), Form::redo("sum"));
    page.deed(msg!("change-yes", sum = sum), CHANGE).go(msg!("sure-no"), route_of(helping.commitment.id))
}

async fn load(cx: &Here<'_>) -> Result<Helping, Fault> {
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    Ok(aid::helping(&aid(cx), me(cx)?.id, id).await?)
}

fn form(cx: &Here<'_>, helping: &Helping) -> Form<'static> {
    let (sum, of_a_month) = (helping.commitment.sum, helping.collection.kind.is_of_a_month());
    Form::new(vec![change_field(cx, msg!("change-question", name = &helping.name, sum = sum), sum, of_a_month)])
}

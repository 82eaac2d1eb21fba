use async_trait::async_trait;

use super::commitment::route_of;
use super::deeds;
use crate::aid::{self, Helping};
use crate::conversation::{Fault, Form, Input, Page, Screen, Step, Taken};
use crate::domain::{Deed, DeedKind};
use crate::msg;
use crate::notices::Did;
use crate::screens::sentences::{drafted_sum, state_name, sum_field, told};
use crate::screens::world::{Here, World, aid, me};

/// Another sum for my intention; done as soon as it is given.
pub struct Change;

#[async_trait]
impl Screen<World> for Change {
    fn name(&self) -> &'static str {
        "change"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let helping = load(cx).await?;
        if !helping.available.contains(&DeedKind::Change) {
            return Ok(view_fixed(&helping));
        }
        form(cx, &helping).question(cx).ok_or(Fault::Lost)
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, helping) = (me(cx)?.id, load(cx).await?);
        let Taken::Here(step) = form(cx, &helping).take(cx, &input) else {
            return Err(Fault::Lost);
        };
        let Some(sum) = drafted_sum(cx, "sum") else {
            return Ok(step);
        };
        let id = helping.commitment.id;
        let now = told(cx, aid::perform(&aid(cx), who, id, Deed::Change(sum)).await)?;
        Ok(Step::instead(route_of(id)).saying(deeds::done(cx, &now, Did::Deed(DeedKind::Change)).await?))
    }
}

async fn load(cx: &Here<'_>) -> Result<Helping, Fault> {
    let id = cx.route.number(0).ok_or(Fault::Lost)?;
    Ok(aid::helping(&aid(cx), me(cx)?.id, id).await?)
}

fn form(cx: &Here<'_>, helping: &Helping) -> Form<'static> {
    Form::new(vec![sum_field(cx, msg!("change-question", name = &helping.name, sum = helping.commitment.sum))])
}

/// It is no intention any more, so its sum stands.
fn view_fixed(helping: &Helping) -> Page {
    let commitment = &helping.commitment;
    Page::new(msg!("refused-not-now", state = state_name(commitment.state)))
        .go(msg!("change-show"), route_of(commitment.id))
}

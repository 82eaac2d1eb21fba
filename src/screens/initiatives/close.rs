use async_trait::async_trait;

use super::words::{initiative_at, seen};
use crate::aid;
use crate::aid::initiatives::Initiative;
use crate::domain::Reason;
use crate::screens::sentences::{told, unfit};
use crate::screens::world::{Here, World, run};
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Screen, Step, Taken};
use exodus_engine::msg;

/// An administrator closes an initiative that breaks the community's rules, and says why: `initiative-close/<collection>`.
pub struct CloseInitiative;

/// The deed.
const CLOSE: &str = "close";

#[async_trait]
impl Screen<World> for CloseInitiative {
    fn name(&self) -> &'static str {
        "initiative-close"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let initiative = load(cx).await?;
        if let Some(question) = form().question(cx) {
            return Ok(question);
        }
        let why = cx.answer("why").ok_or(Fault::Lost)?;
        Ok(Page::new(msg!("initiative-close-sure", title = &initiative.title, why = why))
            .go(msg!("initiative-close-no"), initiative_at(initiative.collection.id))
            .light(msg!("initiative-close-redo"), Form::redo("why"))
            .grave(msg!("initiative-close-yes"), CLOSE))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let admin = cx.world.admin.clone().ok_or(Fault::Lost)?;
        let id = load(cx).await?.collection.id;
        match form().take(cx, &input) {
            Taken::Here(step) => return Ok(step),
            Taken::NotMine if input == Input::Chose(CLOSE.into()) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let why = cx.answer("why").and_then(|why| Reason::read(why).ok()).ok_or(Fault::Lost)?;
        let closed = run(cx, async |work| aid::initiatives::close(work, &admin, id, &why).await).await;
        let count = told(cx, closed)?;
        Ok(Step::instead(initiative_at(id)).saying(msg!("initiative-closed", count = count)))
    }
}

/// An open initiative, for whoever administers the community.
async fn load(cx: &Here<'_>) -> Result<Initiative, Fault> {
    cx.world.admin.as_ref().ok_or(Fault::Lost)?;
    let initiative = seen(cx).await?;
    if initiative.collection.is_open() { Ok(initiative) } else { Err(Fault::Lost) }
}

fn form() -> Form<'static> {
    let why = |typed: &str| Reason::read(typed).map(|why| why.as_str().to_owned()).map_err(unfit);
    Form::new(vec![Field::new("why", msg!("initiative-close-question", max = Reason::LONGEST), why).in_any_words()])
}

use async_trait::async_trait;

use super::words::{initiative_at, mine, my_own};
use crate::aid;
use crate::domain::initiative::Stage;
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::msg;

/// Cancelling my initiative, which is asked twice: `initiative-cancel/<collection>`, then with `sure` behind it.
pub struct CancelInitiative;

/// The argument of the second question.
const SURE: &str = "sure";

/// The deed.
const CANCEL: &str = "cancel";

#[async_trait]
impl Screen<World> for CancelInitiative {
    fn name(&self) -> &'static str {
        "initiative-cancel"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let initiative = my_own(cx).await?;
        if initiative.stage == Stage::Over {
            // Back leads here.
            let over = Page::new(msg!("initiative-over-cancelled"));
            return Ok(over.go(msg!("commitment-to-initiative"), initiative_at(initiative.collection.id)));
        }
        let (id, title) = (initiative.collection.id, &initiative.title);
        // Keeping first, both times: the answer that led here, said twice, does nothing.
        Ok(match cx.route.arg(1) {
            Some(SURE) => Page::new(msg!("initiative-cancel-really", title = title))
                .go(msg!("initiative-cancel-no"), initiative_at(id))
                .grave(msg!("initiative-cancel-yes-really"), CANCEL),
            _ => Page::new(match aid::initiatives::count_told_of_end(&aid(cx), &initiative.collection).await? {
                0 if initiative.voters > 0 => msg!("initiative-cancel-sure-untold", title = title),
                count => msg!("initiative-cancel-sure", title = title, count = count),
            })
            .go(msg!("initiative-cancel-no"), initiative_at(id))
            .go(msg!("initiative-cancel-yes"), Route::new("initiative-cancel").with(id).with(SURE)),
        })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, id) = (me(cx)?.id, mine(cx).await?.collection.id);
        if input != Input::Chose(CANCEL.into()) || cx.route.arg(1) != Some(SURE) {
            return Err(Fault::Lost);
        }
        let count = told(cx, run(cx, async |work| aid::initiatives::cancel(work, who, id).await).await)?;
        let done = msg!("initiative-cancelled", count = count);
        // What was promised stands, unless they forgive it.
        let (owed, _) = aid::owed(&aid(cx), who, id).await?;
        let to = if owed > 0 { Route::new("end").with(id) } else { initiative_at(id) };
        Ok(Step::from(To::Instead(to)).saying(done))
    }
}

//! What I am called.

use async_trait::async_trait;

use crate::aid::{self, NameElsewhere};
use crate::domain::{self, NameFault};
use crate::screens::sentences::{told, unfit};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step};
use exodus_engine::locale::{Arg, NAME_CHARACTERS};
use exodus_engine::msg;

/// Another name for me.
pub struct Name;

#[async_trait]
impl Screen<World> for Name {
    fn name(&self) -> &'static str {
        "name"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let now = me(cx)?;
        Ok(view(&now.name, &aid::names_elsewhere(&aid(cx), now).await?))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let typed = match input {
            Input::Wrote(typed) => typed,
            Input::Chose(which) => elsewhere(cx, &which).await?.ok_or(Fault::Lost)?,
        };
        let name = match domain::Name::read(&typed) {
            Ok(name) => name,
            Err(NameFault::Unfit(fault)) => return Ok(Step::misread(unfit(fault))),
            Err(NameFault::Sign) => return Ok(Step::misread(msg!("name-sign"))),
        };
        told(cx, run(cx, async |work| aid::rename(work, me(cx)?.id, &name).await).await)?;
        // The page that they go back to may call them so already.
        if let Some(me) = &mut cx.world.me {
            me.name = name.as_str().to_owned();
        }
        Ok(Step::back().saying(msg!("name-done", name = name.as_str())))
    }
}

/// The name by which a messenger calls me, as it was offered.
async fn elsewhere(cx: &Here<'_>, which: &str) -> Result<Option<String>, Fault> {
    let names = aid::names_elsewhere(&aid(cx), me(cx)?).await?;
    Ok(names
        .into_iter()
        .find(|name| name.account.number().to_string() == which)
        .map(|name| name.name.as_str().to_owned()))
}

/// What a messenger calls me by now is offered, and never taken unasked.
fn view(name: &str, elsewhere: &[NameElsewhere]) -> Page {
    let page = Page::new(msg!("name-now", name = name))
        .say(msg!("name-question", max = NAME_CHARACTERS))
        .asking_in_any_words();
    elsewhere.iter().fold(page, |page, one| {
        let label = msg!(
            "name-elsewhere",
            name = one.name.as_str(),
            messenger = msg!("messenger-name", messenger = Arg::Verbatim(one.messenger.clone()))
        );
        page.deed(label, one.account.number().to_string())
    })
}

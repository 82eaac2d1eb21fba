//! What I say about myself.

use async_trait::async_trait;

use crate::aid;
use crate::domain::AboutMe;
use crate::screens::sentences::{told, unfit};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// A text about me, which stands on my card: another one, or none.
pub struct About;

/// The deed that takes the text off the card.
const REMOVE: &str = "remove";

#[async_trait]
impl Screen<World> for About {
    fn name(&self) -> &'static str {
        "about"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        Ok(view(aid::about_me(&aid(cx), me(cx)?.id).await?.as_ref()))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let who = me(cx)?.id;
        let typed = match input {
            Input::Wrote(typed) => typed,
            Input::Chose(deed) if deed == REMOVE => return remove(cx).await,
            Input::Chose(_) => return Err(Fault::Lost),
        };
        let about = match AboutMe::read(&typed) {
            Ok(about) => about,
            Err(fault) => return Ok(Step::misread(unfit(fault))),
        };
        told(cx, run(cx, async |work| aid::describe(work, who, Some(&about)).await).await)?;
        Ok(Step::back().saying(match host(&about) {
            Some(host) => msg!("about-done-link", host = host),
            None => msg!("about-done"),
        }))
    }
}

/// What is removed is said once more: it may have been meant otherwise.
async fn remove(cx: &Here<'_>) -> Result<Step, Fault> {
    let who = me(cx)?.id;
    let before = aid::about_me(&aid(cx), who).await?;
    told(cx, run(cx, async |work| aid::describe(work, who, None).await).await)?;
    Ok(Step::back().saying(match &before {
        Some(about) => msg!("about-removed", about = about.as_str()),
        None => msg!("about-none"),
    }))
}

fn view(about: Option<&AboutMe>) -> Page {
    let question = msg!("about-question", max = AboutMe::LONGEST);
    let Some(about) = about else { return Page::new(msg!("about-none")).say(question).asking_in_any_words() };
    let page = Page::new(msg!("about-now", about = about.as_str())).say(question).asking_in_any_words();
    page.deed(msg!("about-remove"), REMOVE)
}

/// Where the link in it leads.
fn host(about: &AboutMe) -> Option<Arg> {
    Some(Arg::Verbatim(about.link()?.host_str()?.to_owned()))
}

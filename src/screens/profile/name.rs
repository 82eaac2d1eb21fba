//! What I am called.

use async_trait::async_trait;

use crate::aid;
use crate::domain;
use crate::screens::sentences::{told, unfit};
use crate::screens::world::{Here, World, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step};
use exodus_engine::locale::NAME_CHARACTERS;
use exodus_engine::msg;

/// Another name for me.
pub struct Name;

#[async_trait]
impl Screen<World> for Name {
    fn name(&self) -> &'static str {
        "name"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        Ok(view(&me(cx)?.name))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Wrote(typed) = input else { return Err(Fault::Lost) };
        let name = match domain::Name::read(&typed) {
            Ok(name) => name,
            Err(fault) => return Ok(Step::misread(unfit(fault))),
        };
        told(cx, run(cx, async |work| aid::rename(work, me(cx)?.id, &name).await).await)?;
        // The page that they go back to may call them so already.
        if let Some(me) = &mut cx.world.me {
            me.name = name.as_str().to_owned();
        }
        Ok(Step::back().saying(msg!("name-done", name = name.as_str())))
    }
}

fn view(name: &str) -> Page {
    Page::new(msg!("name-now", name = name)).say(msg!("name-question", max = NAME_CHARACTERS)).asking()
}

use async_trait::async_trait;

use super::admin;
use crate::aid::{self, Seen};
use crate::domain::Reason;
use crate::screens::sentences::{told_at, unfit};
use crate::screens::world::{Here, World, aid, run};
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Route, Screen, Step, Taken, To};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// Suspending a member: why, and whether it is to be so. `suspend/<member>`.
pub struct Suspend;

/// The deed.
const SUSPEND: &str = "suspend";

#[async_trait]
impl Screen<World> for Suspend {
    fn name(&self) -> &'static str {
        "suspend"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let seen = load(cx).await?;
        if seen.suspended.is_some() || seen.administers {
            return Err(Fault::Lost);
        }
        let since = Msg::date_time(cx.world.settings.rules.zone.local(seen.member.since));
        match form(&seen.member.name).question(cx) {
            Some(question) => Ok(question.line(msg!("admin-since", time = since))),
            None => Ok(view(&seen, &why(cx)?, since)),
        }
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (seen, admin) = (load(cx).await?, admin(cx)?.clone());
        match form(&seen.member.name).take(cx, &input) {
            Taken::Here(step) => return Ok(step),
            Taken::NotMine if input == Input::Chose(SUSPEND.to_owned()) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let (id, why) = (seen.member.id, why(cx)?);
        let place = || To::Instead(Route::new("admin-member").with(id));
        told_at(cx, place(), run(cx, async |work| aid::suspend(work, &admin, id, &why).await).await)?;
        Ok(Step::from(place()).saying(msg!("admin-suspended", name = &seen.member.name)))
    }
}

async fn load(cx: &Here<'_>) -> Result<Seen, Fault> {
    Ok(aid::member_seen(&aid(cx), admin(cx)?, cx.route.id(0).ok_or(Fault::Lost)?).await?)
}

fn form(name: &str) -> Form<'static> {
    let question = msg!("admin-suspend-why", name = name, max = Reason::LONGEST);
    let read = |typed: &str| Reason::read(typed).map(|why| why.as_str().to_owned()).map_err(unfit);
    Form::new(vec![Field::new("why", question, read).in_any_words()])
}

fn why(cx: &Here<'_>) -> Result<Reason, Fault> {
    cx.answer("why").and_then(|why| Reason::read(why).ok()).ok_or(Fault::Lost)
}

/// Leaving it as it is first: the answer that led here, said twice, does nothing.
fn view(seen: &Seen, why: &Reason, since: Msg) -> Page {
    Page::new(msg!("admin-suspend-sure", name = &seen.member.name, why = why.as_str()))
        .line(msg!("admin-since", time = since))
        .say(msg!("admin-suspend-means"))
        .go(msg!("admin-suspend-no"), Route::new("admin-member").with(seen.member.id))
        .light(msg!("admin-suspend-redo"), Form::redo("why"))
        .grave(msg!("admin-suspend-yes"), SUSPEND)
}

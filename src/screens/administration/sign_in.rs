use async_trait::async_trait;
use chrono::TimeDelta;

use super::admin;
use crate::aid;
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, run};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step};
use exodus_engine::locale::Arg;
use exodus_engine::msg;
use exodus_engine::person::{SignInLink, sign_in_link};

/// A link by which a member signs in in a browser, for whoever has lost every other way in: `sign-in-for/<member>`.
pub struct SignInFor;

/// The deeds, and for how long a link counts by each: while the two speak with each other, or until it has reached them.
const TERMS: [(&str, TimeDelta); 2] = [("give/minutes", TimeDelta::minutes(10)), ("give/day", TimeDelta::days(1))];

#[async_trait]
impl Screen<World> for SignInFor {
    fn name(&self) -> &'static str {
        "sign-in-for"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, admin, id) = (aid(cx), admin(cx)?, cx.route.id(0).ok_or(Fault::Lost)?);
        let seen = aid::member_seen(&aid, admin, id).await?;
        let given = aid::sign_in_given(&aid, admin, id).await?;
        let ways_in = &cx.world.settings.ways_in;
        let shown = given.and_then(|link| Some((sign_in_link(ways_in, &link.word)?, link)));
        let page = match &shown {
            Some((url, link)) => view_link(&seen.member.name, url, link),
            None => Page::new(msg!("admin-sign-in-title", name = &seen.member.name)).say(msg!("admin-sign-in-means")),
        };
        Ok(page
            .deed(msg!("admin-sign-in-minutes"), TERMS[0].0)
            .deed(msg!("admin-sign-in-day"), TERMS[1].0)
            .go(msg!("admin-sign-in-back"), Route::new("admin-member").with(id)))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (id, admin) = (cx.route.id(0).ok_or(Fault::Lost)?, admin(cx)?.clone());
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let (_, counts) = TERMS.into_iter().find(|(name, _)| *name == deed).ok_or(Fault::Lost)?;
        told(cx, run(cx, async |work| aid::give_sign_in(work, &admin, id, counts).await).await)?;
        Ok(Step::stay())
    }
}

fn view_link(name: &str, url: &str, link: &SignInLink) -> Page {
    let (hours, minutes) = (link.minutes / 60, link.minutes);
    let counts = match hours {
        0 | 1 => msg!("admin-sign-in-counts", minutes = minutes),
        hours => msg!("admin-sign-in-counts-hours", hours = hours),
    };
    Page::new(msg!("admin-sign-in-link", name = name, link = Arg::Verbatim(url.to_owned())))
        .line(counts)
        .say(msg!("admin-sign-in-secret"))
}

use async_trait::async_trait;

use super::words::{pool_at, sum_field, terms_lines};
use crate::aid::pools::Invited;
use crate::aid::{self, Refused};
use crate::domain::Money;
use crate::screens::sentences::{drafted_sum, told, why};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Route, Screen, Step, Taken};
use exodus_engine::msg;

/// Joining a pool by an invite to it: with how much, what that means, and yes. `join/<token>`.
pub struct Join;

/// The deed.
const JOIN: &str = "join";

#[async_trait]
impl Screen<World> for Join {
    fn name(&self) -> &'static str {
        "join"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let Some(invited) = load(cx).await? else { return Ok(view_too_late()) };
        if invited.is_in {
            return Ok(view_in(&invited));
        }
        if invited.is_barred {
            return Ok(view_barred(&invited));
        }
        match form(cx, &invited).question(cx) {
            Some(question) => Ok(question),
            None => Ok(view(&invited, sum(cx, &invited)?)),
        }
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, Some(invited)) = (me(cx)?.id, load(cx).await?) else { return Ok(Step::stay()) };
        if invited.is_in || invited.is_barred {
            // The page says so.
            return Ok(Step::stay());
        }
        match form(cx, &invited).take(cx, &input) {
            Taken::Here(step) => return Ok(step),
            Taken::NotMine if input == Input::Chose(JOIN.to_owned()) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let (token, sum) = (&invited.invitation.token, sum(cx, &invited)?);
        let joined = run(cx, async |work| aid::pools::join(work, who, token, sum).await).await;
        Ok(Step::instead(pool_at(told(cx, joined)?)).saying(msg!("joined", sum = sum)))
    }
}

/// Nothing: the pool was closed, or the invite taken back, since they began.
async fn load(cx: &Here<'_>) -> Result<Option<Invited>, Fault> {
    let token = cx.route.arg(0).ok_or(Fault::Lost)?;
    match aid::pools::invited(&aid(cx), me(cx)?.id, token).await {
        Err(Refused::Rule(_)) => Ok(None),
        invited => Ok(invited?),
    }
}

/// How much they would give: of one sum alone nothing has to be asked.
fn sum(cx: &Here<'_>, invited: &Invited) -> Result<Money, Fault> {
    match invited.pool.terms().only() {
        Some(only) => Ok(only),
        None => drafted_sum(cx, "sum").ok_or(Fault::Lost),
    }
}

fn form(cx: &Here<'_>, invited: &Invited) -> Form<'static> {
    let (terms, unit) = (invited.pool.terms(), &cx.world.settings.reading.unit);
    if terms.only().is_some() {
        return Form::new(Vec::new());
    }
    let question = msg!("join-contribution", smallest = terms.smallest, largest = terms.largest);
    let field = sum_field(cx, "sum", question, move |sum| terms.check(sum).map_err(why));
    let ready = [terms.smallest, terms.largest];
    let offer = |field: Field<'static>, sum: Money| field.offer(msg!("join-ready", sum = sum), unit.plain(sum));
    Form::new(vec![ready.into_iter().fold(field, offer)])
}

fn view(invited: &Invited, sum: Money) -> Page {
    let page = Page::new(msg!("join-sure", pool = &invited.pool.name, sum = sum))
        .say(msg!("join-means"))
        .say(msg!("pools-nothing-paid"))
        .confirm(msg!("join-yes"), JOIN);
    match invited.pool.terms().only() {
        Some(_) => page,
        None => page.light(msg!("join-redo"), Form::redo("sum")),
    }
}

fn view_too_late() -> Page {
    Page::new(msg!("join-too-late")).go(msg!("join-to-pools"), Route::new("pools"))
}

fn view_barred(invited: &Invited) -> Page {
    Page::new(msg!("pool-title", name = &invited.pool.name)).say(msg!("refused-left-with-a-share"))
}

fn view_in(invited: &Invited) -> Page {
    let pool = &invited.pool;
    Page::new(msg!("pool-invited-in", pool = &pool.name)).go(msg!("pool-show"), pool_at(pool.id))
}

/// Where an invite to a pool leads: who invites, what the pool is like, and joining it; `not_now` leaves it at that.
pub fn view_invited(invited: &Invited, not_now: &str) -> Page {
    if invited.is_in {
        return view_in(invited);
    }
    if invited.is_barred {
        return view_barred(invited);
    }
    let (pool, inviter, volume) = (&invited.pool, &invited.invitation.inviter, invited.volume);
    let page = Page::new(msg!("pool-invited", name = &inviter.1, pool = &pool.name)).say(msg!("pools-what"));
    terms_lines(page, pool)
        .line(msg!("pool-counts", count = volume.members, sum = volume.sum))
        .say(msg!("pools-no-fund"))
        .go(msg!("pool-invited-join"), Route::new("join").with(&invited.invitation.token))
        .light(msg!("pool-invited-no"), not_now)
}

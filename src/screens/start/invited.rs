use async_trait::async_trait;

use super::welcome::INVITED;
use crate::aid::{self, Card, Invitation, Request};
use crate::domain::ready_sums::ready_sums;
use crate::domain::{CollectionKind, Money, Unit};
use crate::notices::with_copies;
use crate::screens::help;
use crate::screens::members::paid_card_lines;
use crate::screens::pools;
use crate::screens::world::{Here, World, aid, me};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step};
use exodus_engine::msg;

/// Where an invite leads: who invites, whom to help, their card, Yes and No.
pub struct Invited;

#[async_trait]
impl Screen<World> for Invited {
    fn name(&self) -> &'static str {
        INVITED
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (who, aid) = (me(cx)?.id, aid(cx));
        let token = cx.route.arg(0).ok_or(Fault::Lost)?;
        if let Some(invited) = aid::pools::invited(&aid, who, token).await? {
            return Ok(pools::view_invited(&invited, NOT_NOW));
        }
        let invitation = aid::invitation(&aid, Some(who), token).await?;
        let card = aid::card(&aid, who, invitation.to.0).await?;
        Ok(view(&invitation, &card, &cx.world.settings.reading.unit))
    }

    /// Not now: back to what was begun, if they came in the middle of something, or else home.
    async fn act(&self, _: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        if input == Input::Chose(NOT_NOW.into()) { Ok(Step::back()) } else { Err(Fault::Lost) }
    }
}

/// The deed that leaves it at that.
const NOT_NOW: &str = "not-now";

/// Sums to help with, each one press from here.
fn sums(request: &Request, unit: &Unit) -> Vec<Choice> {
    let (id, missing) = (request.collection.id, request.missing);
    let ready = ready_sums(request.collection.target, missing, unit.whole(1)).into_iter();
    let all = missing.is_positive().then_some(missing);
    // Who helps in an emergency promises.
    let label = |sum: Money| match request.collection.kind {
        CollectionKind::Monthly => msg!("invited-sum", sum = sum),
        _ => msg!("invited-promise", sum = sum),
    };
    ready.chain(all).map(|sum| Choice::go(label(sum), help::with(id, sum))).collect()
}

fn view(invitation: &Invitation, card: &Card, unit: &Unit) -> Page {
    let (inviter, to) = (&invitation.inviter, &invitation.to);
    let (inviter_is_it, asks) = (inviter.0 == to.0, card.open_request().is_some());
    let invites = match (inviter_is_it, asks) {
        (true, true) => msg!("invited-to-help-them", name = &inviter.1),
        (false, true) => msg!("invited-to-help-friend", name = &inviter.1, friend = &to.1),
        (true, false) => msg!("invited-knows-them", name = &inviter.1),
        (false, false) => msg!("invited-knows-friend", name = &inviter.1, friend = &to.1),
    };
    let page = paid_card_lines(Page::new(invites), card);
    let page = match card.open_request() {
        Some(Request { mine: Some(commitment), .. }) => {
            page.go(msg!("card-my-help"), Route::new("commitment").with(commitment.id))
        }
        Some(request) => page
            .say(msg!("invited-question", name = &to.1))
            .go(msg!("invited-yes"), Route::new("help").with(request.collection.id))
            .row(sums(request, unit))
            .light(msg!("invited-no"), NOT_NOW),
        None => page.say(msg!("invited-needs-nothing", name = &to.1)),
    };
    with_copies(page, card.payment.as_deref().unwrap_or_default())
}

/// A sum that is typed where an invite is read, to help with it: the form for that, which asks whether it is right.
pub async fn sum_said(cx: &Here<'_>, words: &str) -> Result<Option<Step>, Fault> {
    let (Ok(me), INVITED, Some(token)) = (me(cx), cx.route.screen(), cx.route.arg(0)) else { return Ok(None) };
    let unit = &cx.world.settings.reading.unit;
    let Ok(sum) = unit.parse(words, cx.world.settings.rules.max_amount) else { return Ok(None) };
    let aid = aid(cx);
    if aid::pools::invited(&aid, me.id, token).await?.is_some() {
        return Ok(None);
    }
    let invitation = aid::invitation(&aid, Some(me.id), token).await?;
    let card = aid::card(&aid, me.id, invitation.to.0).await?;
    let request = card.open_request().filter(|request| request.mine.is_none());
    Ok(request.map(|request| Step::go(help::with(request.collection.id, sum))))
}

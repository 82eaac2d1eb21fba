use async_trait::async_trait;

use super::welcome::INVITED;
use crate::aid::{self, Card, Invitation, Request};
use crate::screens::members::card_lines;
use crate::screens::world::{Here, World, aid, me};
use exodus_engine::conversation::{Fault, Page, Route, Screen};
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
        let invitation = aid::invitation(&aid, token).await?;
        let card = aid::card(&aid, who, invitation.to.0).await?;
        Ok(view(&invitation, &card))
    }
}

fn view(invitation: &Invitation, card: &Card) -> Page {
    let (inviter, to) = (&invitation.inviter, &invitation.to);
    let (inviter_is_it, asks) = (inviter.0 == to.0, card.open_request().is_some());
    let invites = match (inviter_is_it, asks) {
        (true, true) => msg!("invited-to-help-them", name = &inviter.1),
        (false, true) => msg!("invited-to-help-friend", name = &inviter.1, friend = &to.1),
        (true, false) => msg!("invited-knows-them", name = &inviter.1),
        (false, false) => msg!("invited-knows-friend", name = &inviter.1, friend = &to.1),
    };
    let page = card_lines(Page::new(invites), card);
    match card.open_request() {
        Some(Request { mine: Some(commitment), .. }) => {
            page.go(msg!("card-my-help"), Route::new("commitment").with(commitment.id))
        }
        Some(request) => page
            .say(msg!("invited-question", name = &to.1))
            .go(msg!("invited-yes"), Route::new("help").with(request.collection.id))
            .go(msg!("invited-no"), Route::new("menu")),
        None => page.say(msg!("invited-needs-nothing", name = &to.1)),
    }
}

use async_trait::async_trait;

use super::commitment::route_of;
use crate::aid::chains::{self, Answered, ChainSeen};
use crate::aid::{self};
use crate::domain::chain::Stage;
use crate::domain::{ChainId, MemberId, Money, local_date};
use crate::notices;
use crate::screens::sentences::told_at;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{
    Answered as NoticeAnswered, Choice, Fault, Input, Nature, Page, Route, Screen, Step, To,
};
use exodus_engine::hours::Zone;
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// An offer to pass something on, as each of the three sees it, with what they can say to it: `chain/<offer>`.
pub struct ChainScreen;

const AGREE: &str = "agree";
const DECLINE: &str = "decline";

#[async_trait]
impl Screen<World> for ChainScreen {
    fn name(&self) -> &'static str {
        "chain"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let who = me(cx)?.id;
        let seen = chains::seen(&aid(cx), who, cx.route.id(0).ok_or(Fault::Lost)?).await?;
        let is_over = cx.turn.at.now >= seen.chain.ends_at;
        Ok(view(&seen, who, is_over, &cx.world.settings.rules.zone))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let id = cx.route.id(0).ok_or(Fault::Lost)?;
        match input {
            Input::Chose(deed) if deed == AGREE => says(cx, id, true, To::Instead(route_to(id))).await,
            Input::Chose(deed) if deed == DECLINE => says(cx, id, false, To::Instead(route_to(id))).await,
            Input::Chose(_) => Err(Fault::Lost),
            Input::Wrote(_) => Ok(Step::stay()),
        }
    }
}

/// Where an offer is.
pub(super) fn route_to(id: ChainId) -> Route {
    Route::new("chain").with(id)
}

/// Answers the notice that asks.
///
/// # Errors
/// See [`Fault`].
pub async fn answer_chain(cx: &Here<'_>, deed: &str, id: ChainId) -> Result<NoticeAnswered, Fault> {
    let agrees = notices::agrees(deed).ok_or(Fault::Lost)?;
    Ok(NoticeAnswered { step: says(cx, id, agrees, To::Go(route_to(id))).await?, stays_open: false })
}

async fn says(cx: &Here<'_>, id: ChainId, agrees: bool, place: To) -> Result<Step, Fault> {
    let who = me(cx)?.id;
    let answered = run(cx, async |work| chains::answer(work, who, id, agrees).await).await;
    let Answered { stage, asks, .. } = told_at(cx, place.clone(), answered)?;
    let said = match (stage, asks) {
        (Stage::Agreed, Some(next)) => {
            let aid = aid(cx);
            let name = aid::name_of(&aid, who, next).await?;
            let said = msg!("chain-agreed", name = &name);
            match aid::can_be_reached(&aid, next).await? {
                true => said,
                false => msg!("done-in-vain", done = said, name = name),
            }
        }
        (Stage::Done, _) => msg!("chain-done"),
        (Stage::Withdrawn, _) => msg!("chain-withdrawn"),
        _ => msg!("chain-declined"),
    };
    Ok(Step::from(place).saying(said))
}

/// "Anna → Boris: €40".
pub(super) fn link(from: Arg, to: Arg, sum: Money) -> Msg {
    msg!("chain-link", from = from, to = to, sum = sum)
}

fn view(seen: &ChainSeen, who: MemberId, is_over: bool, zone: &Zone) -> Page {
    let chain = &seen.chain;
    let name = |id: MemberId, you: &'static str| -> Arg {
        match id {
            id if id == who => Msg::new(you).into(),
            id if id == chain.supporter => (&seen.supporter).into(),
            id if id == chain.middle => (&seen.middle).into(),
            _ => (&seen.receiver).into(),
        }
    };
    let link = |from: MemberId, to: MemberId| link(name(from, "chain-you"), name(to, "chain-to-you"), chain.sum);
    let page = Page::new(msg!("chain-title", sum = chain.sum));
    let is_open = chain.stage.is_open() && !is_over;
    // What has come of the promises since is not so any more by an offer that is over.
    let (of, instead) = match chain.stage {
        Stage::Done => (msg!("chain-before"), msg!("chain-then")),
        _ if is_open => (msg!("chain-now"), msg!("chain-then")),
        _ => (msg!("chain-was-promised"), msg!("chain-would-be")),
    };
    let page = page.lines(vec![
        of,
        link(chain.supporter, chain.middle),
        link(chain.middle, chain.receiver),
        instead,
        link(chain.supporter, chain.receiver),
    ]);
    let page = match is_open {
        true => open(page, seen, who, zone),
        false => page.say(over(seen, zone)),
    };
    let label = |place: usize| match (seen.records.len(), place) {
        (1, _) => msg!("chain-record"),
        (_, 0) => msg!("chain-record-to-me"),
        _ => msg!("chain-record-mine"),
    };
    seen.records.iter().enumerate().fold(page, |page, (place, id)| page.go(label(place), route_of(*id)))
}

/// Who is asked, until when, and what the reader can say.
fn open(page: Page, seen: &ChainSeen, who: MemberId, zone: &Zone) -> Page {
    let chain = &seen.chain;
    let until = Msg::date_time(zone.local(chain.ends_at));
    let waits_for_me = chain.waits_for() == Some(who);
    let page = match chain.stage {
        _ if waits_for_me && who == chain.supporter => {
            page.say(msg!("chain-asks-supporter", middle = &seen.middle, receiver = &seen.receiver, time = until))
        }
        _ if waits_for_me => {
            page.say(msg!("chain-asks-receiver", middle = &seen.middle, supporter = &seen.supporter, time = until))
        }
        Stage::Asked => page.say(msg!("chain-waits-supporter", name = &seen.supporter, time = until)),
        _ => page.say(msg!("chain-waits-receiver", name = &seen.receiver, time = until)),
    };
    if waits_for_me {
        let agrees = Choice::grave(msg!("chain-agree"), AGREE).of(Nature::Confirms);
        let declines = Choice::deed(msg!("chain-decline"), DECLINE);
        let page = page.say(msg!("chain-no-way-back")).where_yes_means(agrees.clone()).where_no_is(declines.clone());
        return page.choice(agrees).choice(declines);
    }
    let label = if who == chain.middle { msg!("chain-withdraw") } else { msg!("chain-take-back") };
    page.choice(Choice::grave(label, DECLINE))
}

fn over(seen: &ChainSeen, zone: &Zone) -> Msg {
    let chain = &seen.chain;
    match chain.stage {
        Stage::Done => {
            msg!("chain-was-done", date = local_date(chain.ended_at.unwrap_or(chain.made_at), zone))
        }
        Stage::Declined => msg!("chain-was-declined"),
        Stage::Withdrawn => msg!("chain-was-withdrawn"),
        Stage::Void => msg!("chain-was-void"),
        Stage::Asked | Stage::Agreed | Stage::Expired => msg!("chain-was-expired"),
    }
}

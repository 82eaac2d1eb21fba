use async_trait::async_trait;

use super::invite_to::{invite, inviting};
use crate::aid::{self, Card, Request, Supporter};
use crate::domain::{Called, CollectionKind, MemberId, Money, Month, State};
use crate::notices::{payment_lines, with_copies};
use crate::screens::sentences::{all_given, gives, state_sign, status_name, told};
use crate::screens::trust;
use crate::screens::world::{Here, World, aid, me, run};
use crate::store::commitment::Reliability;
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step};
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// A member's card: how they are, what they ask for, who helps them.
///
/// `card/<member>`; `card/<member>/part` asks whether to take them out of my circle.
pub struct MemberCard;

#[async_trait]
impl Screen<World> for MemberCard {
    fn name(&self) -> &'static str {
        "card"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (who, aid) = (me(cx)?.id, aid(cx));
        let whose = cx.route.id(0).ok_or(Fault::Lost)?;
        let card = aid::card(&aid, who, whose).await?;
        let known = aid::may_part(&aid, who, whose).await?;
        let helps = aid::count_helped(&aid, who, whose).await?;
        let guaranteed = aid::guarantee_since(&aid, who, whose).await?.is_some();
        Ok(match cx.route.arg(1) {
            Some(PART) if known => view_parting(whose, &card.name),
            _ => {
                let page = view(&card, helps, who == whose);
                let page = if guaranteed { page.go(msg!("card-guarantee"), trust::route_to(whose)) } else { page };
                // Last: what takes something away is never where another answer would reach it.
                if known { page.go(msg!("card-part"), Route::new("card").with(whose).with(PART)) } else { page }
            }
        })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, whose) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        match input {
            Input::Chose(deed) if deed == PART => {
                let name = aid::card(&aid(cx), who, whose).await?.name;
                told(cx, run(cx, async |work| aid::part(work, who, whose).await).await)?;
                Ok(Step::instead(Route::new("network")).saying(msg!("card-parted", name = name)))
            }
            Input::Chose(deed) => invite(cx, &deed).await,
            _ => Ok(Step::stay()),
        }
    }
}

/// The deed that takes somebody out of my circle.
const PART: &str = "part";

fn view_parting(whose: MemberId, name: &Called) -> Page {
    // Keeping first: the answer that led here, said twice, does nothing.
    Page::new(msg!("card-part-sure", name = name))
        .go(msg!("card-part-no"), Route::new("card").with(whose))
        .grave(msg!("card-part-yes"), PART)
}

/// `helps`: how many they help themselves.
fn view(card: &Card, helps: u64, mine: bool) -> Page {
    let page = paid_card_lines(Page::default(), card);
    let page = match card.open_request().filter(|_| !mine) {
        Some(Request { mine: Some(commitment), .. }) => {
            page.go(msg!("card-my-help"), Route::new("commitment").with(commitment.id))
        }
        Some(request) => page.go(to_help(request.collection.kind), Route::new("help").with(request.collection.id)),
        None => page,
    };
    let page = with_copies(page, card.payment.as_deref().unwrap_or_default());
    let page = page.row(link(card).into_iter().collect());
    let circle = card.open_request().map_or(0, |request| request.circle.size);
    let to_circle = || Choice::go(msg!("card-to-circle", count = circle), Route::new("circle").with(card.id));
    let to_helped = || Choice::go(msg!("card-to-helped", count = helps), Route::new("helps").with(card.id));
    let leading_on = (circle > 0).then(to_circle).into_iter().chain((helps > 0).then(to_helped));
    let page = page.row(leading_on.collect());
    match mine || card.open_request().is_some() {
        true => page.deed(msg!("card-invite"), inviting(card.id)),
        false => page,
    }
}

/// Who helps in an emergency promises.
fn to_help(kind: CollectionKind) -> Msg {
    if kind == CollectionKind::Emergency { msg!("card-help-emergency") } else { msg!("card-help") }
}

/// What a card says to whoever else sees it, in paragraphs, how to pay as well.
pub fn paid_card_lines(page: Page, card: &Card) -> Page {
    let page = about_lines(page, card);
    let page = card.requests.iter().fold(page, |page, request| page.lines(request_lines(request)));
    // Before those who help: what is cut off a page that is too long is its end.
    let page = page.lines(card.payment.as_deref().map(payment_lines).unwrap_or_default());
    card.requests.iter().fold(page, |page, request| page.lines(circle_lines(request)))
}

/// What one's own card says, in the profile. How to pay stands elsewhere there.
pub fn card_lines(page: Page, card: &Card) -> Page {
    let lines = |request| [request_lines(request), circle_lines(request)].concat();
    card.requests.iter().fold(about_lines(page, card), |page, request| page.lines(lines(request)))
}

/// Who it is, how they keep what they promise, and what they say about themselves.
fn about_lines(page: Page, card: &Card) -> Page {
    let page = page.say(match card.suspended {
        // What they ask for is held back, and so is what it says of them.
        true => msg!("card-title-paused", name = &card.name),
        false => msg!("card-title", name = &card.name, status = status_name(card.status)),
    });
    let page = page.line(reliability_line(card.reliability));
    let page = page.say_if(card.suspended.then(|| msg!("card-suspended")));
    page.say_if(card.about.as_ref().map(|about| msg!("card-about", about = about.as_str())))
}

/// The link in what a member says about themselves. In their text itself it is none: there a messenger would find whatever
/// people write to be found, strangers and commands among it. Here one address is ours to offer, whose host is read before
/// it is opened, as it is and not as it may look.
pub fn link(card: &Card) -> Option<Choice> {
    let url = card.about.as_ref()?.link()?;
    let host = Arg::Verbatim(url.host_str()?.to_owned());
    Some(Choice::Open { label: msg!("card-link", host = host), url })
}

fn reliability_line(kept: Reliability) -> Msg {
    if kept.fulfilled + kept.fulfilled_late + kept.overdue == 0 {
        return msg!("card-no-promises");
    }
    msg!("card-reliability", fulfilled = kept.fulfilled, late = kept.fulfilled_late, overdue = kept.overdue)
}

/// What is asked for, and how much of it there is.
pub fn request_lines(request: &Request) -> Vec<Msg> {
    let collection = &request.collection;
    let target = collection.target;
    if request.paused {
        // Nobody can help with it now: what the emergency needs is what counts.
        return vec![msg!("card-monthly-paused", sum = target)];
    }
    let mut lines = vec![match (collection.kind, collection.ends_on) {
        (CollectionKind::Emergency, Some(date)) => msg!("card-emergency", sum = target, date = date),
        _ => msg!("card-monthly", sum = target),
    }];
    let totals = request.totals;
    let promised = [
        (totals.fulfilled, msg!("card-fulfilled", sum = totals.fulfilled)),
        (totals.claims, msg!("card-claimed", sum = totals.claims)),
        (totals.obligations, msg!("card-promised", sum = totals.obligations)),
        (totals.intentions, msg!("card-intended", sum = totals.intentions)),
    ];
    lines.extend(promised.into_iter().filter(|(sum, _)| *sum > Money::ZERO).map(|(_, line)| line));
    lines.push(msg!("card-missing", sum = request.missing));
    lines
}

/// Who helps with it, if anybody does.
pub fn circle_lines(request: &Request) -> Vec<Msg> {
    let circle = &request.circle;
    if request.paused || circle.size == 0 {
        return Vec::new();
    }
    // Whoever only intends to help does not help yet.
    let mut lines = vec![match request.totals.intentions > Money::ZERO {
        true => msg!("card-circle-willing", count = circle.size),
        false => msg!("card-circle", count = circle.size),
    }];
    let members = by_member(&circle.named);
    lines.extend(members.iter().take(SHOWN).filter_map(|one| supporter_line(one)));
    let unshown = u32::try_from(members.len().saturating_sub(SHOWN)).unwrap_or(u32::MAX);
    let more = circle.unnamed.saturating_add(unshown);
    if more > 0 {
        lines.push(msg!("card-and-more", count = more));
    }
    lines
}

/// How many members of a circle stand on a card.
const SHOWN: usize = 20;

/// What each of them gives, whoever did something last first.
fn by_member(named: &[Supporter]) -> Vec<Vec<&Supporter>> {
    let mut members: Vec<Vec<&Supporter>> = Vec::new();
    for one in named {
        match members.iter_mut().find(|member| member.iter().any(|known| known.id == one.id)) {
            Some(member) => member.push(one),
            None => members.push(vec![one]),
        }
    }
    members
}

/// What a member gives, in one line, that adds up what stands in one state: of a promise, parts may have been given.
fn supporter_line(member: &[&Supporter]) -> Option<Msg> {
    let name = &member.first()?.name;
    let mut given: Vec<(State, Money, Option<Month>)> = Vec::new();
    for one in member {
        let Some((state, sum)) = one.gives else { continue };
        let alike = |(before, _, month): &&mut (State, Money, Option<Month>)| {
            state_sign(*before) == state_sign(state) && *month == one.of_month
        };
        match given.iter_mut().find(alike) {
            Some((_, before, _)) => *before = before.saturating_add(sum),
            None => given.push((state, sum, one.of_month)),
        }
    }
    Some(match all_given(given.into_iter().map(|(state, sum, month)| gives(state, sum, month))) {
        Some(gives) => msg!("card-supporter-gives", name = name, gives = gives),
        None => msg!("card-supporter", name = name),
    })
}

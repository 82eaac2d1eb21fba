use async_trait::async_trait;

use super::chain::{link, route_to};
use super::commitment::route_of;
use crate::aid::chains::{self, Asked, Partner};
use crate::aid::{self, Helping};
use crate::domain::{CommitmentId, Money, Refusal, Role};
use crate::screens::sentences::{told, told_at, why_here};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// Offering to pass something on: `pass-on/<promise>` lists with whom a promise of mine, or to me, can be (`…/page/<page>`);
/// `pass-on/<promise>/<other promise>` asks whether to.
pub struct PassOn;

/// How many a page lists.
const A_PAGE: usize = 8;

/// Offering it; the sum that was read follows, in minor units.
const OFFER: &str = "offer";
const PAGE: &str = "page";

#[async_trait]
impl Screen<World> for PassOn {
    fn name(&self) -> &'static str {
        "pass-on"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who, id) = (aid(cx), me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        if let Some(along) = cx.route.id(1) {
            let asked = chains::asked(&aid, who, id, along).await?;
            let too_soon = asked.again_at.map(|again_at| why_here(cx, Refusal::TooSoon { again_at }));
            return Ok(view_sure(&asked, too_soon, id));
        }
        let helping = aid::helping(&aid, who, id).await?;
        let role = helping.commitment.role_of(who).ok_or(Fault::Lost)?;
        let partners = chains::partners(&aid, who, &helping).await?;
        let asked = match cx.route.arg(1) {
            Some(PAGE) => cx.route.number(2).and_then(|number| usize::try_from(number).ok()).unwrap_or(0),
            _ => 0,
        };
        Ok(view(&helping, role, &partners, asked))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, from) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let read = deed.strip_prefix(OFFER).and_then(|read| read.strip_prefix('/')?.parse().ok());
        let (Some(read), Some(along)) = (read.map(Money::from_minor), cx.route.id(1)) else { return Err(Fault::Lost) };
        let asked = told(cx, chains::asked(&aid(cx), who, from, along).await)?;
        let offered = run(cx, async |work| chains::offer(work, who, from, along, read).await).await;
        let id = told_at(cx, To::Instead(route_of(from)), offered)?;
        let said = msg!("pass-on-offered", name = &asked.supporter);
        let said = match aid::can_be_reached(&aid(cx), asked.first).await? {
            true => said,
            false => msg!("done-in-vain", done = said, name = asked.supporter),
        };
        Ok(Step::instead(route_to(id)).saying(said))
    }
}

/// Where it is chosen with whom a promise is passed on.
pub(super) fn route_from(promise: CommitmentId) -> Route {
    Route::new("pass-on").with(promise)
}

fn view(helping: &Helping, role: Role, partners: &[Partner], asked: usize) -> Page {
    let (id, sum, name) = (helping.commitment.id, helping.commitment.sum, &helping.name);
    if partners.is_empty() {
        return Page::new(msg!("pass-on-nobody")).go(msg!("pass-on-back"), route_of(id));
    }
    let page = Page::new(match role {
        Role::Receiver => msg!("pass-on-to-whom", name = name, sum = sum),
        Role::Supporter => msg!("pass-on-by-whom", name = name, sum = sum),
    });
    let last = (partners.len() - 1) / A_PAGE;
    let number = asked.min(last);
    let shown = partners.iter().skip(number * A_PAGE).take(A_PAGE);
    let page = shown.fold(page, |page, one| {
        let label = match role {
            Role::Receiver => msg!("pass-on-to", sum = one.sum, name = &one.name),
            Role::Supporter => msg!("pass-on-by", sum = one.sum, name = &one.name),
        };
        page.go(label, route_from(id).with(one.commitment))
    });
    page.turning(A_PAGE, number, last, |number| route_from(id).with(PAGE).with(number))
}

/// Leaving it first: the answer that led here, said twice, does nothing. Where it is too soon to ask once more, that is said instead.
fn view_sure(asked: &Asked, too_soon: Option<Msg>, from: CommitmentId) -> Page {
    if let Some(too_soon) = too_soon {
        return Page::new(too_soon).go(msg!("pass-on-back"), route_of(from));
    }
    let Asked { sum, supporter, receiver, .. } = asked;
    let (you, to_you) = (msg!("chain-you"), msg!("chain-to-you"));
    Page::new(msg!("pass-on-sure", sum = *sum))
        .lines(vec![
            msg!("chain-now"),
            link(supporter.into(), to_you.into(), *sum),
            link(you.into(), receiver.into(), *sum),
            msg!("chain-then"),
            link(supporter.into(), receiver.into(), *sum),
        ])
        .say(msg!("pass-on-means", supporter = supporter, receiver = receiver))
        .go(msg!("sure-no"), route_of(from))
        .choice(Choice::grave(msg!("pass-on-yes"), format!("{OFFER}/{}", sum.minor())))
}

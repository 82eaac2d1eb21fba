use async_trait::async_trait;

use super::vote::{sums, vote_or_ask};
use super::words::{initiative_at, seen, text};
use crate::aid;
use crate::aid::initiatives::Initiative;
use crate::domain::initiative::{Stage, Words};
use crate::domain::{Ending, Money, Unit};
use crate::notices::{vote_for, vote_of};
use crate::screens::sentences::{state_name, told};
use crate::screens::world::{Here, World, aid, me};
use exodus_engine::conversation::{Choice, Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// An initiative: what it is for, how far it has come, voting for it; for its initiator, what can be done about it.
/// `initiative/<collection>`.
pub struct InitiativeCard;

#[async_trait]
impl Screen<World> for InitiativeCard {
    fn name(&self) -> &'static str {
        "initiative"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (initiative, who) = (seen(cx).await?, me(cx)?.id);
        let page = view(&initiative);
        let page = match who == initiative.collection.owner {
            true => for_initiator(page, &initiative, &own(cx, &initiative).await?),
            false => for_voter(page, &initiative, &cx.world.settings.reading.unit),
        };
        let page = match (cx.world.admin.is_some(), initiative.collection.is_open()) {
            (true, true) => {
                page.go(msg!("initiative-close"), Route::new("initiative-close").with(initiative.collection.id))
            }
            _ => page,
        };
        Ok(page)
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Err(Fault::Lost) };
        let (sum, id) = (vote_of(&deed).ok_or(Fault::Lost)?, seen(cx).await?.collection.id);
        vote_or_ask(cx, id, sum, To::Instead(initiative_at(id))).await
    }
}

/// What everybody sees of it who may: what it is called and for, by whom, and how far it has come.
pub fn view_for_all(initiative: &Initiative) -> Page {
    let page = Page::new(msg!("initiative-title", title = &initiative.title))
        .line(msg!("initiative-by", name = &initiative.initiator));
    text(page, &initiative.words).lines(progress(initiative))
}

fn view(initiative: &Initiative) -> Page {
    let page = view_for_all(initiative);
    let page = match &initiative.news {
        Some(words) => text(page.say(msg!("initiative-news-line")), words),
        None => page,
    };
    let paused = initiative.paused && initiative.stage != Stage::Over;
    let page = page.say_if(paused.then(|| msg!("initiative-paused")));
    match Words::link_in(&initiative.words) {
        Some(url) => {
            let host = Arg::Verbatim(url.host_str().unwrap_or_default().to_owned());
            page.choice(Choice::Open { label: msg!("card-link", host = host), url })
        }
        None => page,
    }
}

/// How far it has come, in numbers and as a bar.
fn progress(initiative: &Initiative) -> Vec<Msg> {
    let (target, voted) = (initiative.collection.target, initiative.voted);
    let mut lines = vec![
        msg!("initiative-sum", sum = target),
        msg!("initiative-bar", bar = Arg::Verbatim(bar(voted, target)), percent = percent(voted, target)),
        msg!("initiative-voted", voted = voted, count = initiative.voters),
    ];
    let promised = initiative.totals.bound();
    lines.extend(promised.is_positive().then(|| msg!("initiative-promised", sum = promised)));
    let confirmed = initiative.totals.fulfilled;
    lines.extend(confirmed.is_positive().then(|| msg!("initiative-received", sum = confirmed)));
    let days = initiative.days_left.unwrap_or_default();
    lines.push(match (initiative.stage, initiative.collection.ended) {
        (Stage::Promising(by), _) => msg!("initiative-promising", date = by, count = days),
        (Stage::Voting, _) => match initiative.collection.ends_on {
            Some(date) => msg!("initiative-days-left", date = date, count = days),
            None => return lines,
        },
        (Stage::Over, Some(Ending::Reached)) if promised.is_positive() => {
            msg!("initiative-over-reached", promised = promised, sum = target)
        }
        (Stage::Over, Some(Ending::Reached)) => msg!("initiative-over-nobody"),
        // It had its votes, but nobody could be asked to promise.
        (Stage::Over, Some(Ending::Expired)) if voted >= target => msg!("initiative-over-held"),
        (Stage::Over, Some(Ending::Expired)) => msg!("initiative-over-expired"),
        (Stage::Over, Some(Ending::Closed)) => {
            msg!("initiative-over-closed", why = initiative.closed_why.clone().unwrap_or_default())
        }
        (Stage::Over, _) => msg!("initiative-over-cancelled"),
    });
    lines
}

/// How many signs the bar has.
const SIGNS: i64 = 10;

/// A bar of so many full signs as there are tenths; full only when all is there.
fn bar(voted: Money, target: Money) -> String {
    let full = tenths(voted, target);
    (0..SIGNS).map(|sign| if sign < full { '▓' } else { '░' }).collect()
}

fn tenths(voted: Money, target: Money) -> i64 {
    parts(voted, target, SIGNS)
}

fn percent(voted: Money, target: Money) -> i64 {
    parts(voted, target, 100)
}

fn parts(voted: Money, target: Money, of: i64) -> i64 {
    let (voted, target) = (i128::from(voted.minor()), i128::from(target.minor().max(1)));
    i64::try_from(voted * i128::from(of) / target).unwrap_or(i64::MAX)
}

fn for_voter(page: Page, initiative: &Initiative, unit: &Unit) -> Page {
    match (&initiative.mine, initiative.stage) {
        (Some(mine), _) => {
            let page = page.say(msg!("initiative-mine", sum = mine.sum, state = state_name(mine.state)));
            page.go(msg!("initiative-my-vote"), Route::new("commitment").with(mine.id))
        }
        (None, Stage::Over) => page,
        (None, _) if initiative.paused => page,
        (None, _) => {
            let sums = sums(initiative, unit);
            let page = page.say(msg!("initiative-nothing-owed")).row(sums.into_iter().map(vote_for).collect());
            page.go(msg!("initiative-vote-other"), Route::new("vote").with(initiative.collection.id))
        }
    }
}

/// What only its initiator learns of an initiative.
struct Own {
    /// It is over, and its card is still in groups.
    in_groups: bool,
    /// It is over, and something is still owed for it.
    is_owed: bool,
    /// How many voters would hear what is told them.
    hearing: usize,
}

async fn own(cx: &Here<'_>, initiative: &Initiative) -> Result<Own, Fault> {
    let (aid, who, id) = (aid(cx), me(cx)?.id, initiative.collection.id);
    if initiative.stage != Stage::Over {
        let hearing = told(cx, aid::initiatives::count_voters_told(&aid, &initiative.collection).await)?;
        return Ok(Own { in_groups: false, is_owed: false, hearing });
    }
    let in_groups = aid::initiatives::initiative_groups(&aid, who, id).await?.count > 0;
    let is_owed = aid::owed(&aid, who, id).await?.0 > 0;
    Ok(Own { in_groups, is_owed, hearing: 0 })
}

fn for_initiator(page: Page, initiative: &Initiative, own: &Own) -> Page {
    let id = initiative.collection.id;
    let to = |screen: &str| Route::new(screen).with(id);
    let page = match initiative.stage {
        Stage::Over => {
            let page = if own.is_owed { page.go(msg!("case-release"), to("end")) } else { page };
            return if own.in_groups { page.go(msg!("initiative-group"), to("initiative-group")) } else { page };
        }
        Stage::Voting => {
            let page = page.go(msg!("initiative-lower"), to("initiative-sum"));
            if initiative.can_be_prolonged { page.go(msg!("initiative-prolong"), to("initiative-date")) } else { page }
        }
        Stage::Promising(_) => page,
    };
    let page = match own.hearing {
        0 => page,
        count => page.go(msg!("initiative-tell", count = count), to("initiative-news")),
    };
    page.go(msg!("initiative-group"), to("initiative-group")).go(msg!("initiative-cancel"), to("initiative-cancel"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_only_when_all_is_there() {
        let sum = Money::from_minor;
        for (voted, full, shown) in
            [(0, 0, 0), (999, 9, 99), (1_000, 10, 100), (1, 0, 0), (100, 1, 10), (2_500, 25, 250)]
        {
            assert_eq!((tenths(sum(voted), sum(1_000)), percent(sum(voted), sum(1_000))), (full, shown), "{voted}");
            assert_eq!(bar(sum(voted), sum(1_000)).chars().count(), 10);
        }
    }
}

use async_trait::async_trait;

use super::words::{initiative_at, seen};
use crate::aid::initiatives::Initiative;
use crate::aid::{self, Refused};
use crate::domain::initiative::Stage;
use crate::domain::ready_sums::ready_votes;
use crate::domain::{CollectionId, Money, Refusal, Unit};
use crate::notices::{vote_for, vote_of};
use crate::screens::sentences::{drafted_sum, sum_field, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Form, Input, Page, Route, Screen, Step, Taken, To};
use exodus_engine::msg;

/// Voting for an initiative with a sum that is typed or offered: an intention, which binds nobody. One of more than it still lacks
/// is asked about. `vote/<collection>`, or `vote/<collection>/<sum>` where a sum was chosen elsewhere that is to be asked about.
pub struct Vote;

#[async_trait]
impl Screen<World> for Vote {
    fn name(&self) -> &'static str {
        "vote"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let initiative = seen(cx).await?;
        if let Some(mine) = &initiative.mine {
            let page = Page::new(msg!("vote-already", title = &initiative.title, sum = mine.sum));
            return Ok(page.go(msg!("initiative-my-vote"), Route::new("commitment").with(mine.id)));
        }
        if initiative.stage == Stage::Over {
            let page = Page::new(msg!("vote-over", title = &initiative.title));
            return Ok(page.go(msg!("notice-look"), initiative_at(initiative.collection.id)));
        }
        if initiative.paused {
            return Ok(
                Page::new(msg!("initiative-paused")).go(msg!("notice-look"), initiative_at(initiative.collection.id))
            );
        }
        if let Some(sum) = asked(cx).filter(|_| !cx.draft.begun(&cx.route)) {
            return Ok(more(sum, missing(&initiative))
                .go(msg!("ask-change-sum"), Route::new("vote").with(initiative.collection.id))
                .choice(vote_for(sum)));
        }
        if let Some(question) = form(cx, &initiative).question(cx) {
            return Ok(question);
        }
        let sum = drafted_sum(cx, "sum").ok_or(Fault::Lost)?;
        let page = more(sum, missing(&initiative)).light(msg!("ask-change-sum"), Form::redo("sum"));
        Ok(page.choice(vote_for(sum)))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let initiative = seen(cx).await?;
        let (id, form) = (initiative.collection.id, form(cx, &initiative));
        let sum = match form.take(cx, &input) {
            Taken::Here(step) if step.saying.is_some() || !form.is_complete(cx) => return Ok(step),
            Taken::Here(step) => {
                let sum = drafted_sum(cx, "sum").ok_or(Fault::Lost)?;
                if sum > missing(&initiative) {
                    return Ok(step);
                }
                sum
            }
            Taken::NotMine => match &input {
                Input::Chose(deed) => vote_of(deed).ok_or(Fault::Lost)?,
                _ => return Err(Fault::Lost),
            },
        };
        vote(cx, id, sum, To::Instead(initiative_at(id))).await
    }
}

/// The sum that was chosen elsewhere, if it is to be asked about.
fn asked(cx: &Here<'_>) -> Option<Money> {
    cx.route.arg(1)?.parse().ok().map(Money::from_minor).filter(|sum| sum.is_positive())
}

/// What it lacks stands first: the answer that led here, said twice, does nothing.
fn more(sum: Money, missing: Money) -> Page {
    match missing.is_positive() {
        true => Page::new(msg!("vote-more", sum = sum, missing = missing)).choice(vote_for(missing)),
        false => Page::new(msg!("vote-more-all", sum = sum)),
    }
}

/// Votes with a sum that was offered, when it still lacked as much; else asks about it.
pub(super) async fn vote_or_ask(cx: &Here<'_>, id: CollectionId, sum: Money, place: To) -> Result<Step, Fault> {
    let initiative = aid::initiatives::seen(&aid(cx), me(cx)?.id, cx.world.admin.as_ref(), id).await?;
    let takes_votes = initiative.mine.is_none() && initiative.stage != Stage::Over && !initiative.paused;
    if takes_votes && sum > missing(&initiative) {
        return Ok(Step::go(Route::new("vote").with(id).with(sum.minor())));
    }
    vote(cx, id, sum, place).await
}

/// What an initiative still lacks in votes.
pub(super) fn missing(initiative: &Initiative) -> Money {
    initiative.collection.target.saturating_sub(initiative.voted)
}

/// The question for the sum, with ready answers.
fn form(cx: &Here<'_>, initiative: &Initiative) -> Form<'static> {
    let unit = &cx.world.settings.reading.unit;
    let field = sum_field(cx, msg!("vote-question", title = &initiative.title));
    let sums = sums(initiative, unit);
    Form::new(vec![
        sums.into_iter().fold(field, |field, sum| field.offer(msg!("initiative-vote-sum", sum = sum), unit.plain(sum))),
    ])
}

/// Sums to vote with.
pub(super) fn sums(initiative: &Initiative, unit: &Unit) -> Vec<Money> {
    ready_votes(initiative.collection.target, missing(initiative), unit.whole(1))
}

/// Votes with this sum, and looks at the initiative.
pub(super) async fn vote(cx: &Here<'_>, id: CollectionId, sum: Money, place: To) -> Result<Step, Fault> {
    let who = me(cx)?.id;
    let most = cx.world.settings.rules.max_amount;
    if sum > most {
        return Err(Fault::Lost);
    }
    let voted = run(cx, async |work| aid::declare(work, who, id, sum).await).await;
    let seen = async || aid::initiatives::seen(&aid(cx), who, cx.world.admin.as_ref(), id).await;
    let not_now = match voted {
        Err(Refused::Rule(Refusal::AlreadyHelping)) => {
            // The first of two votes counts. It is changed where it is looked at.
            let seen = seen().await?;
            let mine = seen.mine.map(|mine| mine.sum).unwrap_or_default();
            Some(msg!("vote-already", title = seen.title, sum = mine))
        }
        Err(Refused::Rule(Refusal::Ended)) => Some(msg!("vote-over", title = seen().await?.title)),
        _ => None,
    };
    if let Some(not_now) = not_now {
        return Err(Fault::Refused(Step::from(place).saying(not_now)));
    }
    told_at(cx, place.clone(), voted)?;
    let done = match seen().await?.stage {
        // They come later than the others, and can promise at once.
        Stage::Promising(by) => msg!("vote-done-reached", sum = sum, date = by),
        _ => msg!("vote-done", sum = sum),
    };
    Ok(Step::from(place).saying(done))
}

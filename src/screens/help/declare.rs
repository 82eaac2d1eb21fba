use async_trait::async_trait;

use super::ready_sums::ready_sums;
use crate::aid::{self, Request};
use crate::conversation::{Fault, Field, Form, Input, Page, Route, Screen, Step, Taken};
use crate::domain::{Collection, CollectionId, CollectionKind, Commitment, Money};
use crate::msg;
use crate::screens::sentences::{drafted_sum, read_sum, state_name, told};
use crate::screens::world::{Here, World, aid, me};

/// Help with a collection: how much, what that means, and yes.
pub struct Help;

/// What a member wants to help with.
struct Wanted {
    collection: Collection,
    /// Its owner's name.
    name: String,
    now: Now,
}

/// Whether the collection takes this member's help now.
enum Now {
    Open { missing: Money },
    Not(WhyNot),
}

enum WhyNot {
    Own,
    Ended,
    /// Paused by its owner's emergency, which can be helped with instead.
    Paused {
        emergency: CollectionId,
    },
    Helping(Commitment),
}

#[async_trait]
impl Screen<World> for Help {
    fn name(&self) -> &'static str {
        "help"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let wanted = load(cx).await?;
        let missing = match &wanted.now {
            Now::Open { missing } => *missing,
            Now::Not(why) => return Ok(view_not_now(&wanted, why)),
        };
        match drafted_sum(cx, "sum") {
            Some(sum) => Ok(view_sure(&wanted, sum)),
            None => {
                let question = form(cx, &wanted, missing).question(cx).ok_or(Fault::Lost)?;
                Ok(view_question(question, &wanted.collection, missing))
            }
        }
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, wanted) = (me(cx)?.id, load(cx).await?);
        let Now::Open { missing } = wanted.now else {
            return Ok(Step::stay());
        };
        if let Taken::Here(step) = form(cx, &wanted, missing).take(cx, &input) {
            return Ok(step);
        }
        let (true, Some(sum)) = (input == Input::Chose("confirm".into()), drafted_sum(cx, "sum")) else {
            return Ok(Step::stay());
        };
        let declared = aid::declare(&aid(cx), who, wanted.collection.id, sum).await;
        let name = &wanted.name;
        Ok(match told(cx, declared)? {
            Ok(commitment) => {
                Step::instead(Route::new("commitment").with(commitment.id)).saying(match wanted.collection.kind {
                    CollectionKind::Monthly => msg!("help-done-monthly", name = name),
                    CollectionKind::Emergency => msg!("help-done-emergency", name = name),
                })
            }
            Err(why) => Step::stay().saying(why),
        })
    }
}

async fn load(cx: &Here<'_>) -> Result<Wanted, Fault> {
    let (aid, who) = (aid(cx), me(cx)?.id);
    let id = cx.route.number(0).ok_or(Fault::Lost)?;
    let (collection, name) = aid::to_help(&aid, who, id).await?;
    let card = aid::card(&aid, who, collection.owner).await?;
    let emergency = card.open_request().map(|open| open.collection.id);
    let request = card.requests.into_iter().find(|request| request.collection.id == id);
    let now = match (request, emergency) {
        _ if collection.owner == who => Now::Not(WhyNot::Own),
        (None, _) => Now::Not(WhyNot::Ended),
        (Some(Request { mine: Some(mine), .. }), _) => Now::Not(WhyNot::Helping(mine)),
        (Some(Request { paused: true, .. }), Some(emergency)) => Now::Not(WhyNot::Paused { emergency }),
        (Some(request), _) => Now::Open { missing: request.missing },
    };
    Ok(Wanted { collection, name, now })
}

fn form(cx: &Here<'_>, wanted: &Wanted, missing: Money) -> Form<'static> {
    let max = cx.world.settings.rules.max_amount;
    let question = match wanted.collection.kind {
        CollectionKind::Monthly => msg!("help-question-monthly", name = &wanted.name),
        CollectionKind::Emergency => msg!("help-question-emergency", name = &wanted.name),
    };
    let field = Field::new("sum", question, move |typed| read_sum(typed, max));
    let field = ready_sums(wanted.collection.target, missing)
        .into_iter()
        .fold(field, |field, sum| field.offer(msg!("help-ready-sum", sum = sum), sum.to_string()));
    let field = if missing.is_positive() {
        field.offer(msg!("help-all-missing", sum = missing), missing.to_string())
    } else {
        field
    };
    Form::new(vec![field])
}

fn view_question(question: Page, collection: &Collection, missing: Money) -> Page {
    let target = collection.target;
    let page = question.say(match collection.ends_on {
        Some(date) => msg!("help-needs-by", sum = target, date = date),
        None => msg!("help-needs-monthly", sum = target),
    });
    let page = if missing.is_positive() {
        page.line(msg!("help-missing", sum = missing))
    } else {
        page.line(msg!("help-nothing-missing"))
    };
    page.say(msg!("help-type-sum"))
}

/// What the help will be, and the one deed that makes it so.
fn view_sure(wanted: &Wanted, sum: Money) -> Page {
    let name = &wanted.name;
    let (what, means, yes) = match wanted.collection.kind {
        CollectionKind::Monthly => (
            msg!("help-sure-monthly", name = name, sum = sum),
            msg!("help-means-intention"),
            msg!("help-confirm-intention"),
        ),
        CollectionKind::Emergency => (
            msg!("help-sure-emergency", name = name, sum = sum),
            msg!("help-means-obligation"),
            msg!("help-confirm-obligation"),
        ),
    };
    Page::new(what).say(means).deed(yes, "confirm").deed(msg!("help-change-sum"), Form::redo("sum"))
}

/// Why there is nothing to declare here now, and where to go instead.
fn view_not_now(wanted: &Wanted, why: &WhyNot) -> Page {
    let (owner, name) = (wanted.collection.owner, &wanted.name);
    match why {
        WhyNot::Own => Page::new(msg!("help-own")).go(msg!("help-invite"), Route::new("invite").with(owner)),
        WhyNot::Ended => Page::new(msg!("help-ended", name = name))
            .go(msg!("help-card", name = name), Route::new("card").with(owner)),
        WhyNot::Paused { emergency } => Page::new(msg!("help-paused", name = name))
            .go(msg!("help-with-emergency"), Route::new("help").with(emergency)),
        WhyNot::Helping(mine) => {
            let state = state_name(mine.state);
            Page::new(msg!("help-already", name = name, sum = mine.sum, state = state))
                .go(msg!("help-show-mine"), Route::new("commitment").with(mine.id))
        }
    }
}

use async_trait::async_trait;

use crate::aid::{self, Asked};
use crate::domain::ready_sums::ready_sums;
use crate::domain::{CollectionId, CollectionKind, MemberId, Money, State, Status, Unit};
use crate::screens::sentences::{drafted_sum, more_than_missing, read_sum, state_name, told};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Choice, Fault, Field, Form, Input, Page, Route, Screen, Step, Taken};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// Yes; and yes where the page says that it is more than is missing.
const CONFIRM: &str = "confirm";
const CONFIRM_MORE: &str = "confirm-more";

/// Help with a collection: how much, what that means, and yes.
///
/// `help/<collection>`; `help/<collection>/<sum>` begins with a sum that was offered elsewhere, in minor units.
pub struct Help;

#[async_trait]
impl Screen<World> for Help {
    fn name(&self) -> &'static str {
        "help"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let who = me(cx)?.id;
        let asked = aid::asked(&aid(cx), who, cx.route.id(0).ok_or(Fault::Lost)?).await?;
        if let Some(why_not) = view_not_now(&asked, who) {
            return Ok(why_not);
        }
        match (sum(cx), Form::new(vec![question(cx, &asked)]).question(cx)) {
            (None, Some(question)) => Ok(view_question(question, &asked)),
            (sum, _) => Ok(view_sure(&asked, sum.ok_or(Fault::Lost)?, &cx.world.settings.reading.unit)),
        }
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, id) = (me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let asked = aid::asked(&aid(cx), who, id).await?;
        if view_not_now(&asked, who).is_some() {
            // The page says why.
            return Ok(Step::stay());
        }
        if let Taken::Here(step) = Form::new(vec![question(cx, &asked)]).take(cx, &input) {
            return Ok(step);
        }
        let (Input::Chose(deed), Some(sum)) = (input, sum(cx)) else { return Err(Fault::Lost) };
        match deed.as_str() {
            CONFIRM => told(cx, aid::not_more_than_missing(&aid(cx), id, sum).await)?,
            CONFIRM_MORE => {}
            _ => return Err(Fault::Lost),
        }
        let commitment = told(cx, run(cx, async |work| aid::declare(work, who, id, sum).await).await)?;
        let name = aid::name_of(&aid(cx), who, commitment.receiver).await?;
        let others = aid::others(&aid(cx), &commitment).await?;
        let hears = told(cx, aid::hears_of_help(&aid(cx), &commitment, commitment.receiver).await)?;
        let told_to = if hears { "yes" } else { "off" };
        let thanks = match commitment.state {
            State::Intention => msg!("help-done-monthly", name = name, others = others, told = Arg::variant(told_to)),
            _ => msg!("help-done-emergency", name = name, others = others, told = Arg::variant(told_to)),
        };
        Ok(Step::instead(Route::new("commitment").with(commitment.id)).saying(thanks))
    }
}

/// The sum that was answered, or the one that they came with; none, where it is asked for anew.
fn sum(cx: &Here<'_>) -> Option<Money> {
    let is_asked_again = cx.draft.asked_again(&cx.route).is_some();
    let came_with = || {
        let sum = Money::from_minor(cx.route.number(1)?);
        (sum.is_positive() && sum <= cx.world.settings.rules.max_amount).then_some(sum)
    };
    drafted_sum(cx, "sum").or_else(came_with).filter(|_| !is_asked_again)
}

/// Where help to this collection begins with this sum.
pub(in crate::screens) fn with(collection: CollectionId, sum: Money) -> Route {
    Route::new("help").with(collection).with(sum.minor())
}

/// The question for the sum, with ready answers.
fn question(cx: &Here<'_>, asked: &Asked) -> Field<'static> {
    let question = match asked.collection.kind {
        CollectionKind::Monthly => msg!("help-question-monthly", name = &asked.name),
        CollectionKind::Emergency | CollectionKind::Case | CollectionKind::Initiative => {
            msg!("help-question-emergency", name = &asked.name)
        }
    };
    let missing = asked.missing;
    let settings = cx.world.settings.clone();
    let field = Field::new("sum", question, move |typed| match settings.reading.is_all(typed) {
        true if missing.is_positive() => Ok(missing.minor().to_string()),
        _ => read_sum(&settings, typed),
    });
    let unit = &cx.world.settings.reading.unit;
    let field = ready_sums(asked.collection.target, missing, unit.whole(1))
        .into_iter()
        .fold(field, |field, sum| field.offer(msg!("help-ready-sum", sum = sum), unit.plain(sum)));
    if missing.is_positive() {
        field.offer(msg!("help-all-missing", sum = missing), unit.plain(missing))
    } else {
        field
    }
}

fn view_question(question: Page, asked: &Asked) -> Page {
    let (target, missing) = (asked.collection.target, asked.missing);
    let page = question.say(match asked.collection.ends_on {
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
fn view_sure(asked: &Asked, sum: Money, unit: &Unit) -> Page {
    let name = &asked.name;
    let (what, means, yes) = match asked.collection.kind {
        CollectionKind::Monthly => (
            msg!("help-sure-monthly", name = name, sum = sum),
            msg!("help-means-intention"),
            msg!("help-confirm-intention"),
        ),
        CollectionKind::Emergency | CollectionKind::Case | CollectionKind::Initiative => (
            msg!("help-sure-emergency", name = name, sum = sum),
            msg!("help-means-obligation"),
            msg!("help-confirm-obligation", sum = sum),
        ),
    };
    let page = Page::new(what);
    let is_more = sum > asked.missing;
    let page = if is_more { page.line(more_than_missing(asked.missing)) } else { page };
    let deed = if is_more { CONFIRM_MORE } else { CONFIRM };
    // An intention can be taken back, a promise can't.
    let confirm = match asked.collection.kind.takes() {
        State::Intention => Choice::confirm(yes, deed),
        _ => Choice::grave(yes, deed),
    };
    let page = page.say(means);
    // What is rather meant stands first.
    let page = if is_more && asked.missing.is_positive() {
        let all = format!("sum={}", unit.plain(asked.missing));
        page.light(msg!("help-all-missing", sum = asked.missing), all)
    } else {
        page
    };
    page.choice(confirm).light(msg!("help-change-sum"), Form::redo("sum"))
}

/// Why there is nothing to declare here now, and where to go instead; `None`: help can be declared.
fn view_not_now(asked: &Asked, who: MemberId) -> Option<Page> {
    let Asked { collection, name, .. } = asked;
    let owner = collection.owner;
    if owner == who {
        return Some(Page::new(msg!("help-own")).go(msg!("help-invite"), Route::new("invite").with(owner)));
    }
    if !collection.is_open() {
        let card = Route::new("card").with(owner);
        return Some(Page::new(msg!("help-ended", name = name)).go(msg!("help-card", name = name), card));
    }
    if let Some(mine) = &asked.mine {
        let already = msg!("help-already", name = name, sum = mine.sum, state = state_name(mine.state));
        let mine = Route::new("commitment").with(mine.id);
        return Some(Page::new(already).go(msg!("help-show-mine"), mine));
    }
    let emergency = Route::new("help").with(asked.paused_by.filter(|_| collection.kind.is_paused_while(Status::Red))?);
    Some(Page::new(msg!("help-paused", name = name)).go(msg!("help-with-emergency"), emergency))
}

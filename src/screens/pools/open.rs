use async_trait::async_trait;

use super::words::{contributions, pool_at, sum_field, text};
use crate::aid;
use crate::domain::pool::{HOURS, USUAL_HOURS};
use crate::domain::{Money, PoolName, PoolRules, Refusal, Terms, length};
use crate::screens::sentences::{is_meant_for_sum, read_sum, told, unfit, why};
use crate::screens::world::{Here, World, me, run};
use exodus_engine::conversation::{Fault, Field, Form, Input, Page, Screen, Step, Taken};
use exodus_engine::locale::NAME_CHARACTERS;
use exodus_engine::msg;

/// Opening a pool: what it is called, its rules, what its members give, for how long they discuss, and what I would give:
/// `pool-open`.
pub struct OpenPool;

/// The deed.
const OPEN: &str = "open";

/// So long a case may be discussed, as it is offered.
const OFFERED: [u32; 3] = [USUAL_HOURS, 48, 72];

#[async_trait]
impl Screen<World> for OpenPool {
    fn name(&self) -> &'static str {
        "pool-open"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        me(cx)?;
        if let Some(question) = form(cx).question(cx) {
            return Ok(question);
        }
        let (name, rules) = words(cx)?;
        Ok(view(&name, &rules, terms(cx)?, own(cx)?))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let who = me(cx)?.id;
        match form(cx).take(cx, &input) {
            Taken::Here(step) => return Ok(step),
            Taken::NotMine if input == Input::Chose(OPEN.to_owned()) => {}
            Taken::NotMine => return Err(Fault::Lost),
        }
        let ((name, rules), terms, sum) = (words(cx)?, terms(cx)?, own(cx)?);
        let opened = run(cx, async |work| aid::pools::open_pool(work, who, (&name, &rules), terms, sum).await).await;
        Ok(Step::instead(pool_at(told(cx, opened)?)).saying(msg!("pool-opened")))
    }
}

fn form(cx: &Here<'_>) -> Form<'static> {
    let unit = &cx.world.settings.reading.unit;
    let called = cx.answer("name").unwrap_or_default().to_owned();
    let given = |field| sum(cx, field).ok();
    let (smallest, largest) = (given("smallest").unwrap_or_default(), given("largest").unwrap_or_default());
    let name = Field::new("name", msg!("pool-open-name", max = NAME_CHARACTERS), |typed| {
        PoolName::read(typed).map(|name| name.as_str().to_owned()).map_err(unfit)
    })
    .in_any_words();
    let question = msg!("pool-open-rules", name = called, max = PoolRules::LONGEST);
    let rules = Field::new("rules", question, |typed| {
        PoolRules::read(typed).map(|rules| rules.as_str().to_owned()).map_err(unfit)
    })
    .in_any_words();
    let at_least = sum_field(cx, "smallest", msg!("pool-open-smallest", example = unit.whole(5)), |_| Ok(()));
    let question = msg!("pool-open-largest", smallest = smallest);
    let (settings, claiming) = (cx.world.settings.clone(), cx.world.settings.clone());
    let at_most = Field::new("largest", question, move |typed| {
        if settings.reading.is_same(typed) {
            return Ok(smallest.minor().to_string());
        }
        let sum = read_sum(&settings, typed)?;
        let largest = sum.parse().map(Money::from_minor).unwrap_or_default();
        let fits = Terms::new(smallest, largest, USUAL_HOURS);
        fits.map(|_| sum).map_err(|_| why(Refusal::LargestBelowSmallest { smallest }))
    })
    .claiming(move |typed| is_meant_for_sum(&claiming, typed));
    // The same number again would be taken for a doubled answer.
    let at_most = at_most.offer(msg!("pool-open-same", sum = smallest), unit.plain(smallest));
    let question = msg!("pool-open-hours", min = *HOURS.start(), max = *HOURS.end());
    let settings = cx.world.settings.clone();
    let hours = Field::new("hours", question, move |typed| {
        let hours = length::hours(&settings.reading.days, typed).filter(|hours| HOURS.contains(hours));
        hours.map(|hours| hours.to_string()).ok_or_else(|| why(Refusal::Hours))
    });
    let settings = cx.world.settings.clone();
    let hours = hours.claiming(move |typed| {
        // A number alone is rather a sum.
        typed.contains(char::is_alphabetic) && length::hours(&settings.reading.days, typed).is_some()
    });
    let hours = OFFERED
        .into_iter()
        .fold(hours, |field, hours| field.offer(msg!("pool-open-hours-offer", hours = hours), hours.to_string()));
    let terms = Terms { smallest, largest, hours: USUAL_HOURS };
    let question = msg!("pool-open-contribution", smallest = smallest, largest = largest);
    let own = sum_field(cx, "sum", question, move |sum| terms.check(sum).map_err(why));
    let fields = vec![name, rules, at_least, at_most, hours];
    // Of one sum alone nothing has to be asked.
    let asked = (smallest != largest || !smallest.is_positive()).then_some(own);
    Form::new(fields.into_iter().chain(asked).collect())
}

/// How much I would give.
fn own(cx: &Here<'_>) -> Result<Money, Fault> {
    match terms(cx)?.only() {
        Some(only) => Ok(only),
        None => sum(cx, "sum"),
    }
}

fn words(cx: &Here<'_>) -> Result<(PoolName, PoolRules), Fault> {
    let name = cx.answer("name").and_then(|name| PoolName::read(name).ok());
    let rules = cx.answer("rules").and_then(|rules| PoolRules::read(rules).ok());
    name.zip(rules).ok_or(Fault::Lost)
}

fn terms(cx: &Here<'_>) -> Result<Terms, Fault> {
    let hours = cx.answer("hours").and_then(|hours| hours.parse().ok()).ok_or(Fault::Lost)?;
    Ok(Terms { smallest: sum(cx, "smallest")?, largest: sum(cx, "largest")?, hours })
}

fn sum(cx: &Here<'_>, field: &str) -> Result<Money, Fault> {
    cx.answer(field).and_then(|sum| sum.parse().ok()).map(Money::from_minor).ok_or(Fault::Lost)
}

fn view(name: &PoolName, rules: &PoolRules, terms: Terms, own: Money) -> Page {
    let page = Page::new(msg!("pool-open-sure")).say(msg!("pool-title", name = name.as_str())).say(msg!("pool-rules"));
    text(page, rules.as_str())
        .say(contributions(terms))
        .line(msg!("pool-hours", count = terms.hours))
        .line(msg!("pool-mine", sum = own))
        .say(msg!("pools-no-fund"))
        .confirm(msg!("pool-open-yes"), OPEN)
        .light(msg!("pool-open-redo-name"), Form::redo("name"))
        .light(msg!("pool-open-redo-rules"), Form::redo("rules"))
        .light(msg!("pool-open-redo-terms"), Form::redo("smallest"))
        .light(msg!("pool-open-redo-hours"), Form::redo("hours"))
}

//! Sentences that many screens say: what a rule refused, and the names of states and statuses.

use super::Settings;
use super::world::Here;
use crate::aid::{Heard, Refused};
use crate::domain::guarantee::MOST_OFFERED;
use crate::domain::initiative::MOST_OPEN;
use crate::domain::invite::MOST_WITH_AN_END;
use crate::domain::payment::MOST;
use crate::domain::pool::{HOURS, MOST_CASES, MOST_POOLS};
use crate::domain::program;
use crate::domain::{Commitment, Misread, Money, Month, Refusal, State, Status};
use exodus_engine::conversation::{Fault, Field, To};
use exodus_engine::locale::{Arg, LineFault, Msg};
use exodus_engine::msg;

/// What came of a use case. What a rule refuses becomes the sentence that tells why: to be given back with `?`, so that
/// all that was written before it is undone.
pub fn told<T>(cx: &Here<'_>, result: Result<T, Refused>) -> Result<T, Fault> {
    result.map_err(|refused| match refused {
        Refused::Rule(refusal) => Fault::refused(why_here(cx, refusal)),
        Refused::Fault(fault) => fault,
    })
}

/// How many hear of something, as sentences take it: `off`, where it would concern somebody and none of them hears such news.
pub fn heard_by(heard: Heard) -> Arg {
    match (heard.of, heard.told) {
        (1.., 0) => Arg::variant("off"),
        (_, told) => told.into(),
    }
}

/// Why payment details can't be added, or called so, and what can be done instead.
pub fn no_more(refusal: Refusal) -> Msg {
    if refusal == Refusal::SameName { msg!("payment-name-taken") } else { msg!("payment-full", max = MOST) }
}

/// The same, where the person is not to stay when a rule says no.
pub fn told_at<T>(cx: &Here<'_>, place: To, result: Result<T, Refused>) -> Result<T, Fault> {
    told(cx, result).map_err(|fault| fault.leading(place))
}

/// The same, where the community's clock is known.
pub fn why_here(cx: &Here<'_>, refusal: Refusal) -> Msg {
    match refusal {
        Refusal::TooSoon { again_at } => {
            let again_at = cx.world.settings.rules.zone.local(again_at);
            msg!("refused-too-soon", time = Msg::date_time(again_at))
        }
        refusal => why(refusal),
    }
}

/// Why a rule says no, and what can be done instead.
pub fn why(refusal: Refusal) -> Msg {
    match refusal {
        Refusal::Unknown | Refusal::NotYours => msg!("refused-unknown"),
        Refusal::TooManyDetails | Refusal::SameName => no_more(refusal),
        Refusal::NotNow { state } => msg!("refused-not-now", state = state_name(state)),
        Refusal::SetOff => msg!("refused-not-now", state = msg!("state-set-off")),
        Refusal::SelfHelp => msg!("refused-self-help"),
        Refusal::AlreadyHelping => msg!("refused-already-helping"),
        Refusal::AlreadyOpen => msg!("refused-already-open"),
        Refusal::Ended => msg!("refused-ended"),
        Refusal::Paused => msg!("refused-paused"),
        Refusal::OnHold => msg!("refused-on-hold"),
        Refusal::PutOff => msg!("refused-put-off"),
        Refusal::TooSoon { again_at } => msg!("refused-too-soon", time = Msg::date_time(again_at.naive_utc())),
        Refusal::Unchanged => msg!("refused-unchanged"),
        Refusal::NeedsNothing => msg!("refused-needs-nothing"),
        Refusal::TooManyInvites => msg!("refused-too-many-invites", max = MOST_WITH_AN_END),
        Refusal::NobodyThere => msg!("refused-nobody-there"),
        Refusal::NothingMissing => msg!("refused-nothing-missing"),
        Refusal::MoreThanMissing => msg!("refused-more-than-missing"),
        Refusal::OtherSum => msg!("refused-other-sum"),
        Refusal::TooManyPrograms => msg!("refused-too-many-programs", max = program::MOST),
        Refusal::Suspended => msg!("refused-suspended"),
        Refusal::Administrator => msg!("refused-administrator"),
        Refusal::TooManyOffers => msg!("refused-too-many-offers", max = MOST_OFFERED),
        Refusal::OwnGuarantee => msg!("guaranteed-own"),
        Refusal::HeldAlready => msg!("refused-held-already"),
        Refusal::NotReached => msg!("refused-not-reached"),
        Refusal::ReachedAlready => msg!("refused-reached-already"),
        Refusal::NotLower => msg!("refused-not-lower"),
        Refusal::NotLater => msg!("refused-not-later"),
        Refusal::Prolonged => msg!("refused-prolonged"),
        Refusal::TooManyInitiatives => msg!("refused-too-many-initiatives", max = MOST_OPEN),
        Refusal::NotPositive => msg!("sum-not-positive"),
        Refusal::MoreThanOwed { owed } => msg!("given-too-much", sum = owed),
        Refusal::TooLate => msg!("refused-too-late"),
        Refusal::HelpsAnew => msg!("refused-helps-anew"),
        Refusal::Days => msg!("refused-days"),
        Refusal::NoChain => msg!("refused-no-chain"),
        Refusal::NotPassedOn => msg!("refused-not-passed-on"),
        Refusal::ChainOpen => msg!("refused-chain-open"),
        Refusal::ChainOver => msg!("refused-chain-over"),
        refusal => why_in_pool(refusal),
    }
}

/// The same of what pools refuse.
fn why_in_pool(refusal: Refusal) -> Msg {
    match refusal {
        Refusal::Contribution { smallest, largest } => {
            msg!("refused-contribution", smallest = smallest, largest = largest)
        }
        Refusal::LargestBelowSmallest { smallest } => msg!("refused-largest", smallest = smallest),
        Refusal::Hours => msg!("refused-hours", min = *HOURS.start(), max = *HOURS.end()),
        Refusal::Volume { volume } => {
            msg!(
                "refused-volume",
                volume = volume,
                none = Arg::variant(if volume.is_positive() { "no" } else { "yes" })
            )
        }
        Refusal::TooManyCases => msg!("refused-too-many-cases", max = MOST_CASES),
        Refusal::TooManyPools => msg!("refused-too-many-pools", max = MOST_POOLS),
        Refusal::PoolClosed => msg!("refused-pool-closed"),
        Refusal::InPool => msg!("refused-in-pool"),
        Refusal::CaseOpen => msg!("refused-case-open"),
        Refusal::CaseOver => msg!("refused-case-over"),
        Refusal::NoPart => msg!("refused-no-part"),
        Refusal::LeftWithAShare => msg!("refused-left-with-a-share"),
        Refusal::ShareGrew => msg!("refused-share-grew"),
        Refusal::NotLess { sum } => msg!("refused-not-less", sum = sum),
        _ => msg!("refused-unknown"),
    }
}

/// Why a name, or another line, can't be taken, and what to type instead.
pub fn unfit(fault: LineFault) -> Msg {
    match fault {
        LineFault::Empty => msg!("line-empty"),
        LineFault::TooLong { max, long } => msg!("line-too-long", max = max, long = long),
    }
}

/// Reads a sum as people type it; keeps it in minor units, as a draft stores it.
pub fn read_sum(settings: &Settings, typed: &str) -> Result<String, Msg> {
    let unit = &settings.reading.unit;
    match unit.parse(settings.reading.bare_sum(typed), settings.rules.max_amount) {
        Ok(sum) => Ok(sum.minor().to_string()),
        Err(Misread::NotANumber) => Err(msg!("sum-not-a-number")),
        Err(Misread::NotPositive) => Err(msg!("sum-not-positive")),
        Err(Misread::Decimals) => Err(msg!("sum-decimals", decimals = unit.decimals())),
        Err(Misread::TooLarge(max)) => Err(msg!("sum-too-large", max = max)),
        Err(Misread::Foreign) => Err(msg!("sum-foreign", example = unit.whole(50))),
        Err(Misread::Uneven) => Err(msg!("sum-uneven")),
    }
}

/// Whether something that is typed is meant for a sum, also where it is none in our currency.
pub fn is_meant_for_sum(settings: &Settings, typed: &str) -> bool {
    let read = settings.reading.unit.parse(settings.reading.bare_sum(typed), settings.rules.max_amount);
    !matches!(read, Err(Misread::NotANumber))
}

/// Said of a sum that is more than is missing.
pub fn more_than_missing(missing: Money) -> Msg {
    if missing.is_positive() { msg!("help-more-than-missing", missing = missing) } else { msg!("help-nothing-missing") }
}

/// The question for a sum, by the name `sum`.
pub fn sum_field(cx: &Here<'_>, question: Msg) -> Field<'static> {
    let (settings, claiming) = (cx.world.settings.clone(), cx.world.settings.clone());
    let field = Field::new("sum", question, move |typed| read_sum(&settings, typed));
    field.claiming(move |typed| is_meant_for_sum(&claiming, typed))
}

/// The question for a sum that is asked for every month, by the name `sum`: `500 a month`.
pub fn monthly_sum_field(cx: &Here<'_>, question: Msg) -> Field<'static> {
    let settings = cx.world.settings.clone();
    Field::new("sum", question, move |typed| read_sum(&settings, settings.reading.of_a_month(typed)))
}

/// The question for another sum in the place of this one, by the name `sum`: what is added to it, `+50`, is no sum.
pub fn change_field(cx: &Here<'_>, question: Msg, from: Money, of_a_month: bool) -> Field<'static> {
    let settings = cx.world.settings.clone();
    Field::new("sum", question, move |typed| match typed.trim_start().starts_with('+') {
        true => Err(msg!("sum-whole", from = from)),
        false if of_a_month => read_sum(&settings, settings.reading.of_a_month(typed)),
        false => read_sum(&settings, typed),
    })
}

/// A sum that a draft stores in minor units.
pub fn drafted_sum(cx: &Here<'_>, field: &str) -> Option<Money> {
    Some(Money::from_minor(cx.answer(field)?.parse().ok()?))
}

/// The same of a commitment: what was set off says so, and what was done in time and confirmed later is not called late.
pub fn state_of(commitment: &Commitment) -> Msg {
    match commitment.state {
        _ if commitment.set_off_by.is_some() => msg!("state-set-off"),
        State::FulfilledLate if !commitment.is_kept_late() => state_name(State::Fulfilled),
        state => state_name(state),
    }
}

/// "❤️ intention", "🤝 obligation" ...
pub fn state_name(state: State) -> Msg {
    match state {
        State::Intention => msg!("state-intention"),
        State::Obligation => msg!("state-obligation"),
        State::Claimed => msg!("state-claimed"),
        State::Overdue => msg!("state-overdue"),
        State::OverdueClaimed => msg!("state-overdue-claimed"),
        State::Fulfilled => msg!("state-fulfilled"),
        State::FulfilledLate => msg!("state-fulfilled-late"),
        State::Withdrawn => msg!("state-withdrawn"),
        State::Lapsed => msg!("state-lapsed"),
        State::Forgiven => msg!("state-forgiven"),
        State::Cancelled => msg!("state-cancelled"),
        State::Merged => msg!("state-merged"),
        State::PassedOn => msg!("state-passed-on"),
        State::TakenOver => msg!("state-taken-over"),
    }
}

/// The sign of a commitment: of its state, unless it was set off.
pub fn sign_of(commitment: &Commitment) -> Msg {
    if commitment.set_off_by.is_some() { msg!("sign-set-off") } else { state_sign(commitment.state) }
}

/// The sign of a state alone: ❤️ 🤝 🤝→👍 👍 ⏳.
pub fn state_sign(state: State) -> Msg {
    match state {
        State::Intention => msg!("sign-intention"),
        State::Obligation => msg!("sign-obligation"),
        State::Claimed | State::OverdueClaimed => msg!("sign-claimed"),
        State::Overdue => msg!("sign-overdue"),
        State::Fulfilled | State::FulfilledLate => msg!("sign-fulfilled"),
        State::PassedOn | State::TakenOver => msg!("sign-passed-on"),
        State::Withdrawn | State::Lapsed | State::Forgiven | State::Cancelled | State::Merged => msg!("sign-gone"),
    }
}

/// "👍 €50"; of help that was promised for another month, this month as well.
pub fn gives(state: State, sum: Money, of_month: Option<Month>) -> Msg {
    let sign = state_sign(state);
    match of_month {
        None => msg!("circle-gives", sign = sign, sum = sum),
        Some(month) => {
            msg!("circle-gives-of", sign = sign, sum = sum, month = Msg::month(month.first_day()))
        }
    }
}

/// Several of these in one line.
pub fn all_given(gives: impl IntoIterator<Item = Msg>) -> Option<Msg> {
    gives.into_iter().reduce(|before, next| msg!("circle-and", before = before, next = next))
}

/// "Green ✅" ...
pub fn status_name(status: Status) -> Msg {
    match status {
        Status::Green => msg!("status-green"),
        Status::Orange => msg!("status-orange"),
        Status::Red => msg!("status-red"),
    }
}

/// The sign of a status alone: ✅ 🔆 🆘.
pub fn status_sign(status: Status) -> Msg {
    match status {
        Status::Green => msg!("sign-green"),
        Status::Orange => msg!("sign-orange"),
        Status::Red => msg!("sign-red"),
    }
}

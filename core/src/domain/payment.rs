//! How a member can be paid: a few ways, each with a name and a value, one of them the default.

use exodus_engine::locale::{LineFault, clean_line};

use super::PaymentDetailId;
use super::commitment::State;
use super::refusal::Refusal;
use super::status::Status;

/// So many a member has at most: they all stand on one card.
pub const MOST: usize = 5;

/// One way to pay a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentDetail {
    /// Its number in the store.
    pub id: PaymentDetailId,
    /// What it is called: "Card", "IBAN".
    pub name: String,
    /// What is needed to pay by it.
    pub value: String,
    /// It is the one that others read first.
    pub is_default: bool,
}

/// What a way to pay is called: one line, in which nothing is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentName(String);

/// What is needed to pay by it: one line, in which nothing is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentValue(String);

impl PaymentName {
    /// How long it may be, in characters.
    pub const LONGEST: usize = 32;

    /// The name that somebody has typed.
    ///
    /// # Errors
    /// It can't be one.
    pub fn read(typed: &str) -> Result<PaymentName, LineFault> {
        clean_line(typed, PaymentName::LONGEST).map(PaymentName)
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the same to whoever reads it.
    pub fn is_like(&self, other: &str) -> bool {
        self.0.to_lowercase() == other.to_lowercase()
    }
}

impl PaymentValue {
    /// How long it may be, in characters.
    pub const LONGEST: usize = 180;

    /// The value that somebody has typed.
    ///
    /// # Errors
    /// It can't be one.
    pub fn read(typed: &str) -> Result<PaymentValue, LineFault> {
        clean_line(typed, PaymentValue::LONGEST).map(PaymentValue)
    }

    /// As it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether one more may be added to these under this name, and then, whether it is the default: the first one is.
///
/// # Errors
/// There are too many already, or one of this name.
pub fn add(have: &[PaymentDetail], name: &PaymentName) -> Result<bool, Refusal> {
    if have.len() >= MOST {
        return Err(Refusal::TooManyDetails);
    }
    if have.iter().any(|detail| name.is_like(&detail.name)) {
        return Err(Refusal::SameName);
    }
    Ok(have.is_empty())
}

/// Whether one of these may be called so.
///
/// # Errors
/// It is none of these, or another one is called so.
pub fn rename(have: &[PaymentDetail], id: PaymentDetailId, name: &PaymentName) -> Result<(), Refusal> {
    one_of(have, id)?;
    match have.iter().any(|detail| detail.id != id && name.is_like(&detail.name)) {
        true => Err(Refusal::SameName),
        false => Ok(()),
    }
}

/// The one of this number among a member's own.
///
/// # Errors
/// It is none of theirs.
pub fn one_of(have: &[PaymentDetail], id: PaymentDetailId) -> Result<&PaymentDetail, Refusal> {
    have.iter().find(|detail| detail.id == id).ok_or(Refusal::Unknown)
}

/// Which one of these is the default when this one is gone, if that changes: the oldest of the others.
pub fn next_default(have: &[PaymentDetail], gone: &PaymentDetail) -> Option<PaymentDetailId> {
    let others = have.iter().map(|detail| detail.id).filter(|id| *id != gone.id);
    others.min().filter(|_| gone.is_default)
}

/// Whether a card shows how to pay: of those alone who ask for help.
pub fn is_on_card(status: Status) -> bool {
    status != Status::Green
}

/// Whether the supporter reads how to pay beside a commitment: as long as they owe what they have promised, whatever the
/// receiver's status has become.
pub fn is_owed(state: State) -> bool {
    matches!(state, State::Obligation | State::Overdue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(names: &[&str]) -> Vec<PaymentDetail> {
        let detail = |(number, name): (i64, &&str)| PaymentDetail {
            id: id(number),
            name: (*name).to_owned(),
            value: "1234".to_owned(),
            is_default: number == 1,
        };
        (1..).zip(names).map(detail).collect()
    }

    fn id(number: i64) -> PaymentDetailId {
        PaymentDetailId::new(number)
    }

    fn named(name: &str) -> PaymentName {
        PaymentName::read(name).expect("a name")
    }

    #[test]
    fn a_few_may_be_added_each_under_a_name_of_its_own_and_the_first_is_the_default() {
        assert_eq!(add(&[], &named("Card")), Ok(true));
        assert_eq!(add(&details(&["Card"]), &named("IBAN")), Ok(false));
        assert_eq!(add(&details(&["Карта"]), &named("карта")), Err(Refusal::SameName));
        let full = details(&["a", "b", "c", "d", "e"]);
        assert_eq!(full.len(), MOST);
        assert_eq!(add(&full, &named("f")), Err(Refusal::TooManyDetails));
        assert_eq!(add(&full[..4], &named("f")), Ok(false));
    }

    #[test]
    fn another_name_may_be_its_own_in_other_letters_but_not_that_of_another() {
        let have = details(&["Card", "IBAN"]);
        assert_eq!(rename(&have, id(1), &named("CARD")), Ok(()));
        assert_eq!(rename(&have, id(1), &named("iban")), Err(Refusal::SameName));
        assert_eq!(rename(&have, id(3), &named("PayPal")), Err(Refusal::Unknown));
    }

    #[test]
    fn the_oldest_takes_the_place_of_a_default_that_is_gone() {
        let have = details(&["a", "b", "c"]);
        assert_eq!(next_default(&have, &have[0]), Some(id(2)));
        assert_eq!(next_default(&have, &have[1]), None);
        assert_eq!(next_default(&have[..1], &have[0]), None);
    }

    #[test]
    fn who_needs_nothing_shows_none_and_who_owes_reads_them_still() {
        assert_eq!([Status::Green, Status::Orange, Status::Red].map(is_on_card), [false, true, true]);
        let owed: Vec<State> = State::ALL.into_iter().filter(|state| is_owed(*state)).collect();
        assert_eq!(owed, [State::Obligation, State::Overdue]);
    }
}

//! How to pay somebody, as it is written for whoever may read it: on a card, beside a promise, in a notice.

use crate::domain::PaymentDetail;
use exodus_engine::conversation::{Choice, Page};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// A line for each way, the default first, to be copied as it stands; or one that says to ask in person.
pub fn payment_lines(details: &[PaymentDetail]) -> Vec<Msg> {
    match details {
        [] => vec![msg!("pay-in-person")],
        [one] => vec![msg!("pay-by", name = &one.name, value = &one.value)],
        several => {
            let ways = several.iter().map(|way| msg!("pay-by-one-of", name = &way.name, value = &way.value));
            [msg!("pay-by-several")].into_iter().chain(ways).collect()
        }
    }
}

/// The same page with a button for each way that copies what is needed to pay by it: two in a row, so that their names are seen.
pub fn with_copies(page: Page, details: &[PaymentDetail]) -> Page {
    let copy =
        |way: &PaymentDetail| Choice::Copy { label: msg!("pay-copy", name = &way.name), text: way.value.clone() };
    details.chunks(2).fold(page, |page, two| page.row(two.iter().map(copy).collect()))
}

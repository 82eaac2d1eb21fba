//! Mutual guarantees, and the trust list that they make: Members → Trust list.

mod guarantee;
mod offer;
mod offered;
mod offers;
mod overview;
mod ring;

pub use guarantee::{Guarantee, route_to};
pub use offer::Offer;
pub use offered::{GUARANTEED, Guaranteed};
pub use offers::{Offers, last_day};
pub use overview::Trust;
pub use ring::Ring;

use crate::screens::world::Here;
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// What a guarantee means, and what it does not.
fn means(cx: &Here<'_>) -> [Msg; 2] {
    [msg!("trust-means", sum = cx.world.settings.rules.guarantee_amount), msg!("trust-nothing-owed")]
}

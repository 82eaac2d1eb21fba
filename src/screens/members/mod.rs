//! Other members: whom I see, their cards, and how to invite people to help them.

mod card;
mod invite;
mod invites;
mod near;
mod overview;

pub use card::{MemberCard, card_lines, link};
pub use invite::Invite;
pub use invites::Invites;
pub use near::Near;
pub use overview::Members;

//! Other members: my network, their cards, and how to invite people to help them.

mod card;
mod circle;
mod expand;
mod helps;
mod invite;
mod invite_to;
mod invites;
mod named;
mod network;
mod overview;
mod people;
mod picture;
mod sharing;

pub use card::{MemberCard, card_lines, circle_lines, link, paid_card_lines, request_lines};
pub use circle::Circle;
pub use expand::Expand;
pub use helps::Helps;
pub use invite::{Invite, link_lines};
pub use invite_to::InviteTo;
pub use invites::{Invites, term_name};
pub use named::called;
pub use network::Network;
pub use overview::Members;
pub use people::{Place, cards};
pub use sharing::shares;

//! What a member can say and choose about themselves.

mod notifications;
mod overview;

pub use notifications::Notifications;
pub use overview::Profile;

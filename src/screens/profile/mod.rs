//! What a member can say and choose about themselves.

mod about;
mod name;
mod notifications;
mod overview;
mod payment;

pub use about::About;
pub use name::Name;
pub use notifications::Notifications;
pub use overview::Profile;
pub use payment::{AddPayment, EditPayment, Payment, PaymentDetailScreen};

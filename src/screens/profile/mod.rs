//! What a member can say and choose about themselves.

mod about;
mod daily_hour;
mod name;
mod notifications;
mod overview;
mod payment;

pub use about::About;
pub use daily_hour::DailyHour;
pub use name::Name;
pub use notifications::Notifications;
pub use overview::Profile;
pub use payment::{AddPayment, EditPayment, Payment, PaymentDetailScreen};

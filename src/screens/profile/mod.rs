//! What a member can say and choose about themselves.

mod about;
mod clearing;
mod daily_hour;
mod leave;
mod my_data;
mod name;
mod notifications;
mod overview;
mod payment;
mod programs;
mod set_off;

pub use about::About;
pub use clearing::Clearing;
pub use daily_hour::DailyHour;
pub use leave::Leave;
pub use my_data::MyData;
pub use name::Name;
pub use notifications::Notifications;
pub use overview::Profile;
pub use payment::{AddPayment, EditPayment, Payment, PaymentDetailScreen};
pub use programs::Programs;
pub(super) use programs::site;
pub use set_off::SetOffLines;

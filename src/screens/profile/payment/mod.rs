//! How others can pay me.

mod add;
mod detail;
mod edit;
mod list;

pub use add::AddPayment;
pub use detail::PaymentDetailScreen;
pub use edit::EditPayment;
pub use list::Payment;

use crate::domain::PaymentDetailId;
use exodus_engine::conversation::Route;

/// Where all of them are listed.
fn list() -> Route {
    Route::new("payment")
}

/// Where one of them is shown.
fn route_of(id: PaymentDetailId) -> Route {
    Route::new("payment-detail").with(id)
}

//! What happens by itself: the scheduler does what the calendar has to do, and the outbox worker sends what waits.
//!
//! A row of the outbox is claimed under a lease, sent outside any transaction, then marked. A worker that dies in
//! between lets its lease run out, and the notice is sent again with the same id: messengers that know such ids show
//! it once, with the others a second copy is the price of never losing one.

mod backoff;
mod calendar;
mod groups;
mod lease;
mod line;
mod meters;
mod outbox;
mod pace;
mod peers;
mod post;
mod scheduler;
mod teller;
mod unknown;
mod upkeep;

pub use calendar::{Aside, Calendar, Nothing, Progress};
pub use lease::{Holder, Lease, Leases};
pub use meters::Meters;
pub use outbox::Outbox;
pub use peers::{Ending, Peers};
pub use scheduler::{Pass, Scheduler};

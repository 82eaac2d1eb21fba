//! What those see and do who administer the community.

mod announce;
mod announcement;
mod member;
mod members;
mod overview;
mod sign_in;
mod status;
mod suspend;
mod trial;

pub use announce::Announce;
pub use announcement::AnnouncementScreen;
pub use member::AdminMember;
pub use members::AdminMembers;
pub use overview::Administration;
pub use sign_in::SignInFor;
pub use status::AdminStatus;
pub use suspend::Suspend;
pub use trial::ClearingTrial;

use super::world::{Here, me};
use crate::aid::Admin;
use exodus_engine::conversation::Fault;

/// Who administers, if whoever is talking does; to all others there is nothing here.
fn admin<'c>(cx: &'c Here<'_>) -> Result<&'c Admin, Fault> {
    me(cx)?;
    cx.world.admin.as_ref().ok_or(Fault::Lost)
}

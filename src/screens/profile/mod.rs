//! What a member can say and choose about themselves.

mod notifications;
mod overview;
mod quiet_hours;
mod time_zone;
mod written_to;

pub use notifications::Notifications;
pub use overview::Profile;
pub use quiet_hours::QuietHoursScreen;
pub use time_zone::TimeZoneScreen;
pub use written_to::WrittenTo;

use exodus_engine::locale::{Arg, Text};

/// What somebody typed, to show it to them again; of a long text, its beginning.
fn typed(text: &str) -> Arg {
    const SHOWN_UTF16: usize = 40;
    let mut typed = Text::words(text.trim());
    typed.truncate_utf16(SHOWN_UTF16);
    Arg::Words(typed.plain())
}

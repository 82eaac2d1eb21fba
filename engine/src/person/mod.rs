//! Who can be written to, and what they choose about that: ready screens that a bot registers one by one, or leaves out for
//! screens of its own at the same routes.
//!
//! - [`language`]: `language`, in which they are spoken to;
//! - [`other_currency`]: `currency`, in which they see sums beside the bot's own;
//! - [`time_zone`]: `time-zone`, by which clock they live;
//! - [`quiet_hours`]: `quiet-hours`, in which nobody writes to them;
//! - [`written_to`]: `written-to`, at which of their accounts they are written to;
//! - [`accounts`]: `accounts`, which are theirs, and linking one more by a code; a bot that does not register it takes no
//!   codes, and one that replaces it draws them by [`settings::draw_link_code`];
//! - [`browsers`]: `browsers`, in which they are signed in, and the link by which they sign in in one more;
//! - [`sessions`]: where they are signed in in browsers;
//! - [`kept`]: all that the engine keeps of somebody, for a file that a bot sends them;
//! - [`settings`]: what they have chosen, for a page that shows it, and changing it, for a screen of the bot's own.
//!
//! ```
//! use exodus_engine::conversation::Screens;
//! use exodus_engine::hours::Zone;
//! use exodus_engine::person::{QuietHoursScreen, TimeZoneScreen, WrittenTo};
//!
//! let screens: Screens<()> =
//!     Screens::default().with(QuietHoursScreen).with(TimeZoneScreen::for_those_in(Zone::UTC)).with(WrittenTo);
//! assert!(screens.names().any(|name| name == "time-zone"));
//! ```
//!
//! An account is linked by a code that `accounts` shows and that is typed in the other messenger: wherever it stands in what
//! somebody writes who is not known yet, and after `link` or `start` by whoever is. The engine hears it before anything
//! else, and tells the person of it. Who is known there already and has nothing in the bot joins; whether that is so, the bot
//! says ([`Bot::makes_way`](crate::conversation::Bot::makes_way)).
//!
//! Their words are in `engine/locales/*/person.ftl`; a bot that wants to say one of them otherwise has the same key in its own.

pub mod accounts;
pub mod browsers;
mod kept;
pub mod language;
pub mod other_currency;
pub mod quiet_hours;
pub mod sessions;
pub mod settings;
pub mod time_zone;
pub mod written_to;

pub use accounts::Accounts;
pub use browsers::{Browsers, sign_in_link};
pub use kept::{Rows, kept, row};
pub use language::ChooseLanguage;
pub use other_currency::OtherCurrency;
pub use quiet_hours::QuietHoursScreen;
pub use sessions::SignInLink;
pub use settings::{LinkCode, Reach, Settings};
pub use time_zone::TimeZoneScreen;
pub use written_to::{WrittenTo, account_name};

use crate::locale::{Arg, Text};

/// What somebody typed, to show it to them again; of a long text, its beginning.
fn typed(text: &str) -> Arg {
    const SHOWN_UTF16: usize = 40;
    let mut typed = Text::words(text.trim());
    typed.truncate_utf16(SHOWN_UTF16);
    Arg::Words(typed.plain())
}

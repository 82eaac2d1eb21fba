//! What the Matrix adapter says where no page is shown.

use super::Hints;
use crate::locale::Locales;
use crate::msg;

/// The hints in the bot's own language.
pub fn hints(locales: &Locales) -> Hints {
    let lang = locales.default_language();
    Hints {
        crowd: locales.plain(lang, &msg!("room-crowded")),
        open: locales.plain(lang, &msg!("room-open")),
        unverifiable: locales.plain(lang, &msg!("room-unverifiable")),
    }
}

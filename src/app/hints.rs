//! What the Matrix adapter says where no page is shown.

use crate::locale::Locales;
use crate::messengers::matrix::Hints;
use crate::msg;

/// The hints in the community's language.
pub(super) fn hints(locales: &Locales) -> Hints {
    let lang = locales.default_language();
    Hints { crowd: locales.plain(lang, &msg!("room-crowded")), open: locales.plain(lang, &msg!("room-open")) }
}

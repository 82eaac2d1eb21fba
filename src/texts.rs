//! The words of mutual aid in every language: the folder `locales/`, as it was when the program was built.

use exodus_engine::locale::{Format, LocaleError, Locales};
use include_dir::{Dir, include_dir};

static TEXTS: Dir = include_dir!("$CARGO_MANIFEST_DIR/locales");

/// All languages, ready to speak. The default language is English.
///
/// # Errors
/// The first fault in the files, with its place.
pub fn locales(format: Format) -> Result<Locales, LocaleError> {
    Locales::embedded(&TEXTS, format)
}

/// Whether one of the languages has this code, without reading any of them.
///
/// # Errors
/// [`LocaleError::UnknownLanguage`].
pub fn knows(code: &str) -> Result<(), LocaleError> {
    Locales::knows(&TEXTS, code)
}

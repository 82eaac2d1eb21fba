use crate::domain::Unit;
use crate::locale::{Locales, decimals_of};

/// How what people type is read: with the words of all languages at once, whichever they speak.
pub struct Reading {
    /// Sums.
    pub unit: Unit,
}

impl Reading {
    /// With the words of these languages.
    pub fn of(locales: &Locales) -> Reading {
        let code = locales.currency();
        Reading { unit: Unit::new(code, decimals_of(code), &locales.currency_names()) }
    }
}

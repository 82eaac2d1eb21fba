//! One language, read and checked.

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use unic_langid::LanguageIdentifier;

use super::catalog::{self, Catalog};
use super::embedded::Source;
use super::fault::LocaleError;
use super::markup;

/// The messages that the formats of a language consist of.
const FORMATS: [&str; 10] = [
    "language-name",
    "format-decimal",
    "format-group",
    "format-sum",
    "format-negative",
    "format-date",
    "format-day-month",
    "format-month",
    "format-date-time",
    "currency-other",
];

/// A language as Fluent speaks it.
pub(super) struct Tongue {
    pub(super) bundle: FluentBundle<FluentResource>,
    pub(super) catalog: Catalog,
    pub(super) decimal: String,
    pub(super) group: String,
    /// The sign of the bot's currency; filled in when all languages are there to say it.
    pub(super) currency: String,
}

impl Tongue {
    /// Reads the files of a language, each layer over the one before it.
    ///
    /// # Errors
    /// The first fault in the files, or a format that the language lacks.
    pub(super) fn learn(code: &str, layers: Vec<Vec<Source>>) -> Result<Tongue, LocaleError> {
        let id: LanguageIdentifier = code.parse().map_err(|_| LocaleError::NotALanguage(code.to_owned()))?;
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation is done where it is needed: around right-to-left words only, see `words`.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(markup::mark_numbers));
        let mut catalog = Catalog::default();
        for layer in layers {
            let mut own = Catalog::default();
            for Source { file, text } in layer {
                let resource = catalog::parse(&file, &text)?;
                own.read(&file, &resource)?;
                bundle.add_resource_overriding(resource);
            }
            catalog.overlay(own);
        }
        catalog.check_references()?;
        if let Some(key) = FORMATS.iter().find(|key| !catalog.defines(key)) {
            return Err(LocaleError::Missing { language: code.to_owned(), key: (*key).to_owned() });
        }
        let mut tongue =
            Tongue { bundle, catalog, decimal: String::new(), group: String::new(), currency: String::new() };
        tongue.decimal = tongue.fixed("format-decimal");
        tongue.group = tongue.fixed("format-group");
        Ok(tongue)
    }

    /// A message without arguments, as it is.
    pub(super) fn fixed(&self, key: &str) -> String {
        let value = self.bundle.get_message(key).and_then(|message| message.value());
        value.map(|pattern| self.bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned()).unwrap_or_default()
    }
}

//! All languages, ready to speak.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Mutex;

use fluent_bundle::resolver::ResolverError;
use fluent_bundle::resolver::errors::ReferenceKind;
use fluent_bundle::{FluentArgs, FluentError, FluentValue};
use include_dir::Dir;

use super::currency::{CODES, decimals_of};
use super::embedded::{self, Source};
use super::fault::LocaleError;
use super::figures;
use super::markup;
use super::msg::{Arg, Msg};
use super::rates::Rate;
use super::text::Text;
use super::tongue::Tongue;

/// What a bot decides about how things are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// The code of the unit of account: `EUR`.
    pub currency: String,
}

impl Default for Format {
    /// Sums in euros.
    fn default() -> Format {
        Format { currency: "EUR".to_owned() }
    }
}

/// A language that a person can choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// The name of its folder: `ru`.
    pub code: String,
    /// What it calls itself: `Русский`.
    pub name: String,
}

/// All languages. Built once; cheap to speak with, from any number of threads.
pub struct Locales {
    /// Sorted by code; `tongues` has the same order.
    languages: Vec<Language>,
    tongues: Vec<Tongue>,
    default: usize,
    /// The code of the bot's unit of account.
    currency: String,
    /// The currencies that sums can be seen in beside it.
    rates: BTreeMap<String, Rate>,
    /// The faults already reported, so that the log is not filled with one and the same.
    reported: Mutex<HashSet<String>>,
}

impl Locales {
    /// The languages of a bot whose texts are built into the program: a folder for each, as
    /// `include_dir!("$CARGO_MANIFEST_DIR/locales")` has them. They stand above the engine's own, and may say them otherwise.
    /// The default language is English.
    ///
    /// # Errors
    /// The first fault in the files, with its place.
    pub fn embedded(texts: &'static Dir<'static>, format: Format) -> Result<Locales, LocaleError> {
        Locales::build(embedded::languages(texts), &format)
    }

    /// Whether one of these languages has this code, without reading any of them.
    ///
    /// # Errors
    /// [`LocaleError::UnknownLanguage`].
    pub fn knows(texts: &'static Dir<'static>, code: &str) -> Result<(), LocaleError> {
        let known: Vec<String> = embedded::languages(texts).into_keys().collect();
        if known.iter().any(|one| one == code) {
            return Ok(());
        }
        Err(LocaleError::UnknownLanguage { code: code.to_owned(), known: known.join(", ") })
    }

    /// The same of texts that stand in the program itself, each with the code of its language. The default language is English, or else the first.
    ///
    /// # Errors
    /// The first fault in the texts; the file is named after the language, as in `en`.
    pub fn from_texts(texts: &[(&str, &str)], format: Format) -> Result<Locales, LocaleError> {
        let mut languages: BTreeMap<String, Vec<Vec<Source>>> = BTreeMap::new();
        for (code, text) in texts {
            let layers =
                languages.entry((*code).to_owned()).or_insert_with(|| vec![embedded::foundation(code), Vec::new()]);
            if let Some(own) = layers.last_mut() {
                own.push(Source { file: (*code).to_owned(), text: (*text).to_owned() });
            }
        }
        let mut locales = Locales::build(languages, &format)?;
        if locales.index("en").is_none() {
            locales.default = texts.first().and_then(|(code, _)| locales.index(code)).unwrap_or(0);
        }
        Ok(locales)
    }

    /// The same with another language for those whose own is not known.
    ///
    /// # Errors
    /// [`LocaleError::UnknownLanguage`].
    pub fn with_default_language(mut self, code: &str) -> Result<Locales, LocaleError> {
        self.default = self.index(code).ok_or_else(|| LocaleError::UnknownLanguage {
            code: code.to_owned(),
            known: self.languages.iter().map(|language| language.code.as_str()).collect::<Vec<_>>().join(", "),
        })?;
        Ok(self)
    }

    fn build(languages: BTreeMap<String, Vec<Vec<Source>>>, format: &Format) -> Result<Locales, LocaleError> {
        let mut locales = Locales {
            languages: Vec::new(),
            tongues: Vec::new(),
            default: 0,
            currency: format.currency.clone(),
            rates: BTreeMap::new(),
            reported: Mutex::default(),
        };
        for (code, layers) in languages {
            let tongue = Tongue::learn(&code, layers)?;
            let name = tongue.fixed("language-name");
            locales.languages.push(Language { code, name });
            locales.tongues.push(tongue);
        }
        if locales.languages.is_empty() {
            return Err(LocaleError::NoLanguages);
        }
        locales.default = locales.index("en").unwrap_or(0);
        for index in 0..locales.tongues.len() {
            locales.tongues[index].currency = locales.currency_sign(index, &format.currency);
        }
        Ok(locales)
    }

    /// The same with other currencies that a person can see sums in, beside the bot's own: how much of each one unit of that
    /// is, by their codes. The bot's own is left out.
    pub fn with_rates(mut self, rates: impl IntoIterator<Item = (String, Rate)>) -> Locales {
        self.rates = rates.into_iter().filter(|(code, _)| *code != self.currency).collect();
        self
    }

    /// The codes of the currencies that sums can be seen in beside the bot's own.
    pub fn other_currencies(&self) -> impl Iterator<Item = &str> {
        self.rates.keys().map(String::as_str)
    }

    /// The same with these languages alone: for what is written down of a bot that speaks just them.
    ///
    /// # Errors
    /// None of them is spoken.
    pub fn only(mut self, codes: &[&str]) -> Result<Locales, LocaleError> {
        let default = self.default_language().to_owned();
        let kept = |language: &Language| codes.contains(&language.code.as_str());
        let keep: Vec<bool> = self.languages.iter().map(kept).collect();
        let mut each = keep.iter().copied();
        self.tongues.retain(|_| each.next().unwrap_or(false));
        self.languages.retain(kept);
        if self.languages.is_empty() {
            return Err(LocaleError::NoLanguages);
        }
        self.default = self.index(&default).unwrap_or(0);
        Ok(self)
    }

    /// All languages, sorted by code.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The code of the language that is spoken to who has none.
    pub fn default_language(&self) -> &str {
        &self.languages[self.default].code
    }

    /// The language for what a messenger says of a person: `ru-RU` is spoken to in `ru`. None if it is not spoken here.
    pub fn negotiate(&self, hint: Option<&str>) -> Option<&str> {
        let hint = hint?.trim().replace('_', "-");
        let primary = |code: &str| code.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let codes = || self.languages.iter().map(|language| language.code.as_str());
        codes()
            .find(|code| code.eq_ignore_ascii_case(&hint))
            .or_else(|| codes().find(|code| code.eq_ignore_ascii_case(&primary(&hint))))
            .or_else(|| codes().find(|code| primary(code) == primary(&hint)))
    }

    /// The message in a language; an unknown one stands for the default language. What the language lacks is said in
    /// the default language, and what that lacks too is shown as its key.
    pub fn text(&self, lang: &str, msg: &Msg) -> Text {
        self.text_also_in(lang, None, msg)
    }

    /// The same, in which after each sum stands about how much it is in another currency: `€50 (≈ ₽4,925)`. One without a
    /// rate is left out.
    pub fn text_also_in(&self, lang: &str, currency: Option<&str>, msg: &Msg) -> Text {
        let also = currency.and_then(|code| self.rates.get_key_value(code));
        self.speak(self.index(lang).unwrap_or(self.default), Manner { also, brief: false }, msg)
    }

    /// The same as short as the language can say it: where a message has an attribute `.brief`, that is said in its place.
    pub fn brief(&self, lang: &str, msg: &Msg) -> Text {
        self.speak(self.index(lang).unwrap_or(self.default), Manner { also: None, brief: true }, msg)
    }

    /// The same without styles: for labels of buttons, and logs.
    pub fn plain(&self, lang: &str, msg: &Msg) -> String {
        self.text(lang, msg).plain()
    }

    /// A sum in minor units of any currency, as the language writes it; for sums in a currency that only display knows.
    pub fn sum_in(&self, lang: &str, minor: i64, currency: &str) -> String {
        let index = self.index(lang).unwrap_or(self.default);
        self.sum(index, minor, decimals_of(currency), &self.currency_sign(index, currency))
    }

    /// The code of the bot's unit of account.
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// What people call currencies, each with its code: the codes of the standard, and in every language the signs and
    /// the names (`currency-names-EUR = euro*, …`). A star at a name's end stands for whatever follows.
    pub fn currency_names(&self) -> Vec<(String, String)> {
        let mut names: Vec<_> = CODES.split(' ').map(|code| (code.to_owned(), code.to_owned())).collect();
        for tongue in &self.tongues {
            for key in tongue.catalog.keys() {
                let Some(code) = key.strip_prefix("currency-").filter(|code| *code != "other") else { continue };
                let code = code.strip_prefix("names-").unwrap_or(code);
                let listed = tongue.fixed(key);
                names.extend(listed.split(',').map(|name| (code.to_owned(), name.trim().to_owned())));
            }
        }
        names
    }

    /// The keys of all messages of a language; none for an unknown one.
    pub fn keys(&self, lang: &str) -> impl Iterator<Item = &str> {
        self.index(lang).into_iter().flat_map(|index| self.tongues[index].catalog.keys())
    }

    /// The variables that a message uses, itself or through messages it refers to.
    pub fn variables(&self, lang: &str, key: &str) -> BTreeSet<String> {
        self.index(lang).map(|index| self.tongues[index].catalog.variables(key)).unwrap_or_default()
    }

    /// The messages and terms (`-name`) that other messages of a language refer to.
    pub fn referenced(&self, lang: &str) -> BTreeSet<&str> {
        self.index(lang).map(|index| self.tongues[index].catalog.referenced()).unwrap_or_default()
    }

    fn index(&self, code: &str) -> Option<usize> {
        self.languages.iter().position(|language| language.code == code)
    }

    fn speak(&self, index: usize, manner: Manner<'_>, msg: &Msg) -> Text {
        if let Some(text) = self.try_speak(index, manner, msg) {
            return text;
        }
        self.report(index, &msg.key, "a message is missing");
        let fallback = if index == self.default { None } else { self.try_speak(self.default, manner, msg) };
        fallback.unwrap_or_else(|| Text::from(markup::literal(&msg.key)))
    }

    fn try_speak(&self, index: usize, manner: Manner<'_>, msg: &Msg) -> Option<Text> {
        let tongue = &self.tongues[index];
        let message = tongue.bundle.get_message(&msg.key)?;
        let brief = message.get_attribute(BRIEF).filter(|_| manner.brief);
        let pattern = brief.map(|brief| brief.value()).or(message.value())?;
        let mut args = FluentArgs::with_capacity(msg.args.len());
        let mut slots = Vec::new();
        for (name, arg) in &msg.args {
            let filling = match arg {
                Arg::Count(count) => {
                    args.set(name.as_ref(), FluentValue::from(*count));
                    continue;
                }
                Arg::Verbatim(text) => {
                    args.set(name.as_ref(), markup::literal(text));
                    continue;
                }
                Arg::Words(words) => Text::words(words),
                Arg::Sum(minor) => Text::from(self.own_sum(index, manner.also, *minor)),
                Arg::Date(date) => self.speak(index, manner, &Msg::date(*date)),
                Arg::Msg(inner) => self.speak(index, manner, inner),
            };
            args.set(name.as_ref(), markup::slot(slots.len()));
            slots.push(filling);
        }
        let mut errors = Vec::new();
        let formatted = tongue.bundle.format_pattern(pattern, Some(&args), &mut errors);
        if let Some(error) = errors.first() {
            self.report(index, &msg.key, &error.to_string());
        }
        let formatted = without_gaps(formatted, &errors);
        Some(markup::assemble(&formatted, slots, &tongue.group))
    }

    /// A sum in the bot's currency, and about how much it is in another one.
    fn own_sum(&self, index: usize, also: Also<'_>, minor: i64) -> String {
        let sum = self.sum(index, minor, decimals_of(&self.currency), &self.tongues[index].currency);
        let about = also.and_then(|(code, rate)| Some((code, rate.about(minor, &self.currency, code)?)));
        let Some((code, about)) = about else { return sum };
        let about = self.sum(index, about, decimals_of(code), &self.currency_sign(index, code));
        let both = Msg::new("format-also").with("sum", Arg::Verbatim(sum)).with("about", Arg::Verbatim(about));
        self.speak(index, Manner::default(), &both).plain()
    }

    fn sum(&self, index: usize, minor: i64, decimals: u32, currency: &str) -> String {
        let tongue = &self.tongues[index];
        let amount = figures::amount(minor.unsigned_abs(), decimals, &tongue.decimal, &tongue.group);
        let sum = Msg::new("format-sum")
            .with("amount", Arg::Verbatim(amount))
            .with("currency", Arg::Verbatim(currency.to_owned()));
        let msg = if minor < 0 { Msg::new("format-negative").with("sum", sum) } else { sum };
        self.speak(index, Manner::default(), &msg).plain()
    }

    /// The sign of a currency, or its code where the language knows no sign.
    fn currency_sign(&self, index: usize, code: &str) -> String {
        let known = format!("currency-{code}");
        let msg = if self.tongues[index].catalog.defines(&known) {
            Msg::new(known)
        } else {
            Msg::new("currency-other").with("code", Arg::Verbatim(code.to_owned()))
        };
        self.speak(index, Manner::default(), &msg).plain()
    }

    /// Only what is wrong takes this lock: speaking well takes none of ours.
    fn report(&self, index: usize, key: &str, problem: &str) {
        let language = self.languages[index].code.as_str();
        let mut reported = self.reported.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if reported.insert(format!("{language}/{key}")) {
            tracing::error!(language, key, problem, "can't say a message as it was meant");
        }
    }
}

/// A currency that sums are seen in beside the bot's own, with its rate.
type Also<'a> = Option<(&'a String, &'a Rate)>;

/// How something is said.
#[derive(Clone, Copy, Default)]
struct Manner<'a> {
    also: Also<'a>,
    /// As short as can be.
    brief: bool,
}

/// The attribute of a message that says the same in fewer words, for where there is little room.
const BRIEF: &str = "brief";

/// What Fluent shows of a variable that was not given, `{$name}`, is for programmers; people see that something is left
/// out. A message of an older release, told by this one, may lack some.
fn without_gaps<'f>(formatted: Cow<'f, str>, errors: &[FluentError]) -> Cow<'f, str> {
    errors.iter().fold(formatted, |formatted, error| match error {
        FluentError::ResolverError(ResolverError::Reference(ReferenceKind::Variable { id })) => {
            Cow::Owned(formatted.replace(&format!("{{${id}}}"), "…"))
        }
        _ => formatted,
    })
}

#[cfg(test)]
#[path = "locales_tests.rs"]
mod tests;

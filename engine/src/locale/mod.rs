//! Languages: every word that a person sees comes from here, and nothing else of the program knows one.
//!
//! The rest of the program says *what* is to be said: a [`Msg`], a key of a Fluent message and its
//! named arguments. [`Locales`] says it in the reader's language, as a [`Text`]: spans with a style,
//! in which people's own words are marked and can neither forge markup nor reorder what is around them.
//!
//! To add a language, add a folder `locales/<code>/` with the same messages as `locales/en/`: no code.
//! How the language writes sums, numbers and dates is in its `format.ftl`; `tests/locales.rs` compares
//! the folders. What cities are called there is in its `cities.txt`, if it has one, and what people say between two hours in its `hours.txt`. Markup in a message is `<b>`, `<i>` and `<code>`, each closed in the pattern that opened it.

mod catalog;
mod cities;
mod currency;
mod digits;
mod embedded;
mod fault;
mod figures;
mod hour_words;
mod locales;
mod markup;
mod msg;
mod quotes;
mod rates;
mod text;
mod tongue;
mod words;

pub use cities::{Cities, City, cities, fold};
pub use currency::{decimals_of, is_currency};
pub use digits::{is_unseen, plain_digit, plain_digits};
pub use fault::LocaleError;
pub use hour_words::is_hour_word;
pub use locales::{Format, Language, Locales};
pub use msg::{Arg, Msg};
pub use rates::Rate;
pub use text::{Span, Style, Text};
pub use words::{LineFault, NAME_BYTES, NAME_CHARACTERS, clean_line, clean_name};

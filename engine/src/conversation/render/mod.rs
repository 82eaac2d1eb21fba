//! Two renderers turn a page into what a messenger shows: [`keyboard`] with buttons, [`numbered`]
//! as text alone.

mod keyboard;
mod numbered;

use super::offered::Offered;
use super::said::Said;
use super::{Caps, Choice, File, Nature, Page, Press, Route};
use crate::locale::{Locales, Msg, Span, Style, Text};
use crate::msg;

/// A page in words, ready for an adapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// All that is to be read.
    pub text: Text,
    /// What can be pressed. For a messenger without buttons the text says it all already, and these are short cuts that
    /// it may offer beside it.
    pub buttons: Vec<Vec<Button>>,
    /// The page waits for a typed answer.
    pub asks: bool,
    /// It is a notice, and this is its number.
    pub notice: Option<i64>,
    /// A file that is to be seen above it.
    pub file: Option<Box<File>>,
}

impl Rendered {
    /// The same words with nothing beside them: what a messenger takes that takes anything at all.
    pub fn plain(&self) -> Rendered {
        let spans = self.text.spans.iter().map(|span| Span { style: Style::Plain, ..span.clone() });
        Rendered {
            text: Text { spans: spans.collect() },
            buttons: Vec::new(),
            asks: self.asks,
            notice: self.notice,
            file: None,
        }
    }
}

/// A choice, as a messenger can offer it beside the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Button {
    /// What it is called.
    pub label: String,
    /// The number that it has in a list; none where numbers mean something else.
    pub number: Option<u32>,
    /// What happens when it is pressed.
    pub does: Does,
    /// What that does to things.
    pub nature: Nature,
}

/// What happens when a button is pressed.
#[derive(Clone, Debug, PartialEq)]
pub enum Does {
    /// Sends this back to the bot; at most 64 bytes.
    Press(String),
    /// Opens this address.
    Open(String),
    /// Opens a chat with somebody.
    Write {
        /// By this address, where the messenger and the person let it.
        to: String,
        /// Otherwise it is called so, and sends this back to the bot.
        otherwise: (String, String),
    },
    /// Copies this text.
    Copy(String),
    /// Offers what the bot has for these words to be sent into another chat.
    Share {
        /// What the bot is asked by.
        words: String,
        /// The address that opens where there is no such way.
        otherwise: String,
    },
}

/// What a notice goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What its buttons carry.
    pub word: String,
    /// What people type behind its choices.
    pub number: i64,
}

/// Whose choices these are: of the open page, or of a notice.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mark<'a> {
    /// It goes by this word.
    Page(&'a str),
    Notice(&'a Named),
}

impl Mark<'_> {
    fn press(self, choice: &Choice) -> Option<Press> {
        match self {
            Mark::Page(word) => Press::of_page(word, choice),
            Mark::Notice(named) => Press::of_notice(&named.word, choice),
        }
    }

    /// The press of the deed that this one is where nobody can be written to, by its label.
    fn otherwise(self, choice: &Choice) -> Option<(&Msg, Press)> {
        let Choice::Write { otherwise: (label, name), .. } = choice else { return None };
        Some((label, self.press(&Choice::deed(label.clone(), name))?))
    }

    fn number(self) -> Option<i64> {
        match self {
            Mark::Page(_) => None,
            Mark::Notice(named) => Some(named.number),
        }
    }
}

/// Where Back leads.
pub(super) enum Back {
    Place(Route),
    /// To the question before this one.
    Question,
}

/// The deed that goes one question back. No screen's deed is called so.
pub(super) const QUESTION_BACK: &str = "<";

/// The ways out that the engine adds to every page that is not bare.
pub(super) struct Ways {
    pub back: Option<Back>,
    pub home: Option<Route>,
}

impl Ways {
    /// The same as choices: back, and home.
    fn choices(&self) -> (Option<Choice>, Option<Choice>) {
        let back = self.back.as_ref().map(|back| match back {
            Back::Place(to) => Choice::go(msg!("way-back"), to.clone()),
            Back::Question => Choice::light(msg!("way-back"), QUESTION_BACK),
        });
        let home = self.home.as_ref().map(|to| Choice::go(msg!("way-home"), to.clone()));
        (back, home)
    }
}

/// The numbers that the choices of a page have in a list. Back is always 0.
pub(super) struct Numbers {
    /// Of its rows, one after the other.
    rows: Vec<u32>,
    turns: Vec<u32>,
    home: u32,
    /// The one that was just typed, where it stands before nothing.
    left_out: Option<u32>,
}

impl Numbers {
    /// Those of an open page, after what was said last; none where digits mean something else: an answer, or a notice.
    fn of(page: &Page, said: &Said, mark: Mark<'_>) -> Option<Numbers> {
        if page.asks || matches!(mark, Mark::Notice(_)) {
            return None;
        }
        let mut next = 1;
        let (mut rows, mut left_out) = (Vec::new(), None);
        for choice in page.rows.iter().flatten() {
            // The number that was just typed leads to nothing that it must not do twice: it is left out.
            if said.bars(next, choice) {
                left_out = Some(next);
                next += 1;
            }
            rows.push(next);
            next += u32::from(!choice.is_outside());
        }
        let mut turns = Vec::new();
        if let Some((first, choices)) = &page.turns {
            next = next.max(*first);
            for _ in choices {
                turns.push(next);
                next += 1;
            }
        }
        Some(Numbers { rows, turns, home: next, left_out })
    }
}

/// The voice a page is put in words with.
#[derive(Clone, Copy)]
pub(super) struct Voice<'a> {
    pub locales: &'a Locales,
    pub lang: &'a str,
    /// The currency that texts show sums in beside the bot's own. Labels are short, and leave it out.
    pub also_in: Option<&'a str>,
    pub caps: Caps,
    /// What was typed last.
    pub said: &'a Said,
}

impl Voice<'_> {
    /// The open page, under a line about what has just happened, and the choices as they are shown. It goes by this
    /// word.
    pub fn page(self, page: &Page, saying: Option<&Msg>, ways: &Ways, word: &str) -> (Rendered, Vec<Offered>) {
        let text = self.fitting(|voice| {
            let said = saying.map(|saying| if page.polyglot { voice.in_all(saying) } else { voice.words(saying) });
            Text::join_paragraphs(said.into_iter().chain([voice.body(page.body.iter().map(Vec::as_slice))]))
        });
        self.render(text, page, ways, Mark::Page(word))
    }

    fn render(self, text: Text, page: &Page, ways: &Ways, mark: Mark<'_>) -> (Rendered, Vec<Offered>) {
        if self.caps.buttons {
            keyboard::render(self, text, page, ways, mark)
        } else {
            numbered::render(self, text, page, ways, mark)
        }
    }

    /// A text with sums in both currencies, or, where that is too long for one message, in the bot's own alone.
    fn fitting(self, text: impl Fn(Self) -> Text) -> Text {
        let both = text(self);
        let fits = self.also_in.is_none() || both.len_utf16() <= self.caps.longest_text;
        if fits { both } else { text(Voice { also_in: None, ..self }) }
    }

    fn words(self, msg: &Msg) -> Text {
        self.locales.text_also_in(self.lang, self.also_in, msg)
    }

    /// The same in all languages, the reader's first: as far as it is known.
    fn in_all(self, msg: &Msg) -> Text {
        let others = self.locales.languages().iter().map(|language| language.code.as_str());
        let all = [self.lang].into_iter().chain(others.filter(|code| *code != self.lang));
        Text::join_paragraphs(all.map(|lang| self.locales.text(lang, msg)))
    }

    /// Paragraphs apart, lines together.
    fn body<'m>(self, paragraphs: impl Iterator<Item = &'m [Msg]>) -> Text {
        let mut text = Text::default();
        for paragraph in paragraphs {
            for (n, line) in paragraph.iter().enumerate() {
                let gap = if n > 0 { "\n" } else { "\n\n" };
                if !text.is_empty() {
                    text.push_str(gap);
                }
                text.append(self.words(line));
            }
        }
        text
    }

    /// A choice in words, short enough for a button.
    fn label(self, choice: &Choice) -> Text {
        self.short(choice.label())
    }

    fn short(self, label: &Msg) -> Text {
        let mut label = self.locales.text(self.lang, label).on_one_line();
        label.truncate_utf16(LONGEST_LABEL);
        label
    }

    /// The same for one of so many buttons in a row. What it would not show in whole is said in brief, and long names are cut
    /// before anything of ours is.
    fn brief(self, label: &Msg, in_row: usize) -> Text {
        let seen = self.caps.seen_of_label / in_row.max(1);
        let whole = self.short(label);
        if whole.len_utf16() <= seen {
            return whole;
        }
        let mut brief = self.locales.brief(self.lang, label).on_one_line();
        brief.shorten_words_utf16(seen);
        brief.truncate_utf16(LONGEST_LABEL);
        brief
    }
}

/// How somebody reads.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// In which language.
    pub lang: &'a str,
    /// The code of the currency that they see sums in beside the bot's own, if they do.
    pub also_in: Option<&'a str>,
}

impl<'a> Reader<'a> {
    /// Whoever reads this language, and sums in the bot's own currency.
    pub fn of(lang: &'a str) -> Reader<'a> {
        Reader { lang, also_in: None }
    }
}

/// A notice in the reader's language: it stands alone, and its choices carry what it goes by.
pub fn render_notice(locales: &Locales, reader: Reader<'_>, caps: Caps, page: &Page, named: &Named) -> Rendered {
    let voice = Voice { locales, lang: reader.lang, also_in: reader.also_in, caps, said: &Said::default() };
    let text = voice.fitting(|voice| voice.body(page.body.iter().map(Vec::as_slice)));
    voice.render(text, page, &Ways { back: None, home: None }, Mark::Notice(named)).0
}

/// The longest label, in UTF-16 code units.
const LONGEST_LABEL: usize = 60;

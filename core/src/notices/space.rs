//! What room is left in a text: people's words may take much of it.

use exodus_engine::locale::{Arg, Msg};

/// The longest text that a digest becomes, in UTF-16 units: messengers take 4,096, and its choices need room as well.
const LONGEST: usize = 3_000;

/// What room is left in a text, in UTF-16 units, as messengers count.
pub struct SpaceLeft(usize);

impl Default for SpaceLeft {
    fn default() -> SpaceLeft {
        SpaceLeft(LONGEST)
    }
}

impl SpaceLeft {
    /// So much.
    pub fn of(units: usize) -> SpaceLeft {
        SpaceLeft(units)
    }

    /// Takes up so much, if there is so much.
    pub fn takes(&mut self, units: usize) -> bool {
        let left = self.0.checked_sub(units);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }

    /// Takes up what these words do, if there is room for them.
    pub fn takes_words(&mut self, words: &str) -> bool {
        self.takes(words.encode_utf16().count())
    }
}

/// How the messages begin that tell somebody from another of their name, and how much room one takes beside words.
const CALLED: &str = "called-";
const MARK: usize = 45;

/// What people's own words in a sentence take, and what is said beside a name.
pub(super) fn words_in(sentence: &Msg) -> usize {
    let words = sentence.args.iter().map(|(_, arg)| match arg {
        Arg::Words(words) => words.encode_utf16().count(),
        Arg::Msg(inner) if inner.key.starts_with(CALLED) => MARK + words_in(inner),
        _ => 0,
    });
    words.sum()
}

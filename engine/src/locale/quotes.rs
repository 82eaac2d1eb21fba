//! Quotes within quotes: what somebody has quoted in their own words gets the inner ones of a language where ours stand around it.

use super::text::{Style, Text};

/// A pair of quotes, and that which stands within it.
#[derive(Clone, Copy)]
struct Quotes {
    open: char,
    close: char,
    inner: [char; 2],
}

const QUOTES: [Quotes; 2] =
    [Quotes { open: '«', close: '»', inner: ['„', '“'] }, Quotes { open: '“', close: '”', inner: ['‘', '’'] }];

/// Which quotes are open at a place in our own text.
#[derive(Default)]
pub(super) struct Open(Option<Quotes>);

impl Open {
    /// So far our text has gone on by this.
    pub fn passes(&mut self, ours: &str) {
        for c in ours.chars() {
            self.0 = match self.0 {
                None => QUOTES.into_iter().find(|quotes| quotes.open == c),
                Some(quotes) if quotes.close == c => None,
                open => open,
            };
        }
    }

    /// What is put in there, with the quotes that stand within others. One that closes nothing, or is not closed, is left as it is,
    /// and so is what is to be copied.
    pub fn within(&self, mut filling: Text) -> Text {
        let Some(quotes) = self.0.filter(|quotes| quotes.are_whole_in(&filling)) else { return filling };
        for span in filling.spans.iter_mut().filter(|span| span.style != Style::Code) {
            span.text = span.text.chars().map(|c| quotes.inside(c)).collect();
        }
        filling
    }
}

impl Quotes {
    fn are_whole_in(self, text: &Text) -> bool {
        let mut open = 0_usize;
        for c in text.spans.iter().flat_map(|span| span.text.chars()) {
            if c == self.open {
                open += 1;
            } else if c == self.close {
                let Some(left) = open.checked_sub(1) else { return false };
                open = left;
            }
        }
        open == 0
    }

    fn inside(self, c: char) -> char {
        let [open, close] = self.inner;
        match c {
            _ if c == self.open => open,
            _ if c == self.close => close,
            _ => c,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_in_quotes_gets_the_inner_ones() {
        for (before, filling, seen) in [
            ("", "«Берег»", "«Берег»"),
            ("Голос за «", "«Берег»", "„Берег“"),
            ("Голос за «", "сад «Берег» и «Луг»", "сад „Берег“ и „Луг“"),
            ("«Сад»: ", "«Берег»", "«Берег»"),
            ("«", "Берег»", "Берег»"),
            ("«", "»Берег«", "»Берег«"),
            ("«", "“Shore”", "“Shore”"),
            ("A vote for “", "the “Shore”", "the ‘Shore’"),
            ("“", "it’s the “Shore”", "it’s the ‘Shore’"),
            ("“", "«Берег»", "«Берег»"),
        ] {
            let mut open = Open::default();
            open.passes(before);
            assert_eq!(open.within(Text::words(filling)).plain(), seen, "{before}{filling}");
        }
        let mut open = Open::default();
        open.passes("«");
        assert_eq!(open.within(Text::styled("«1»", Style::Code)).plain(), "«1»");
    }
}

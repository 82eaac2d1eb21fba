use std::io::{self, Write};

use super::line::BELL;
use super::wrapped::breaks;
use crate::locale::{Style, Text};

/// What stands before each line of the bot's.
const INDENT: &str = "  ";

/// Writes a chat down: what people say at the first column, what the bot says indented by two spaces, a blank line
/// between the blocks.
pub struct Transcript<W> {
    out: W,
    /// Bold and colours, for a terminal.
    colour: bool,
    /// How many columns a row has; where nobody knows, lines are not broken.
    width: Option<usize>,
    after: After,
}

/// What was written last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    Nothing,
    Comment,
    Block,
}

impl<W: Write> Transcript<W> {
    /// Writes to `out`; in colours, if it is to be so.
    pub fn new(out: W, colour: bool) -> Transcript<W> {
        Transcript { out, colour, width: None, after: After::Nothing }
    }

    /// The same on rows of so many columns: what the bot says is broken between words, and stays indented.
    #[must_use]
    pub fn as_wide_as(self, width: Option<usize>) -> Transcript<W> {
        Transcript { width, ..self }
    }

    /// A remark, as it was written.
    ///
    /// # Errors
    /// These and the following: what the output says.
    pub fn comment(&mut self, line: &str) -> io::Result<()> {
        self.gap()?;
        writeln!(self.out, "{}", line.trim_end())?;
        self.after = After::Comment;
        Ok(())
    }

    /// A blank line of the chat that is played. Only one after a comment stays: it tells whether the comment is about
    /// the next line or about all that follows.
    pub fn blank(&mut self) -> io::Result<()> {
        if self.after == After::Comment {
            writeln!(self.out)?;
            self.after = After::Nothing;
        }
        Ok(())
    }

    /// Begins a block with a line at the first column.
    pub fn begin(&mut self, line: &str) -> io::Result<()> {
        self.gap()?;
        self.paint(line.trim_end(), "1")?;
        writeln!(self.out)?;
        self.after = After::Block;
        Ok(())
    }

    /// Begins a block with what `who` is going to type: the terminal itself will show it.
    pub fn prompt(&mut self, who: &str) -> io::Result<()> {
        self.gap()?;
        self.paint(&format!("@{who} >"), "1")?;
        write!(self.out, " ")?;
        self.after = After::Block;
        self.out.flush()
    }

    /// What was typed after the prompt, where the terminal does not show it.
    pub fn typed(&mut self, words: &str) -> io::Result<()> {
        self.paint(words.trim_end(), "")?;
        writeln!(self.out)
    }

    /// Begins a block of something that the bot says to `who` unasked.
    pub fn notice(&mut self, who: &str, text: &Text) -> io::Result<()> {
        self.begin(&format!("@{who} {BELL}"))?;
        self.answer(text)
    }

    /// What the bot says, in the block that has begun. None of its lines begins at the first column, and an empty one
    /// is truly empty.
    pub fn answer(&mut self, text: &Text) -> io::Result<()> {
        for line in text.lines() {
            if line.plain().trim().is_empty() {
                writeln!(self.out)?;
                continue;
            }
            write!(self.out, "{INDENT}")?;
            let room = self.width.map_or(usize::MAX, |width| width.saturating_sub(INDENT.len()));
            let breaks = breaks(&line.plain(), room);
            let mut before = 0;
            for span in &line.spans {
                let code = match span.style {
                    Style::Plain => "",
                    Style::Bold => "1",
                    Style::Italic => "3",
                    Style::Code => "36",
                };
                let end = before + span.text.len();
                let mut from = 0;
                for space in breaks.iter().filter(|space| (before..end).contains(*space)).map(|space| space - before) {
                    self.paint(&span.text[from..space], code)?;
                    write!(self.out, "\n{INDENT}")?;
                    from = space + 1;
                }
                self.paint(&span.text[from..], code)?;
                before = end;
            }
            writeln!(self.out)?;
        }
        self.after = After::Block;
        self.out.flush()
    }

    /// The end of a chat that was typed, if its last line was not ended by a key.
    pub fn end(&mut self) -> io::Result<()> {
        writeln!(self.out)?;
        self.out.flush()
    }

    fn gap(&mut self) -> io::Result<()> {
        if self.after == After::Block { writeln!(self.out) } else { Ok(()) }
    }

    /// Whoever wrote the words: what is no character never reaches the terminal.
    fn paint(&mut self, words: &str, code: &str) -> io::Result<()> {
        let words: String = words.chars().filter(|c| !c.is_control()).collect();
        if self.colour && !code.is_empty() && !words.is_empty() {
            write!(self.out, "\u{1b}[{code}m{words}\u{1b}[0m")
        } else {
            write!(self.out, "{words}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_is_written_in_blocks_that_nothing_can_forge() {
        let mut out = Vec::new();
        let mut chat = Transcript::new(&mut out, false);
        chat.comment("# one").expect("written");
        chat.begin("@anna > hello ").expect("written");
        chat.answer(&"Hello\n\n@boris > \u{1b}[2Jhi".into()).expect("written");
        chat.blank().expect("written");
        chat.notice("boris", &"Anna asks".into()).expect("written");
        chat.comment("# two").expect("written");
        chat.blank().expect("written");
        chat.blank().expect("written");
        chat.begin("clock +3d").expect("written");
        let wanted =
            "# one\n@anna > hello\n  Hello\n\n  @boris > [2Jhi\n\n@boris 🔔\n  Anna asks\n\n# two\n\nclock +3d\n";
        assert_eq!(String::from_utf8(out).expect("text"), wanted);
    }

    #[test]
    fn on_rows_of_a_terminal_lines_are_broken_between_words_in_whatever_style() {
        let mut text = Text::styled("Anna asks for 500\u{a0}€", Style::Bold);
        text.push_str(" by the end of the month.\nShort.");
        let mut out = Vec::new();
        Transcript::new(&mut out, true).as_wide_as(Some(22)).answer(&text).expect("written");
        let wanted = "  \u{1b}[1mAnna asks for 500\u{a0}€\u{1b}[0m\n  by the end of the\n  month.\n  Short.\n";
        assert_eq!(String::from_utf8(out).expect("text"), wanted);
    }

    #[test]
    fn styles_are_shown_in_a_terminal_only() {
        for (colour, wanted) in [(true, "  \u{1b}[1mbold\u{1b}[0m\n"), (false, "  bold\n")] {
            let mut out = Vec::new();
            Transcript::new(&mut out, colour).answer(&Text::styled("bold", Style::Bold)).expect("written");
            assert_eq!(String::from_utf8(out).expect("text"), wanted);
        }
    }
}

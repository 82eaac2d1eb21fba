//! A table taken apart into cells (RFC 4180, and what programs make of it).

use super::Wrong;

/// The cells of one line.
pub(super) struct Line {
    /// The number of the line on which it begins, from 1.
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
    /// What is wrong with its quotes, where the cells behind them can be told all the same.
    pub(super) misquoted: Option<String>,
}

pub(super) struct Cells<'a> {
    rest: &'a str,
    number: usize,
    pub(super) mark: bool,
    pub(super) separator: char,
    pub(super) line_end: &'static str,
    misquoted: Option<String>,
}

/// What may separate columns. Where a first line could be read by several of them, the first of these counts.
const SEPARATORS: [char; 3] = ['\t', ';', ','];

/// The fewest columns that any of our tables has.
const FEWEST: usize = 3;

impl<'a> Cells<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Wrong> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            Wrong {
                line,
                what: "found bytes that are not text, expected UTF-8 (in a spreadsheet: \"CSV UTF-8\")".to_owned(),
            }
        })?;
        let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mark = rest.len() < text.len();
        let by = |separator| Self { rest, number: 1, mark, separator, line_end: "\n", misquoted: None };
        let (separator, line_end) = by_first_line(by);
        Ok(Self { line_end, ..by(separator) })
    }

    /// The next line that is not empty.
    pub(super) fn line(&mut self) -> Result<Option<Line>, Wrong> {
        loop {
            if self.rest.is_empty() {
                return Ok(None);
            }
            let number = self.number;
            let cells = self.cells()?;
            let misquoted = self.misquoted.take();
            if misquoted.is_some() || cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(Line { number, cells, misquoted }));
            }
        }
    }

    fn cells(&mut self) -> Result<Vec<String>, Wrong> {
        let mut cells = Vec::new();
        loop {
            let (cell, more) = self.cell()?;
            cells.push(cell);
            if !more {
                return Ok(cells);
            }
        }
    }

    /// The next cell, and whether another one follows on the same line.
    fn cell(&mut self) -> Result<(String, bool), Wrong> {
        let trimmed = self.rest.trim_start_matches(' ');
        let mut cell = String::new();
        if let Some(quoted) = trimmed.strip_prefix('"') {
            let begun = self.number;
            self.rest = quoted;
            loop {
                let Some((part, rest)) = self.rest.split_once('"') else {
                    return Err(Wrong {
                        line: begun,
                        what: "found a quote (\") without its end, expected another one".to_owned(),
                    });
                };
                self.number += part.matches('\n').count();
                cell.push_str(part);
                match rest.strip_prefix('"') {
                    Some(rest) => {
                        cell.push('"');
                        self.rest = rest;
                    }
                    None => {
                        self.rest = rest;
                        break;
                    }
                }
            }
            let (behind, more) = self.plain();
            if !behind.trim().is_empty() {
                self.misquoted.get_or_insert_with(|| {
                    format!(
                        "found \"{behind}\" behind a quote (\") that ends a column, expected the next column; a quote inside of \
                         quotes is written twice"
                    )
                });
            }
            return Ok((cell, more));
        }
        let (plain, more) = self.plain();
        cell.push_str(plain);
        Ok((cell, more))
    }

    /// What stands up to the end of the cell, outside of quotes, and whether another cell follows on the same line.
    fn plain(&mut self) -> (&'a str, bool) {
        let end = self.rest.find([self.separator, '\n']).unwrap_or(self.rest.len());
        let (plain, rest) = self.rest.split_at(end);
        if let Some(rest) = rest.strip_prefix(self.separator) {
            self.rest = rest;
            return (plain, true);
        }
        let plain = plain.strip_suffix('\r').unwrap_or(plain);
        if let Some(rest) = rest.strip_prefix('\n') {
            self.number += 1;
            self.rest = rest;
        } else {
            self.rest = rest;
        }
        (plain, false)
    }
}

/// By what the columns of a table are separated, and how its lines end, as its first line has it: the first separator by which
/// there are enough columns; where there is none, one that is there at all. What stands in quotes does not count, so the line is
/// read as any other, by each.
fn by_first_line<'a>(by: impl Fn(char) -> Cells<'a>) -> (char, &'static str) {
    let read = SEPARATORS.map(|separator| {
        let mut cells = by(separator);
        let before = cells.rest;
        let count = cells.line().ok().flatten().map_or(0, |line| line.cells.len());
        let line = &before[..before.len() - cells.rest.len()];
        (separator, count, if line.ends_with("\r\n") { "\r\n" } else { "\n" })
    });
    let with = |fewest: usize| read.iter().find(|(_, count, _)| *count >= fewest);
    let (separator, _, line_end) = with(FEWEST).or_else(|| with(2)).unwrap_or(&read[SEPARATORS.len() - 1]);
    (*separator, line_end)
}

/// A cell as it has to be written: in quotes where it needs them. Whoever reads it back has to guess the separator, so what could
/// be taken for it is in quotes as well.
pub(super) fn quoted(cell: &str, separator: char) -> String {
    let could_separate = SEPARATORS.iter().take_while(|other| **other != separator).any(|other| cell.contains(*other));
    let plain = !could_separate && !cell.contains([separator, '"', '\n', '\r']) && cell.trim() == cell;
    if plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

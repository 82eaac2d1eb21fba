//! A table taken apart into cells (RFC 4180, and what programs make of it).

use super::Wrong;

/// The cells of one line.
pub(super) struct Line {
    /// The number of the line on which it begins, from 1.
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
}

pub(super) struct Cells<'a> {
    rest: &'a str,
    number: usize,
    pub(super) mark: bool,
    pub(super) separator: char,
    pub(super) line_end: &'static str,
}

impl<'a> Cells<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Wrong> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            Wrong {
                line,
                what: "found bytes that are no text, expected UTF-8 (in a spreadsheet: \"CSV UTF-8\")".to_owned(),
            }
        })?;
        let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first = rest.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        // A separator is what stands outside of quotes; that of a comma inside of a name does not count.
        let outside: String = first.split('"').step_by(2).collect();
        let separator = ['\t', ';'].into_iter().find(|separator| outside.contains(*separator)).unwrap_or(',');
        let line_end =
            if rest.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r')) { "\r\n" } else { "\n" };
        Ok(Self { rest, number: 1, mark: rest.len() < text.len(), separator, line_end })
    }

    /// The next line that is not empty.
    pub(super) fn line(&mut self) -> Result<Option<Line>, Wrong> {
        loop {
            if self.rest.is_empty() {
                return Ok(None);
            }
            let number = self.number;
            let cells = self.cells()?;
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(Line { number, cells }));
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
        }
        let end = self.rest.find([self.separator, '\n']).unwrap_or(self.rest.len());
        let (plain, rest) = self.rest.split_at(end);
        cell.push_str(plain.strip_suffix('\r').filter(|_| !rest.starts_with(self.separator)).unwrap_or(plain));
        if let Some(rest) = rest.strip_prefix(self.separator) {
            self.rest = rest;
            return Ok((cell, true));
        }
        if let Some(rest) = rest.strip_prefix('\n') {
            self.number += 1;
            self.rest = rest;
        } else {
            self.rest = rest;
        }
        Ok((cell, false))
    }
}

/// A cell as it has to be written: in quotes where it needs them.
pub(super) fn quoted(cell: &str, separator: char) -> String {
    let plain = !cell.contains([separator, '"', '\n', '\r']) && cell.trim() == cell;
    if plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}

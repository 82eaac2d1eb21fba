//! Debts as a table: `from,to,amount[,currency[,date]]`, one debt a line, as people and their programs write it.
//!
//! - The first line may name the columns; then they may stand in any order. Without it they stand in this one.
//! - Columns are separated by commas, semicolons or tabs, as the first line has it. A cell with a separator, a quote
//!   or a line break in it stands in quotes. UTF-8, with or without a mark at its beginning.
//! - Each currency is cleared by itself. Without a currency a sum has up to two decimals, with one as many as ISO 4217
//!   gives it.
//! - Dates are `2026-12-20` or `20.12.2026`. A debt without one is younger than any other.
//! - Names are compared as they are written, without the blanks around them.

mod amount;
mod cells;
mod certificate;
mod day;
mod write;

pub use amount::{decimals, written};
pub use certificate::{read_prices, write_prices};
pub use write::{read_set_off, read_sum, write_set_off};

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use crate::{Debt, UNDATED};
use cells::{Cells, Line};

/// Text of a table as it may stand on a terminal: what would be obeyed there instead of shown is spelled out.
pub fn shown(text: &str) -> String {
    let shown =
        |letter: char| if letter.is_control() { letter.escape_default().to_string() } else { letter.to_string() };
    text.chars().map(shown).collect()
}

/// What is wrong in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The number of the line, from 1, as an editor shows it.
    pub line: usize,
    /// What was found, and what is expected.
    pub what: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, shown(&self.what))
    }
}

/// How a table is written, so that what is added to it is written the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Style {
    /// There is a mark (U+FEFF) at the beginning.
    mark: bool,
    separator: char,
    line_end: &'static str,
    /// Decimals stand behind a comma.
    decimal_comma: bool,
}

/// The columns that a table has, and at which place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Columns {
    from: usize,
    to: usize,
    amount: usize,
    currency: Option<usize>,
    date: Option<usize>,
    /// Those that were there, all together.
    count: usize,
}

/// A debt as a line says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of the line, from 1.
    pub line: usize,
    /// Who owes.
    pub from: String,
    /// Who is owed to.
    pub to: String,
    /// How much, in minor units of the currency.
    pub amount: i64,
    /// The currency in capitals; empty if none is said.
    pub currency: String,
    /// The day by its number since 1970-01-01, if one is said.
    pub day: Option<i64>,
    /// The cells as they are written.
    cells: Vec<String>,
}

/// All lines of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    style: Style,
    header: Option<Vec<String>>,
    /// The debts, in the order of their lines.
    pub entries: Vec<Entry>,
}

/// The debts of one currency, with members as numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The currency in capitals; empty if none is said.
    pub currency: String,
    /// How many decimals its sums have.
    pub decimals: u32,
    /// Members in the order of their names, letter by letter as Unicode numbers them.
    pub members: Vec<String>,
    /// The debts, in the order of their lines.
    pub debts: Vec<Debt>,
    /// Which entry of the table each debt is.
    pub entries: Vec<usize>,
}

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    ///
    /// All lines that can't be read, each with what was found in it and what is expected.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Wrong>> {
        let mut cells = Cells::new(bytes).map_err(|wrong| vec![wrong])?;
        if is_json(bytes) {
            return Err(vec![Wrong { line: 1, what: format!("found JSON, expected a table {}", Columns::NAMES) }]);
        }
        let mut wrong = Vec::new();
        let mut entries = Vec::new();
        let mut header = None;
        let mut columns = None;
        let mut commas = 0usize;
        loop {
            let line = match cells.line() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(fault) => {
                    // What a quote without its end has swallowed can't be told from what was meant.
                    wrong.push(fault);
                    break;
                }
            };
            let columns = match columns {
                Some(columns) => columns,
                None => match Columns::named(&line) {
                    Some((found, strange)) => {
                        wrong.extend(strange);
                        columns = Some(found);
                        header = Some(line.cells);
                        continue;
                    }
                    None => match Columns::counted(&line) {
                        Ok(found) => *columns.insert(found),
                        // It may be this line alone.
                        Err(fault) => {
                            wrong.push(fault);
                            continue;
                        }
                    },
                },
            };
            match Entry::read(line, columns) {
                Ok(entry) => {
                    commas += usize::from(amount::has_decimal_comma(&entry.cells[columns.amount]));
                    entries.push(entry);
                }
                Err(fault) => wrong.push(fault),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let style = Style {
            mark: cells.mark,
            separator: cells.separator,
            line_end: cells.line_end,
            decimal_comma: commas > 0 && 2 * commas >= entries.len(),
        };
        Ok(Self { style, header, entries })
    }

    /// The debts of each currency, in the order of their names.
    pub fn parts(&self) -> Vec<Part> {
        let mut by_currency: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (number, entry) in self.entries.iter().enumerate() {
            by_currency.entry(&entry.currency).or_default().push(number);
        }
        by_currency.into_iter().map(|(currency, entries)| self.part(currency, entries)).collect()
    }

    fn part(&self, currency: &str, entries: Vec<usize>) -> Part {
        let own = || entries.iter().map(|entry| &self.entries[*entry]);
        let mut members: Vec<&str> = own().flat_map(|entry| [entry.from.as_str(), entry.to.as_str()]).collect();
        members.sort_unstable();
        members.dedup();
        let number: HashMap<&str, u32> =
            members.iter().enumerate().map(|(number, name)| (*name, number as u32)).collect();
        let debts = own()
            .map(|entry| Debt {
                from: number[entry.from.as_str()],
                to: number[entry.to.as_str()],
                amount: entry.amount,
                day: entry.day.unwrap_or(UNDATED),
            })
            .collect();
        Part {
            currency: currency.to_owned(),
            decimals: decimals(currency),
            members: members.into_iter().map(str::to_owned).collect(),
            debts,
            entries,
        }
    }
}

impl Columns {
    const NAMES: &str = "from,to,amount[,currency[,date]]";

    /// The columns of a table whose first line this is, if it names them; and what is wrong with them, so that the lines below
    /// can be looked at all the same.
    fn named(line: &Line) -> Option<(Self, Option<Wrong>)> {
        let names: Vec<String> = line.cells.iter().map(|cell| cell.trim().to_lowercase()).collect();
        let place = |name: &str| names.iter().position(|other| other == name);
        let (from, to, amount) = (place("from")?, place("to")?, place("amount")?);
        let (currency, date) = (place("currency"), place("date"));
        let known = [Some(from), Some(to), Some(amount), currency, date];
        let strange = (0..names.len()).find(|place| !known.contains(&Some(*place)));
        let strange =
            strange.map(|strange| format!("found the column \"{}\", expected {}", names[strange], Self::NAMES));
        let wrong = line.misquoted.clone().or(strange).map(|what| Wrong { line: line.number, what });
        Some((Self { from, to, amount, currency, date, count: names.len() }, wrong))
    }

    /// The columns of a table that does not name them, by how many of them this line has.
    fn counted(line: &Line) -> Result<Self, Wrong> {
        let count = line.cells.len();
        if !(3..=5).contains(&count) {
            let what = format!("found {}, expected {}", counted(count), Self::NAMES);
            return Err(Wrong { line: line.number, what });
        }
        let (currency, date) = ((count > 3).then_some(3), (count > 4).then_some(4));
        Ok(Self { from: 0, to: 1, amount: 2, currency, date, count })
    }
}

impl Entry {
    /// The day, as `2026-12-20`, if one is said.
    pub fn date(&self) -> Option<String> {
        self.day.map(day::written)
    }

    fn read(line: Line, columns: Columns) -> Result<Self, Wrong> {
        let number = line.number;
        let wrong = |what: String| Wrong { line: number, what };
        if let Some(misquoted) = line.misquoted {
            return Err(wrong(misquoted));
        }
        if line.cells.len() != columns.count {
            let found = counted(line.cells.len());
            return Err(wrong(format!("found {found}, expected {} as in the first line", columns.count)));
        }
        let cell = |place: usize| line.cells[place].trim();
        let name = |column: &str, place: usize| match cell(place) {
            "" => Err(wrong(format!("\"{column}\" is empty, expected a name"))),
            name => Ok(name.to_owned()),
        };
        let (from, to) = (name("from", columns.from)?, name("to", columns.to)?);
        if from == to {
            return Err(wrong(format!("found \"{from}\" on both sides, expected two different names")));
        }
        let currency = columns.currency.map(cell).unwrap_or_default().to_uppercase();
        if is_of_a_sum(&currency) {
            return Err(wrong(format!(
                "found the currency \"{currency}\", expected one like EUR; a sum with a comma in it has to stand in quotes"
            )));
        }
        let amount = amount::read(cell(columns.amount), decimals(&currency)).map_err(wrong)?;
        let day = match columns.date.map(cell).unwrap_or_default() {
            "" => None,
            date => Some(day::read(date).ok_or_else(|| {
                wrong(format!("found the date \"{date}\", expected one like 2026-12-20 or 20.12.2026"))
            })?),
        };
        Ok(Self { line: number, from, to, amount, currency, day, cells: line.cells })
    }
}

/// Whether this is what `solve --json` writes, or the like.
pub fn is_json(bytes: &[u8]) -> bool {
    let mut marks = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    matches!((marks.next(), marks.next()), (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{' | b']')))
}

fn counted(cells: usize) -> String {
    if cells == 1 { "1 column".to_owned() } else { format!("{cells} columns") }
}

/// Whether this is no currency, but what is left of a sum with a comma in it that does not stand in quotes.
fn is_of_a_sum(currency: &str) -> bool {
    currency.starts_with(|first: char| first.is_numeric() || ['-', '+', '.', ','].contains(&first))
}

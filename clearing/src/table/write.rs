//! A table with what is set off of each debt.

use super::amount::{self, written};
use super::cells::{Cells, quoted};
use super::{Table, Wrong, counted, decimals, is_json};

/// What the column that is added is called.
const SET_OFF: &str = "set_off";

/// The table as it was read, with one more column: what is set off of each entry, in minor units.
pub fn write_set_off(table: &Table, set_off: &[i64]) -> String {
    let style = &table.style;
    let mut text = String::new();
    let mut put = |cells: &[String], last: &str| {
        for cell in cells {
            text.push_str(&quoted(cell, style.separator));
            text.push(style.separator);
        }
        text.push_str(&quoted(last, style.separator));
        text.push_str(style.line_end);
    };
    if let Some(header) = &table.header {
        put(header, SET_OFF);
    }
    for (entry, sum) in table.entries.iter().zip(set_off) {
        put(&entry.cells, &written(i128::from(*sum), decimals(&entry.currency), style.decimal_comma));
    }
    if style.mark { format!("\u{feff}{text}") } else { text }
}

/// Reads back what [`write_set_off`] has written of this table: what is set off of each entry, in minor units.
///
/// # Errors
///
/// The first line that is not as in the table, or has no sum at its end.
pub fn read_set_off(table: &Table, bytes: &[u8]) -> Result<Vec<i64>, Wrong> {
    let mut cells = Cells::new(bytes)?;
    if is_json(bytes) {
        return Err(Wrong { line: 1, what: "found JSON, expected what is written without --json".to_owned() });
    }
    let rows = table
        .header
        .iter()
        .map(|header| (header, None))
        .chain(table.entries.iter().map(|entry| (&entry.cells, Some(entry))));
    let mut set_off = Vec::with_capacity(table.entries.len());
    let mut last = 0;
    for (expected, entry) in rows {
        let Some(mut line) = cells.line()? else {
            return Err(Wrong { line: last + 1, what: format!("found the end, expected {}", row(expected)) });
        };
        last = line.number;
        let wrong = |what: String| Wrong { line: last, what };
        if let Some(misquoted) = line.misquoted {
            return Err(wrong(misquoted));
        }
        let count = expected.len() + 1;
        if line.cells.len() != count {
            let found = counted(line.cells.len());
            return Err(wrong(format!("found {found}, expected {count}: those of the input, and what is set off")));
        }
        let sum = line.cells.pop().unwrap_or_default();
        if !line.cells.iter().map(|cell| cell.trim()).eq(expected.iter().map(|cell| cell.trim())) {
            return Err(wrong(format!("found {}, expected {} as in the input", row(&line.cells), row(expected))));
        }
        match entry {
            None if sum.trim() == SET_OFF => {}
            None => return Err(wrong(format!("found the column \"{sum}\", expected \"{SET_OFF}\""))),
            Some(entry) => set_off.push(read_sum(sum.trim(), decimals(&entry.currency)).map_err(wrong)?),
        }
    }
    match cells.line()? {
        Some(line) => Err(Wrong { line: line.number, what: "found one line more than the input has".to_owned() }),
        None => Ok(set_off),
    }
}

/// Reads what is said to be set off: nothing, or a sum, in minor units.
///
/// # Errors
///
/// What was found, and what is expected.
pub fn read_sum(sum: &str, decimals: u32) -> Result<i64, String> {
    let is_zero = sum.contains('0') && sum.chars().all(|letter| ['0', '.', ','].contains(&letter));
    let expected = match decimals {
        0 => "0 or a whole number, like 50".to_owned(),
        _ => format!("0 or a sum with at most {decimals} decimals, like 50 or 1 250.50"),
    };
    let read = if is_zero { Ok(0) } else { amount::read(sum, decimals) };
    read.map_err(|_| format!("found \"{sum}\" set off, expected {expected}"))
}

fn row(cells: &[String]) -> String {
    format!("\"{}\"", cells.join(","))
}

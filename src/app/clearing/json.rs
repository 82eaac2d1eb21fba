//! What `exodus clearing solve --json` writes, and reading it back.

use exodus_clearing::table::{self, Part, Table, written};
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct Report<'a> {
    currencies: Vec<CurrencyReport<'a>>,
    debts: Vec<DebtReport<'a>>,
}

#[derive(Serialize)]
struct CurrencyReport<'a> {
    currency: &'a str,
    members: usize,
    debts: usize,
    amount: String,
    set_off: String,
}

/// Sums are text, so that no reader makes floats of them.
#[derive(Serialize)]
struct DebtReport<'a> {
    line: usize,
    from: &'a str,
    to: &'a str,
    currency: &'a str,
    /// As `2026-12-20`, if the table says one.
    date: Option<String>,
    amount: String,
    set_off: String,
}

/// What is set off of each debt of a table.
pub fn write(table: &Table, parts: &[Part], set_off: &[i64]) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(&report(table, parts, set_off))? + "\n")
}

/// Reads back what [`write()`] has written of this table: what is set off of each debt. Why not, in words.
pub fn read(table: &Table, parts: &[Part], text: &[u8]) -> Result<Vec<i64>, String> {
    let found: Value = serde_json::from_slice(text).map_err(|error| format!("it is no JSON: {error}"))?;
    let debts = found["debts"].as_array().map(Vec::as_slice).unwrap_or_default();
    if debts.len() != table.entries.len() {
        return Err(format!("found {} debts, expected the {} of the input", debts.len(), table.entries.len()));
    }
    let sum = |(debt, entry): (&Value, &table::Entry)| {
        table::read_sum(debt["set_off"].as_str().unwrap_or_default(), table::decimals(&entry.currency))
            .map_err(|wrong| format!("line {} of the input: {wrong}", entry.line))
    };
    let set_off: Vec<i64> = debts.iter().zip(&table.entries).map(sum).collect::<Result<_, _>>()?;
    // All of it, the totals as well, is as it would be written of these.
    let expected = serde_json::to_value(report(table, parts, &set_off)).map_err(|error| error.to_string())?;
    let rows = |of: &Value, what: &str| of[what].as_array().cloned().unwrap_or_default();
    for what in ["debts", "currencies"] {
        let pairs = rows(&found, what).into_iter().zip(rows(&expected, what));
        if let Some((found, expected)) = pairs.into_iter().find(|(found, expected)| found != expected) {
            return Err(format!("found {found}, expected {expected}"));
        }
    }
    if found == expected { Ok(set_off) } else { Err("it is not what solve writes of this input".to_owned()) }
}

fn report<'a>(table: &'a Table, parts: &'a [Part], set_off: &[i64]) -> Report<'a> {
    let currencies = parts.iter().map(|part| CurrencyReport {
        currency: &part.currency,
        members: part.members.len(),
        debts: part.debts.len(),
        amount: written(part.debts.iter().map(|debt| i128::from(debt.amount)).sum(), part.decimals, false),
        set_off: written(part.entries.iter().map(|entry| i128::from(set_off[*entry])).sum(), part.decimals, false),
    });
    let debts = table.entries.iter().zip(set_off).map(|(entry, sum)| {
        let decimals = table::decimals(&entry.currency);
        DebtReport {
            line: entry.line,
            from: &entry.from,
            to: &entry.to,
            currency: &entry.currency,
            date: entry.date(),
            amount: written(i128::from(entry.amount), decimals, false),
            set_off: written(i128::from(*sum), decimals, false),
        }
    });
    Report { currencies: currencies.collect(), debts: debts.collect() }
}

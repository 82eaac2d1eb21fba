//! `exodus clearing`: the solver as a tool of its own. It knows neither the bot's configuration nor its database.

use std::fmt::Write as _;
use std::fs;
use std::io::{IsTerminal, Read, Write};
use std::path::Path;

use anyhow::Context;
use exodus_clearing::check::{check as held, check_total};
use exodus_clearing::table::{self, Part, Table, Wrong, written};
use exodus_clearing::{Clearing, Step, solve_telling};
use serde::Serialize;

use super::output;

/// How many wrong lines are shown at once.
const SHOWN: usize = 20;

/// Reads a table of debts, and writes it to standard output with what is set off of each; totals go to standard error.
/// Nothing is written unless all lines can be read and the result has been checked.
///
/// # Errors
/// A file can't be read or written, or lines of the table can't be read: all of these by their numbers.
pub fn solve(file: &Path, json: bool, certificate: Option<&Path>) -> anyhow::Result<()> {
    let table = read_table(file)?;
    let parts = table.parts();
    let mut clearings = Vec::with_capacity(parts.len());
    let mut set_off = vec![0; table.entries.len()];
    for part in &parts {
        let mut progress = Progress::of(part);
        let clearing = solve_telling(&part.debts, &mut |step| progress.show(step))?;
        progress.end();
        check_total(&part.debts, &clearing.set_off, &clearing.prices)
            .context("the result was refused by its own check")?;
        for (entry, sum) in part.entries.iter().zip(&clearing.set_off) {
            set_off[*entry] = *sum;
        }
        clearings.push(clearing);
    }
    let text =
        if json { as_json(&table, &parts, &clearings, &set_off)? } else { table::write_set_off(&table, &set_off) };
    if let Some(file) = certificate {
        let prices = table::write_prices(parts.iter().zip(clearings.iter().map(|clearing| &clearing.prices[..])));
        fs::write(file, prices).with_context(|| format!("{} can't be written", file.display()))?;
    }
    // That nobody reads any further is no fault.
    let _ = std::io::stdout().write_all(text.as_bytes());
    for (part, clearing) in parts.iter().zip(&clearings) {
        output::complain(total(part, &clearing.set_off));
    }
    Ok(())
}

/// Checks what [`solve`] has written against the table that it was given: nothing beyond a debt, every balance as it was,
/// the greatest total there is, the oldest first.
///
/// # Errors
/// A file can't be read, or something does not hold.
pub fn check(file: &Path, solved: &Path, certificate: &Path) -> anyhow::Result<()> {
    let table = read_table(file)?;
    let parts = table.parts();
    let in_file = |file: &Path, wrong: Wrong| match wrong.line {
        0 => anyhow::anyhow!("{}: {}", file.display(), wrong.what),
        _ => anyhow::anyhow!("{}, {wrong}", file.display()),
    };
    let set_off = table::read_set_off(&table, &read(solved)?).map_err(|wrong| in_file(solved, wrong))?;
    let prices = table::read_prices(&parts, &read(certificate)?).map_err(|wrong| in_file(certificate, wrong))?;
    for (part, prices) in parts.iter().zip(prices) {
        let own: Vec<i64> = part.entries.iter().map(|entry| set_off[*entry]).collect();
        let checked = held(&part.debts, &own, &prices).map_err(|fault| {
            let names = named(&table, part, &fault);
            anyhow::anyhow!("{}does not hold: {fault}{names}", of_currency(part))
        })?;
        output::say(total(part, &own));
        output::say(if checked.oldest_first {
            "  nothing beyond a debt, every balance as it was, the greatest total, the oldest first"
        } else {
            "  nothing beyond a debt, every balance as it was, the greatest total; whether the oldest come first would take too long to check"
        });
    }
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("standard input can't be read")?;
        return Ok(bytes);
    }
    fs::read(file).with_context(|| format!("{} can't be read", file.display()))
}

fn read_table(file: &Path) -> anyhow::Result<Table> {
    Table::read(&read(file)?).map_err(|wrong| {
        let name = if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
        let mut told = format!("{name} can't be read as debts; nothing was written");
        for wrong in wrong.iter().take(SHOWN) {
            let _ = write!(told, "\n  {wrong}");
        }
        if wrong.len() > SHOWN {
            let _ = write!(told, "\n  and {} more lines", wrong.len() - SHOWN);
        }
        anyhow::anyhow!(told)
    })
}

fn of_currency(part: &Part) -> String {
    if part.currency.is_empty() { String::new() } else { format!("{}: ", part.currency) }
}

/// `EUR: 570.00 of 640.00 set off (89.1 %), on 7 of 7 debts of 5 members`.
fn total(part: &Part, set_off: &[i64]) -> String {
    let sum = |sums: &mut dyn Iterator<Item = i64>| sums.map(i128::from).sum::<i128>();
    let (done, all) = (sum(&mut set_off.iter().copied()), sum(&mut part.debts.iter().map(|debt| debt.amount)));
    // In thousandths, cut off: what is not quite all is never called 100 %.
    let share = done * 1000 / all.max(1);
    format!(
        "{}{} of {} set off ({}.{} %), on {} of {} debts of {} members",
        of_currency(part),
        written(done, part.decimals, false),
        written(all, part.decimals, false),
        share / 10,
        share % 10,
        set_off.iter().filter(|sum| **sum > 0).count(),
        set_off.len(),
        part.members.len()
    )
}

/// Whom a fault is about, as the table calls them.
fn named(table: &Table, part: &Part, fault: &exodus_clearing::check::Fault) -> String {
    use exodus_clearing::check::Fault;
    match fault {
        Fault::Balance { member, .. } => {
            format!(" (member {member} is \"{}\")", part.members[*member as usize])
        }
        Fault::OutOfBounds { debt } | Fault::SmallerFirst { debt } | Fault::OlderFirst { debt } => {
            format!(" (debt {debt} is on line {})", table.entries[part.entries[*debt]].line)
        }
        _ => String::new(),
    }
}

/// What is shown on a terminal while it takes long.
struct Progress {
    what: String,
    shown: bool,
    is_seen: bool,
}

impl Progress {
    /// Smaller ones are done before anybody has read a line about it.
    const LONG: usize = 20_000;

    fn of(part: &Part) -> Self {
        let is_seen = part.debts.len() >= Self::LONG && std::io::stderr().is_terminal();
        Self { what: of_currency(part), shown: false, is_seen }
    }

    fn show(&mut self, step: Step) {
        if self.is_seen {
            let step = match step {
                Step::Greatest { debts } => format!("the greatest total, among {debts} debts"),
                Step::Oldest { left } => format!("the oldest first, {left} debts left to choose from"),
            };
            let _ = write!(std::io::stderr(), "\r\x1b[K{}{step} ...", self.what);
            self.shown = true;
        }
    }

    fn end(&mut self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

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
    amount: String,
    set_off: String,
}

fn as_json(table: &Table, parts: &[Part], clearings: &[Clearing], set_off: &[i64]) -> anyhow::Result<String> {
    let currencies = parts.iter().zip(clearings).map(|(part, clearing)| CurrencyReport {
        currency: &part.currency,
        members: part.members.len(),
        debts: part.debts.len(),
        amount: written(part.debts.iter().map(|debt| i128::from(debt.amount)).sum(), part.decimals, false),
        set_off: written(clearing.total(), part.decimals, false),
    });
    let debts = table.entries.iter().zip(set_off).map(|(entry, sum)| {
        let decimals = table::decimals(&entry.currency);
        DebtReport {
            line: entry.line,
            from: &entry.from,
            to: &entry.to,
            currency: &entry.currency,
            amount: written(i128::from(entry.amount), decimals, false),
            set_off: written(i128::from(*sum), decimals, false),
        }
    });
    let report = Report { currencies: currencies.collect(), debts: debts.collect() };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

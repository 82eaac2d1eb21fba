//! `exodus clearing`: the solver as a tool of its own. It knows neither the bot's configuration nor its database.

use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, IsTerminal, Read, Write};
use std::path::Path;

use anyhow::Context;
use exodus_clearing::check::{Fault, check as held, check_total};
use exodus_clearing::table::{self, Part, Table, Wrong, written};
use exodus_clearing::{Step, solve_telling};

use super::output;

mod json;

/// How many wrong lines are shown at once.
const SHOWN: usize = 20;

/// What is told of a table without a debt.
const NO_DEBTS: &str = "nothing to set off: there are no debts in the table";

/// Reads a table of debts, and writes it to standard output with what is set off of each; totals go to standard error.
/// Nothing is written unless all lines can be read and the result has been checked.
///
/// # Errors
/// A file can't be read or written, or lines of the table can't be read: all of these by their numbers.
pub fn solve(file: &Path, as_json: bool, certificate: Option<&Path>) -> anyhow::Result<()> {
    if let Some(certificate) = certificate {
        spare(certificate, file)?;
    }
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
    let text = match as_json {
        true => json::write(&table, &parts, &set_off)?,
        false => table::write_set_off(&table, &set_off),
    };
    if let Some(file) = certificate {
        let prices = table::write_prices(parts.iter().zip(clearings.iter().map(|clearing| &clearing.prices[..])));
        fs::write(file, prices).with_context(|| format!("{} can't be written", file.display()))?;
    }
    write_out(&text)?;
    if parts.is_empty() {
        output::complain(NO_DEBTS);
    }
    for (part, clearing) in parts.iter().zip(&clearings) {
        output::complain(total(part, &clearing.set_off));
    }
    Ok(())
}

/// Checks what [`solve`] has written, the table or the JSON, against the table that it was given: nothing beyond a debt, every balance as it was,
/// the greatest total there is, the oldest first.
///
/// # Errors
/// A file can't be read, or something does not hold.
pub fn check(file: &Path, solved: &Path, certificate: &Path) -> anyhow::Result<()> {
    if [file, solved, certificate].iter().filter(|file| **file == Path::new("-")).count() > 1 {
        anyhow::bail!("- is standard input, which can be read once only: the others have to be files");
    }
    let table = read_table(file)?;
    let parts = table.parts();
    let in_file = |file: &Path, wrong: Wrong| match wrong.line {
        0 => anyhow::anyhow!("{}: {}", file.display(), table::shown(&wrong.what)),
        _ => anyhow::anyhow!("{}, {wrong}", file.display()),
    };
    let written = read(solved)?;
    let set_off = match table::is_json(&written) {
        true => json::read(&table, &parts, &written)
            .map_err(|wrong| anyhow::anyhow!("{}: {}", solved.display(), table::shown(&wrong)))?,
        false => table::read_set_off(&table, &written).map_err(|wrong| in_file(solved, wrong))?,
    };
    let prices = table::read_prices(&parts, &read(certificate)?).map_err(|wrong| in_file(certificate, wrong))?;
    if parts.is_empty() {
        output::say(NO_DEBTS);
    }
    for (part, prices) in parts.iter().zip(prices) {
        let own: Vec<i64> = part.entries.iter().map(|entry| set_off[*entry]).collect();
        let checked = held(&part.debts, &own, &prices)
            .map_err(|fault| anyhow::anyhow!("{}does not hold: {}", of_currency(part), told(&table, part, &fault)))?;
        output::say(total(part, &own));
        output::say(if checked.oldest_first {
            "  nothing beyond a debt, every balance as it was, the greatest total, the oldest first"
        } else {
            "  nothing beyond a debt, every balance as it was, the greatest total; whether the oldest come first would take too long to check"
        });
    }
    Ok(())
}

/// What is asked for goes to standard output, whole. That nobody reads any further is no fault.
fn write_out(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("standard output can't be written; the output is incomplete")
        }
        _ => Ok(()),
    }
}

/// A certificate takes the place neither of the table nor of what comes out.
fn spare(certificate: &Path, table: &Path) -> anyhow::Result<()> {
    if certificate == Path::new("-") {
        anyhow::bail!("- is where the result goes; the certificate needs a file of its own");
    }
    let table = if table == Path::new("-") { Path::new("/dev/stdin") } else { table };
    for (other, what) in [(table, "the table"), (Path::new("/dev/stdout"), "where the result goes")] {
        if is_same_file(certificate, other) {
            anyhow::bail!("{} is {what}; the certificate needs a file of its own", certificate.display());
        }
    }
    Ok(())
}

/// Whether both are one and the same file, by whatever name; what does not exist is none.
fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let known = |file: &Path| fs::metadata(file).ok().filter(fs::Metadata::is_file).map(|it| (it.dev(), it.ino()));
    known(one).is_some_and(|one| known(other) == Some(one))
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
    if part.currency.is_empty() { String::new() } else { format!("{}: ", table::shown(&part.currency)) }
}

/// `EUR: 570.00 of 640.00 set off (89.1 %), on 7 of 7 debts of 5 members`.
fn total(part: &Part, set_off: &[i64]) -> String {
    let sum = |sums: &mut dyn Iterator<Item = i64>| sums.map(i128::from).sum::<i128>();
    let (done, all) = (sum(&mut set_off.iter().copied()), sum(&mut part.debts.iter().map(|debt| debt.amount)));
    // In thousandths: what is not quite all is never called 100 %, and what is something never nothing.
    let rounded = (done * 1000 + all / 2) / all.max(1);
    let share = if done == all || done == 0 { rounded } else { rounded.clamp(1, 999) };
    format!(
        "{}{} of {} set off ({}.{} %), on {} of {} of {} members",
        of_currency(part),
        written(done, part.decimals, false),
        written(all, part.decimals, false),
        share / 10,
        share % 10,
        set_off.iter().filter(|sum| **sum > 0).count(),
        if set_off.len() == 1 { "1 debt".to_owned() } else { format!("{} debts", set_off.len()) },
        part.members.len()
    )
}

/// What does not hold, in the table's own words: its names, lines and sums.
fn told(table: &Table, part: &Part, fault: &Fault) -> String {
    let sum = |sum: i128| written(sum, part.decimals, false);
    let line = |debt: usize| format!("line {}", table.entries[part.entries[debt]].line);
    match *fault {
        Fault::Balance { member, owing, owed } => format!(
            "of \"{}\" {} is set off of what they owe, and {} of what they are owed; both have to be equal",
            table::shown(&part.members[member as usize]),
            sum(owing),
            sum(owed)
        ),
        Fault::OutOfBounds { debt } => format!("{}: more is set off than the debt", line(debt)),
        Fault::NotGreatest { total, bound } => format!(
            "{} is set off, but by the certificate it could be up to {}: it is not the greatest set-off, or the certificate \
             is not of this result",
            sum(total),
            sum(bound)
        ),
        Fault::SmallerFirst { debt } => {
            format!("{} is set off before a smaller debt of the same pair and day is done with", line(debt))
        }
        Fault::OlderFirst { debt } => format!(
            "{} is set off less than it could be with the same total; it is older than what was set off instead, or comes \
             first by the rule",
            line(debt)
        ),
        Fault::Sums { .. } | Fault::Prices { .. } | Fault::PricesTooLarge => fault.to_string(),
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

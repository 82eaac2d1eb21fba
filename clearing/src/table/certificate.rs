//! The certificate as a table: `currency,member,price`.

use std::collections::HashMap;

use super::cells::{Cells, quoted};
use super::{Part, Wrong};

const HEADER: [&str; 3] = ["currency", "member", "price"];

/// Writes the prices of all members of each currency.
pub fn write_prices<'a>(parts: impl IntoIterator<Item = (&'a Part, &'a [i64])>) -> String {
    let mut text = format!("{}\n", HEADER.join(","));
    for (part, prices) in parts {
        for (member, price) in part.members.iter().zip(prices) {
            text.push_str(&format!("{},{},{price}\n", quoted(&part.currency, ','), quoted(member, ',')));
        }
    }
    text
}

/// Reads the prices of all members of each of these parts.
///
/// # Errors
///
/// The first line that is not `currency,member,price`, names somebody unknown, or names somebody twice; or line 0 if
/// somebody is missing.
pub fn read_prices(parts: &[Part], bytes: &[u8]) -> Result<Vec<Vec<i64>>, Wrong> {
    let mut known: HashMap<&str, HashMap<&str, (usize, usize)>> = HashMap::new();
    for (place, part) in parts.iter().enumerate() {
        let members = part.members.iter().enumerate();
        known.insert(&part.currency, members.map(|(number, name)| (name.as_str(), (place, number))).collect());
    }
    let mut prices: Vec<Vec<i64>> = parts.iter().map(|part| vec![0; part.members.len()]).collect();
    let mut cells = Cells::new(bytes)?;
    let mut is_first = true;
    while let Some(line) = cells.line()? {
        let wrong = |what: String| Wrong { line: line.number, what };
        if let Some(misquoted) = line.misquoted {
            return Err(wrong(misquoted));
        }
        let [currency, member, price] = &line.cells[..] else {
            return Err(wrong(format!("found {} columns, expected {}", line.cells.len(), HEADER.join(","))));
        };
        if std::mem::take(&mut is_first) && price == HEADER[2] {
            continue;
        }
        let price =
            price.trim().parse().map_err(|_| wrong(format!("found the price \"{price}\", expected a whole number")))?;
        let Some((part, number)) = known.get_mut(currency.as_str()).and_then(|own| own.remove(member.as_str())) else {
            return Err(wrong(format!("found \"{member}\" twice, or who is not in the input")));
        };
        prices[part][number] = price;
    }
    let missing = known.iter().flat_map(|(currency, own)| own.keys().map(move |member| (member, currency))).min();
    match missing {
        Some((member, &"")) => Err(Wrong { line: 0, what: format!("the price of \"{member}\" is missing") }),
        Some((member, currency)) => {
            Err(Wrong { line: 0, what: format!("the price of \"{member}\" in {currency} is missing") })
        }
        None => Ok(prices),
    }
}

//! Prices for all members, from those inside of each component: the certificate.

use crate::arcs::Grouped;

/// Lifts whole components until all that leads from one to another, where nothing can be set off, costs nothing below
/// zero: each debt `(from, to)` between components gets a price at `from` that is at least 1 above the one at `to`.
///
/// `component` numbers them such that debts lead to smaller numbers (`parts::strong`).
pub(crate) fn lift(price: &mut [i64], component: &[u32], debts: &[(u32, u32)]) {
    let count = component.iter().max().map_or(0, |last| *last as usize + 1);
    let members = Grouped::by_node(count, |put| {
        for (member, &component) in component.iter().enumerate() {
            put(component, member as u32);
        }
    });
    let owed_by = Grouped::by_node(price.len(), |put| {
        for &(from, to) in debts {
            put(from, to);
        }
    });
    for own in 0..count as u32 {
        let outward = members.at(own).iter().flat_map(|from| {
            owed_by.at(*from).iter().filter(|to| component[**to as usize] != own).map(|to| (*from, *to))
        });
        let needed = outward.map(|(from, to)| price[to as usize] + 1 - price[from as usize]).max().unwrap_or(0);
        for &member in members.at(own) {
            price[member as usize] += needed;
        }
    }
}

//! The whole way from debts to what is set off of each.

use std::fmt;

use crate::arcs::Grouped;
use crate::face::{Arc, Face};
use crate::oldest;
use crate::parts::strong;
use crate::prices;
use crate::scaling::{Edge, cheapest};
use crate::whole::Whole;

/// The day of a debt that has none: it is younger than any other.
pub const UNDATED: i64 = i64::MAX;

/// What one member owes another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Debt {
    /// Who owes. Members are numbers from 0; where only an order can decide, the smaller one comes first.
    pub from: u32,
    /// Who is owed to.
    pub to: u32,
    /// How much, in minor units: above zero.
    pub amount: i64,
    /// Since when: whatever is smaller is older. [`UNDATED`] if nobody knows.
    pub day: i64,
}

/// What is set off, and what proves that it could not be more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clearing {
    /// Of each debt, in the order in which they were given: from 0 to its amount, in minor units.
    pub set_off: Vec<i64>,
    /// A whole number for each member, in their order. For any such numbers, no set-off is greater than the sum, over all
    /// debts, of the amount times `max(0, 1 - prices[from] + prices[to])`. For these it is that great.
    pub prices: Vec<i64>,
}

impl Clearing {
    /// All that is set off together.
    pub fn total(&self) -> i128 {
        self.set_off.iter().map(|sum| i128::from(*sum)).sum()
    }
}

/// Debts that can't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The debt with this number is owed to whoever owes it.
    OwedToOneself(usize),
    /// The debt with this number is not above zero.
    NotAboveZero(usize),
    /// There are more members or debts than can be numbered here (2³⁰).
    TooMany,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OwedToOneself(debt) => write!(f, "debt {debt} is owed to whoever owes it"),
            Self::NotAboveZero(debt) => write!(f, "debt {debt} is not above zero"),
            Self::TooMany => write!(f, "more than 2^30 members or debts"),
        }
    }
}

impl std::error::Error for Refused {}

/// Finds what is set off of each debt.
///
/// The total is the greatest possible: no member's balance changes, and of no debt is more set off than there is. Of all
/// ways to reach that total the one is taken that is best by these questions, each among what the ones before it left:
///
/// 1. For each day, from the oldest: the greatest total on the debts of that day. Debts without a day come last.
/// 2. Debts of one pair and one day are one debt. They stand in the order of day, debtor and creditor, and are numbered
///    from 0 in binary digits, all with as many as the last one. For each digit, from the first: the greatest total on
///    those that have a 0 there.
/// 3. For each of them, in their order: as much as possible.
/// 4. Among debts of one pair and one day the smaller ones first, so that more of them are done with.
///
/// This leaves one result. (Two debts of one pair, one day and one amount are interchangeable; the first given comes
/// first.)
///
/// # Errors
///
/// [`Refused`] if a debt is not above zero or owed to whoever owes it. Nothing else goes wrong, whatever the sums are.
pub fn solve(debts: &[Debt]) -> Result<Clearing, Refused> {
    solve_telling(debts, &mut |_| {})
}

/// How far a long solution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The greatest total is looked for, among so many debts: those that lie on some cycle.
    Greatest { debts: usize },
    /// It is found. So many debts, or fewer, could still change without changing what was asked so far.
    Oldest { left: usize },
}

/// [`solve`], and tells how far it is: after each question, so from a few times to some hundred times.
///
/// # Errors
///
/// As [`solve`].
pub fn solve_telling(debts: &[Debt], tell: &mut dyn FnMut(Step)) -> Result<Clearing, Refused> {
    for (number, debt) in debts.iter().enumerate() {
        if debt.from == debt.to {
            return Err(Refused::OwedToOneself(number));
        }
        if debt.amount <= 0 {
            return Err(Refused::NotAboveZero(number));
        }
    }
    let members = debts.iter().map(|debt| debt.from.max(debt.to) as usize + 1).max().unwrap_or(0);
    if debts.len().max(members) > 1 << 30 {
        return Err(Refused::TooMany);
    }
    let everything: i128 = debts.iter().map(|debt| i128::from(debt.amount)).sum();
    Ok(if everything <= i128::from(i64::MAX) {
        solve_in::<i64>(members, debts, tell)
    } else {
        solve_in::<i128>(members, debts, tell)
    })
}

fn solve_in<N: Whole>(members: usize, debts: &[Debt], tell: &mut dyn FnMut(Step)) -> Clearing {
    let owed = Grouped::by_node(members, |put| {
        for debt in debts {
            put(debt.from, debt.to);
        }
    });
    let component = strong(&owed);
    drop(owed);
    let order = in_order(debts);
    let inside = |debt: &Debt| component[debt.from as usize] == component[debt.to as usize];

    let mut arcs: Vec<Arc<N>> = Vec::new();
    let (mut day, mut rank) = (Vec::new(), Vec::new());
    // Which debts an arc is made of: those from `order[begin[arc]]` on that are of its pair and its day.
    let mut begin = Vec::new();
    let mut numbered = 0u32;
    let mut before: Option<&Debt> = None;
    for (place, &number) in order.iter().enumerate() {
        let debt = &debts[number as usize];
        let same = before.is_some_and(|before| (before.day, before.from, before.to) == (debt.day, debt.from, debt.to));
        before = Some(debt);
        numbered += u32::from(!same);
        if !inside(debt) {
            continue;
        }
        match arcs.last_mut().filter(|_| same) {
            Some(arc) => arc.amount += N::from(debt.amount),
            None => {
                arcs.push(Arc { tail: debt.from, head: debt.to, amount: N::from(debt.amount), flow: N::default() });
                day.push(debt.day);
                rank.push(numbered - 1);
                begin.push(place as u32);
            }
        }
    }

    tell(Step::Greatest { debts: arcs.len() });
    let mut prices = most(members, &mut arcs);
    let tight = |arc: &Arc<N>| prices[arc.tail as usize] - prices[arc.head as usize] == 1;
    let candidates = (0..arcs.len() as u32).filter(|arc| tight(&arcs[*arc as usize])).collect();
    let mut face = Face::new(members, arcs, candidates);
    oldest::settle(&mut face, &day, &rank, numbered, &mut |left| tell(Step::Oldest { left }));

    let mut set_off = vec![0i64; debts.len()];
    for (arc, &place) in face.arcs.iter().zip(&begin) {
        let mut left = arc.flow;
        for &number in &order[place as usize..] {
            if !left.is_positive() {
                break;
            }
            let part = left.min(N::from(debts[number as usize].amount));
            set_off[number as usize] = part.one_debt();
            left -= part;
        }
    }
    let pairs: Vec<(u32, u32)> = debts.iter().map(|debt| (debt.from, debt.to)).collect();
    prices::lift(&mut prices, &component, &pairs);
    Clearing { set_off, prices }
}

/// The debts by day, debtor, creditor and amount.
fn in_order(debts: &[Debt]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..debts.len() as u32).collect();
    order.sort_unstable_by_key(|number| {
        let debt = &debts[*number as usize];
        (debt.day, debt.from, debt.to, debt.amount, *number)
    });
    order
}

/// Sets the greatest possible total off, and gives the prices that prove it. What arcs of one pair get between them goes
/// to the first of them.
fn most<N: Whole>(members: usize, arcs: &mut [Arc<N>]) -> Vec<i64> {
    let mut by_pair: Vec<u32> = (0..arcs.len() as u32).collect();
    by_pair.sort_unstable_by_key(|arc| (arcs[*arc as usize].tail, arcs[*arc as usize].head, *arc));
    let mut edges: Vec<Edge<N>> = Vec::with_capacity(arcs.len());
    for &number in &by_pair {
        let Arc { tail, head, amount, .. } = arcs[number as usize];
        match edges.last_mut().filter(|edge| (edge.tail, edge.head) == (tail, head)) {
            Some(edge) => edge.ahead += amount,
            None => edges.push(Edge { tail, head, ahead: amount, back: N::default(), cost: -1 }),
        }
    }
    let prices = cheapest(members, &mut edges, 8);
    let mut edges = edges.into_iter();
    let mut edge: Option<Edge<N>> = None;
    for number in by_pair {
        let arc = &mut arcs[number as usize];
        if edge.is_none_or(|edge| (edge.tail, edge.head) != (arc.tail, arc.head)) {
            edge = edges.next();
        }
        if let Some(edge) = &mut edge {
            arc.flow = edge.back.min(arc.amount);
            edge.back -= arc.flow;
        }
    }
    prices
}

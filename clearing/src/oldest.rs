//! Which of the greatest set-offs is taken: the oldest debts first, and then a rule that leaves one only.

use crate::face::Face;
use crate::whole::Whole;

/// Settles all that is left to choose, by these questions, each among what the ones before it have left:
///
/// 1. For each day, from the oldest: the greatest total on the debts of this day.
/// 2. The debts stand in the order of day, debtor and creditor, and are numbered from 0 in binary digits, all with as
///    many digits as the last one has. For each digit, from the first: the greatest total on the debts that have 0 there.
/// 3. For each debt, in their order: as much of it as possible.
///
/// The arcs have to be in that order; `day` is theirs, `rank` their number. `tell` hears before each question how many are
/// free at most.
pub(crate) fn settle<N: Whole>(
    face: &mut Face<N>,
    day: &[i64],
    rank: &[u32],
    numbered: u32,
    tell: &mut dyn FnMut(usize),
) {
    let mut begin = 0;
    while let Some(next) = day.get(begin) {
        // Arcs are in the order of their days.
        let end = begin + day[begin..].partition_point(|day| day == next);
        let of_the_day = begin as u32..end as u32;
        if face.has_free(of_the_day.clone()) {
            tell(face.left());
            face.most_on_few(of_the_day);
        }
        begin = end;
    }
    face.tidy();
    for digit in (0..u32::BITS - numbered.saturating_sub(1).leading_zeros()).rev() {
        tell(face.free.len());
        face.most_on(|arc| rank[arc as usize] >> digit & 1 == 0);
    }
    while !face.free.is_empty() {
        tell(face.free.len());
        // The first of each island: what is done on one of them changes nothing on another.
        let islands = face.islands();
        let mut seen = vec![false; islands.iter().max().map_or(0, |last| *last as usize + 1)];
        let mut firsts = Vec::new();
        for (arc, island) in face.free.iter().zip(islands) {
            if !std::mem::replace(&mut seen[island as usize], true) {
                firsts.push(*arc);
            }
        }
        face.most_on(|arc| firsts.binary_search(&arc).is_ok());
        // Nothing that was asked for can be free still; should it ever be, asking again would not end.
        face.free.retain(|arc| firsts.binary_search(arc).is_err());
    }
}

//! Whether the oldest come first: question by question, that nothing better goes round in what the questions before have
//! left.

use std::collections::VecDeque;

use super::Fault;
use crate::Debt;

/// How many ways are looked at before it is given up. Ordinary networks of 100,000 members need a tenth of that.
const PATIENCE: u64 = 5_000_000_000;

/// Debts of one pair and one day, as one.
struct Group {
    day: i64,
    from: u32,
    to: u32,
    /// Some of it is not set off.
    more: bool,
    /// Some of it is set off.
    less: bool,
    /// The first debt of it that is not wholly set off, or the first.
    debt: usize,
}

/// Whether the rule holds; `false` if it was given up.
pub(super) fn hold(debts: &[Debt], set_off: &[i64], prices: &[i64]) -> Result<bool, Fault> {
    let groups = grouped(debts, set_off)?;
    let mut questions = Questions { groups: &groups, left: Vec::new(), members: prices.len(), looked: 0 };
    questions.left = (0..groups.len())
        .filter(|group| {
            i128::from(prices[groups[*group].from as usize]) - i128::from(prices[groups[*group].to as usize]) == 1
        })
        .collect();
    questions.trim();
    let mut day = None;
    loop {
        let next = questions.left.iter().map(|group| groups[*group].day).filter(|other| Some(*other) > day).min();
        let Some(next) = next else { break };
        if !questions.ask(|group| groups[group].day == next)? {
            return Ok(false);
        }
        day = Some(next);
    }
    let digits = usize::BITS - groups.len().saturating_sub(1).leading_zeros();
    for digit in (0..digits).rev() {
        if !questions.ask(|group| group >> digit & 1 == 0)? {
            return Ok(false);
        }
    }
    while let Some(&first) = questions.left.first() {
        if !questions.ask(|group| group == first)? {
            return Ok(false);
        }
        questions.left.retain(|group| *group != first);
    }
    Ok(true)
}

fn grouped(debts: &[Debt], set_off: &[i64]) -> Result<Vec<Group>, Fault> {
    let mut order: Vec<usize> = (0..debts.len()).collect();
    order.sort_by_key(|number| {
        let debt = &debts[*number];
        (debt.day, debt.from, debt.to, debt.amount, *number)
    });
    let mut groups: Vec<Group> = Vec::new();
    for number in order {
        let (debt, sum) = (&debts[number], set_off[number]);
        let (more, less) = (sum < debt.amount, sum > 0);
        match groups.last_mut() {
            Some(group) if (group.day, group.from, group.to) == (debt.day, debt.from, debt.to) => {
                if group.more && less {
                    return Err(Fault::SmallerFirst { debt: number });
                }
                if more && !group.more {
                    group.debt = number;
                }
                group.more |= more;
                group.less |= less;
            }
            _ => groups.push(Group { day: debt.day, from: debt.from, to: debt.to, more, less, debt: number }),
        }
    }
    Ok(groups)
}

struct Questions<'a> {
    groups: &'a [Group],
    /// Those of which more or less could be set off, by all that was asked.
    left: Vec<usize>,
    members: usize,
    looked: u64,
}

impl Questions<'_> {
    /// Whether the total on the wanted ones is the greatest; then keeps what can change without making it less. `Ok(false)`
    /// if it was given up.
    ///
    /// A member's height is the greatest gain with which one gets to them, going ahead where more can be set off and back
    /// where less can. If it grows without an end, something better goes round.
    fn ask(&mut self, wanted: impl Fn(usize) -> bool) -> Result<bool, Fault> {
        if !self.left.iter().any(|group| wanted(*group)) {
            return Ok(true);
        }
        let ways = self.ways();
        let mut height = vec![0i64; self.members];
        let mut waits = vec![true; self.members];
        let mut queue: VecDeque<usize> = (0..self.members).filter(|member| !ways[*member].is_empty()).collect();
        while let Some(member) = queue.pop_front() {
            waits[member] = false;
            for &(group, to, ahead) in &ways[member] {
                self.looked += 1;
                let gain = if !wanted(group) {
                    0
                } else if ahead {
                    1
                } else {
                    -1
                };
                let higher = height[member] + gain;
                if higher > height[to] {
                    if higher > self.members as i64 {
                        let other = self.left.iter().find(|group| wanted(**group) && self.groups[**group].more);
                        return Err(Fault::OlderFirst { debt: self.groups[*other.unwrap_or(&group)].debt });
                    }
                    height[to] = higher;
                    if !std::mem::replace(&mut waits[to], true) {
                        queue.push_back(to);
                    }
                }
            }
            if self.looked > PATIENCE {
                return Ok(false);
            }
        }
        let groups = self.groups;
        self.left.retain(|group| {
            let Group { from, to, .. } = groups[*group];
            height[to as usize] - height[from as usize] == i64::from(wanted(*group))
        });
        self.trim();
        Ok(true)
    }

    /// Where one gets from each member: by which group, to whom, and whether ahead.
    fn ways(&self) -> Vec<Vec<(usize, usize, bool)>> {
        let mut ways = vec![Vec::new(); self.members];
        for &number in &self.left {
            let group = &self.groups[number];
            if group.more {
                ways[group.from as usize].push((number, group.to as usize, true));
            }
            if group.less {
                ways[group.to as usize].push((number, group.from as usize, false));
            }
        }
        ways
    }

    /// Leaves out what nothing can go round on: it joins members of whom one can't be got to from the other, or it hangs
    /// at one end like a leaf.
    fn trim(&mut self) {
        let part = self.parts();
        let groups = self.groups;
        self.left.retain(|group| part[groups[*group].from as usize] == part[groups[*group].to as usize]);
        let mut at = vec![Vec::new(); self.members];
        for (place, &group) in self.left.iter().enumerate() {
            at[groups[group].from as usize].push(place);
            at[groups[group].to as usize].push(place);
        }
        let mut kept = vec![true; self.left.len()];
        let mut degree: Vec<usize> = at.iter().map(Vec::len).collect();
        let mut leaves: Vec<usize> = (0..self.members).filter(|member| degree[*member] == 1).collect();
        while let Some(leaf) = leaves.pop() {
            let Some(&place) = at[leaf].iter().find(|place| kept[**place]) else { continue };
            kept[place] = false;
            let Group { from, to, .. } = groups[self.left[place]];
            for member in [from as usize, to as usize] {
                degree[member] -= 1;
                if degree[member] == 1 {
                    leaves.push(member);
                }
            }
        }
        let mut kept = kept.into_iter();
        self.left.retain(|_| kept.next() == Some(true));
    }

    /// Which members can get to each other, by Kosaraju's two searches.
    fn parts(&self) -> Vec<usize> {
        let ways = self.ways();
        let mut back = vec![Vec::new(); self.members];
        for (member, ways) in ways.iter().enumerate() {
            for &(_, to, _) in ways {
                back[to].push(member);
            }
        }
        let mut seen = vec![false; self.members];
        let mut finished = Vec::with_capacity(self.members);
        for start in 0..self.members {
            let mut path = vec![(start, 0)];
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            while let Some((member, next)) = path.last_mut() {
                match ways[*member].get(*next) {
                    Some(&(_, to, _)) => {
                        *next += 1;
                        if !std::mem::replace(&mut seen[to], true) {
                            path.push((to, 0));
                        }
                    }
                    None => {
                        finished.push(*member);
                        path.pop();
                    }
                }
            }
        }
        let mut part = vec![usize::MAX; self.members];
        for start in finished.into_iter().rev() {
            let mut reached = vec![start];
            while let Some(member) = reached.pop() {
                if part[member] == usize::MAX {
                    part[member] = start;
                    reached.extend(back[member].iter().filter(|other| part[**other] == usize::MAX));
                }
            }
        }
        part
    }
}

//! A question about a few debts, answered where they are: the flow is moved on the shortest ways round them, and the rest of
//! the network is not looked at.
//!
//! The wanted arcs get their cost one after the other. Nothing has a reduced cost below zero before, and so nothing has
//! but this arc. As long as it has room and would gain by it, a way back from its head to its tail is looked for that costs
//! nothing, from both ends at once. Where there is one, flow is moved round. Where there is none, one of the two ends is
//! closed in: a price of 1 for all that is reached from there makes up for the gain. It is the end at which less was
//! reached, so what is cut off costs as much work as the smaller part has arcs.
//!
//! After the question, arcs with a reduced cost are fixed: they are those of the day, and those at the edge of what was
//! closed in. What lies on no cycle any more without such a cost is left as it is until it is worth looking for that.

use std::ops::Range;

use crate::arcs::Grouped;
use crate::face::Arc;
use crate::whole::Whole;

/// One direction of an arc, at the node that it leads away from.
#[derive(Clone, Copy, Default)]
struct Half<N> {
    to: u32,
    mate: u32,
    room: N,
    /// What it costs in the question that is asked, or [`FIXED`].
    cost: i32,
}

/// So much that no price makes up for it: these change by no more than 1 for each arc.
const FIXED: i32 = 1 << 30;

/// What is free, while questions are asked of it. Arcs go by their place in the list of those that were free at first.
pub(crate) struct Nearby<N> {
    first: Vec<u32>,
    half: Vec<Half<N>>,
    /// The half ahead of each arc.
    ahead: Vec<u32>,
    /// How many are free still.
    free: usize,
    price: Vec<i32>,
    /// Where there is a price, or was one.
    priced: Vec<u32>,
    /// In which search a node was reached, and from which end.
    reached: Vec<u32>,
    /// The half by which it was.
    by: Vec<u32>,
    searches: u32,
    /// What was reached from each end.
    from: [Vec<u32>; 2],
    /// How many halves were looked at.
    looked: usize,
}

/// What comes of a search: the half at which both ends meet, or the end that is closed in.
enum Found {
    Way(u32),
    Closed(usize),
}

/// The ends of a search.
const HEAD: usize = 0;
const TAIL: usize = 1;

impl<N: Whole> Nearby<N> {
    /// `ends` are the tails and heads of these arcs, by numbers below `nodes`.
    pub(crate) fn new<'a>(nodes: usize, ends: &[(u32, u32)], arcs: impl Iterator<Item = &'a Arc<N>>) -> Self
    where
        N: 'a,
    {
        let halves = Grouped::by_node(nodes, |put| {
            for (arc, &(tail, head)) in ends.iter().enumerate() {
                put(tail, 2 * arc as u32);
                put(head, 2 * arc as u32 + 1);
            }
        });
        let mut place = vec![0; halves.list.len()];
        for (here, &half) in halves.list.iter().enumerate() {
            place[half as usize] = here as u32;
        }
        let mut half = vec![Half::default(); place.len()];
        for ((&(tail, head), arc), places) in ends.iter().zip(arcs).zip(place.chunks_exact(2)) {
            let (ahead, back) = (places[0], places[1]);
            half[ahead as usize] = Half { to: head, mate: back, room: arc.amount - arc.flow, cost: 0 };
            half[back as usize] = Half { to: tail, mate: ahead, room: arc.flow, cost: 0 };
        }
        Self {
            first: halves.first,
            half,
            ahead: place.into_iter().step_by(2).collect(),
            free: ends.len(),
            price: vec![0; nodes],
            priced: Vec::new(),
            reached: vec![0; nodes],
            by: vec![0; nodes],
            searches: 0,
            from: [Vec::new(), Vec::new()],
            looked: 0,
        }
    }

    pub(crate) fn free(&self) -> usize {
        self.free
    }

    pub(crate) fn is_free(&self, arc: usize) -> bool {
        self.half[self.ahead[arc] as usize].cost != FIXED
    }

    pub(crate) fn flow(&self, arc: usize) -> N {
        self.half[self.half[self.ahead[arc] as usize].mate as usize].room
    }

    /// Whether so much was looked at that it pays to take out what lies on no cycle.
    pub(crate) fn is_worn(&self) -> bool {
        const WORN: usize = 4;
        self.looked > WORN * self.free
    }

    /// Of all that is left to choose, keeps what has the greatest total on these arcs. Returns whether that was done: it is
    /// given up where ways round are so long that too much would have to be looked at. Then some flow was moved, but all
    /// that could be chosen before still can.
    pub(crate) fn most_on(&mut self, wanted: Range<usize>) -> bool {
        let wanted: Vec<usize> = wanted.filter(|arc| self.is_free(*arc)).collect();
        let before = self.looked;
        let done = wanted.iter().enumerate().all(|(number, arc)| {
            self.set_cost(*arc, -1);
            self.fill(*arc, before + self.patience(number, wanted.len()))
        });
        if done {
            self.fix_what_costs(&wanted);
        }
        for arc in wanted.into_iter().filter(|arc| self.is_free(*arc)).collect::<Vec<_>>() {
            self.set_cost(arc, 0);
        }
        for node in self.priced.drain(..) {
            self.price[node as usize] = 0;
        }
        done
    }

    /// How much may have been looked at when so many of the wanted arcs are done: twenty times what there is for all of them,
    /// and half of what there is from the start. To ask the whole network costs about as much.
    fn patience(&self, done: usize, wanted: usize) -> usize {
        const ALL: usize = 20;
        let ends = 2 * self.free;
        ends / 4 + ALL * self.free * (done + 1) / wanted
    }

    fn set_cost(&mut self, arc: usize, cost: i32) {
        let ahead = self.ahead[arc] as usize;
        let back = self.half[ahead].mate as usize;
        (self.half[ahead].cost, self.half[back].cost) = (cost, if cost == FIXED { FIXED } else { -cost });
    }

    /// Lets as much as possible flow on an arc, or finds a price for which no more has to. Returns `false` if that would
    /// need a look at more than the limit.
    fn fill(&mut self, arc: usize, limit: usize) -> bool {
        let here = self.ahead[arc] as usize;
        let (tail, head) = (self.half[self.half[here].mate as usize].to, self.half[here].to);
        while self.half[here].room.is_positive() && self.price[tail as usize] == self.price[head as usize] {
            match self.search(head, tail) {
                Found::Way(middle) => self.move_round(here as u32, middle),
                Found::Closed(end) => self.set_prices(end),
            }
            if self.looked > limit {
                return false;
            }
        }
        true
    }

    /// Looks from the head for what can be flowed to, and from the tail for what can flow to it, on ways that cost nothing,
    /// until both meet. The end at which less was looked at goes on.
    fn search(&mut self, head: u32, tail: u32) -> Found {
        self.searches += 2;
        let mark = [self.searches, self.searches + 1];
        for (end, node) in [(HEAD, head), (TAIL, tail)] {
            self.from[end].clear();
            self.from[end].push(node);
            self.reached[node as usize] = mark[end];
        }
        let (mut next, mut looked) = ([0, 0], [0, 0]);
        loop {
            let end = if looked[HEAD] <= looked[TAIL] { HEAD } else { TAIL };
            let Some(&node) = self.from[end].get(next[end]) else {
                self.looked += looked[HEAD] + looked[TAIL];
                return Found::Closed(end);
            };
            next[end] += 1;
            let halves = self.halves_of(node);
            looked[end] += halves.len();
            for here in halves {
                let Half { to, mate, room, cost } = self.half[here];
                let known = self.reached[to as usize];
                if known == mark[end] || cost + self.price[node as usize] != self.price[to as usize] {
                    continue;
                }
                let (way, room) = if end == HEAD { (here as u32, room) } else { (mate, self.half[mate as usize].room) };
                if !room.is_positive() {
                    continue;
                }
                if known == mark[1 - end] {
                    self.looked += looked[HEAD] + looked[TAIL];
                    return Found::Way(way);
                }
                self.reached[to as usize] = mark[end];
                self.by[to as usize] = way;
                self.from[end].push(to);
            }
        }
    }

    /// Moves as much as possible along an arc, and on from its head by the half where both ends met, back to its tail.
    fn move_round(&mut self, arc: u32, middle: u32) {
        let back_of = |half: &[Half<N>], here: u32| half[half[here as usize].mate as usize].to;
        let (head, tail) = (self.half[arc as usize].to, back_of(&self.half, arc));
        let mut round = vec![arc, middle];
        let mut node = back_of(&self.half, middle);
        while node != head {
            round.push(self.by[node as usize]);
            node = back_of(&self.half, self.by[node as usize]);
        }
        node = self.half[middle as usize].to;
        while node != tail {
            round.push(self.by[node as usize]);
            node = self.half[self.by[node as usize] as usize].to;
        }
        let moved = round.iter().map(|here| self.half[*here as usize].room).min().unwrap_or_default();
        for here in round {
            let mate = self.half[here as usize].mate;
            self.half[here as usize].room -= moved;
            self.half[mate as usize].room += moved;
        }
    }

    /// Lowers the price of all that is closed in at the head, or raises that of all at the tail.
    fn set_prices(&mut self, end: usize) {
        for &node in &self.from[end] {
            if self.price[node as usize] == 0 {
                self.priced.push(node);
            }
            self.price[node as usize] += if end == HEAD { -1 } else { 1 };
        }
    }

    /// What has a reduced cost is fixed. It is one of those that were asked for, or has a price at one end.
    fn fix_what_costs(&mut self, wanted: &[usize]) {
        let mut costs: Vec<u32> = wanted.iter().map(|arc| self.ahead[*arc]).collect();
        for &node in &self.priced {
            let halves = self.halves_of(node);
            self.looked += halves.len();
            costs.extend(halves.map(|here| here as u32));
        }
        costs.retain(|here| {
            let Half { to, mate, cost, .. } = self.half[*here as usize];
            let from = self.half[mate as usize].to;
            cost + self.price[from as usize] != self.price[to as usize]
        });
        for here in costs {
            let mate = self.half[here as usize].mate as usize;
            if self.half[mate].cost != FIXED {
                self.free -= 1;
                (self.half[here as usize].cost, self.half[mate].cost) = (FIXED, FIXED);
            }
        }
    }

    fn halves_of(&self, node: u32) -> Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }
}

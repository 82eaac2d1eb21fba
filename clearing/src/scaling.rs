//! Circulations of least cost, exactly: cost scaling (Goldberg and Tarjan 1990), by pushing along short paths (Goldberg
//! 2008), and with a stop as soon as the prices can be rounded.
//!
//! A *price* is kept for each node. The *reduced cost* of an edge is its cost, plus the price at its tail, minus that at
//! its head. A circulation is cheapest if there are prices by which no edge with room left has a reduced cost below zero;
//! it is cheapest but for ε if none has one below −ε. Scaling goes from a large ε to smaller ones. Prices are multiples of
//! a small unit, so that ε can be a fraction of the costs, which are whole.
//!
//! **Rounding.** Take a number θ between 0 and 1, add it to all prices, and cut off their fractions. Where no edge with
//! room is below zero after that, the circulation is cheapest, and the whole prices prove it. If ε is smaller than one
//! part in as many as there are nodes, such a θ exists: the fractions leave a gap that is wider than ε. It is looked for
//! after each step, because networks of debts have one long before, at an ε of a hundredth or so.

use std::collections::VecDeque;

use crate::arcs::Grouped;
use crate::whole::Whole;

/// Where something can flow from tail to head, and back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge<N> {
    pub(crate) tail: u32,
    pub(crate) head: u32,
    /// How much more can flow ahead.
    pub(crate) ahead: N,
    /// How much of what flows can be taken back.
    pub(crate) back: N,
    /// What it costs to let 1 flow ahead.
    pub(crate) cost: i32,
}

/// One direction of an edge, at the node that it leads away from.
#[derive(Clone, Copy, Default)]
struct Half<N> {
    to: u32,
    mate: u32,
    room: N,
}

/// Moves the flow of the edges to a cheapest one, and gives whole prices that prove it: for whichever direction has room,
/// `cost + price[tail] - price[head]` is at least 0.
///
/// Every circulation is bounded here, because edges have bounds. The first ε is a cost of 1 divided by `first`: the larger
/// that is, the fewer steps are made, and the more work is one of them.
pub(crate) fn cheapest<N: Whole>(nodes: usize, edges: &mut [Edge<N>], first: i64) -> Vec<i64> {
    /// By so much smaller is each ε than the one before.
    const STEP: i64 = 16;
    let mut scaling = Scaling::new(nodes, edges);
    let mut epsilon = scaling.one / first.min(scaling.one);
    let prices = loop {
        epsilon = scaling.refine(epsilon);
        let (shift, left) = scaling.best_shift();
        if left == 0 || epsilon == 1 {
            break scaling.price.iter().map(|price| (price + shift).div_euclid(scaling.one)).collect();
        }
        epsilon = (epsilon / STEP).max(1);
    };
    for (edge, &place) in edges.iter_mut().zip(&scaling.place) {
        let half = scaling.half[place as usize];
        (edge.ahead, edge.back) = (half.room, scaling.half[half.mate as usize].room);
    }
    prices
}

struct Scaling<N> {
    /// A cost of 1, in units of the prices: a power of two above the number of nodes.
    one: i64,
    first: Vec<u32>,
    half: Vec<Half<N>>,
    /// The cost of each half, in units of the prices.
    cost: Vec<i64>,
    /// Where each edge's half ahead stands.
    place: Vec<u32>,
    price: Vec<i64>,
    /// What has come into a node and not left it yet.
    excess: Vec<N>,
    /// The half from which a node looks on for a way out.
    current: Vec<u32>,
    active: VecDeque<u32>,
    distances: Distances,
}

impl<N: Whole> Scaling<N> {
    fn new(nodes: usize, edges: &[Edge<N>]) -> Self {
        let one = 1i64 << (usize::BITS - nodes.leading_zeros()).max(7);
        let ends = Grouped::by_node(nodes, |put| {
            for (number, edge) in edges.iter().enumerate() {
                put(edge.tail, 2 * number as u32);
                put(edge.head, 2 * number as u32 + 1);
            }
        });
        let mut places = vec![0u32; 2 * edges.len()];
        for (place, &end) in ends.list.iter().enumerate() {
            places[end as usize] = place as u32;
        }
        let half_of = |end: u32| {
            let edge = &edges[end as usize / 2];
            let mate = places[(end ^ 1) as usize];
            if end.is_multiple_of(2) {
                Half { to: edge.head, mate, room: edge.ahead }
            } else {
                Half { to: edge.tail, mate, room: edge.back }
            }
        };
        let cost_of = |end: u32| {
            let cost = i64::from(edges[end as usize / 2].cost) * one;
            if end.is_multiple_of(2) { cost } else { -cost }
        };
        Self {
            one,
            half: ends.list.iter().map(|end| half_of(*end)).collect(),
            cost: ends.list.iter().map(|end| cost_of(*end)).collect(),
            place: places.into_iter().step_by(2).collect(),
            first: ends.first,
            price: vec![0; nodes],
            excess: vec![N::default(); nodes],
            current: vec![0; nodes],
            active: VecDeque::new(),
            distances: Distances::new(nodes),
        }
    }

    fn nodes(&self) -> usize {
        self.price.len()
    }

    fn halves_of(&self, node: usize) -> std::ops::Range<usize> {
        self.first[node] as usize..self.first[node + 1] as usize
    }

    /// Makes the circulation cheapest but for ε. Returns the ε that was reached: it becomes larger where distances, which
    /// are counted in it, would be too long.
    fn refine(&mut self, mut epsilon: i64) -> i64 {
        const WIDER: i64 = 8;
        self.fill_what_pays();
        let mut too_far = self.lower_all(epsilon);
        self.active.clear();
        let active = (0..self.nodes()).filter(|node| self.excess[*node].is_positive());
        self.active.extend(active.map(|node| node as u32));
        let mut lowered = 0;
        while let Some(&node) = self.active.front() {
            if !self.excess[node as usize].is_positive() {
                self.active.pop_front();
            } else if too_far || lowered > self.nodes() {
                // What is cheapest but for ε is so for a larger one.
                if too_far && epsilon < self.one * i64::from(Distances::FAR) {
                    epsilon *= WIDER;
                }
                lowered = 0;
                too_far = self.lower_all(epsilon) && epsilon < self.one * i64::from(Distances::FAR);
            } else {
                lowered += self.push_from(node as usize, epsilon);
            }
        }
        epsilon
    }

    /// Whatever has a reduced cost below zero is filled.
    fn fill_what_pays(&mut self) {
        for node in 0..self.nodes() {
            for here in self.halves_of(node) {
                let Half { to, mate, room } = self.half[here];
                if room.is_positive() && self.price[node] + self.cost[here] < self.price[to as usize] {
                    self.half[here].room = N::default();
                    self.half[mate as usize].room += room;
                    self.excess[node] -= room;
                    self.excess[to as usize] += room;
                }
            }
        }
    }

    /// Finds a path of a few steps, each of them below zero, lowering prices where there is none, and pushes along it.
    /// Returns how many prices were lowered.
    fn push_from(&mut self, start: usize, epsilon: i64) -> usize {
        const LONGEST: usize = 4;
        let mut path = [0usize; LONGEST];
        let (mut length, mut tip, mut lowered) = (0, start, 0);
        while length < LONGEST && !self.excess[tip].is_negative() {
            if let Some(way) = self.way_out(tip) {
                path[length] = way;
                length += 1;
                tip = self.half[way].to as usize;
                continue;
            }
            self.lower(tip, epsilon);
            lowered += 1;
            if length > 0 {
                length -= 1;
                tip = self.half[self.half[path[length]].mate as usize].to as usize;
            }
        }
        let mut node = start;
        for &here in &path[..length] {
            let Half { to, mate, room } = self.half[here];
            let pushed = room.min(self.excess[node]);
            self.half[here].room -= pushed;
            self.half[mate as usize].room += pushed;
            self.excess[node] -= pushed;
            let was_active = self.excess[to as usize].is_positive();
            self.excess[to as usize] += pushed;
            if !was_active && self.excess[to as usize].is_positive() {
                self.active.push_back(to);
            }
            node = to as usize;
        }
        lowered
    }

    /// A half at this node that has room and a reduced cost below zero.
    fn way_out(&mut self, node: usize) -> Option<usize> {
        let price = self.price[node];
        let end = self.first[node + 1] as usize;
        let is_open = |here: &usize| {
            self.half[*here].room.is_positive() && price + self.cost[*here] < self.price[self.half[*here].to as usize]
        };
        let found = (self.current[node] as usize..end).find(is_open);
        self.current[node] = found.unwrap_or(end) as u32;
        found
    }

    /// Lowers the price of a node without a way out by as much as is allowed: then it has one.
    fn lower(&mut self, node: usize, epsilon: i64) {
        let open = self.halves_of(node).filter(|here| self.half[*here].room.is_positive());
        let best = open.map(|here| self.price[self.half[here].to as usize] - self.cost[here]).max();
        // A node with something to push on has somewhere to push it, if only back to where it came from.
        self.price[node] = best.unwrap_or(self.price[node]) - epsilon;
        self.current[node] = self.first[node];
    }

    /// Lowers all prices by the distance to the next node that lacks something, so that what is pushed goes there. Returns
    /// whether that is too far away for some.
    fn lower_all(&mut self, epsilon: i64) -> bool {
        // ε is a power of two, as `one` and all that it is divided by or multiplied with.
        debug_assert!(epsilon.count_ones() == 1);
        let digits = epsilon.trailing_zeros();
        let Distances { known, heap } = &mut self.distances;
        known.fill(Distances::FAR);
        let mut waiting = 0;
        for (node, excess) in self.excess.iter().enumerate() {
            if excess.is_negative() {
                known[node] = 0;
                heap.push(0, node as u32);
            }
            waiting += usize::from(excess.is_positive());
        }
        let mut farthest = 0;
        while waiting > 0
            && let Some((distance, node)) = heap.pop()
        {
            let v = node as usize;
            if known[v] != distance {
                continue;
            }
            farthest = distance;
            known[v] = distance | Distances::DONE;
            waiting -= usize::from(self.excess[v].is_positive());
            for here in self.first[v] as usize..self.first[v + 1] as usize {
                let Half { to, mate, .. } = self.half[here];
                let before = known[to as usize];
                if before & Distances::DONE != 0 || before <= distance {
                    continue;
                }
                // What leads here has the opposite cost of what leads there.
                let reduced = self.price[to as usize] - self.cost[here] - self.price[v];
                let step =
                    if reduced < 0 { 0 } else { ((reduced >> digits) + 1).min(i64::from(Distances::FAR)) as u32 };
                let there = distance + step;
                if there < before && there < Distances::FAR && self.half[mate as usize].room.is_positive() {
                    known[to as usize] = there;
                    heap.push(there, to);
                }
            }
        }
        if waiting > 0 {
            farthest = heap.end();
        }
        heap.clear();
        for (price, known) in self.price.iter_mut().zip(known.iter()) {
            let done = known & Distances::DONE != 0;
            *price -= i64::from(if done { known & !Distances::DONE } else { farthest }) * epsilon;
        }
        self.current.copy_from_slice(&self.first[..self.price.len()]);
        waiting > 0
    }

    /// The shift of the prices after which the fewest edges are below zero when fractions are cut off; and how many are.
    fn best_shift(&self) -> (i64, i64) {
        let mut changes = vec![0i64; self.one as usize + 1];
        for node in 0..self.nodes() {
            for here in self.halves_of(node) {
                let half = self.half[here];
                let head = self.price[half.to as usize];
                let below = head - self.cost[here] - self.price[node];
                if below > 0 && half.room.is_positive() {
                    // It is below zero for all shifts that bring the head, but not the tail, over a whole number.
                    let from = (-head).rem_euclid(self.one);
                    let to = from + below.min(self.one);
                    changes[from as usize] += 1;
                    changes[to.min(self.one) as usize] -= 1;
                    if to > self.one {
                        changes[0] += 1;
                        changes[(to - self.one) as usize] -= 1;
                    }
                }
            }
        }
        let mut left = 0;
        let counted = (0..self.one).map(|shift| {
            left += changes[shift as usize];
            (left, shift)
        });
        counted.min().map_or((0, 0), |(left, shift)| (shift, left))
    }
}

/// How far nodes are from those that lack something, in steps of ε.
struct Distances {
    known: Vec<u32>,
    heap: Buckets,
}

impl Distances {
    /// Farther than is looked. A node that is as far as that gets no lower than the farthest that was reached.
    const FAR: u32 = 1 << 20;
    const DONE: u32 = 1 << 31;

    fn new(nodes: usize) -> Self {
        Self { known: vec![Self::FAR; nodes], heap: Buckets::default() }
    }
}

/// A queue by small whole numbers that are never below the one that was taken last.
#[derive(Default)]
struct Buckets {
    /// The last entry of each bucket, as its place in `entries` plus 1.
    last: Vec<u32>,
    /// A node, and the entry before it in its bucket.
    entries: Vec<(u32, u32)>,
    lowest: usize,
}

impl Buckets {
    fn push(&mut self, number: u32, node: u32) {
        let bucket = number as usize;
        if self.last.len() <= bucket {
            self.last.resize(bucket + 1, 0);
        }
        self.entries.push((node, self.last[bucket]));
        self.last[bucket] = self.entries.len() as u32;
    }

    fn pop(&mut self) -> Option<(u32, u32)> {
        while self.lowest < self.last.len() {
            if let Some(entry) = self.last[self.lowest].checked_sub(1) {
                let (node, before) = self.entries[entry as usize];
                self.last[self.lowest] = before;
                return Some((self.lowest as u32, node));
            }
            self.lowest += 1;
        }
        None
    }

    /// One more than the largest number that there was.
    fn end(&self) -> u32 {
        self.last.len() as u32
    }

    fn clear(&mut self) {
        self.last.clear();
        self.entries.clear();
        self.lowest = 0;
    }
}

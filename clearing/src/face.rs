//! What can still be chosen: all circulations that are equally good by what was asked so far.
//!
//! Each debt is *fixed*, or *free*: it has a part in some cycle along which the flow can be moved without a loss. After
//! each question there are fewer free ones. Those that lie on no cycle are taken out, and where free debts follow each other without a branch,
//! they are one edge: so what remains is small, however large the network is.

use std::ops::Range;

use crate::arcs::Grouped;
use crate::nearby::Nearby;
use crate::parts::{bridges, strong};
use crate::scaling::{Edge, cheapest};
use crate::whole::Whole;

/// A debt, or several of one pair and one day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arc<N> {
    pub(crate) tail: u32,
    pub(crate) head: u32,
    pub(crate) amount: N,
    /// How much of it is set off.
    pub(crate) flow: N,
}

pub(crate) struct Face<N> {
    nodes: usize,
    pub(crate) arcs: Vec<Arc<N>>,
    /// Those that are free, in order.
    pub(crate) free: Vec<u32>,
    /// What is free, while questions about a few arcs are asked of it.
    nearby: Option<Nearby<N>>,
}

const NONE: u32 = u32::MAX;

/// Where only some edges have a cost, fine steps pay: so fine that their prices can nearly always be rounded at once. A second step
/// costs three times what the first has.
const FIRST: i64 = 512;

impl<N: Whole> Face<N> {
    /// `candidates` are those among which the flow can be moved, in order.
    pub(crate) fn new(nodes: usize, arcs: Vec<Arc<N>>, candidates: Vec<u32>) -> Self {
        let mut face = Self { nodes, arcs, free: candidates, nearby: None };
        face.trim();
        face
    }

    /// Of all that is left to choose, keeps what has the greatest total on these arcs.
    pub(crate) fn most_on(&mut self, wanted: impl Fn(u32) -> bool) {
        let count = self.free.iter().filter(|arc| wanted(**arc)).count();
        if count == 0 {
            return;
        }
        let mut chains = self.chains(&wanted);
        let before: Vec<N> = chains.edges.iter().map(|edge| edge.ahead).collect();
        let prices = cheapest(chains.nodes, &mut chains.edges, FIRST);
        self.free.clear();
        for (number, edge) in chains.edges.iter().enumerate() {
            let moved = before[number] - edge.ahead;
            let steps = &chains.steps[chains.first[number] as usize..chains.first[number + 1] as usize];
            for step in steps {
                let arc = &mut self.arcs[step.arc as usize];
                if step.ahead { arc.flow += moved } else { arc.flow -= moved }
            }
            if i64::from(edge.cost) + prices[edge.tail as usize] - prices[edge.head as usize] == 0 {
                self.free.extend(steps.iter().map(|step| step.arc));
            }
        }
        self.free.sort_unstable();
        self.trim();
    }

    /// How many are free at most: after a question about a few arcs, some may lie on no cycle any more.
    pub(crate) fn left(&self) -> usize {
        self.nearby.as_ref().map_or(self.free.len(), Nearby::free)
    }

    /// Whether one of these may be free.
    pub(crate) fn has_free(&self, arcs: Range<u32>) -> bool {
        self.places(&arcs).any(|place| self.nearby.as_ref().is_none_or(|nearby| nearby.is_free(place)))
    }

    /// As [`Self::most_on`], where few of many arcs are asked for: those of this stretch.
    pub(crate) fn most_on_few(&mut self, few: Range<u32>) {
        let mut nearby = match self.nearby.take() {
            Some(nearby) => nearby,
            None => {
                let (nodes, ends) = self.compact();
                Nearby::new(nodes, &ends, self.free.iter().map(|arc| &self.arcs[*arc as usize]))
            }
        };
        let done = nearby.most_on(self.places(&few));
        let worn = nearby.is_worn();
        self.nearby = Some(nearby);
        if !done {
            self.take_over();
            self.most_on(|arc| few.contains(&arc));
        } else if worn {
            self.tidy();
        }
    }

    /// Ends the questions about a few arcs, and takes out what lies on no cycle after them.
    pub(crate) fn tidy(&mut self) {
        self.take_over();
        self.trim();
    }

    /// Takes over what questions about a few arcs have found.
    fn take_over(&mut self) {
        let Some(nearby) = self.nearby.take() else { return };
        for (place, arc) in self.free.iter().enumerate() {
            self.arcs[*arc as usize].flow = nearby.flow(place);
        }
        let mut places = 0..;
        self.free.retain(|_| places.next().is_some_and(|place| nearby.is_free(place)));
    }

    /// Where the free ones of this stretch stand among the free ones.
    fn places(&self, arcs: &Range<u32>) -> Range<usize> {
        self.free.partition_point(|arc| *arc < arcs.start)..self.free.partition_point(|arc| *arc < arcs.end)
    }

    /// Which parts of what is free have nothing to do with each other: a number for each free arc, in their order.
    pub(crate) fn islands(&mut self) -> Vec<u32> {
        let (nodes, ends) = self.compact();
        let both_ways = Grouped::by_node(nodes, |put| {
            for &(tail, head) in &ends {
                put(tail, head);
                put(head, tail);
            }
        });
        let island = strong(&both_ways);
        ends.iter().map(|(tail, _)| island[*tail as usize]).collect()
    }

    /// Numbers the nodes that have a free arc anew, without gaps and in their order, so that neighbours stay near to each
    /// other in memory. Gives their number and the ends of each free arc. Those of the others are of no use any more.
    fn compact(&mut self) -> (usize, Vec<(u32, u32)>) {
        let mut number = vec![NONE; self.nodes];
        for &arc in &self.free {
            let Arc { tail, head, .. } = self.arcs[arc as usize];
            (number[tail as usize], number[head as usize]) = (0, 0);
        }
        let mut nodes = 0;
        for number in number.iter_mut().filter(|number| **number != NONE) {
            *number = nodes;
            nodes += 1;
        }
        let renumbered = |arc: &u32| {
            let Arc { tail, head, .. } = &mut self.arcs[*arc as usize];
            (*tail, *head) = (number[*tail as usize], number[*head as usize]);
            (*tail, *head)
        };
        let ends = self.free.iter().map(renumbered).collect();
        self.nodes = nodes as usize;
        (self.nodes, ends)
    }

    /// Takes out what lies on no cycle along which anything could be moved.
    fn trim(&mut self) {
        let (nodes, ends) = self.compact();
        let with_room = Grouped::by_node(nodes, |put| {
            for (&arc, &(tail, head)) in self.free.iter().zip(&ends) {
                let Arc { amount, flow, .. } = self.arcs[arc as usize];
                if flow < amount {
                    put(tail, head);
                }
                if flow.is_positive() {
                    put(head, tail);
                }
            }
        });
        let component = strong(&with_room);
        let inside = |(tail, head): (u32, u32)| component[tail as usize] == component[head as usize];
        let at = Grouped::by_node(nodes, |put| {
            for (number, &(tail, head)) in ends.iter().enumerate().filter(|(_, ends)| inside(**ends)) {
                put(tail, (number as u32, head));
                put(head, (number as u32, tail));
            }
        });
        let bridge = bridges(&at, ends.len());
        let mut number = 0;
        self.free.retain(|_| {
            number += 1;
            inside(ends[number - 1]) && !bridge[number - 1]
        });
    }

    /// What is free as a small network: free arcs that follow each other without a branch are one edge of it. Its costs
    /// are such that the cheapest circulation has most on the arcs that are wanted.
    fn chains(&mut self, wanted: &impl Fn(u32) -> bool) -> Chains<N> {
        let (nodes, ends) = self.compact();
        let at = Grouped::by_node(nodes, |put| {
            for (number, &(tail, head)) in ends.iter().enumerate() {
                put(tail, (number as u32, head));
                put(head, (number as u32, tail));
            }
        });
        let mut chains = Chains { nodes: 0, edges: Vec::new(), steps: Vec::new(), first: vec![0] };
        let mut taken = vec![false; ends.len()];
        let mut name = vec![NONE; nodes];
        // From where ways branch; and then round the cycles on which none does.
        for branching in [true, false] {
            for node in 0..nodes as u32 {
                if branching && at.at(node).len() == 2 {
                    continue;
                }
                for &(start, _) in at.at(node) {
                    if taken[start as usize] {
                        continue;
                    }
                    let (mut here, mut by) = (node, start);
                    let mut edge = ChainSoFar::default();
                    loop {
                        taken[by as usize] = true;
                        let (tail, head) = ends[by as usize];
                        let ahead = tail == here;
                        let number = self.free[by as usize];
                        edge.add(&self.arcs[number as usize], ahead, wanted(number));
                        chains.steps.push(Step { arc: number, ahead });
                        here = if ahead { head } else { tail };
                        match at.at(here) {
                            &[(one, _), (other, _)] if here != node => by = if one == by { other } else { one },
                            _ => break,
                        }
                    }
                    chains.first.push(chains.steps.len() as u32);
                    let tail = chains.named(&mut name, node);
                    let head = chains.named(&mut name, here);
                    chains.edges.push(Edge { tail, head, ahead: edge.ahead, back: edge.back, cost: edge.cost });
                }
            }
        }
        chains
    }
}

struct Chains<N> {
    nodes: usize,
    edges: Vec<Edge<N>>,
    /// The arcs of each edge: those of edge `e` are `steps[first[e]..first[e + 1]]`.
    steps: Vec<Step>,
    first: Vec<u32>,
}

impl<N> Chains<N> {
    fn named(&mut self, name: &mut [u32], node: u32) -> u32 {
        let name = &mut name[node as usize];
        if *name == NONE {
            *name = self.nodes as u32;
            self.nodes += 1;
        }
        *name
    }
}

/// An arc as part of a chain, which goes along it ahead or back.
#[derive(Clone, Copy)]
struct Step {
    arc: u32,
    ahead: bool,
}

#[derive(Default)]
struct ChainSoFar<N> {
    ahead: N,
    back: N,
    cost: i32,
    begun: bool,
}

impl<N: Whole> ChainSoFar<N> {
    fn add(&mut self, arc: &Arc<N>, along: bool, wanted: bool) {
        let (more, less) = (arc.amount - arc.flow, arc.flow);
        let (ahead, back) = if along { (more, less) } else { (less, more) };
        (self.ahead, self.back) = if self.begun { (self.ahead.min(ahead), self.back.min(back)) } else { (ahead, back) };
        self.begun = true;
        if wanted {
            self.cost += if along { -1 } else { 1 };
        }
    }
}

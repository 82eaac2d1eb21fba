//! The parts of a network in which something can go round: strongly connected components, and bridges.

use crate::arcs::Grouped;

/// The strongly connected component of each node. They are numbered such that whatever leads out of a component leads to
/// one with a smaller number.
///
/// Pearce's form of Tarjan's algorithm, with a stack of its own instead of recursion.
pub(crate) fn strong(graph: &Grouped<u32>) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let nodes = graph.first.len() - 1;
    let mut component = vec![NONE; nodes];
    // The smallest visiting number that is reached from here; 0 is "not visited".
    let mut low = vec![0u32; nodes];
    let mut is_root = vec![true; nodes];
    let (mut waiting, mut calls) = (Vec::new(), Vec::new());
    let (mut visited, mut components) = (0u32, 0u32);
    for start in 0..nodes as u32 {
        if low[start as usize] != 0 {
            continue;
        }
        visited += 1;
        low[start as usize] = visited;
        calls.push((start, graph.first[start as usize]));
        while let Some((node, next)) = calls.last_mut() {
            let v = *node as usize;
            if *next < graph.first[v + 1] {
                let w = graph.list[*next as usize];
                *next += 1;
                if component[w as usize] != NONE {
                    continue;
                }
                if low[w as usize] == 0 {
                    visited += 1;
                    low[w as usize] = visited;
                    calls.push((w, graph.first[w as usize]));
                } else if low[w as usize] < low[v] {
                    low[v] = low[w as usize];
                    is_root[v] = false;
                }
                continue;
            }
            calls.pop();
            if is_root[v] {
                component[v] = components;
                while let Some(&w) = waiting.last().filter(|w| low[**w as usize] >= low[v]) {
                    component[w as usize] = components;
                    waiting.pop();
                }
                components += 1;
            } else {
                waiting.push(v as u32);
            }
            if let Some((caller, _)) = calls.last() {
                let u = *caller as usize;
                if component[v] == NONE && low[v] < low[u] {
                    low[u] = low[v];
                    is_root[u] = false;
                }
            }
        }
    }
    component
}

/// Which edges are bridges: the only way between what they join. `at` has `(edge, the other end)`, each edge at both ends.
pub(crate) fn bridges(at: &Grouped<(u32, u32)>, edges: usize) -> Vec<bool> {
    let nodes = at.first.len() - 1;
    let mut bridge = vec![false; edges];
    let (mut entered, mut low) = (vec![0u32; nodes], vec![0u32; nodes]);
    let mut visited = 0;
    let mut calls: Vec<(u32, u32, u32)> = Vec::new();
    for start in 0..nodes as u32 {
        if entered[start as usize] != 0 {
            continue;
        }
        visited += 1;
        (entered[start as usize], low[start as usize]) = (visited, visited);
        calls.push((start, u32::MAX, at.first[start as usize]));
        while let Some((node, came_by, next)) = calls.last_mut() {
            let (v, by) = (*node as usize, *came_by);
            if *next < at.first[v + 1] {
                let (edge, w) = at.list[*next as usize];
                *next += 1;
                if edge == by {
                    continue;
                }
                if entered[w as usize] == 0 {
                    visited += 1;
                    (entered[w as usize], low[w as usize]) = (visited, visited);
                    calls.push((w, edge, at.first[w as usize]));
                } else {
                    low[v] = low[v].min(entered[w as usize]);
                }
                continue;
            }
            calls.pop();
            if let Some((caller, ..)) = calls.last() {
                let u = *caller as usize;
                low[u] = low[u].min(low[v]);
                if low[v] > entered[u] {
                    bridge[by as usize] = true;
                }
            }
        }
    }
    bridge
}

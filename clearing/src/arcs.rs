//! A network as arrays: who is joined to whom.

/// For each node a stretch of one list: what is at node `v` stands in `list[first[v]..first[v + 1]]`.
pub(crate) struct Grouped<T> {
    pub(crate) first: Vec<u32>,
    pub(crate) list: Vec<T>,
}

impl<T: Copy + Default> Grouped<T> {
    /// Groups `(node, what is there)`; `each` is run twice and has to bring the same both times.
    pub(crate) fn by_node(nodes: usize, each: impl Fn(&mut dyn FnMut(u32, T))) -> Self {
        let mut first = vec![0u32; nodes + 2];
        each(&mut |node, _| first[node as usize + 2] += 1);
        for node in 0..nodes {
            first[node + 2] += first[node + 1];
        }
        let mut list = vec![T::default(); first[nodes + 1] as usize];
        each(&mut |node, what| {
            let place = &mut first[node as usize + 1];
            list[*place as usize] = what;
            *place += 1;
        });
        first.truncate(nodes + 1);
        Self { first, list }
    }

    pub(crate) fn at(&self, node: u32) -> &[T] {
        &self.list[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }
}

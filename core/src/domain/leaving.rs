//! What becomes of commitments when one of their two sides leaves.

use super::commitment::State;

/// What a commitment in this state becomes when its supporter or its receiver leaves; nothing when it has come to rest, and
/// stays in the other side's archive.
///
/// Nobody is left to keep it, or to confirm it. So it counts for neither of the two, and against neither.
pub fn when_one_leaves(state: State) -> Option<State> {
    (!state.is_settled()).then_some(State::Cancelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_not_come_to_rest_is_cancelled() {
        use State::{
            Cancelled, Claimed, Forgiven, Fulfilled, FulfilledLate, Intention, Lapsed, Merged, Obligation, Overdue,
            OverdueClaimed, PassedOn, TakenOver, Withdrawn,
        };
        for state in State::ALL {
            let becomes = match state {
                Intention | Obligation | Claimed | Overdue | OverdueClaimed => Some(Cancelled),
                Fulfilled | FulfilledLate | Withdrawn | Lapsed | Forgiven | Cancelled | Merged | PassedOn
                | TakenOver => None,
            };
            assert_eq!(when_one_leaves(state), becomes, "{state:?}");
        }
    }
}

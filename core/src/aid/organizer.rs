use sea_orm::DbErr;

use super::{Aid, namesakes};
use crate::domain::{Commitment, MemberId, Month, Role, State};
use crate::store::commitment::{Listed, OfMonth, Tallies};
use crate::store::{self, Slice};

/// The lists of the organizer. Each commitment that matters still, or that was fulfilled, stands in one of each side's lists,
/// and in no two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// 👤→👥 my intentions and obligations.
    Mine,
    /// 👥→👤 those in my favour.
    ForMe,
    /// 🤝→👍 what I have done, in time or not, and wait for others to confirm.
    Claimed,
    /// 🤝→👍 what others say they have done, in time or not, and I have to confirm.
    ToConfirm,
    /// ⏳ what I have promised and not done in time.
    Overdue,
    /// ⏳ what others have promised me and not done in time.
    OverdueForMe,
    /// 👍 what I have helped with, confirmed.
    Given,
    /// 👍 what others have helped me with, confirmed.
    Received,
}

impl List {
    /// Every list, in the order of the menu.
    pub const ALL: [List; 8] = [
        List::Mine,
        List::ForMe,
        List::Claimed,
        List::ToConfirm,
        List::Overdue,
        List::OverdueForMe,
        List::Given,
        List::Received,
    ];

    /// Which side of the listed commitments the member is.
    pub fn role(self) -> Role {
        match self {
            List::Mine | List::Claimed | List::Overdue | List::Given => Role::Supporter,
            List::ForMe | List::ToConfirm | List::OverdueForMe | List::Received => Role::Receiver,
        }
    }

    /// The states that belong in the list.
    pub fn states(self) -> &'static [State] {
        match self {
            List::Mine | List::ForMe => &[State::Intention, State::Obligation],
            List::Claimed | List::ToConfirm => &[State::Claimed, State::OverdueClaimed],
            List::Overdue | List::OverdueForMe => &[State::Overdue],
            // What was passed on, or taken over, counts for the one between the two alone: to the others it is what is owed instead.
            List::Given => &[State::Fulfilled, State::FulfilledLate, State::TakenOver],
            List::Received => &[State::Fulfilled, State::FulfilledLate, State::PassedOn],
        }
    }

    /// Whether it may reach back over months, so that each of them is added up.
    pub fn is_of_months(self) -> bool {
        matches!(self, List::Overdue | List::OverdueForMe | List::Given | List::Received)
    }
}

/// How many commitments a member has on each side in each state, and how much they come to.
pub async fn organizer(aid: &Aid<'_>, me: MemberId) -> Result<Tallies, DbErr> {
    store::commitment::tallies(aid.tx, me).await
}

/// A part of one of the lists, the latest month first.
pub async fn listed(aid: &Aid<'_>, me: MemberId, list: List, slice: Slice) -> Result<Vec<Listed>, DbErr> {
    let mut listed = match list.role() {
        Role::Supporter => store::commitment::by_supporter(aid.tx, me, list.states(), slice).await?,
        Role::Receiver => store::commitment::by_receiver(aid.tx, me, list.states(), slice).await?,
    };
    let other = |commitment: &Commitment| match list.role() {
        Role::Supporter => commitment.receiver,
        Role::Receiver => commitment.supporter,
    };
    let named = listed.iter_mut().map(|one| (other(&one.commitment), &mut one.name)).collect();
    namesakes::tell_apart(aid, me, named).await?;
    Ok(listed)
}

/// What each of the months comes to of which there is something among these, also where the rest of it stands on other pages.
pub async fn months(aid: &Aid<'_>, me: MemberId, list: List, these: &[Listed]) -> Result<Vec<OfMonth>, DbErr> {
    let of: Vec<Month> = these.iter().map(|one| one.commitment.month).collect();
    let (Some(first), Some(last)) = (of.iter().min(), of.iter().max()) else { return Ok(Vec::new()) };
    store::commitment::by_month(aid.tx, me, list.role(), list.states(), *first..=*last).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_stands_in_one_list_of_each_side_and_what_came_to_nothing_in_none() {
        for state in State::ALL {
            for role in [Role::Supporter, Role::Receiver] {
                let shown = match (state, role) {
                    (State::PassedOn, role) => role == Role::Receiver,
                    (State::TakenOver, role) => role == Role::Supporter,
                    (state, _) => !state.is_settled() || state.is_fulfilled(),
                };
                let lists = List::ALL.into_iter().filter(|list| list.role() == role && list.states().contains(&state));
                assert_eq!(lists.count(), usize::from(shown), "{state:?} of the {role:?}");
            }
        }
    }
}

use sea_orm::DbErr;

use super::Aid;
use crate::domain::{MemberId, Role, State};
use crate::store::commitment::{Listed, Tallies};
use crate::store::{self, Slice};

/// The lists of the organizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// 👤→👥 my intentions and obligations.
    Mine,
    /// 👥→👤 those in my favour.
    ForMe,
    /// 🤝→👍 what I have done and wait for others to confirm.
    Claimed,
    /// 🤝→👍 what others say they have done, and I have to confirm.
    ToConfirm,
    /// 👍 what I have helped with, confirmed.
    Given,
    /// 👍 what others have helped me with, confirmed.
    Received,
}

impl List {
    /// Every list, in the order of the menu.
    pub const ALL: [List; 6] = [List::Mine, List::ForMe, List::Claimed, List::ToConfirm, List::Given, List::Received];

    /// Which side of the listed commitments the member is.
    pub fn role(self) -> Role {
        match self {
            List::Mine | List::Claimed | List::Given => Role::Supporter,
            List::ForMe | List::ToConfirm | List::Received => Role::Receiver,
        }
    }

    /// The states that belong in the list.
    pub fn states(self) -> &'static [State] {
        match self {
            List::Mine | List::ForMe => &[State::Intention, State::Obligation, State::Overdue],
            List::Claimed | List::ToConfirm => &[State::Claimed, State::OverdueClaimed],
            List::Given | List::Received => &[State::Fulfilled, State::FulfilledLate],
        }
    }
}

/// How many commitments a member has on each side in each state, and how much they come to.
pub async fn organizer(aid: &Aid<'_>, me: MemberId) -> Result<Tallies, DbErr> {
    store::commitment::tallies(aid.tx, me).await
}

/// A part of one of the lists, the newest first.
pub async fn listed(aid: &Aid<'_>, me: MemberId, list: List, slice: Slice) -> Result<Vec<Listed>, DbErr> {
    match list.role() {
        Role::Supporter => store::commitment::by_supporter(aid.tx, me, list.states(), slice).await,
        Role::Receiver => store::commitment::by_receiver(aid.tx, me, list.states(), slice).await,
    }
}

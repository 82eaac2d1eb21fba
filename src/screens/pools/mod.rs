//! Pools: the list, opening one, one of them with its members, invites and cases, and what is asked about there.

mod answering;
mod case;
mod ended;
mod group;
mod invite;
mod join;
mod list;
mod lower;
mod member;
mod members;
mod open;
mod open_case;
mod pool;
mod words;

pub use answering::answer;
pub use case::CaseScreen;
pub use ended::EndedCases;
pub use group::PoolGroup;
pub use invite::PoolInvite;
pub use join::{Join, view_invited};
pub use list::Pools;
pub use lower::LowerCase;
pub use member::Contribution;
pub use members::PoolMembers;
pub use open::OpenPool;
pub use open_case::OpenCase;
pub use pool::PoolScreen;
pub use words::to_answer;

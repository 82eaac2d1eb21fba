use serde::{Deserialize, Serialize};

use super::{CollectionId, CommitmentId, MemberId};

/// What a notice is about: what its choices act on, or lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Member(MemberId),
    Collection(CollectionId),
    Commitment(CommitmentId),
}

impl About {
    /// The short name of its kind, which is stored.
    pub fn kind(self) -> &'static str {
        match self {
            About::Member(_) => "member",
            About::Collection(_) => "collection",
            About::Commitment(_) => "commitment",
        }
    }

    /// The number that is stored.
    pub fn id(self) -> i64 {
        match self {
            About::Member(id) | About::Collection(id) | About::Commitment(id) => id,
        }
    }

    /// What was stored under this kind and this number.
    pub fn stored(kind: Option<&str>, id: Option<i64>) -> Option<About> {
        let all = [About::Member, About::Collection, About::Commitment];
        let id = id?;
        all.into_iter().map(|about| about(id)).find(|about| Some(about.kind()) == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_reads_back() {
        for about in [About::Member(7), About::Collection(7), About::Commitment(7)] {
            assert_eq!(About::stored(Some(about.kind()), Some(about.id())), Some(about));
        }
        for (kind, id) in [(None, Some(7)), (Some("member"), None), (Some("planet"), Some(7)), (None, None)] {
            assert_eq!(About::stored(kind, id), None);
        }
    }
}

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{CaseId, ChainId, CollectionId, CommitmentId, MemberId, PoolId};

/// What a notice is about: what its choices act on, or lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Member(MemberId),
    Collection(CollectionId),
    Commitment(CommitmentId),
    Pool(PoolId),
    Case(CaseId),
    Chain(ChainId),
}

impl About {
    /// The short name of its kind, which is stored.
    fn kind(self) -> &'static str {
        match self {
            About::Member(_) => "member",
            About::Collection(_) => "collection",
            About::Commitment(_) => "commitment",
            About::Pool(_) => "pool",
            About::Case(_) => "case",
            About::Chain(_) => "chain",
        }
    }

    fn id(self) -> i64 {
        match self {
            About::Member(id) => id.number(),
            About::Collection(id) => id.number(),
            About::Commitment(id) => id.number(),
            About::Pool(id) => id.number(),
            About::Case(id) => id.number(),
            About::Chain(id) => id.number(),
        }
    }

    /// What was stored, if anything was that this release knows.
    pub fn stored(text: Option<&str>) -> Option<About> {
        text?.parse().ok()
    }
}

/// As it is stored: `commitment/412`.
impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind(), self.id())
    }
}

/// This text is no name of what a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownAbout;

impl FromStr for About {
    type Err = UnknownAbout;

    fn from_str(text: &str) -> Result<About, UnknownAbout> {
        let (kind, id) = text.split_once('/').ok_or(UnknownAbout)?;
        let all = [
            id.parse().map(About::Member),
            id.parse().map(About::Collection),
            id.parse().map(About::Commitment),
            id.parse().map(About::Pool),
            id.parse().map(About::Case),
            id.parse().map(About::Chain),
        ];
        all.into_iter().flatten().find(|about| about.kind() == kind).ok_or(UnknownAbout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_reads_back() {
        for (about, stored) in [
            (About::Member(MemberId::new(7)), "member/7"),
            (About::Collection(CollectionId::new(7)), "collection/7"),
            (About::Pool(PoolId::new(7)), "pool/7"),
            (About::Case(CaseId::new(7)), "case/7"),
            (About::Chain(ChainId::new(7)), "chain/7"),
            (About::Commitment(CommitmentId::new(i64::MAX)), "commitment/9223372036854775807"),
        ] {
            assert_eq!(about.to_string(), stored);
            assert_eq!(About::stored(Some(stored)), Some(about));
        }
        for stored in [None, Some(""), Some("member"), Some("member/"), Some("member/x"), Some("planet/7"), Some("7")] {
            assert_eq!(About::stored(stored), None, "{stored:?}");
        }
    }
}

//! Green, Orange, Red: what a member's open collections say of their situation.

use serde::Serialize;

use super::kind::CollectionKind;

/// A member's status. It is derived from their open collections and never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// No open collection: can help others, needs nothing now.
    Green,
    /// An open monthly collection: needs help every month, and can still help others.
    Orange,
    /// An open emergency: needs help by a date. The monthly collection is paused meanwhile.
    Red,
}

impl Status {
    /// The status that these open collections of one member make.
    pub fn of(open: impl IntoIterator<Item = CollectionKind>) -> Self {
        open.into_iter().filter_map(CollectionKind::means_status).max().unwrap_or(Self::Green)
    }

    /// The short name used in routes and records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Orange => "orange",
            Self::Red => "red",
        }
    }

    /// The status of a short name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Green, Self::Orange, Self::Red].into_iter().find(|status| status.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::CollectionKind::{Emergency, Monthly};
    use super::*;

    #[test]
    fn the_status_follows_from_the_open_collections() {
        for (open, status) in [
            (vec![], Status::Green),
            (vec![Monthly], Status::Orange),
            (vec![Emergency], Status::Red),
            (vec![Monthly, Emergency], Status::Red),
            (vec![Emergency, Monthly], Status::Red),
        ] {
            assert_eq!(Status::of(open.clone()), status, "{open:?}");
        }
    }

    #[test]
    fn every_status_is_found_by_its_name() {
        for status in [Status::Green, Status::Orange, Status::Red] {
            assert_eq!(Status::parse(status.as_str()), Some(status));
        }
        assert_eq!(Status::parse("blue"), None);
    }
}

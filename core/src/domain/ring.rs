//! How far word of a collection has gone: its rings, each told once.

use serde::{Serialize, Serializer};

use super::collection::{Collection, Update};
use super::event::Event;
use super::refusal::Refusal;
use super::{MemberId, Money};

/// Who has been told of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ring {
    /// Nobody: there was nobody to tell when it opened.
    Nobody,
    /// Those one step away, when it opened.
    Near,
    /// All within two steps.
    Network,
    /// All within three steps.
    Far,
}

impl Ring {
    /// Every ring, from the owner outwards.
    pub const ALL: [Self; 4] = [Self::Nobody, Self::Near, Self::Network, Self::Far];

    /// The number that is stored, which is how many steps it reaches: from 0 to 3.
    pub fn number(self) -> i16 {
        match self {
            Self::Nobody => 0,
            Self::Near => 1,
            Self::Network => 2,
            Self::Far => 3,
        }
    }

    /// The ring of a stored number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|ring| ring.number() == number)
    }

    /// The ring round this one; nothing round the far circle.
    pub fn next(self) -> Option<Self> {
        Self::from_number(self.number() + 1)
    }
}

impl Serialize for Ring {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i16(self.number())
    }
}

/// Lets the owner have a ring told of a collection that still lacks something: the next one, and no wider one.
///
/// Refused: anyone else, an ended collection, when nothing is missing, when this ring knows already.
pub fn tell(collection: &Collection, who: MemberId, ring: Ring, missing: Money) -> Result<Update, Refusal> {
    if who != collection.owner {
        return Err(Refusal::NotYours);
    }
    if collection.ring.next() != Some(ring) {
        return Err(Refusal::Unchanged);
    }
    widen(collection, ring, missing)
}

/// Widens the ring of those who are told of a collection to `ring`.
///
/// Refused: an ended collection, when nothing is missing, when it is as wide already.
pub fn widen(collection: &Collection, ring: Ring, missing: Money) -> Result<Update, Refusal> {
    if !collection.is_open() {
        Err(Refusal::Ended)
    } else if ring <= collection.ring {
        Err(Refusal::Unchanged)
    } else if !missing.is_positive() {
        Err(Refusal::NothingMissing)
    } else {
        Ok(Update {
            collection: Collection { ring, ..collection.clone() },
            event: Event::RingReached {
                collection: collection.id,
                owner: collection.owner,
                kind: collection.kind,
                before: collection.ring,
                ring,
                missing,
                ends_on: collection.ends_on,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::{CollectionId, CollectionKind, Ending};

    const OWNER: MemberId = MemberId::new(1);

    fn collection(ring: Ring) -> Collection {
        Collection {
            id: CollectionId::new(7),
            owner: OWNER,
            kind: CollectionKind::Monthly,
            target: Money::from_minor(50_000),
            opened_at: DateTime::UNIX_EPOCH,
            ends_on: None,
            reached_at: None,
            ended: None,
            ring,
        }
    }

    #[test]
    fn each_ring_is_told_once_while_something_is_missing() {
        let some = Money::from_minor(1);
        let ended = Collection { ended: Some(Ending::Ended), ..collection(Ring::Near) };
        for (collection, who, ring, missing, refused) in [
            (collection(Ring::Nobody), OWNER, Ring::Near, some, None),
            (collection(Ring::Near), OWNER, Ring::Network, some, None),
            (collection(Ring::Network), OWNER, Ring::Far, some, None),
            (collection(Ring::Network), OWNER, Ring::Network, some, Some(Refusal::Unchanged)),
            (collection(Ring::Far), OWNER, Ring::Far, some, Some(Refusal::Unchanged)),
            (collection(Ring::Near), OWNER, Ring::Far, some, Some(Refusal::Unchanged)),
            (collection(Ring::Near), OWNER, Ring::Network, Money::ZERO, Some(Refusal::NothingMissing)),
            (collection(Ring::Near), MemberId::new(2), Ring::Network, some, Some(Refusal::NotYours)),
            (ended, OWNER, Ring::Network, some, Some(Refusal::Ended)),
        ] {
            let told = tell(&collection, who, ring, missing).map(|update| update.collection.ring);
            assert_eq!(told, refused.map_or(Ok(ring), Err), "{collection:?} {who} {ring:?} {missing:?}");
        }
    }

    #[test]
    fn time_passes_over_a_ring_that_the_owner_had_told_before() {
        let some = Money::from_minor(1);
        assert_eq!(widen(&collection(Ring::Network), Ring::Network, some), Err(Refusal::Unchanged));
        assert!(widen(&collection(Ring::Network), Ring::Far, some).is_ok());
        assert!(widen(&collection(Ring::Near), Ring::Far, some).is_ok());
    }

    #[test]
    fn every_ring_is_found_by_its_number() {
        for ring in Ring::ALL {
            assert_eq!(Ring::from_number(ring.number()), Some(ring));
        }
        assert_eq!((Ring::from_number(-1), Ring::from_number(4)), (None, None));
    }
}

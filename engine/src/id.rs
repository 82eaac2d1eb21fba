//! Numbers of what is kept. Each kind of thing has a type of its own for them, so that one can't be given for another.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A person's number. What a bot knows of somebody goes by it as well: one person has one number.
pub type PersonId = Id<Person>;

/// Whose number a [`PersonId`] is.
#[derive(Debug)]
pub enum Person {}

/// The number of an `Of` in the store. In a route, in JSON and in a database it is that number and nothing else.
pub struct Id<Of>(i64, PhantomData<fn() -> Of>);

impl<Of> Id<Of> {
    /// Before all that there are: for what goes through them in the order of their ids.
    pub const BEFORE_ALL: Self = Id::new(0);

    /// The id that is stored as this number.
    pub const fn new(number: i64) -> Self {
        Id(number, PhantomData)
    }

    /// The number it is stored as.
    pub const fn number(self) -> i64 {
        self.0
    }
}

// By hand, because what an id is of need not be able to do what the id can.

impl<Of> Clone for Id<Of> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Of> Copy for Id<Of> {}

impl<Of> PartialEq for Id<Of> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<Of> Eq for Id<Of> {}

impl<Of> PartialOrd for Id<Of> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<Of> Ord for Id<Of> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<Of> Hash for Id<Of> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<Of> fmt::Debug for Id<Of> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<Of> fmt::Display for Id<Of> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<Of> FromStr for Id<Of> {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Id::new)
    }
}

impl<Of> Serialize for Id<Of> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, Of> Deserialize<'de> for Id<Of> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        i64::deserialize(deserializer).map(Id::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_its_number_and_reads_back() {
        for number in [1, -7, i64::MAX] {
            let id = PersonId::new(number);
            assert_eq!(id.to_string(), number.to_string());
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(serde_json::to_string(&id).expect("JSON"), number.to_string());
            assert_eq!(serde_json::from_str::<PersonId>(&number.to_string()).expect("an id"), id);
        }
        assert!("x".parse::<PersonId>().is_err());
    }
}

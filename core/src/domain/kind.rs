//! The kinds of collections, each as a row of what it is like. A new kind is a new row here, and words for it; nobody else asks
//! which kind one is in order to know a rule.

use serde::Serialize;

use super::commitment::State;
use super::status::Status;

/// What kind of help is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CollectionKind {
    /// A sum every month. Help begins as an intention.
    Monthly,
    /// A sum by a date. It takes obligations only.
    Emergency,
    /// What the other members of a pool have shared out among them for one of theirs: obligations, and nobody adds any.
    Case,
    /// A sum for a common project. Members vote for it with intentions; it is wanted when these reach the sum by the date.
    Initiative,
}

/// What a kind is like.
struct Properties {
    kind: CollectionKind,
    /// The short name that is stored.
    name: &'static str,
    /// It lasts up to a date. Otherwise until its owner ends it.
    has_date: bool,
    /// It asks for its sum anew each month: only what is of this month counts, help to it ends with its month, and what was
    /// fulfilled is intended again. Otherwise it asks for one sum in all.
    of_a_month: bool,
    /// It ends when its sum is there.
    ends_when_covered: bool,
    /// What help to it begins as.
    takes: State,
    /// What its owner says of their situation by it, if anything.
    means: Option<Status>,
    /// It waits as long as its owner is Red.
    waits_for_red: bool,
    /// All help to it was shared out when it began: nobody declares any, and the others hear nothing of what each of them gives.
    shared_out: bool,
    /// How many days it may last, where it has a date.
    most_days: u32,
    /// Help to it is a vote: nobody promises before the votes reach its sum.
    asks_for_votes: bool,
}

/// The table of kinds.
const KINDS: [Properties; 4] = [
    Properties {
        kind: CollectionKind::Monthly,
        name: "monthly",
        has_date: false,
        of_a_month: true,
        ends_when_covered: false,
        takes: State::Intention,
        means: Some(Status::Orange),
        waits_for_red: true,
        shared_out: false,
        most_days: 0,
        asks_for_votes: false,
    },
    Properties {
        kind: CollectionKind::Emergency,
        name: "emergency",
        has_date: true,
        of_a_month: false,
        ends_when_covered: true,
        takes: State::Obligation,
        means: Some(Status::Red),
        waits_for_red: false,
        shared_out: false,
        most_days: 31,
        asks_for_votes: false,
    },
    Properties {
        kind: CollectionKind::Case,
        name: "case",
        has_date: false,
        of_a_month: false,
        ends_when_covered: false,
        takes: State::Obligation,
        means: None,
        waits_for_red: false,
        shared_out: true,
        most_days: 0,
        asks_for_votes: false,
    },
    Properties {
        kind: CollectionKind::Initiative,
        name: "initiative",
        has_date: true,
        of_a_month: false,
        ends_when_covered: false,
        takes: State::Intention,
        means: None,
        waits_for_red: false,
        shared_out: false,
        most_days: 180,
        asks_for_votes: true,
    },
];

impl CollectionKind {
    /// All of them.
    pub const ALL: [CollectionKind; KINDS.len()] = {
        let (mut all, mut at) = ([CollectionKind::Monthly; KINDS.len()], 0);
        while at < all.len() {
            all[at] = KINDS[at].kind;
            at += 1;
        }
        all
    };

    /// What the obligations are for that the shares of a pool's case become.
    pub const OF_A_POOL: CollectionKind = CollectionKind::Case;

    /// What members vote for with intentions, and promise when it is wanted: an initiative.
    pub const VOTED_FOR: CollectionKind = CollectionKind::Initiative;

    const fn properties(self) -> &'static Properties {
        &KINDS[self as usize]
    }

    /// The short name that is stored.
    pub const fn as_str(self) -> &'static str {
        self.properties().name
    }

    /// The kind of a stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether it lasts up to a date; otherwise until its owner ends it.
    pub const fn has_date(self) -> bool {
        self.properties().has_date
    }

    /// Whether it asks for its sum anew each month; otherwise for one sum in all.
    pub const fn is_of_a_month(self) -> bool {
        self.properties().of_a_month
    }

    /// Whether it ends when its sum is there.
    pub const fn ends_when_covered(self) -> bool {
        self.properties().ends_when_covered
    }

    /// What help to it begins as.
    pub const fn takes(self) -> State {
        self.properties().takes
    }

    /// The status that it means for its owner, if it means any.
    pub const fn means_status(self) -> Option<Status> {
        self.properties().means
    }

    /// Whether all help to it was shared out when it began.
    pub const fn is_shared_out(self) -> bool {
        self.properties().shared_out
    }

    /// Whether those who help hear of each other, and are a circle. Of what was shared out each hears their own part, and of an
    /// initiative, for which thousands may vote, how far it has come.
    pub const fn has_circle(self) -> bool {
        !self.is_shared_out() && !self.asks_for_votes()
    }

    /// Whether its owner says by it that they are in need.
    pub fn is_need(self) -> bool {
        self.means_status().is_some()
    }

    /// How many days it may last, where it has a date.
    pub const fn most_days(self) -> u32 {
        self.properties().most_days
    }

    /// Whether help to it is a vote: nobody promises before the votes reach its sum.
    pub const fn asks_for_votes(self) -> bool {
        self.properties().asks_for_votes
    }

    /// Whether it is paused while its owner is of this status.
    pub fn is_paused_while(self, owner: Status) -> bool {
        self.properties().waits_for_red && owner == Status::Red
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_row_and_is_found_by_its_name() {
        for (row, kind) in CollectionKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, row);
            assert_eq!(CollectionKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(CollectionKind::parse("planet"), None);
    }
}

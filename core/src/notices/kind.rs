//! The kinds of notices, each declared once: its words, what it is about, and what can be chosen on it.

use super::pages::Reads;
use super::{
    administration, chains, circle, clearing, collections, daily, digests, guarantees, help, initiatives, invites,
    pools, reminders, rings,
};
use crate::domain::{About, CaseId, Category, ChainId, CollectionId, CommitmentId, MemberId, PoolId, State};
use exodus_engine::conversation::{Choice, Urgency};

/// The choices of a notice, by what it is about.
#[derive(Clone, Copy)]
pub(super) enum Offers {
    Nothing,
    OnMember(fn(MemberId) -> Vec<Vec<Choice>>),
    OnCollection(fn(CollectionId) -> Vec<Vec<Choice>>),
    OnCommitment(fn(CommitmentId) -> Vec<Vec<Choice>>),
    OnPool(fn(PoolId) -> Vec<Vec<Choice>>),
    OnCase(fn(CaseId) -> Vec<Vec<Choice>>),
    OnChain(fn(ChainId) -> Vec<Vec<Choice>>),
}

/// What stays the same in all notices of one kind.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    /// Its Fluent key, which is also its name in the outbox.
    pub says: &'static str,
    /// What it is about, as its reader chooses how to be told of it.
    pub category: Category,
    /// Somebody waits for the reader's answer: quiet hours put it off, and nothing switches it off.
    pub asks: bool,
    /// It goes to very many on the same day, and nobody's notice of the moment waits behind it.
    pub to_all: bool,
    /// Nobody has done anything just now: it comes by day, where its reader lives.
    pub by_day: bool,
    /// Whoever has changed something may correct it at once: it is told a little later, and then once.
    pub held: bool,
    /// The record has come, perhaps once more, to the state in which this can be done: what was asked before about the same
    /// can't be answered any more.
    pub anew: bool,
    /// It says how to pay whom it speaks of.
    pub pays: bool,
    /// Also whoever is suspended is told.
    pub to_suspended: bool,
    /// It says what the supporter says about the help.
    pub notes: bool,
    /// The states of the commitment that it tells of in which what it says is so; without any, it is said whatever came since.
    pub so_in: &'static [State],
    /// What can be chosen on it.
    pub offers: Offers,
    /// How its facts are read; without it, one sentence says them.
    pub reads: Option<Reads>,
}

impl Kind {
    /// A notice that waits for its reader's answer.
    pub const fn asks(says: &'static str, category: Category) -> Kind {
        Kind { asks: true, ..Kind::tells(says, category) }
    }

    /// A notice that its reader can do without.
    pub const fn tells(says: &'static str, category: Category) -> Kind {
        let (offers, reads) = (Offers::Nothing, None);
        Kind {
            says,
            category,
            asks: false,
            to_all: false,
            by_day: false,
            held: false,
            anew: false,
            pays: false,
            to_suspended: false,
            notes: false,
            so_in: &[],
            offers,
            reads,
        }
    }

    /// The same, sent to very many on one day.
    pub const fn to_all(self) -> Kind {
        Kind { to_all: true, ..self }
    }

    /// The same, told by day.
    pub const fn by_day(self) -> Kind {
        Kind { by_day: true, ..self }
    }

    /// The same, told a little later.
    pub const fn held(self) -> Kind {
        Kind { held: true, ..self }
    }

    /// The same, about what has come about anew.
    pub const fn anew(self) -> Kind {
        Kind { anew: true, ..self }
    }

    /// The same, with how to pay whom it speaks of.
    pub const fn with_payment(self) -> Kind {
        Kind { pays: true, ..self }
    }

    /// The same, told to one who is suspended, too.
    pub const fn to_suspended(self) -> Kind {
        Kind { to_suspended: true, ..self }
    }

    /// The same, with what the supporter says about the help.
    pub const fn with_note(self) -> Kind {
        Kind { notes: true, ..self }
    }

    /// The same, which is so only as long as the commitment is in one of these states: whoever reads it later, gathered into a
    /// daily message, does not read what is not so any more.
    pub const fn so_in(self, states: &'static [State]) -> Kind {
        Kind { so_in: states, ..self }
    }

    /// How urgent its notices are.
    pub const fn urgency(&self) -> Urgency {
        match (self.to_all, self.asks) {
            (true, _) => Urgency::ToAll,
            (false, true) => Urgency::Asks,
            (false, false) => Urgency::Tells,
        }
    }

    /// The same with these choices about a commitment.
    pub const fn on_commitment(self, choices: fn(CommitmentId) -> Vec<Vec<Choice>>) -> Kind {
        Kind { offers: Offers::OnCommitment(choices), ..self }
    }

    /// The same with these choices about a collection.
    pub const fn on_collection(self, choices: fn(CollectionId) -> Vec<Vec<Choice>>) -> Kind {
        Kind { offers: Offers::OnCollection(choices), ..self }
    }

    /// The same with these choices about a pool.
    pub const fn on_pool(self, choices: fn(PoolId) -> Vec<Vec<Choice>>) -> Kind {
        Kind { offers: Offers::OnPool(choices), ..self }
    }

    /// The same with these choices about a case.
    pub const fn on_case(self, choices: fn(CaseId) -> Vec<Vec<Choice>>) -> Kind {
        Kind { offers: Offers::OnCase(choices), ..self }
    }

    /// The same with these choices about an offer to pass something on.
    pub const fn on_chain(self, choices: fn(ChainId) -> Vec<Vec<Choice>>) -> Kind {
        Kind { offers: Offers::OnChain(choices), ..self }
    }

    /// The same with these choices about a member.
    pub const fn on_member(self, choices: fn(MemberId) -> Vec<Vec<Choice>>) -> Kind {
        Kind { offers: Offers::OnMember(choices), ..self }
    }

    /// What can be chosen when the notice is about this; nothing, when it is about something of another kind.
    pub fn choices(&self, about: About) -> Vec<Vec<Choice>> {
        match (self.offers, about) {
            (Offers::OnCommitment(choices), About::Commitment(id)) => choices(id),
            (Offers::OnCollection(choices), About::Collection(id)) => choices(id),
            (Offers::OnMember(choices), About::Member(id)) => choices(id),
            (Offers::OnPool(choices), About::Pool(id)) => choices(id),
            (Offers::OnCase(choices), About::Case(id)) => choices(id),
            (Offers::OnChain(choices), About::Chain(id)) => choices(id),
            _ => Vec::new(),
        }
    }

    /// The same as a page of its own making.
    pub const fn read_by(self, reads: Reads) -> Kind {
        Kind { reads: Some(reads), ..self }
    }
}

/// All kinds there are.
pub(super) fn kinds() -> impl Iterator<Item = &'static Kind> {
    let of_turns = [
        help::KINDS,
        circle::KINDS,
        collections::KINDS,
        rings::KINDS,
        invites::KINDS,
        guarantees::KINDS,
        initiatives::KINDS,
        administration::KINDS,
        pools::KINDS,
        chains::KINDS,
    ];
    let of_the_calendar = [reminders::KINDS, digests::KINDS, clearing::KINDS, daily::KINDS];
    of_turns.into_iter().chain(of_the_calendar).flatten()
}

/// The kind of this name, if this release knows it.
pub(super) fn kind(name: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.says == name)
}

/// The names of all kinds: for tests that read every notice in every language.
pub fn names() -> impl Iterator<Item = &'static str> {
    kinds().map(|kind| kind.says)
}

/// Whether notices of this name are about what has come about anew.
pub fn tells_anew(name: &str) -> bool {
    kind(name).is_some_and(|kind| kind.anew)
}

/// What notices of this name are about, and whether they need an answer, so that they can't be switched off.
pub fn category(name: &str) -> Option<(Category, bool)> {
    kind(name).map(|kind| (kind.category, kind.asks))
}

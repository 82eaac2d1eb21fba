//! Passing something on along a chain: who is asked, and what comes of it. Each is told of it only who knows of it already.

use super::help::claim;
use super::kind::Kind;
use super::{Fact, Facts, Told, facts};
use crate::domain::chain::Stage;
use crate::domain::{About, Category, ChainId, Event, MemberId, Passing};
use exodus_engine::conversation::{Choice, Nature, Route};
use exodus_engine::msg;

use Category::{HelpToMe, OwnHelp};

/// The deeds of a notice that asks.
pub(super) const AGREE: &str = "agree-chain";
pub(super) const DECLINE: &str = "decline-chain";

/// The fact that says until when an offer can be answered.
pub(super) const ANSWER_BY: &str = "answer_by";

pub(super) const KINDS: &[Kind] = &[
    Kind::asks("notice-chain-supporter", OwnHelp).on_chain(answer),
    Kind::asks("notice-chain-receiver", HelpToMe).on_chain(answer),
    // What binds them comes of their own Yes, but later: it can't be switched off either.
    Kind::asks("notice-chain-owed", OwnHelp).with_payment().on_commitment(claim),
    Kind::asks("notice-chain-owed-not-intended", OwnHelp).with_payment().on_commitment(claim),
    Kind::tells("notice-chain-agreed", OwnHelp).on_chain(look_at),
    Kind::tells("notice-chain-done", OwnHelp).on_chain(look_at),
    Kind::tells("notice-chain-declined", OwnHelp).on_chain(look_at),
    Kind::tells("notice-chain-withdrawn", OwnHelp).on_chain(look_at),
    Kind::tells("notice-chain-expired", OwnHelp).on_chain(look_at),
    Kind::tells("notice-chain-void", OwnHelp).on_chain(look_at),
];

pub(super) fn tell(event: &Event) -> Vec<Told> {
    match *event {
        Event::ChainOffered { passing, until } => {
            vec![told(passing.supporter, "notice-chain-supporter", passing).with(ANSWER_BY, Fact::At(until))]
        }
        Event::ChainAgreed { passing, until } => vec![
            told(passing.receiver, "notice-chain-receiver", passing).with(ANSWER_BY, Fact::At(until)),
            told(passing.middle, "notice-chain-agreed", passing),
        ],
        Event::ChainDone { passing, owed, made_way } => {
            let mut owes = match made_way {
                Some(sum) => told(passing.supporter, "notice-chain-owed-not-intended", passing).with("intended", sum),
                None => told(passing.supporter, "notice-chain-owed", passing),
            };
            // Whom they owe it is whom they pay.
            owes.facts.insert("name".to_owned(), Fact::Member(passing.receiver));
            owes.about = Some(About::Commitment(owed));
            vec![owes, told(passing.middle, "notice-chain-done", passing)]
        }
        Event::ChainOver { passing, how, by, agreed } => {
            let kind = match how {
                Stage::Declined => "notice-chain-declined",
                Stage::Withdrawn => "notice-chain-withdrawn",
                Stage::Expired => "notice-chain-expired",
                _ => "notice-chain-void",
            };
            let receiver = agreed.then_some(passing.receiver);
            let all = [passing.middle, passing.supporter].into_iter().chain(receiver);
            let others = all.filter(|one| Some(*one) != by);
            let over = |to| {
                let mut over = told(to, kind, passing);
                over.facts.extend(by.map(|by| ("by".to_owned(), Fact::Member(by))));
                over
            };
            others.map(over).collect()
        }
        _ => Vec::new(),
    }
}

/// Its three are named by what they are in it, and whoever offers it is who it comes from.
fn told(to: MemberId, kind: &'static str, passing: Passing) -> Told {
    Told { to, kind, facts: of(passing), about: Some(About::Chain(passing.chain)) }
}

fn of(passing: Passing) -> Facts {
    facts([
        ("name", Fact::Member(passing.middle)),
        ("supporter", Fact::Member(passing.supporter)),
        ("middle", Fact::Member(passing.middle)),
        ("receiver", Fact::Member(passing.receiver)),
        ("sum", passing.sum.into()),
    ])
}

fn look(id: ChainId) -> Choice {
    Choice::go(msg!("notice-look"), Route::new("chain").with(id))
}

fn look_at(id: ChainId) -> Vec<Vec<Choice>> {
    vec![vec![look(id)]]
}

/// The notice says what is asked, and that it can't be undone: it is the question itself, and this the answer.
fn answer(id: ChainId) -> Vec<Vec<Choice>> {
    vec![
        vec![Choice::grave(msg!("chain-agree"), AGREE).of(Nature::Confirms)],
        vec![Choice::deed(msg!("chain-decline"), DECLINE), look(id)],
    ]
}

//! An initiative is proposed: what for, and voting for it in one press.

use super::facts::{Fact, Facts, Names};
use super::pages::Says;
use crate::domain::ready_sums::ready_votes;
use crate::domain::{CollectionId, MemberId, Money, NewsId};
use exodus_engine::conversation::{Choice, Page};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// What tells of one.
pub(super) const PROPOSED: &str = "notice-initiative-proposed";

/// The deed that votes with a sum, which follows in minor units.
const VOTE: &str = "vote/";

/// Voting with this sum, in one press.
pub fn vote_for(sum: Money) -> Choice {
    Choice::deed(msg!("initiative-vote-sum", sum = sum), format!("{VOTE}{}", sum.minor()))
}

/// The sum that this deed votes with, if it does.
pub fn vote_of(deed: &str) -> Option<Money> {
    let sum = deed.strip_prefix(VOTE)?.parse().ok().map(Money::from_minor)?;
    sum.is_positive().then_some(sum)
}

/// What is said of a new initiative.
struct Proposed {
    facts: Facts,
}

/// Reads it from the facts of its notice.
pub(super) fn read(facts: &str) -> Option<Box<dyn Says>> {
    Some(Box::new(Proposed { facts: serde_json::from_str(facts).ok()? }))
}

impl Proposed {
    fn initiative(&self) -> Option<CollectionId> {
        self.facts.get("title").and_then(|fact| fact.initiative())
    }

    /// Sums to vote with, as its card offers them by then.
    fn sums(&self, names: &Names) -> Vec<Money> {
        let lack = self.initiative().and_then(|id| names.lack(id));
        lack.map_or_else(|| self.first_sums(), |(target, missing)| ready_votes(target, missing, SMALLEST))
    }

    /// The sums that it offers as long as nobody has voted.
    fn first_sums(&self) -> Vec<Money> {
        match self.facts.get("sum") {
            Some(Fact::Sum(target)) => {
                let target = Money::from_minor(*target);
                ready_votes(target, target, SMALLEST)
            }
            _ => Vec::new(),
        }
    }
}

/// No smaller sum is offered.
const SMALLEST: Money = Money::from_minor(1);

impl Says for Proposed {
    fn members(&self) -> Vec<MemberId> {
        self.facts.values().filter_map(|fact| fact.member()).collect()
    }

    fn initiatives(&self) -> (Vec<CollectionId>, Vec<NewsId>) {
        (self.initiative().into_iter().collect(), Vec::new())
    }

    fn asks_to_vote(&self) -> Option<CollectionId> {
        self.initiative()
    }

    fn page(&self, names: &Names) -> Page {
        let facts = self.facts.iter();
        let says = facts.fold(Msg::new(PROPOSED), |says, (name, fact)| says.with(name.clone(), fact.said(names)));
        let words = self.initiative().map(|id| names.words(id)).unwrap_or_default();
        let title = self.initiative().and_then(|id| names.title_of(id));
        let sums = self.sums(names);
        let page = Page::new(says)
            .lines(words.lines().map(|words| msg!("initiative-words", words = words)).collect())
            .say(msg!("initiative-nothing-owed"))
            .row(sums.iter().copied().map(vote_for).collect())
            .about(title.unwrap_or_default());
        // Whoever types what stood there when it was sent is asked: by now it is more than is lacking.
        let too_much = self.first_sums().into_iter().filter(|sum| !sums.contains(sum));
        too_much.fold(page, |page, sum| page.called(msg!("initiative-vote-sum", sum = sum), vote_for(sum)))
    }

    /// Among other news there is no room for what each is for.
    fn in_short(&self, names: &Names) -> Vec<Msg> {
        self.page(names).body.into_iter().flatten().take(1).collect()
    }
}

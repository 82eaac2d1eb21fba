//! What is answered, in the form in which programs read it. Sums are decimal numbers as text; days and times are those of
//! ISO 8601, times in UTC.

use serde::Serialize;
use utoipa::ToSchema;

use crate::aid::{self, Helping};
use crate::domain::{Called, Commitment, MemberId, Money, Note, Unit};
use crate::store::commitment::{Gives, Listed};
use crate::store::invite::Standing;
use crate::store::network::Person;
use chrono::{DateTime, NaiveDate, Utc};
use exodus_engine::id::PersonId;

/// Somebody, as the caller knows them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Member {
    /// Their number.
    pub id: i64,
    /// What they are called.
    pub name: String,
}

impl Member {
    pub fn of(id: MemberId, name: &Called) -> Member {
        Member { id: id.number(), name: name.as_str().to_owned() }
    }
}

/// What a member asks for.
#[derive(Debug, Serialize, ToSchema)]
pub struct Request {
    /// The number of the collection.
    pub collection: i64,
    /// `monthly` or `emergency`.
    pub kind: String,
    /// How much: every month, or in all.
    pub target: String,
    /// How much is missing.
    pub missing: String,
    /// How much is intended, promised, claimed and confirmed.
    pub intended: String,
    pub promised: String,
    pub claimed: String,
    pub confirmed: String,
    /// The last day of an emergency.
    pub ends_on: Option<NaiveDate>,
    /// An emergency beside it pauses it: it takes nothing now.
    pub paused: bool,
    /// How many help with it, and the newest of them.
    pub supporters: u32,
    pub circle: Vec<Supporter>,
    /// The number of the caller's own commitment to it, if there is one.
    pub mine: Option<i64>,
}

/// Somebody who helps; how much, where that is the caller's to know.
#[derive(Debug, Serialize, ToSchema)]
pub struct Supporter {
    pub member: Member,
    pub state: Option<String>,
    pub sum: Option<String>,
}

/// How a member can be paid.
#[derive(Debug, Serialize, ToSchema)]
pub struct Payment {
    pub name: String,
    pub value: String,
    pub is_default: bool,
}

/// A member's card.
#[derive(Debug, Serialize, ToSchema)]
pub struct Card {
    pub member: Member,
    /// What they say about themselves.
    pub about: Option<String>,
    /// `green`, `orange` or `red`.
    pub status: String,
    /// The administrators have suspended them.
    pub suspended: bool,
    /// Promises kept in time, kept late, and overdue now.
    pub kept: u64,
    pub kept_late: u64,
    pub overdue: u64,
    pub requests: Vec<Request>,
    /// How to pay them, where they ask for something; none otherwise.
    pub payment: Option<Vec<Payment>>,
}

impl Card {
    pub fn of(card: &aid::Card, unit: &Unit) -> Card {
        Card {
            member: Member::of(card.id, &card.name),
            about: card.about.as_ref().map(|about| about.as_str().to_owned()),
            status: card.status.as_str().to_owned(),
            suspended: card.suspended,
            kept: card.reliability.fulfilled,
            kept_late: card.reliability.fulfilled_late,
            overdue: card.reliability.overdue,
            requests: card.requests.iter().map(|request| Request::of(request, unit)).collect(),
            payment: card.payment.as_ref().map(|details| {
                let shown = |one: &crate::domain::PaymentDetail| Payment {
                    name: one.name.clone(),
                    value: one.value.clone(),
                    is_default: one.is_default,
                };
                details.iter().map(shown).collect()
            }),
        }
    }
}

impl Request {
    fn of(request: &aid::Request, unit: &Unit) -> Request {
        let (collection, totals) = (&request.collection, &request.totals);
        let supporter = |one: &aid::Supporter| Supporter {
            member: Member::of(one.id, &one.name),
            state: one.gives.map(|(state, _)| state.as_str().to_owned()),
            sum: one.gives.map(|(_, sum)| unit.plain(sum)),
        };
        Request {
            collection: collection.id.number(),
            kind: collection.kind.as_str().to_owned(),
            target: unit.plain(collection.target),
            missing: unit.plain(request.missing),
            intended: unit.plain(totals.intentions),
            promised: unit.plain(totals.obligations),
            claimed: unit.plain(totals.claims),
            confirmed: unit.plain(totals.fulfilled),
            ends_on: collection.ends_on,
            paused: request.paused,
            supporters: request.circle.size,
            circle: request.circle.named.iter().map(supporter).collect(),
            mine: request.mine.as_ref().map(|mine| mine.id.number()),
        }
    }
}

/// Somebody in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct InList {
    pub member: Member,
    pub status: String,
    pub suspended: bool,
    /// How much is missing of what they ask for; none, where they ask for nothing.
    pub missing: Option<String>,
}

impl InList {
    pub fn of(person: &Person, unit: &Unit) -> InList {
        InList {
            member: Member::of(person.id, &person.name),
            status: person.status.as_str().to_owned(),
            suspended: person.suspended,
            missing: person.missing.map(|sum| unit.plain(sum)),
        }
    }
}

/// One thing that somebody gives, where that is the caller's to know.
#[derive(Debug, Serialize, ToSchema)]
pub struct Given {
    pub state: String,
    pub sum: String,
    pub note: Option<String>,
}

impl Given {
    pub fn of(gives: &Gives, unit: &Unit) -> Given {
        Given { state: gives.state.as_str().to_owned(), sum: unit.plain(gives.sum), note: noted(gives.note.as_ref()) }
    }
}

/// Somebody in a circle.
#[derive(Debug, Serialize, ToSchema)]
pub struct InCircle {
    pub member: Member,
    /// Whether the caller may see their card.
    pub seen: bool,
    pub gives: Vec<Given>,
}

/// One member's record of help to one collection.
#[derive(Debug, Serialize, ToSchema)]
pub struct Help {
    /// Its number.
    pub id: i64,
    pub collection: i64,
    /// The kind of the collection: `monthly`, `emergency`, `case` or `initiative`.
    pub kind: String,
    /// Whether the caller helps or is helped: `supporter` or `receiver`.
    pub role: String,
    /// The other side.
    pub other: Member,
    pub sum: String,
    /// `intention`, `obligation`, `claimed`, `overdue`, `overdue_claimed`, `fulfilled`, `fulfilled_late` and others.
    pub state: String,
    /// The month that it is of: `2026-11`.
    pub month: String,
    /// It was set off against something else.
    pub set_off: bool,
    pub settled_at: Option<DateTime<Utc>>,
    /// What the supporter says about it.
    pub note: Option<String>,
    /// What the caller may do now; not said in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deeds: Option<Vec<String>>,
}

impl Help {
    pub fn of(commitment: &Commitment, me: MemberId, kind: &str, name: &Called, unit: &Unit) -> Help {
        let is_mine = commitment.supporter == me;
        let other = if is_mine { commitment.receiver } else { commitment.supporter };
        Help {
            id: commitment.id.number(),
            collection: commitment.collection.number(),
            kind: kind.to_owned(),
            role: if is_mine { "supporter" } else { "receiver" }.to_owned(),
            other: Member::of(other, name),
            sum: unit.plain(commitment.sum),
            state: commitment.state.as_str().to_owned(),
            month: format!("{:04}-{:02}", commitment.month.year(), commitment.month.month()),
            set_off: commitment.set_off_by.is_some(),
            settled_at: commitment.settled_at,
            note: None,
            deeds: None,
        }
    }

    pub fn listed(listed: &Listed, me: MemberId, unit: &Unit) -> Help {
        let help = Help::of(&listed.commitment, me, listed.kind.as_str(), &listed.name, unit);
        Help { note: noted(listed.note.as_ref()), ..help }
    }

    pub fn seen(helping: &Helping, me: MemberId, unit: &Unit) -> Help {
        let help = Help::of(&helping.commitment, me, helping.collection.kind.as_str(), &helping.name, unit);
        let deeds = helping.available.iter().map(|deed| deed.as_str().to_owned()).collect();
        Help { note: noted(helping.note.as_ref()), deeds: Some(deeds), ..help }
    }
}

/// An invite.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invite {
    pub id: i64,
    /// The word that leads to the card.
    pub token: String,
    /// The links that carry it, or lead to where it is sent.
    pub links: Vec<String>,
    pub inviter: Member,
    /// To whose card it leads.
    pub to: Member,
    /// How many came by it.
    pub used: i64,
    /// It ends when one has come by it.
    pub for_one: bool,
    pub until: Option<DateTime<Utc>>,
}

impl Invite {
    pub fn of(standing: &Standing, links: Vec<String>) -> Invite {
        use crate::domain::invite::Term;
        let (for_one, until) = match standing.term() {
            Term::Open => (false, None),
            Term::ForOne => (true, None),
            Term::Until(until) => (false, Some(until)),
        };
        Invite {
            id: standing.id.number(),
            token: standing.token.clone(),
            links,
            inviter: Member::of(standing.inviter_id, &standing.inviter),
            to: Member::of(standing.for_id, &standing.to),
            used: standing.used,
            for_one,
            until,
        }
    }
}

/// How many are told of what was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct Told {
    pub told: u64,
}

impl Told {
    pub fn of(count: usize) -> Told {
        Told { told: count as u64 }
    }
}

/// The number of what was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Made {
    pub id: i64,
}

/// Nothing more is to be said.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Done {}

fn noted(note: Option<&Note>) -> Option<String> {
    note.map(|note| note.as_str().to_owned())
}

/// A sum that stands in minor units.
pub fn minor(unit: &Unit, sum: i64) -> String {
    unit.plain(Money::from_minor(sum))
}

/// The number of somebody who is named in a request.
pub fn member(id: i64) -> MemberId {
    PersonId::new(id)
}

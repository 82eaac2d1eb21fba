//! The choices that answer a notice.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbErr};

use super::{Facts, page};
use crate::aid::{self, Aid, Refused};
use crate::conversation::{Choice, Fault, Named, NoticeChoices, Which};
use crate::domain::{About, Commitment, DeedKind, MemberId, Refusal};
use crate::locale::Arg;
use crate::store;

/// How many of the latest notices can be answered by the words they show.
const REMEMBERED: u64 = 20;

/// A notice that somebody received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    id: i64,
    named: Named,
    message: Option<String>,
    /// What its choices act on, or lead to.
    pub about: Option<About>,
    /// One of its deeds was done.
    pub answered: bool,
    kind: String,
    facts: String,
}

/// What was done in answer to a notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    pub commitment: Commitment,
    /// Nothing when an intention on hold was moved to the emergency.
    pub deed: Option<DeedKind>,
}

impl Received {
    /// What can be chosen on it.
    pub fn choices(&self) -> NoticeChoices {
        let page = page(&self.kind, &self.facts, self.about);
        let choices = page.map(|page| page.rows.into_iter().flatten().collect()).unwrap_or_default();
        NoticeChoices { named: self.named.clone(), message: self.message.clone(), choices }
    }

    /// The name of whoever the notice is about, as they were called when it was written.
    pub fn name(&self) -> String {
        let facts: Facts = serde_json::from_str(&self.facts).unwrap_or_default();
        match facts.get("name") {
            Some(Arg::Words(name)) => name.clone(),
            _ => String::new(),
        }
    }
}

/// This notice, if it is to this member.
pub async fn to(db: &impl ConnectionTrait, who: MemberId, which: Which<'_>) -> Result<Option<Received>, DbErr> {
    let row = match which {
        Which::Word(word) => store::outbox::find_by_word(db, word).await?,
        Which::Number(number) => store::outbox::find_by_number(db, who, number).await?,
        Which::In(message) => store::outbox::find_by_message(db, who, message).await?,
    };
    Ok(row.filter(|row| row.recipient_id == who).map(received))
}

/// The notices whose choices this member can still take, the newest first. Of several about one
/// record only the newest counts: it says how things stand.
pub async fn open(db: &impl ConnectionTrait, who: MemberId) -> Result<Vec<NoticeChoices>, Fault> {
    let rows = store::outbox::unanswered(db, who, REMEMBERED).await?;
    let mut spoken_of = BTreeSet::new();
    let with_choices = rows.into_iter().map(received).filter_map(|notice| {
        let open = notice.choices();
        let has_deeds = open.choices.iter().any(|choice| matches!(choice, Choice::Do { .. }));
        (!open.choices.is_empty() && spoken_of.insert((notice.about, has_deeds))).then_some(open)
    });
    Ok(with_choices.collect())
}

/// Does a deed that the notice offers. It counts as answered only when the deed was done.
pub async fn act(aid: &Aid<'_>, who: MemberId, notice: &Received, deed: &str) -> Result<Done, Refused> {
    let Some(About::Commitment(commitment)) = notice.about else { return Err(Refusal::Unknown.into()) };
    let offered =
        notice.choices().choices.iter().any(|choice| matches!(choice, Choice::Do { name, .. } if name == deed));
    if !offered {
        return Err(Refusal::Unknown.into());
    }
    let deed = DeedKind::parse(deed);
    let commitment = match deed.and_then(DeedKind::deed) {
        Some(deed) => aid::perform(aid, who, commitment, deed).await?,
        None => aid::move_to_emergency(aid, who, commitment).await?,
    };
    store::outbox::answer(aid.tx, notice.id, aid.now).await?;
    Ok(Done { commitment, deed })
}

fn received(row: store::outbox::Model) -> Received {
    let about = row.about();
    Received {
        id: row.id,
        named: Named { word: row.word.unwrap_or_default(), number: row.number.unwrap_or_default() },
        about,
        message: row.message,
        answered: row.answered_at.is_some(),
        kind: row.kind,
        facts: row.facts,
    }
}

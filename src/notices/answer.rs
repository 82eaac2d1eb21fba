//! The choices that answer a notice.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbErr};

use super::kind::kind;
use super::{Facts, page};
use crate::aid::{self, Aid, Refused};
use crate::conversation::{Choice, Fault, Named, NoticeChoices, Which};
use crate::domain::{About, Commitment, CommitmentId, DeedKind, MemberId, Refusal};
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
    pub did: Did,
}

/// What can be done on a commitment: the deeds of its two sides, and what makes another one of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    Deed(DeedKind),
    /// An intention on hold became an obligation of the emergency.
    Moved,
    /// An intention that had lapsed was declared again.
    Again,
}

/// The deed that declares an intention again; its number follows, because a digest offers several.
const AGAIN: &str = "again/";

/// The name of the deed that declares this intention again.
pub(super) fn again(commitment: CommitmentId) -> String {
    format!("{AGAIN}{commitment}")
}

fn read_again(deed: &str) -> Option<CommitmentId> {
    deed.strip_prefix(AGAIN)?.parse().ok()
}

impl Received {
    /// What can be chosen on it.
    pub fn choices(&self) -> NoticeChoices {
        let page = page(&self.kind, &self.facts, self.about);
        let choices = page.map(|page| page.rows.into_iter().flatten().collect()).unwrap_or_default();
        let asks = kind(&self.kind).is_some_and(|kind| kind.asks);
        NoticeChoices { named: self.named.clone(), message: self.message.clone(), about: self.name(), asks, choices }
    }

    /// What this deed of it acts on, or else what the notice leads to.
    pub fn about(&self, deed: &str) -> Option<About> {
        read_again(deed).map(About::Commitment).or(self.about)
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
        let is_newest = notice.about.is_none() || spoken_of.insert((notice.about, has_deeds));
        (!open.choices.is_empty() && is_newest).then_some(open)
    });
    Ok(with_choices.collect())
}

/// Does a deed that the notice offers. It counts as answered only when the deed was done. What declares an intention
/// again works once as well, because there is one then; the notice's others stay.
pub async fn act(aid: &Aid<'_>, who: MemberId, notice: &Received, deed: &str) -> Result<Done, Refused> {
    let Some(About::Commitment(commitment)) = notice.about(deed) else { return Err(Refusal::Unknown.into()) };
    let offered =
        notice.choices().choices.iter().any(|choice| matches!(choice, Choice::Do { name, .. } if name == deed));
    if !offered {
        return Err(Refusal::Unknown.into());
    }
    if read_again(deed).is_some() {
        return Ok(Done { commitment: aid::again(aid, who, commitment).await?, did: Did::Again });
    }
    let kind = DeedKind::parse(deed);
    let (commitment, did) = match kind.and_then(|kind| Some((kind, kind.deed()?))) {
        Some((kind, deed)) => (aid::perform(aid, who, commitment, deed).await?, Did::Deed(kind)),
        None => (aid::move_to_emergency(aid, who, commitment).await?, Did::Moved),
    };
    store::outbox::answer(aid.tx, notice.id, aid.now).await?;
    Ok(Done { commitment, did })
}

fn received(row: store::outbox::Model) -> Received {
    let about = About::stored(row.about.as_deref());
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

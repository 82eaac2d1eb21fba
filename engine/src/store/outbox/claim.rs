//! Taking rows in hand: each by one worker, under a lease.

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{DbBackend, FromQueryResult, Statement};

use super::{NoticeId, TO_ALL};
use crate::hours::{QuietHours, Zone, allowed_from};
use crate::id::PersonId;
use crate::store::account::{AccountId, written_to};
use crate::store::lease::CLOCKS_APART;
use crate::store::person::quiet_hours;

/// A row that a worker has in hand, with all it needs to send it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Claimed {
    /// Its number.
    pub id: NoticeId,
    /// The number of the person who is told.
    pub recipient_id: PersonId,
    /// What kind of notice it is.
    pub kind: String,
    /// What to say, as it was queued.
    pub facts: String,
    /// What its choices act on, or lead to, as whoever queued it says that.
    pub about: Option<String>,
    /// What it goes by.
    pub word: Option<String>,
    /// What its reader types to answer it.
    pub number: Option<i64>,
    /// Smaller goes first.
    pub priority: i16,
    /// Told by day, where the recipient lives.
    pub by_day: bool,
    /// Counts this one too.
    pub attempts: i32,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// When to give it up.
    pub expires_at: Option<DateTime<Utc>>,
    /// Since when it has been refused for a reason that nobody foresaw.
    pub refused_since: Option<DateTime<Utc>>,
    /// The recipient's language; in a group, that of whose it is.
    pub lang: String,
    /// The currency that the recipient sees sums in beside the bot's own.
    pub also_in: Option<String>,
    /// The recipient's time zone, if they have chosen one, and their quiet hours.
    pub zone: Option<String>,
    /// When the recipient's quiet hours begin, in minutes since their midnight.
    pub quiet_from: Option<i16>,
    /// When these end, likewise.
    pub quiet_to: Option<i16>,
    /// The account to write to: the recipient's in this messenger that can be reached. None: there was one when the row
    /// was queued.
    pub account_id: Option<AccountId>,
    /// The address of that account.
    pub address: Option<String>,
    /// The recipient is a group, whose live card is of this kind.
    pub card_kind: Option<String>,
    /// Where in the group.
    pub place: Option<String>,
    /// The message that shows its card.
    pub card: Option<String>,
    /// The one that showed it before.
    pub earlier_card: Option<String>,
}

impl Claimed {
    /// Whether it goes to a group.
    pub fn is_for_a_group(&self) -> bool {
        self.card_kind.is_some()
    }

    /// Whether it is a group's live card.
    pub fn is_a_card(&self) -> bool {
        self.card_kind.as_deref() == Some(self.kind.as_str())
    }

    /// From when on the recipient may be written to: `now`, or the end of their quiet hours and, of what is told by day, of
    /// the night. `zone` is for those who have chosen none.
    pub fn allowed_from(&self, now: DateTime<Utc>, zone: &Zone) -> DateTime<Utc> {
        let chosen: Option<Zone> = self.zone.as_deref().and_then(|chosen| chosen.parse().ok());
        let zone = chosen.as_ref().unwrap_or(zone);
        let quiet = quiet_hours(self.quiet_from, self.quiet_to);
        let night = self.by_day.then_some(QuietHours::NIGHT);
        allowed_from(now, quiet, zone).max(allowed_from(now, night, zone))
    }
}

/// How urgent rows are, the most urgent first. What goes to all is in nobody's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Something is asked of the recipient.
    Asks,
    /// Something is told.
    Tells,
    /// The same goes to very many.
    ToAll,
}

impl Urgency {
    /// The first and the last priority that is as urgent.
    fn priorities(self) -> (i16, i16) {
        match self {
            Urgency::Asks => (i16::MIN, super::ASKS),
            Urgency::Tells => (super::ASKS + 1, TO_ALL - 1),
            Urgency::ToAll => (TO_ALL, i16::MAX),
        }
    }

    /// Those among which a recipient's rows keep their order.
    fn lane(self) -> (i16, i16) {
        match self {
            Urgency::Asks | Urgency::Tells => (i16::MIN, TO_ALL - 1),
            Urgency::ToAll => (TO_ALL, i16::MAX),
        }
    }
}

/// What a worker can send now.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The messenger it can send through.
    pub messenger: &'a str,
    /// How urgent they are.
    pub urgency: Urgency,
    /// How many of them, at most.
    pub limit: u64,
    /// The kinds of notices that it can put into words. Others are left to a process that can.
    pub kinds: &'a [&'a str],
    /// People who were written to a moment ago.
    pub not_to: &'a [PersonId],
}

/// Claims up to so many rows that are due, until `lease`, the longest waiting first. Nobody is told a later thing while
/// an earlier one still waits, so there is at most one row of each recipient.
///
/// Three things are in nobody's way: what goes to all is told when there is time for it, what is planned for later (after
/// the recipient's night, say) is not yet waiting, and what only another release can say waits for that.
///
/// Two statements, one when nothing is due. Call it outside a transaction: the claim must stand before anything is sent.
pub async fn claim(
    db: &impl ConnectionTrait,
    wanted: Wanted<'_>,
    now: DateTime<Utc>,
    lease: DateTime<Utc>,
) -> Result<Vec<Claimed>, DbErr> {
    let taken = take(db, wanted, now, lease).await?;
    if taken.is_empty() {
        return Ok(Vec::new());
    }
    // The recipients are said once more: PostgreSQL would otherwise go through all people if it believed them to be few.
    let sql = format!(
        "SELECT o.id, o.recipient_id, o.kind, o.facts, o.about, o.word, o.number, o.priority, o.by_day,
                o.attempts, o.created_at, o.expires_at, o.refused_since,
                COALESCE(k.lang, p.lang) AS lang, p.also_in, p.zone, p.quiet_from, p.quiet_to, a.id AS account_id, a.address,
                c.card_kind, c.place, c.card, c.earlier_card
         FROM outbox o
         JOIN person p ON p.id = o.recipient_id
         LEFT JOIN chat c ON c.person_id = p.id
         LEFT JOIN person k ON k.id = c.keeper_id
         LEFT JOIN account a ON a.id = {}
         WHERE o.id IN ({}) AND p.id IN ({})
         ORDER BY o.priority, o.due_at, o.id",
        written_to("id", "p.id", "AND own.messenger = o.messenger"),
        places(1, taken.len()),
        places(1 + taken.len(), taken.len())
    );
    let (ids, recipients): (Vec<NoticeId>, Vec<PersonId>) = taken.into_iter().unzip();
    let values = ids.into_iter().map(Value::from).chain(recipients.into_iter().map(Value::from));
    Claimed::find_by_statement(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).all(db).await
}

/// Takes them in hand. Says which they are, and whose.
async fn take(
    db: &impl ConnectionTrait,
    wanted: Wanted<'_>,
    now: DateTime<Utc>,
    lease: DateTime<Utc>,
) -> Result<Vec<(NoticeId, PersonId)>, DbErr> {
    let backend = db.get_database_backend();
    // Workers pass by each other's rows instead of waiting for them. SQLite has one writer at a time and needs no word.
    let skip_locked = if backend == DbBackend::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let kinds = places(11, wanted.kinds.len());
    let not_to = match wanted.not_to.len() {
        0 => String::new(),
        some => format!("AND o.recipient_id NOT IN ({})", places(11 + wanted.kinds.len(), some)),
    };
    // The recipient's first row is asked for, and not whether there is an earlier one: so it is the first of an index, however
    // many come after it.
    let sql = format!(
        "WITH picked AS (
             SELECT o.id FROM outbox o
             WHERE o.messenger = $4 AND o.priority BETWEEN $5 AND $6
               AND o.sent_at IS NULL AND o.failed_at IS NULL AND o.due_at <= $1
               AND (o.lease_until IS NULL OR o.lease_until <= $1 OR o.lease_until > $9)
               AND (o.expires_at IS NULL OR o.expires_at > $1)
               AND o.kind IN ({kinds})
               AND o.id = (
                   SELECT e.id FROM outbox e
                   WHERE e.recipient_id = o.recipient_id
                     AND e.sent_at IS NULL AND e.failed_at IS NULL
                     AND e.priority BETWEEN $7 AND $8
                     AND e.kind IN ({kinds})
                     AND (e.due_at <= $1 OR e.attempts > 0)
                   ORDER BY e.recipient_id, e.id LIMIT 1)
               AND NOT EXISTS (SELECT 1 FROM pause p WHERE p.messenger = $4 AND p.until > $1
                   AND (p.set_at IS NULL OR p.set_at <= $10))
               {not_to}
             ORDER BY o.priority, o.due_at, o.id
             LIMIT $3 {skip_locked})
         UPDATE outbox SET lease_until = $2, attempts = attempts + 1
         WHERE id IN (SELECT id FROM picked)
         RETURNING id, recipient_id"
    );
    let ((first, last), (lane_first, lane_last)) = (wanted.urgency.priorities(), wanted.urgency.lane());
    let mut values: Vec<Value> = vec![
        now.into(),
        lease.into(),
        i64::try_from(wanted.limit).unwrap_or(i64::MAX).into(),
        wanted.messenger.into(),
        first.into(),
        last.into(),
        lane_first.into(),
        lane_last.into(),
        (lease + CLOCKS_APART).into(),
        (now + CLOCKS_APART).into(),
    ];
    values.extend(wanted.kinds.iter().map(|kind| Value::from(*kind)));
    values.extend(wanted.not_to.iter().map(|person| Value::from(*person)));
    let rows = db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// So many places for values, from the one with this number on: `$4, $5`.
fn places(first: usize, count: usize) -> String {
    (first..first + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

//! How many hear of something: counted where all of it stands. Whomever it concerns, and however many they are, it is one
//! statement and one row.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};

use super::{commitment, tie};
use crate::domain::{Category, CollectionId, CollectionKind, MemberId, Mode, PoolId, Ring, State};

/// Whom something concerns that a member does, the owner of what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom<'a> {
    /// This one member.
    One(MemberId),
    /// Those whom word of the owner's collection reaches when it goes from one ring as far as another.
    Beyond { before: Ring, ring: Ring },
    /// The owner's trust list.
    TrustList,
    /// Whoever supports the owner's monthly collection with an intention.
    Intending,
    /// Whoever helps with a collection by a commitment in one of these states.
    Helping(CollectionId, &'a [State]),
    /// The circle of a collection.
    Circle(CollectionId),
    /// The same, as far as they hear of each other.
    Hearing(CollectionId),
    /// The members of a pool.
    Pool(PoolId),
}

/// How these hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hears {
    /// Not at all, and they don't count: they know.
    Not,
    /// It waits for their answer, and can't be switched off.
    Asked,
    /// As news of this category, unless they have switched that off. (What is off by default there would have to be told apart
    /// here; there is no such category.)
    Told(Category),
}

/// What is told to several kinds of members: each of them hears it as the first of these that they belong to does.
pub type Telling<'a> = &'a [(Whom<'a>, Hears)];

/// How many members all of this concerns, and how many of them hear any of it. Whoever is suspended, or has left, hears
/// nothing; nor does the owner. One query.
pub async fn count(
    db: &impl ConnectionTrait,
    owner: MemberId,
    (lately, month_began): (tie::Lately, DateTime<Utc>),
    tellings: &[Telling<'_>],
) -> Result<(u64, u64), DbErr> {
    let backend = db.get_database_backend();
    let layers = || {
        let numbered = tellings.iter().enumerate();
        numbered.flat_map(|(telling, layers)| layers.iter().map(move |(whom, hears)| (telling, *whom, *hears)))
    };
    let mut values = Values(vec![owner.into()]);
    if layers().any(|(_, whom, _)| matches!(whom, Whom::Beyond { ring, .. } if ring > Ring::Near)) {
        values.0.extend(lately.values());
    }
    let (mut concerned, mut left_out, mut categories) = (Vec::new(), Vec::new(), Vec::new());
    for (layer, (telling, whom, hears)) in layers().enumerate() {
        let Some(ids) = ids_of(backend, whom, month_began, &mut values) else { continue };
        concerned.push(format!("SELECT id, {telling} AS telling, {layer} AS layer FROM ({ids}) ids_{layer}"));
        match hears {
            Hears::Not => left_out.push(format!("AND h.layer <> {layer}")),
            Hears::Asked => {}
            Hears::Told(category) => categories.push(format!("WHEN {layer} THEN '{}'", category.as_str())),
        }
    }
    if concerned.is_empty() {
        return Ok((0, 0));
    }
    let category = match categories.is_empty() {
        true => "''".to_owned(),
        false => format!("CASE h.layer {} ELSE '' END", categories.join(" ")),
    };
    let sql = format!(
        "SELECT COUNT(*), CAST(COALESCE(SUM(t.told), 0) AS BIGINT) FROM (
             SELECT h.id, MAX(CASE WHEN m.left_at IS NULL AND m.suspended_at IS NULL AND NOT EXISTS (
                                       SELECT 1 FROM member_notification n
                                       WHERE n.member_id = h.id AND n.category = {category} AND n.mode = '{off}'
                                       LIMIT 1 OFFSET 0)
                                   THEN 1 ELSE 0 END) AS told
             FROM (SELECT w.id, w.telling, MIN(w.layer) AS layer FROM ({concerned}) w
                   GROUP BY w.id, w.telling) h CROSS JOIN member m
             WHERE m.id = h.id AND h.id <> $1 {left_out}
             GROUP BY h.id) t",
        off = Mode::Off.as_str(),
        concerned = concerned.join(" UNION ALL "),
        left_out = left_out.join(" "),
    );
    let row = db.query_one_raw(Statement::from_sql_and_values(backend, sql, values.0)).await?;
    let Some(row) = row else { return Ok((0, 0)) };
    let (of, told): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok((of.unsigned_abs(), told.unsigned_abs()))
}

/// The values of a statement. The owner is `$1`.
struct Values(Vec<Value>);

impl Values {
    /// Adds one, and says what it is called.
    fn add(&mut self, value: impl Into<Value>) -> String {
        self.0.push(value.into());
        format!("${}", self.0.len())
    }
}

/// A query for the ids of these, each once or several times; none where there is nobody.
fn ids_of(backend: DbBackend, whom: Whom<'_>, month_began: DateTime<Utc>, values: &mut Values) -> Option<String> {
    Some(match whom {
        Whom::One(member) => format!("SELECT o.id FROM member o WHERE o.id = {}", values.add(member)),
        Whom::Beyond { before, ring } => {
            let reached = tie::reached(backend, ring)?;
            let before = before.number();
            format!("SELECT r.id FROM ({reached}) r GROUP BY r.id HAVING MIN(r.steps) > {before}")
        }
        Whom::TrustList => "SELECT o.member_id AS id FROM trust_list_member t CROSS JOIN trust_list_member o
                            WHERE t.member_id = $1 AND o.list_id = t.list_id"
            .to_owned(),
        Whom::Intending => {
            let kinds = CollectionKind::ALL.into_iter().filter(|kind| kind.is_of_a_month());
            let kinds: Vec<String> = kinds.map(|kind| format!("'{}'", kind.as_str())).collect();
            format!(
                "SELECT c.supporter_id AS id FROM commitment c
                 WHERE c.receiver_id = $1 AND c.state = '{intention}'
                 AND (SELECT k.kind FROM collection k WHERE k.id = c.collection_id) IN ({kinds})",
                intention = State::Intention.as_str(),
                kinds = kinds.join(", "),
            )
        }
        Whom::Helping(collection, states) => {
            let states: Vec<String> = states.iter().map(|state| format!("'{}'", state.as_str())).collect();
            format!(
                "SELECT c.supporter_id AS id FROM commitment c WHERE c.collection_id = {} AND c.state IN ({})",
                values.add(collection),
                states.join(", ")
            )
        }
        Whom::Circle(collection) => commitment::circle_of(&values.add(collection), &values.add(month_began)),
        Whom::Hearing(collection) => commitment::hearing_of(&values.add(collection), &values.add(month_began)),
        Whom::Pool(pool) => {
            format!("SELECT p.member_id AS id FROM pool_member p WHERE p.pool_id = {}", values.add(pool))
        }
    })
}

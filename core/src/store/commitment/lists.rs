//! Commitments as members see them in lists: with the name of the other side.

use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, Statement};

use super::Model;
use crate::domain::{Called, CollectionId, CollectionKind, Commitment, MemberId, Note, State};
use crate::store::{Slice, unreadable};

/// A commitment in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub commitment: Commitment,
    /// The name of the other side: the receiver in a supporter's list, else the supporter.
    pub name: Called,
    /// The collection's kind.
    pub kind: CollectionKind,
    /// What its supporter says about it.
    pub note: Option<Note>,
}

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    commitment: Model,
    other_name: String,
    collection_kind: String,
}

/// What this member helps others with, in any of these states, the latest month first, and of a month what was settled last, or
/// is the newest.
pub async fn by_supporter(
    db: &impl ConnectionTrait,
    supporter: MemberId,
    states: &[State],
    slice: Slice,
) -> Result<Vec<Listed>, DbErr> {
    listed(db, These::of_a_side("supporter_id", "receiver_id", states), vec![supporter.into()], slice).await
}

/// What others help this member with, in any of these states, the latest month first, and of a month what was settled last, or
/// is the newest.
pub async fn by_receiver(
    db: &impl ConnectionTrait,
    receiver: MemberId,
    states: &[State],
    slice: Slice,
) -> Result<Vec<Listed>, DbErr> {
    listed(db, These::of_a_side("receiver_id", "supporter_id", states), vec![receiver.into()], slice).await
}

/// The commitments to one collection, in any of these states, the newest first.
pub async fn of_collection(
    db: &impl ConnectionTrait,
    collection: CollectionId,
    states: &[State],
    slice: Slice,
) -> Result<Vec<Listed>, DbErr> {
    let parts = states.iter().map(|state| to_collection(*state)).collect();
    listed(db, These::of_collection(parts), vec![collection.into()], slice).await
}

/// Commitments that are listed together.
pub(super) struct These {
    /// Conditions, of which a commitment meets one at most.
    pub parts: Vec<String>,
    /// The order of an index in which those that meet one of them stand.
    pub newest: &'static str,
    /// The order in which they are listed.
    pub listed: &'static str,
    /// Which side is named.
    pub other_side: &'static str,
}

impl These {
    /// Of the member `$1` on this side, in these states: by month, and of a month what was settled last, or is the newest.
    fn of_a_side(side: &str, other_side: &'static str, states: &[State]) -> These {
        let parts = states.iter().map(|state| in_state(&format!("{side} = $1"), *state)).collect();
        let newest = "state DESC, month DESC, settled_at DESC, id DESC";
        These { parts, newest, listed: "month DESC, settled_at DESC, id DESC", other_side }
    }

    /// Of a collection, what was settled last counts as the newest of what is settled.
    pub fn of_collection(parts: Vec<String>) -> These {
        let newest = "state DESC, settled_at DESC, id DESC";
        These { parts, newest, listed: "id DESC", other_side: "supporter_id" }
    }
}

/// The commitments to the collection `$1` that are in this state.
pub(super) fn to_collection(state: State) -> String {
    in_state("collection_id = $1", state)
}

/// Those in this state, said by two bounds, and asked for in the order of the state, too: so PostgreSQL takes the one index
/// in which they stand in this order. Where a state is said to be one, another index will do: of all commitments, or of
/// those in a few states. And it reads the whole of such a one where it believes that there is little in it.
fn in_state(whose: &str, state: State) -> String {
    let state = state.as_str();
    format!("{whose} AND state >= '{state}' AND state <= '{state}'")
}

/// A page of these commitments, the newest first, with the names of the other side. Of each part the newest are read, as
/// many as the page ends at; so only they are sorted, whatever else there is.
pub(super) async fn listed(
    db: &impl ConnectionTrait,
    these: These,
    mut values: Vec<Value>,
    slice: Slice,
) -> Result<Vec<Listed>, DbErr> {
    let most = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let place = values.len();
    let (end, take, skip) = (place + 1, place + 2, place + 3);
    values.extend([slice.skip.saturating_add(slice.take), slice.take, slice.skip].map(|rows| most(rows).into()));
    let These { parts, newest, listed, other_side } = these;
    let parts: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(number, part)| {
            format!(
                "SELECT * FROM (
                     SELECT * FROM commitment WHERE {part} ORDER BY {newest} LIMIT ${end}) part_{number}"
            )
        })
        .collect();
    // No joins: a server that believes a table to be empty reads the whole of it to join it with a page.
    let sql = format!(
        "SELECT c.*,
                (SELECT m.name FROM member m WHERE m.id = c.{other_side}) AS other_name,
                (SELECT k.kind FROM collection k WHERE k.id = c.collection_id) AS collection_kind
         FROM (SELECT * FROM ({parts}) found ORDER BY {listed} LIMIT ${take} OFFSET ${skip}) c
         ORDER BY {listed}",
        parts = parts.join(" UNION ALL "),
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = Row::find_by_statement(statement).all(db).await?;
    rows.into_iter().map(Row::into_listed).collect()
}

impl Row {
    fn into_listed(self) -> Result<Listed, DbErr> {
        Ok(Listed {
            note: self.commitment.note.clone().map(Note::kept),
            commitment: self.commitment.into_domain()?,
            name: self.other_name.into(),
            kind: CollectionKind::parse(&self.collection_kind)
                .ok_or_else(|| unreadable("collection.kind", &self.collection_kind))?,
        })
    }
}

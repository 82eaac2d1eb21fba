//! All that is kept of a member, as they can read and keep it themselves.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use serde_json::{Value, json};

use super::{Aid, Refused};
use crate::domain::{CollectionId, CommitmentId, MemberId, Money, Refusal, Unit};
use crate::store;
use exodus_engine::person::{Rows, kept, row};

/// Columns that hold the number of a member: it is read as who that is.
const MEMBERS: [&str; 11] = [
    "member_id",
    "other_id",
    "owner_id",
    "supporter_id",
    "receiver_id",
    "middle_id",
    "inviter_id",
    "for_id",
    "removed_by",
    "actor_id",
    "opened_by",
];

/// Columns that hold a sum in minor units.
const SUMS: [&str; 9] =
    ["sum", "of_sum", "target", "smallest", "largest", "contribution", "most", "told", "owner_told"];

/// All that is kept of this member, table by table, as JSON: what the engine keeps of them as a person, and what mutual aid
/// does. Others have a name in it where the member may know it: beside what the two ever did for each other, where they are
/// acquainted, and where their card can be seen.
pub async fn my_data(aid: &Aid<'_>, who: MemberId, unit: (&str, &Unit)) -> Result<Vec<u8>, Refused> {
    let mut all = kept(&aid.moment(), who).await?;
    let mut mine = own(aid, who).await?;
    let named = names(aid, who, &mine).await?;
    name_initiatives(aid, &mut mine).await?;
    for rows in mine.values_mut().filter_map(Value::as_array_mut) {
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            hide_removal(row, who);
            readable(row, who, &named, unit.1);
        }
    }
    if let Some(told) = all.get_mut("outbox") {
        in_units(told, unit.1);
    }
    all.append(&mut mine);
    let file = json!({ "made_at": aid.now, "currency": unit.0, "me": who, "tables": all });
    Ok(serde_json::to_vec_pretty(&file).unwrap_or_default())
}

/// What mutual aid keeps of them.
async fn own(aid: &Aid<'_>, who: MemberId) -> Result<Rows, Refused> {
    let mut all = Rows::new();
    let mut add = |table: &str, rows: Vec<Rows>| {
        all.insert(table.to_owned(), Value::Array(rows.into_iter().map(Value::Object).collect()));
    };
    let member = store::member::find(aid.tx, who).await?.ok_or(Refusal::Unknown)?;
    add("member", vec![row(member)]);
    add("member_notification", each(store::notification::of(aid.tx, who).await?));
    add("payment_detail", each(store::payment_detail::rows_of(aid.tx, who).await?));
    add("acquaintance", each(store::acquaintance::of(aid.tx, who).await?));
    add("guarantee", each(store::guarantee::of(aid.tx, who).await?));
    add("trust_list_member", each(store::trust_list::of(aid.tx, who).await?.into_iter().collect()));
    add("collection", each(store::collection::rows_of(aid.tx, who).await?));
    let commitments = store::commitment::rows_of(aid.tx, who).await?;
    let ids: Vec<CommitmentId> = commitments.iter().map(|one| one.id).collect();
    add("commitment", each(commitments));
    add("clearing_consent", each(store::clearing_consent::of(aid.tx, who).await?.into_iter().collect()));
    add("paid_directly", each(store::paid_directly::of(aid.tx, who).await?));
    add("set_off", each(store::set_off::of(aid.tx, who).await?));
    add("chain", each(store::chain::known_to(aid.tx, who).await?));
    add("initiative", each(store::initiative::rows_of(aid.tx, who).await?));
    add("initiative_news", each(store::initiative::news_of(aid.tx, who).await?));
    add("invite", each(store::invite::of(aid.tx, who).await?));
    add("invite_use", each(store::invite::uses_of(aid.tx, who).await?));
    add("pool", each(store::pool::opened_by(aid.tx, who).await?));
    add("pool_member", each(store::pool::member::rows_of(aid.tx, who).await?));
    add("pool_case", each(store::pool::case::rows_of(aid.tx, who).await?));
    add("pool_invite", each(store::pool::invite::rows_of(aid.tx, who).await?));
    add("pool_share", each(store::pool::share::rows_of(aid.tx, who).await?));
    add("program", each(store::program::of(aid.tx, who).await?));
    add("program_reply", each(store::program_reply::of(aid.tx, who).await?));
    add("digest_item", each(store::digest_item::of(aid.tx, who).await?));
    add("journal", each(store::journal::of_member(aid.tx, who, ids).await?));
    Ok(all)
}

fn each(models: Vec<impl Serialize>) -> Vec<Rows> {
    models.into_iter().map(row).collect()
}

/// Votes say which initiative they are for: whoever has voted for one may know what it is called.
async fn name_initiatives(aid: &Aid<'_>, mine: &mut Rows) -> Result<(), Refused> {
    let Some(votes) = mine.get_mut("commitment").and_then(Value::as_array_mut) else { return Ok(()) };
    let of = |row: &Value| row.get("collection_id")?.as_i64().map(CollectionId::new);
    let texts = store::initiative::texts_of(aid.tx, votes.iter().filter_map(of).collect::<BTreeSet<_>>()).await?;
    for row in votes.iter_mut() {
        let title = of(row).and_then(|id| texts.get(&id)).map(|texts| texts.title.clone());
        if let (Some(title), Some(row)) = (title, row.as_object_mut()) {
            row.insert("initiative".to_owned(), title.into());
        }
    }
    Ok(())
}

/// What others are called of whom these rows speak, as far as the member may know: by their numbers.
async fn names(aid: &Aid<'_>, who: MemberId, mine: &Rows) -> Result<HashMap<MemberId, String>, Refused> {
    let of = |tables: &[&str]| -> BTreeSet<MemberId> {
        let rows =
            tables.iter().filter_map(|table| mine.get(*table)?.as_array()).flatten().filter_map(Value::as_object);
        let rows = rows.filter(|row| !row.contains_key("removed_at"));
        let numbers = rows.flat_map(|row| MEMBERS.iter().filter_map(move |column| row.get(*column)?.as_i64()));
        numbers.map(MemberId::new).filter(|other| *other != who).collect()
    };
    let mut known = of(&["commitment", "acquaintance", "guarantee"]);
    let others: Vec<MemberId> = of(&["invite", "invite_use", "chain"]).difference(&known).copied().collect();
    known.extend(store::sight::seen_among(aid.tx, who, &others, aid.lately()).await?);
    Ok(store::member::names(aid.tx, known).await?)
}

/// Whoever was removed by another is told so nowhere.
fn hide_removal(row: &mut Rows, who: MemberId) {
    if row.get("removed_by").and_then(Value::as_i64).is_some_and(|by| MemberId::new(by) != who) {
        row.remove("removed_by");
        row.remove("removed_at");
    }
}

/// What else holds a sum within what happened and what was told: their numbers are nothing else there.
const SUMS_WITHIN: [&str; 9] = ["from", "to", "gathered", "made_way", "missing", "more", "promised", "voted", "left"];

/// The sums within what happened, and within what was told, in units of the currency.
fn in_units(value: &mut Value, unit: &Unit) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                if name == "facts" {
                    unfold(value);
                }
                match value.as_i64() {
                    Some(number) if SUMS.contains(&name.as_str()) || SUMS_WITHIN.contains(&name.as_str()) => {
                        *value = unit.plain(Money::from_minor(number)).into();
                    }
                    _ => in_units(value, unit),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| in_units(value, unit)),
        _ => {}
    }
}

/// What was told in a daily message is kept as a text within it.
fn unfold(value: &mut Value) {
    let inner = value.as_str().and_then(|text| serde_json::from_str(text).ok());
    if let Some(inner @ Value::Object(_)) = inner {
        *value = inner;
    }
}

/// Numbers become what they mean.
fn readable(row: &mut Rows, who: MemberId, names: &HashMap<MemberId, String>, unit: &Unit) {
    for (column, value) in row.iter_mut() {
        let Some(number) = value.as_i64() else {
            in_units(value, unit);
            continue;
        };
        if SUMS.contains(&column.as_str()) {
            *value = unit.plain(Money::from_minor(number)).into();
        } else if MEMBERS.contains(&column.as_str()) {
            let id = MemberId::new(number);
            let named = if id == who { Some("me") } else { names.get(&id).map(String::as_str) };
            *value = named.map_or(Value::Null, Value::from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_has_one_unit_wherever_it_stands() {
        let mut kept = json!({
            "sum": 7000,
            "facts": { "help": { "sum": 7050, "supporter": 7 }, "from": 100, "to": 5, "count": 3, "target": { "sum": 1 } },
            "all": [{ "promised": 12_345 }, { "to": "2026-12-01" }],
            "told": [{ "kind": "notice-daily", "facts": "{\"sum\":7000}" }, { "facts": "{" }],
        });
        in_units(&mut kept, &Unit::new("EUR", 2, &[]));
        let read = json!({
            "sum": "70",
            "facts": { "help": { "sum": "70.50", "supporter": 7 }, "from": "1", "to": "0.05", "count": 3, "target": { "sum": "0.01" } },
            "all": [{ "promised": "123.45" }, { "to": "2026-12-01" }],
            "told": [{ "kind": "notice-daily", "facts": { "sum": "70" } }, { "facts": "{" }],
        });
        assert_eq!(kept, read);
    }
}

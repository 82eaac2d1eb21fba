use serde::Serialize;
use serde_json::{Map, Value};

use crate::conversation::{Fault, Moment};
use crate::id::PersonId;
use crate::store::{account, chat, link_code, outbox, person, session, web};

/// Rows of tables, by the names of the tables.
pub type Rows = Map<String, Value>;

/// Columns in which JSON is kept as text.
const JSON: [&str; 3] = ["facts", "draft", "saying"];

/// All that the engine keeps of somebody, table by table, with every column: for a file in which they can read what is known of
/// them. A bot adds what it keeps itself. A query for each table.
///
/// # Errors
/// The database's own.
pub async fn kept(at: &Moment<'_>, who: PersonId) -> Result<Rows, Fault> {
    let mut all = Rows::new();
    all.insert("person".to_owned(), rows(person::find(at.tx, who).await?));
    all.insert("account".to_owned(), rows(account::of_person(at.tx, who).await?));
    all.insert("link_code".to_owned(), rows(link_code::of_person(at.tx, who, at.now).await?));
    let link = web::link::of_person(at.tx, who, at.now).await?;
    // That somebody else has given one they may know; by its word whoever asks for this file could sign in once more.
    let link = link.map(|link| if link.given { web::link::Model { word: String::new(), ..link } } else { link });
    all.insert("web_link".to_owned(), rows(link));
    all.insert("web_browser".to_owned(), rows(web::browser::of_person(at.tx, who).await?));
    all.insert("session".to_owned(), rows(session::of_person(at.tx, who).await?));
    all.insert("chat".to_owned(), rows(chat::rows_of(at.tx, who).await?));
    all.insert("outbox".to_owned(), rows(outbox::of_person(at.tx, who).await?));
    Ok(all)
}

fn rows(these: impl IntoIterator<Item = impl Serialize>) -> Value {
    Value::Array(these.into_iter().map(|one| Value::Object(row(one))).collect())
}

/// A row as an object: its columns by their names, without those in which nothing is; what is kept as JSON in a text is a part
/// of it.
pub fn row(model: impl Serialize) -> Rows {
    let Ok(Value::Object(columns)) = serde_json::to_value(model) else { return Rows::new() };
    let shown = columns.into_iter().filter(|(_, value)| !value.is_null() && value.as_str() != Some(""));
    let opened = |name: &str, value: Value| match value.as_str().filter(|_| JSON.contains(&name)) {
        Some(text) => serde_json::from_str(text).unwrap_or(value),
        None => value,
    };
    shown
        .map(|(name, value)| {
            let value = opened(&name, value);
            (name, value)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_what_is_in_it_and_nothing_else() {
        #[derive(Serialize)]
        struct Model {
            name: &'static str,
            facts: &'static str,
            none: Option<i64>,
            empty: &'static str,
        }
        let shown = row(Model { name: "[1]", facts: r#"{"sum":5}"#, none: None, empty: "" });
        assert_eq!(Value::Object(shown).to_string(), r#"{"facts":{"sum":5},"name":"[1]"}"#);
    }
}

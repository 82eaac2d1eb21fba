//! The words of a rich message: it is made of blocks, in which texts stand in one another.

use serde_json::Value;

/// All that is to be read of it, each block in lines of its own; none where there are no words.
pub(super) fn words(message: &Value) -> Option<String> {
    let mut lines = Vec::new();
    blocks(&message["blocks"], &mut lines);
    let words = lines.join("\n");
    Some(words).filter(|words| !words.trim().is_empty())
}

fn blocks(all: &Value, lines: &mut Vec<String>) {
    for block in all.as_array().into_iter().flatten() {
        let said = ["text", "summary", "expression"].map(|field| text(&block[field])).concat();
        lines.extend(Some(said).filter(|said| !said.is_empty()));
        blocks(&block["blocks"], lines);
        blocks(&block["items"], lines);
        for row in block["cells"].as_array().into_iter().flatten() {
            let cells = row.as_array().into_iter().flatten().map(|cell| text(&cell["text"]));
            lines.push(cells.collect::<Vec<_>>().join(" "));
        }
        // That of a table is a text, that of all others holds one.
        let captions = [&block["caption"], &block["caption"]["text"]].map(text);
        lines.extend(captions.into_iter().find(|caption| !caption.is_empty()));
    }
}

/// A text, whatever is around it.
fn text(rich: &Value) -> String {
    match rich {
        Value::String(said) => said.clone(),
        Value::Array(parts) => parts.iter().map(text).collect(),
        Value::Object(part) => ["text", "alternative_text", "expression"]
            .into_iter()
            .find_map(|field| part.get(field).filter(|_| part.contains_key("type")).map(text))
            .unwrap_or_default(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_is_read_whatever_is_around_it() {
        let bold = json!({ "type": "bold", "text": ["50", { "type": "italic", "text": "0" }] });
        for (blocks, read) in [
            (json!([{ "type": "paragraph", "text": "500" }]), Some("500")),
            (json!([{ "type": "paragraph", "text": bold }]), Some("500")),
            (json!([{ "type": "paragraph", "text": ["I need ", bold] }, { "type": "divider" }]), Some("I need 500")),
            (
                json!([{ "type": "list", "items": [
                    { "label": "1", "blocks": [{ "type": "paragraph", "text": "one" }] },
                    { "label": "2", "blocks": [{ "type": "paragraph", "text": "two" }] },
                ]}]),
                Some("one\ntwo"),
            ),
            (json!([{ "type": "table", "cells": [[{ "text": "a" }, { "text": "b" }], [{}]] }]), Some("a b\n")),
            (json!([{ "type": "photo", "photo": [], "caption": { "text": "500" } }]), Some("500")),
            (json!([{ "type": "photo", "photo": [] }]), None),
            (json!("something else"), None),
        ] {
            assert_eq!(words(&json!({ "blocks": blocks })).as_deref(), read, "{blocks}");
        }
    }
}

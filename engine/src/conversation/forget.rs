//! Taking what somebody was called, who is to be forgotten, out of what other chats still keep of their open pages: the labels
//! that were shown there, the line above, the words that were typed last.

use sea_orm::DbErr;

use super::Moment;
use super::numbers::fold;
use super::offered::Offered;
use crate::id::Id;
use crate::store::session::{self, Model};

/// How many chats are looked at together.
const AT_ONCE: u64 = 200;

/// By so many of its first characters a name is known in a label, which may have been cut off behind them.
const BEGINNING: usize = 20;

/// From now on no chat keeps these names, nor these tokens. A choice keeps its number and what it does, and is called nothing;
/// what led by a token leads nowhere. A page that was drawn in the same moment by another process may still name them, until
/// its chat goes on.
///
/// # Errors
/// The database does not answer.
pub async fn forget_words(at: &Moment<'_>, names: &[String], tokens: &[String]) -> Result<(), DbErr> {
    let names: Vec<Named> = names.iter().filter(|name| !name.trim().is_empty()).map(|name| Named::new(name)).collect();
    let sought: Vec<String> = names.iter().flat_map(Named::sought).chain(tokens.iter().cloned()).collect();
    if sought.is_empty() {
        return Ok(());
    }
    let mut after = Id::BEFORE_ALL;
    loop {
        let chats = session::holding(at.tx, &sought, after, AT_ONCE).await?;
        let Some(last) = chats.last().map(|chat| chat.id) else { return Ok(()) };
        let is_last = (chats.len() as u64) < AT_ONCE;
        let changed = chats.into_iter().filter_map(|chat| {
            let without = without(chat.clone(), &names, tokens);
            (without != chat).then_some(without)
        });
        session::rewrite(at.tx, changed.collect()).await?;
        if is_last {
            return Ok(());
        }
        after = last;
    }
}

/// The chat as it is kept without these.
fn without(chat: Model, names: &[Named], tokens: &[String]) -> Model {
    let leads_by_token = |text: &str| tokens.iter().any(|token| text.contains(token));
    let is_named = |text: &str| names.iter().any(|name| name.is_in(text));
    let offered = Offered::parse_all(&chat.offered).into_iter().filter(|choice| !leads_by_token(&choice.press));
    let offered: Vec<Offered> = offered
        .map(|choice| match is_named(&choice.label) || leads_by_token(&choice.label) {
            true => Offered { label: UNNAMED.to_owned(), ..choice },
            false => choice,
        })
        .collect();
    let offered = Offered::encode_all(&offered);
    let trail: Vec<&str> = chat.trail.split_whitespace().filter(|crumb| !leads_by_token(crumb)).collect();
    Model {
        trail: trail.join(" "),
        route: Some(chat.route).filter(|route| !leads_by_token(route)).unwrap_or_default(),
        // Whoever came by it is not asked what they wanted: that they came by one is known, and not by which.
        draft: tokens.iter().fold(chat.draft, |draft, token| draft.replace(token, UNNAMED)),
        saying: chat.saying.filter(|line| !is_named(line) && !leads_by_token(line)),
        said: Some(chat.said).filter(|said| !names.iter().any(|name| name.was_typed(said))).unwrap_or_default(),
        offered,
        ..chat
    }
}

/// What a choice is called whose name is forgotten: nothing that anybody says.
const UNNAMED: &str = "…";

/// A name, in the forms in which it may be met.
struct Named {
    /// Its beginning, as it was written, and as it stands in a line that is kept as JSON.
    beginning: String,
    quoted: String,
    /// As words that were typed are compared.
    folded: String,
    /// More follows behind the beginning.
    is_cut: bool,
}

impl Named {
    fn new(name: &str) -> Named {
        let beginning: String = name.chars().take(BEGINNING).collect();
        let quoted = serde_json::to_string(&beginning).unwrap_or_default();
        Named {
            is_cut: beginning.len() < name.len(),
            quoted: quoted.trim_matches('"').to_owned(),
            folded: fold(name),
            beginning,
        }
    }

    /// What may be looked for in their place, without looking at where words begin and end.
    fn sought(&self) -> [String; 3] {
        [self.beginning.clone(), self.quoted.clone(), self.folded.clone()]
            .map(|form| if form.is_empty() { self.beginning.clone() } else { form })
    }

    /// Whether a text says it, as a word of its own.
    fn is_in(&self, text: &str) -> bool {
        let is_apart = |form: &str| {
            text.match_indices(form).any(|(at, found)| {
                let before = text[..at].chars().next_back();
                let behind = text[at + found.len()..].chars().next().filter(|_| !self.is_cut);
                !before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
            })
        };
        is_apart(&self.beginning) || is_apart(&self.quoted)
    }

    /// Whether what was typed last is about it.
    fn was_typed(&self, said: &str) -> bool {
        !self.folded.is_empty() && said.contains(&self.folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Weight;

    #[test]
    fn a_name_is_met_as_a_word_of_its_own_whole_or_cut_off() {
        let long = "Anna Maria Theodora Josephine von und zu Hohenfels";
        for (name, text, is_in) in [
            ("Anna", "🔆 Anna: 🙏 €200", true),
            ("Anna", "Annabel", false),
            ("Anna", "Hanna", false),
            ("An\"na", r#"{"key":"a","args":[["name",{"words":"An\"na"}]]}"#, true),
            ("A", "🔆 A", true),
            ("A", "Accounts", false),
            (long, "🔆 Anna Maria Theodora Jos…", true),
            (long, "🔆 Anna Maria", false),
        ] {
            assert_eq!(Named::new(name).is_in(text), is_in, "{name} in {text}");
        }
    }

    #[test]
    fn what_is_left_of_a_chat_does_what_it_did() {
        let choice = |number, press: &str, label: &str| Offered {
            number: Some(number),
            press: press.to_owned(),
            label: label.to_owned(),
            weight: Weight::Light,
        };
        let offered = [choice(1, "/card/7", "✅ Anna"), choice(2, "W:revoke/tok", "Revoke"), choice(3, "/faq", "FAQ")];
        let chat = Model {
            id: Id::new(1),
            messenger: "terminal".into(),
            address: "boris".into(),
            tab: String::new(),
            thread: None,
            lang: None,
            route: "invited/tok".into(),
            trail: "menu invite/tok network".into(),
            draft: r#"["help/3",[["sum","50"]]]"#.into(),
            rev: 3,
            word: "W".into(),
            offered: Offered::encode_all(&offered),
            asks: false,
            live: None,
            message: None,
            seq: 1,
            shown: 3,
            saying: Some(r#"{"key":"card-parted","args":[["name",{"words":"Anna"}]]}"#.into()),
            did: None,
            said: "!anna".into(),
            changed_at: chrono::DateTime::UNIX_EPOCH,
        };
        let left = without(chat.clone(), &[Named::new("Anna")], &["tok".to_owned()]);
        let kept = [choice(1, "/card/7", "…"), choice(3, "/faq", "FAQ")];
        assert_eq!(Offered::parse_all(&left.offered), kept);
        assert_eq!((left.route.as_str(), left.trail.as_str()), ("", "menu network"));
        assert_eq!((left.saying, left.said.as_str(), &left.draft), (None, "", &chat.draft));
        let came_by = Model { draft: r#"["invited",[["all","other tok"]]]"#.into(), ..chat };
        assert_eq!(without(came_by, &[], &["tok".to_owned()]).draft, r#"["invited",[["all","other …"]]]"#);
    }
}

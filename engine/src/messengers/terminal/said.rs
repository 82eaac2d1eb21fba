use crate::conversation::{Content, Does, Letter, Rendered};
use crate::locale::Text;

/// Something that the bot said to somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The letter's id.
    pub id: String,
    /// The address.
    pub to: String,
    /// All that is seen, choices included.
    pub text: Text,
    /// What can be chosen, in its order.
    pub offers: Vec<Offer>,
}

/// A choice as a person reads it, and what it does when it is pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// That of a notice ends with the notice's number: `Confirm № 12`.
    pub label: String,
    /// What the button carries.
    pub press: String,
}

impl Said {
    /// A letter whose text is complete by itself.
    pub fn of(letter: Letter<'_>) -> Said {
        Said {
            id: letter.id.to_owned(),
            to: letter.to.to_owned(),
            text: seen(letter.page),
            offers: Offer::all(letter.page),
        }
    }
}

/// All that is seen of a page before its choices: what it brings, line by line as it is there, a picture in words, and then
/// what it says.
pub fn seen(page: &Rendered) -> Text {
    let file = page.file.as_ref().map(|file| {
        let lines = match &file.content {
            Content::Picture(picture) => lines(&picture.about),
            Content::Bytes(bytes) => match str::from_utf8(bytes) {
                Ok(text) => lines(text),
                Err(_) => vec![format!("| {}", bytes.len())],
            },
        };
        let head = format!("📎 {} ({})", file.name, file.media_type);
        Text::from(std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n"))
    });
    Text::join_paragraphs(file.into_iter().chain([page.text.clone()]))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| format!("| {line}")).collect()
}

impl Offer {
    /// What a page or a notice offers, in its order.
    pub fn all(page: &Rendered) -> Vec<Offer> {
        let offer = |button: &crate::conversation::Button| match &button.does {
            Does::Press(press) => Some(Offer { label: Offer::label(&button.label, page.notice), press: press.clone() }),
            _ => None,
        };
        page.buttons.iter().flatten().filter_map(offer).collect()
    }

    /// How a choice is called: that of a notice carries its number.
    pub fn label(label: &str, notice: Option<i64>) -> String {
        match notice {
            Some(number) => format!("{label} № {number}"),
            None => label.to_owned(),
        }
    }

    /// Whether these words mean this choice: its label, whether or not with its signs and capitals.
    pub fn is_called(&self, words: &str) -> bool {
        let words = letters(words);
        !words.is_empty() && words == letters(&self.label)
    }

    /// Whether these words, the last of them perhaps cut short, are among those that it is called.
    pub fn is_called_about(&self, words: &str) -> bool {
        let words = letters(words);
        !words.is_empty() && format!(" {}", letters(&self.label)).contains(&format!(" {words}"))
    }
}

fn letters(words: &str) -> String {
    let plain: String = words.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::File;

    #[test]
    fn a_file_is_seen_line_by_line_above_its_page() {
        let content = Content::Bytes(b"one\ntwo".to_vec());
        let file = File { name: "a.txt".into(), media_type: "text/plain".into(), content };
        let page =
            Rendered { text: "Here".into(), buttons: Vec::new(), asks: false, notice: None, file: Some(file.into()) };
        assert_eq!(seen(&page).plain(), "📎 a.txt (text/plain)\n| one\n| two\n\nHere");
        assert_eq!(seen(&Rendered { file: None, ..page }).plain(), "Here");
    }

    #[test]
    fn a_choice_is_called_by_its_label_without_signs() {
        let offer = Offer { label: "👍 Confirm 12".into(), press: "nB3XT6VPA:confirm".into() };
        for (words, is_it) in [
            ("👍 Confirm 12", true),
            ("confirm 12", true),
            ("Confirm", false),
            ("👍", false),
            ("Confirm 1", false),
            ("", false),
        ] {
            assert_eq!(offer.is_called(words), is_it, "{words:?}");
        }
        assert_eq!(Offer::label("Confirm", Some(12)), "Confirm № 12");
        assert_eq!(Offer::label("Confirm", None), "Confirm");
    }
}

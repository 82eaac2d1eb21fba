use super::{Choice, Route};

/// The longest word of a page or a notice, in bytes.
pub(super) const LONGEST_WORD: usize = 12;

/// What a pressed button means, in the few bytes that a messenger gives us to write it down.
///
/// Pages and notices go by words that are drawn ([`super::Chance`]) and never come again: whatever becomes of the
/// database, an old button means what it stood for, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// `/wishes`: a link.
    Link(Route),
    /// `K7Q2MZ4A:confirm`: a deed of the page that goes by this word.
    Deed {
        /// The word of the page that offered it.
        page: String,
        /// The name of the deed.
        name: String,
    },
    /// `nB3XT6VPA:confirm`: a deed of the notice that goes by this word.
    Notice {
        /// The word of the notice.
        notice: String,
        /// The name of the deed.
        name: String,
    },
    /// `nB3XT6VPA/wishes`: a link of that notice.
    NoticeLink {
        /// The word of the notice.
        notice: String,
        /// Where it leads.
        to: Route,
    },
}

impl Press {
    /// The press of a choice on the notice that goes by this word; an address outside the bot has none.
    pub fn of_notice(notice: &str, choice: &Choice) -> Option<Press> {
        let notice = notice.to_owned();
        match choice {
            Choice::Go { to, .. } => Some(Press::NoticeLink { notice, to: to.clone() }),
            other => other.deed_name().map(|name| Press::Notice { notice, name: name.to_owned() }),
        }
    }

    /// The press of a choice on the open page, which goes by this word.
    pub fn of_page(page: &str, choice: &Choice) -> Option<Press> {
        match choice {
            Choice::Go { to, .. } => Some(Press::Link(to.clone())),
            other => other.deed_name().map(|name| Press::Deed { page: page.to_owned(), name: name.to_owned() }),
        }
    }

    /// As a button carries it.
    pub fn encode(&self) -> String {
        match self {
            Press::Link(route) => format!("/{route}"),
            Press::Deed { page, name } => format!("{page}:{name}"),
            Press::Notice { notice, name } => format!("n{notice}:{name}"),
            Press::NoticeLink { notice, to } => format!("n{notice}/{to}"),
        }
    }

    /// Reads a press; `None` for anything that we never wrote.
    pub fn decode(text: &str) -> Option<Press> {
        if let Some(route) = text.strip_prefix('/') {
            return Route::parse(route).map(Press::Link);
        }
        let (head, is_link) = (text.find([':', '/'])?, text.contains('/') && !text.contains(':'));
        let (of, rest) = (&text[..head], text[head + 1..].to_owned());
        match of.strip_prefix('n') {
            Some(notice) if is_link => Some(Press::NoticeLink { notice: word(notice)?, to: Route::parse(&rest)? }),
            Some(notice) => Some(Press::Notice { notice: word(notice)?, name: rest }),
            None => Some(Press::Deed { page: word(of)?, name: rest }),
        }
    }
}

/// A word as it is drawn.
fn word(text: &str) -> Option<String> {
    let plain = text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (plain && (1..=LONGEST_WORD).contains(&text.len())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_press_reads_back_as_it_was_written_and_fits_a_button() {
        let longest = Route::new(&"x".repeat(super::super::route::LONGEST));
        for press in [
            Press::Link(Route::new("help").with(1)),
            Press::Link(longest.clone()),
            Press::Deed { page: "K7Q2MZ4A".into(), name: "redo-sum".into() },
            Press::Notice { notice: "B3XT6VPA".into(), name: "confirm".into() },
            Press::NoticeLink { notice: "B3XT6VPA".into(), to: longest },
        ] {
            let text = press.encode();
            assert!(text.len() <= 64, "{text}");
            assert_eq!(Press::decode(&text), Some(press));
        }
    }

    #[test]
    fn what_we_never_wrote_is_no_press() {
        for bad in
            ["", "x", ":", "x:y", "n:", "nn1:x", "n-1:x", "/", "n1/", "99999999999999999999:x", "K7Q2mz4a:x", "K7 2:x"]
        {
            assert_eq!(Press::decode(bad), None, "{bad:?}");
        }
    }
}

use super::{Button, Does, Mark, Numbers, Rendered, Voice, Ways};
use crate::conversation::offered::Offered;
use crate::conversation::{Choice, Page};
use crate::locale::{Msg, Text};
use crate::msg;

/// Text alone, complete by itself: each choice on a line of its own, with the number to type. Where
/// an answer is awaited, digits belong to it, so there the choices are words; and those of a notice
/// are words with the notice's number, which never takes the place of the open page's numbers.
pub(super) fn render(
    voice: Voice<'_>,
    mut text: Text,
    page: &Page,
    ways: &Ways,
    mark: Mark<'_>,
) -> (Rendered, Vec<Offered>) {
    let (back, home) = ways.choices();
    let numbers = Numbers::of(page, voice.said, mark);
    let numbers = numbers.as_ref();
    let mut list = List { voice, mark, lines: Vec::new(), buttons: Vec::new(), offered: Vec::new() };
    for (place, choice) in page.rows.iter().flatten().enumerate() {
        list.add(choice, numbers.and_then(|numbers| numbers.rows.get(place).copied()));
    }
    for (place, choice) in page.turns.iter().flat_map(|(_, turns)| turns).enumerate() {
        list.add(choice, numbers.and_then(|numbers| numbers.turns.get(place).copied()));
    }
    if let Some(home) = &home {
        list.add(home, numbers.map(|numbers| numbers.home));
    }
    if let Some(back) = &back {
        list.add(back, numbers.map(|_| 0));
    }
    let List { lines, buttons, offered, .. } = list;

    // Whoever sees a list without a 1 is told why.
    let left_out = numbers.and_then(|numbers| numbers.left_out);
    let left_out = left_out.map(|number| msg!("choose-without", number = number.to_string()));
    let leads = lead(page, &offered, mark, home.is_some()).into_iter().chain(left_out);
    let leads = leads.map(|lead| voice.locales.text(voice.lang, &lead));
    let choices = Text::join_lines(leads.chain(lines));
    text.truncate_utf16(voice.caps.longest_text.saturating_sub(choices.len_utf16() + 2));
    let text = Text::join_paragraphs([text, choices]);
    (Rendered { text, buttons, asks: page.asks, notice: mark.number(), file: page.file.clone() }, offered)
}

/// How to choose, above the list; on pages with numbers only where people begin, because it is the same on all others.
fn lead(page: &Page, offered: &[Offered], mark: Mark<'_>, leads_home: bool) -> Option<Msg> {
    match mark {
        _ if offered.is_empty() => None,
        Mark::Notice(_) => Some(msg!("choose-on-notice")),
        Mark::Page(_) if page.asks => Some(msg!("choose-or-answer")),
        Mark::Page(_) if leads_home => None,
        Mark::Page(_) => Some(msg!("choose-by-number")),
    }
}

/// The choices, as they are listed one by one.
struct List<'a> {
    voice: Voice<'a>,
    mark: Mark<'a>,
    lines: Vec<Text>,
    buttons: Vec<Vec<Button>>,
    offered: Vec<Offered>,
}

impl List<'_> {
    fn add(&mut self, choice: &Choice, number: Option<u32>) {
        let label = self.voice.label(choice);
        let plain = label.plain();
        let Some(press) = self.mark.press(choice) else {
            if let Choice::Open { url, .. }
            | Choice::Write { to: Some(url), .. }
            | Choice::Share { otherwise: url, .. } = choice
            {
                self.lines.push(Text::join([label, Text::from(url.to_string())], ": "));
            }
            return;
        };
        let mut line = Text::from(number.map_or_else(|| "• ".to_owned(), |number| format!("{number}. ")));
        line.append(label);
        if let Mark::Notice(named) = self.mark {
            line.push_str(&format!(" № {}", named.number));
        }
        self.lines.push(line);
        let press = press.encode();
        let (does, nature) = (Does::Press(press.clone()), choice.nature());
        self.buttons.push(vec![Button { label: plain.clone(), number, does, nature }]);
        self.offered.push(Offered { number, press, label: plain, weight: choice.weight() });
    }
}

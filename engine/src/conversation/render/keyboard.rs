use super::{Button, Does, Mark, Numbers, Rendered, Voice, Ways};
use crate::conversation::offered::Offered;
use crate::conversation::{Choice, Page, Press, Weight};
use crate::locale::Text;

/// Text above, buttons below.
pub(super) fn render(
    voice: Voice<'_>,
    mut text: Text,
    page: &Page,
    ways: &Ways,
    mark: Mark<'_>,
) -> (Rendered, Vec<Offered>) {
    text.truncate_utf16(voice.caps.longest_text);
    let mut rows = page.rows.clone();
    rows.extend(page.turns.iter().map(|(_, turns)| turns.clone()));
    let (back, home) = ways.choices();
    let numbers = Numbers::of(page, voice.said, mark).map(|numbers| {
        let ways = back.iter().map(|_| 0).chain(home.iter().map(|_| numbers.home));
        numbers.rows.iter().chain(&numbers.turns).copied().chain(ways).collect::<Vec<u32>>()
    });
    rows.push(back.into_iter().chain(home).collect());

    let (mut offered, mut numbers) = (Vec::new(), numbers.into_iter().flatten());
    let mut button = |choice: &Choice| {
        let number = numbers.next().filter(|_| !choice.is_outside());
        let (label, nature) = (voice.label(choice).plain(), choice.nature());
        let mut offer = |press: &Press, label: &str, weight| {
            let press = press.encode();
            offered.push(Offered { number: None, press: press.clone(), label: label.to_owned(), weight });
            press
        };
        let does = match (choice, mark.otherwise(choice)) {
            (Choice::Open { url, .. }, _) => Does::Open(url.to_string()),
            (Choice::Copy { text, .. }, _) => Does::Copy(text.clone()),
            (Choice::Share { words, otherwise, .. }, _) => {
                Does::Share { words: words.clone(), otherwise: otherwise.to_string() }
            }
            (Choice::Write { to: Some(to), .. }, Some((asks, press))) => {
                let asks = voice.short(asks).plain();
                let press = offer(&press, &asks, Weight::Plain);
                Does::Write { to: to.to_string(), otherwise: (asks, press) }
            }
            (choice, _) => Does::Press(offer(&mark.press(choice)?, &label, choice.weight())),
        };
        Some(Button { label, number, does, nature })
    };
    let buttons: Vec<Vec<Button>> = rows.iter().map(|row| row.iter().filter_map(&mut button).collect()).collect();
    let buttons = buttons.into_iter().filter(|row: &Vec<Button>| !row.is_empty()).collect();
    (Rendered { text, buttons, asks: page.asks, notice: mark.number(), file: page.file.clone() }, offered)
}

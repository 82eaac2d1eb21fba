use super::{Button, Does, Mark, Numbers, Rendered, Voice, Ways};
use crate::conversation::offered::Offered;
use crate::conversation::{Choice, Page, Press, Weight};
use crate::locale::{Arg, Msg, Text};

/// Text above, buttons below.
pub(super) fn render(
    voice: Voice<'_>,
    mut text: Text,
    page: &Page,
    ways: &Ways,
    mark: Mark<'_>,
) -> (Rendered, Vec<Offered>) {
    let mut rows = page.rows.clone();
    rows.extend(page.turns.iter().map(|(_, turns)| turns.clone()));
    let in_full = in_full(voice, &text, &rows);
    text = Text::join_paragraphs([text, in_full]);
    text.truncate_utf16(voice.caps.longest_text);
    let (back, home) = ways.choices();
    let numbers = Numbers::of(page, voice.said, mark).map(|numbers| {
        let ways = back.iter().map(|_| 0).chain(home.iter().map(|_| numbers.home));
        numbers.rows.iter().chain(&numbers.turns).copied().chain(ways).collect::<Vec<u32>>()
    });
    rows.push(back.into_iter().chain(home).collect());

    let (mut offered, mut numbers) = (Vec::new(), numbers.into_iter().flatten());
    let mut button = |choice: &Choice, in_row: usize| {
        let number = numbers.next().filter(|_| !choice.is_outside());
        let (label, nature) = (voice.brief(choice.label(), in_row).plain(), choice.nature());
        // Whoever types a choice may do so as it is called in whole.
        let mut offer = |press: &Press, label: &Msg, weight| {
            let (press, label) = (press.encode(), voice.short(label).plain());
            offered.push(Offered { number: None, press: press.clone(), label, weight });
            press
        };
        let does = match (choice, mark.otherwise(choice)) {
            (Choice::Open { url, .. }, _) => Does::Open(url.to_string()),
            (Choice::Copy { text, .. }, _) => Does::Copy(text.clone()),
            (Choice::Share { words, otherwise, .. }, _) => {
                Does::Share { words: words.clone(), otherwise: otherwise.to_string() }
            }
            (Choice::Write { to: Some(to), .. }, Some((asks, press))) => {
                let press = offer(&press, asks, Weight::Plain);
                Does::Write { to: to.to_string(), otherwise: (voice.brief(asks, in_row).plain(), press) }
            }
            (choice, _) => Does::Press(offer(&mark.press(choice)?, choice.label(), choice.weight())),
        };
        Some(Button { label, number, does, nature })
    };
    let mut in_row = |row: &Vec<Choice>| row.iter().filter_map(|choice| button(choice, row.len())).collect();
    let buttons: Vec<Vec<Button>> = rows.iter().map(&mut in_row).collect();
    let buttons = buttons.into_iter().filter(|row: &Vec<Button>| !row.is_empty()).collect();
    (Rendered { text, buttons, asks: page.asks, notice: mark.number(), file: page.file.clone() }, offered)
}

/// What people are called whom the buttons can't name in whole, as far as the text above does not say it already: a line for each.
fn in_full(voice: Voice<'_>, text: &Text, rows: &[Vec<Choice>]) -> Text {
    let said = text.plain();
    let choices = rows.iter().flat_map(|row| row.iter().map(|choice| (choice.label(), row.len())));
    let lines = choices.filter_map(|(label, in_row)| {
        let whole = voice.locales.text(voice.lang, label).on_one_line();
        let (plain, shown) = (whole.plain(), voice.brief(label, in_row).plain());
        let is_cut = whole.spans.iter().any(|span| span.words && !shown.contains(&span.text));
        let words = plain.trim_start_matches(|sign: char| !sign.is_alphanumeric());
        let is_less = plain != shown && (is_cut || names_in_brief(voice, label));
        (is_less && !said.contains(words)).then_some(whole)
    });
    Text::join_lines(lines)
}

/// Whether what somebody is called in a label has fewer words for it.
fn names_in_brief(voice: Voice<'_>, label: &Msg) -> bool {
    label.args.iter().any(|(_, arg)| {
        let Arg::Msg(inner) = arg else { return false };
        let whole = voice.locales.text(voice.lang, inner);
        let is_named = whole.spans.iter().any(|span| span.words);
        is_named && whole != voice.locales.brief(voice.lang, inner) || names_in_brief(voice, inner)
    })
}

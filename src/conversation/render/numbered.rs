use super::{Button, Does, Mark, Rendered, Voice, Ways};
use crate::conversation::numbers::Offered;
use crate::conversation::{Choice, Page};
use crate::locale::Text;
use crate::msg;

/// Text alone, complete by itself: each choice on a line of its own, with the number to type. Where
/// an answer is awaited, digits belong to it, so there the choices are words; and those of a notice
/// are words with the notice's number, which never takes the place of the open page's numbers. A line above the list
/// says how to choose; on pages with numbers only where people begin, because it is the same on all others.
pub(super) fn render(
    voice: Voice<'_>,
    mut text: Text,
    page: &Page,
    ways: &Ways,
    mark: Mark,
) -> (Rendered, Vec<Offered>) {
    let (back, home) = ways.choices();
    let mut offered = Vec::new();
    let mut lines = Vec::new();
    let mut buttons = Vec::new();
    let mut next = 1;
    let mut list = |choice: &Choice, number: Option<u32>| {
        let label = voice.label(choice);
        let Some(press) = mark.press(choice) else {
            if let Choice::Open { url, .. } = choice {
                lines.push(format!("{label}: {url}"));
            }
            return;
        };
        let number = number.filter(|_| !page.asks && matches!(mark, Mark::Page { .. }));
        lines.push(match (number, mark) {
            (Some(number), _) => format!("{number}. {label}"),
            (None, Mark::Page { .. }) => format!("• {label}"),
            (None, Mark::Notice { id }) => format!("• {label} {id}"),
        });
        let press = press.encode();
        buttons.push(vec![Button { label: label.clone(), number, does: Does::Press(press.clone()) }]);
        offered.push(Offered { number, press, label });
    };
    for choice in page.rows.iter().flatten() {
        list(choice, Some(next));
        next += u32::from(!matches!(choice, Choice::Open { .. }));
    }
    if let Some(home) = &home {
        list(home, Some(next));
    }
    if let Some(back) = &back {
        list(back, Some(0));
    }
    let lead = match mark {
        _ if offered.is_empty() => None,
        Mark::Notice { .. } => Some(msg!("choose-on-notice")),
        Mark::Page { .. } if page.asks => Some(msg!("choose-or-answer")),
        Mark::Page { .. } if home.is_none() => Some(msg!("choose-by-number")),
        Mark::Page { .. } => None,
    };
    let lead = lead.map(|lead| voice.locales.plain(voice.lang, &lead));
    let choices = lead.into_iter().chain(lines).collect::<Vec<_>>().join("\n");
    let room = voice.caps.longest_text.saturating_sub(choices.encode_utf16().count() + 2);
    text.truncate_utf16(room);
    if !choices.is_empty() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&choices);
    }
    (Rendered { text, buttons, asks: page.asks }, offered)
}

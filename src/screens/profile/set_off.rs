use std::collections::{BTreeSet, HashMap};

use async_trait::async_trait;

use crate::aid::{self, clearing};
use crate::domain::{Called, MemberId, Month, SetOff};
use crate::screens::members::Place;
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, me};
use crate::store::set_off::Own;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::locale::Msg;
use exodus_engine::msg;

/// What a clearing has set off of my promises, and of those to me, line by line: `set-off/<clearing>` and
/// `set-off/<clearing>/<page>`.
pub struct SetOffLines;

#[async_trait]
impl Screen<World> for SetOffLines {
    fn name(&self) -> &'static str {
        "set-off"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let (aid, who, id) = (aid(cx), me(cx)?.id, cx.route.id(0).ok_or(Fault::Lost)?);
        let asked = Place::asked(cx.route.number(1));
        let (own, mut lines, month) = told(cx, clearing::lines(&aid, who, id, Place::slice(asked)).await)?;
        let place = Place::of(asked, own.given.0 + own.got.0);
        if place.number() != asked {
            lines = told(cx, clearing::lines(&aid, who, id, Place::slice(place.number())).await)?.1;
        }
        let others: BTreeSet<MemberId> = lines.iter().map(|line| other(line, who)).collect();
        let names = aid::called_by(&aid, who, others).await?;
        let page = view(&own, &lines, month, (who, &names));
        Ok(place.turns(place.says(page), 0, |number| Route::new("set-off").with(id).with(number)))
    }
}

fn other(line: &SetOff, who: MemberId) -> MemberId {
    if line.supporter == who { line.receiver } else { line.supporter }
}

fn view(own: &Own, lines: &[SetOff], month: Month, (who, names): (MemberId, &HashMap<MemberId, Called>)) -> Page {
    let title = msg!("set-off-title", month = Msg::month(month.first_day()));
    if own.given.0 + own.got.0 == 0 {
        return Page::new(title).say(msg!("clearing-last-not-me"));
    }
    let page = Page::new(title).lines(vec![
        msg!("set-off-mine", count = own.given.0, sum = own.given.1),
        msg!("set-off-for-me", count = own.got.0, sum = own.got.1),
    ]);
    lines.iter().fold(page, |page, line| {
        let name = names.get(&other(line, who)).cloned().unwrap_or_else(Called::former);
        let label = match line.supporter == who {
            true => msg!("set-off-to", sum = line.sum, of = line.of, name = name),
            false => msg!("set-off-from", sum = line.sum, of = line.of, name = name),
        };
        page.go(label, Route::new("commitment").with(line.commitment))
    })
}

use async_trait::async_trait;

use super::commitment::route_of;
use super::shown::view_not_now;
use crate::aid::{self, Helping};
use crate::domain::{DeedKind, Note};
use crate::screens::sentences::{told_at, unfit};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step, To};
use exodus_engine::locale::Arg;
use exodus_engine::msg;

/// What I say about my help: what it is, when it was sent. Another note, or none. `note/<commitment>`.
pub struct NoteScreen;

/// The deed that takes the note away.
const REMOVE: &str = "remove";

#[async_trait]
impl Screen<World> for NoteScreen {
    fn name(&self) -> &'static str {
        "note"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let helping = load(cx).await?;
        Ok(if helping.available.contains(&DeedKind::Note) { view(&helping) } else { view_not_now(&helping) })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, helping) = (me(cx)?.id, load(cx).await?);
        if !helping.available.contains(&DeedKind::Note) {
            // The page says why.
            return Ok(Step::stay());
        }
        let note = match input {
            Input::Wrote(typed) => match Note::read(&typed) {
                Ok(note) => Some(note),
                Err(fault) => return Ok(Step::misread(unfit(fault))),
            },
            Input::Chose(deed) if deed == REMOVE => None,
            Input::Chose(_) => return Err(Fault::Lost),
        };
        let id = helping.commitment.id;
        let noted = run(cx, async |work| aid::note(work, who, id, note.as_ref()).await).await;
        told_at(cx, To::Instead(route_of(id)), noted)?;
        Ok(Step::instead(route_of(id)).saying(match (&note, &helping.note) {
            (Some(_), _) => msg!("note-done"),
            // What is removed is said once more: it may have been meant otherwise.
            (None, Some(before)) => msg!("note-removed", note = before.as_str()),
            (None, None) => msg!("note-none"),
        }))
    }
}

async fn load(cx: &Here<'_>) -> Result<Helping, Fault> {
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    Ok(aid::helping(&aid(cx), me(cx)?.id, id).await?)
}

fn view(helping: &Helping) -> Page {
    let public = Arg::variant(if helping.collection.kind.has_circle() { "yes" } else { "no" });
    let question = msg!("note-question", name = &helping.name, max = Note::LONGEST, public = public);
    match &helping.note {
        None => Page::new(question).asking_in_any_words(),
        Some(note) => {
            let page = Page::new(msg!("commitment-note", note = note.as_str())).say(question).asking_in_any_words();
            page.deed(msg!("note-remove"), REMOVE)
        }
    }
}

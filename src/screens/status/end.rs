use async_trait::async_trait;

use crate::aid::{self, Ended};
use crate::conversation::{Fault, Input, Page, Route, Screen, Step, To};
use crate::domain::{Collection, CollectionKind};
use crate::msg;
use crate::screens::sentences::told_at;
use crate::screens::world::{Here, World, aid, me};

/// Ending my own collection; and, when an emergency has ended, releasing those who still owe help.
pub struct EndCollection;

#[async_trait]
impl Screen<World> for EndCollection {
    fn name(&self) -> &'static str {
        "end"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let collection = load(cx).await?;
        Ok(if collection.is_open() { view(&collection) } else { view_ended() })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, collection) = (me(cx)?.id, load(cx).await?);
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let status = To::Instead(Route::new("status"));
        if !["end", "release"].contains(&deed.as_str()) {
            return Err(Fault::Lost);
        }
        if deed == "release" {
            let released = aid::release(&aid(cx), who, collection.id).await;
            let count = told_at(cx, status.clone(), released)?;
            return Ok(Step::from(status).saying(msg!("end-released", count = count)));
        }
        let Ended { owed, told } = told_at(cx, status.clone(), aid::end(&aid(cx), who, collection.id).await)?;
        Ok(match collection.kind {
            CollectionKind::Monthly => Step::from(status).saying(msg!("end-monthly-done", told = told)),
            CollectionKind::Emergency if owed.is_positive() => {
                Step::stay().saying(msg!("end-emergency-done", told = told))
            }
            CollectionKind::Emergency => Step::from(status).saying(msg!("end-emergency-done", told = told)),
        })
    }
}

async fn load(cx: &Here<'_>) -> Result<Collection, Fault> {
    let id = cx.route.number(0).ok_or(Fault::Lost)?;
    Ok(aid::my_collection(&aid(cx), me(cx)?.id, id).await?)
}

fn view(collection: &Collection) -> Page {
    let (question, label) = match collection.kind {
        CollectionKind::Monthly => (msg!("end-monthly-sure"), msg!("end-monthly-yes")),
        CollectionKind::Emergency => (msg!("end-emergency-sure"), msg!("end-emergency-yes")),
    };
    Page::new(question).grave(label, "end").go(msg!("end-no"), Route::new("status"))
}

fn view_ended() -> Page {
    Page::new(msg!("end-what-stands")).grave(msg!("end-release"), "release").go(msg!("end-keep"), Route::new("status"))
}

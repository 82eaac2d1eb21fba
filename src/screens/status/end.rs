use async_trait::async_trait;

use crate::aid::{self, Ended};
use crate::domain::{Collection, CollectionKind, Money};
use crate::screens::sentences::{heard_by, told_at};
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Route, Screen, Step, To};
use exodus_engine::msg;

/// Forgiving everybody, asked about.
const RELEASE: &str = "release";

/// Ending my own collection; and, when it has ended, forgiving what is still owed.
///
/// `end/<id>`; `end/<id>/release` asks whether to forgive all of it.
pub struct EndCollection;

#[async_trait]
impl Screen<World> for EndCollection {
    fn name(&self) -> &'static str {
        "end"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let collection = load(cx).await?;
        if collection.is_open() {
            return Ok(view(&collection));
        }
        let (count, sum) = aid::owed(&aid(cx), me(cx)?.id, collection.id).await?;
        let back = back(cx, &collection).await?;
        Ok(match (count, cx.route.arg(1)) {
            (0, _) => view_settled(&collection, back),
            (_, Some(RELEASE)) => view_release(&collection, count, sum),
            _ => view_ended(&collection, (count, sum), back),
        })
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let (who, collection) = (me(cx)?.id, load(cx).await?);
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let status = To::Instead(back(cx, &collection).await?);
        if !["end", RELEASE].contains(&deed.as_str()) {
            return Err(Fault::Lost);
        }
        if deed == RELEASE {
            let released = run(cx, async |work| aid::release(work, who, collection.id).await).await;
            let count = told_at(cx, status.clone(), released)?;
            return Ok(Step::from(status).saying(msg!("end-released", count = count)));
        }
        let Ended { owed, heard } =
            told_at(cx, status.clone(), run(cx, async |work| aid::end(work, who, collection.id).await).await)?;
        let done = match collection.kind {
            CollectionKind::Monthly => msg!("end-monthly-done", told = heard_by(heard)),
            // (The case of a pool has ended when it begins, and an initiative is cancelled elsewhere.)
            CollectionKind::Emergency | CollectionKind::Case | CollectionKind::Initiative => {
                msg!("end-emergency-done", told = heard_by(heard))
            }
        };
        let to = if owed.is_positive() { To::Stay } else { status };
        Ok(Step::from(to).saying(done))
    }
}

async fn load(cx: &Here<'_>) -> Result<Collection, Fault> {
    let id = cx.route.id(0).ok_or(Fault::Lost)?;
    Ok(aid::my_collection(&aid(cx), me(cx)?.id, id).await?)
}

fn view(collection: &Collection) -> Page {
    let (question, label) = match collection.kind {
        CollectionKind::Monthly => (msg!("end-monthly-sure"), msg!("end-monthly-yes")),
        CollectionKind::Emergency | CollectionKind::Case | CollectionKind::Initiative => {
            (msg!("end-emergency-sure"), msg!("end-emergency-yes"))
        }
    };
    Page::new(question).go(msg!("end-no"), status()).grave(label, "end")
}

/// Where whoever has read it comes from: the case that it is of, or their status.
async fn back(cx: &Here<'_>, collection: &Collection) -> Result<Route, Fault> {
    if !collection.kind.is_shared_out() {
        return Ok(status());
    }
    let case = aid::pools::case_of(&aid(cx), collection.id).await?;
    Ok(case.map_or_else(status, |case| Route::new("case").with(case)))
}

fn view_ended(collection: &Collection, (count, sum): (u64, Money), back: Route) -> Page {
    let release = Route::new("end").with(collection.id).with(RELEASE);
    Page::new(msg!("end-what-stands", count = count, sum = sum))
        .go(msg!("end-keep"), back)
        .go(msg!("end-release"), release)
}

fn view_release(collection: &Collection, count: u64, sum: Money) -> Page {
    let question = msg!("end-release-sure", count = count, sum = sum);
    let keep = Route::new("end").with(collection.id);
    Page::new(question).go(msg!("end-keep"), keep).grave(msg!("end-release-yes", count = count), RELEASE)
}

fn view_settled(collection: &Collection, back: Route) -> Page {
    let label = if collection.kind.is_shared_out() { msg!("commitment-to-case") } else { msg!("end-status") };
    Page::new(msg!("end-nobody-owes")).go(label, back)
}

fn status() -> Route {
    Route::new("status")
}

use async_trait::async_trait;

use crate::aid;
use crate::screens::world::{Here, World, aid, me};
use crate::store::tie::Neighbour;
use exodus_engine::conversation::{Fault, Page, Route, Screen};
use exodus_engine::msg;

/// How many members a page lists.
const A_PAGE: usize = 8;

/// My near circle: whom I help and who helps me.
pub struct Near;

#[async_trait]
impl Screen<World> for Near {
    fn name(&self) -> &'static str {
        "near"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        let near = aid::near_circle(&aid(cx), me(cx)?.id).await?;
        let page = cx.route.number(0).and_then(|page| usize::try_from(page).ok()).unwrap_or(0);
        Ok(view(&near, page))
    }
}

fn view(near: &[Neighbour], number: usize) -> Page {
    if near.is_empty() {
        return Page::new(msg!("members-alone")).say(msg!("members-how-to-grow"));
    }
    let last = (near.len() - 1) / A_PAGE;
    let number = number.min(last);
    let page = near
        .iter()
        .skip(number * A_PAGE)
        .take(A_PAGE)
        .fold(Page::new(msg!("members-near", count = near.len())), |page, member| {
            page.go(msg!("members-one", name = &member.name), Route::new("card").with(member.id))
        });
    page.turning(A_PAGE, number, last, |number| Route::new("near").with(number))
}

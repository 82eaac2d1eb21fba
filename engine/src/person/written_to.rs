//! At which account somebody is written to.

use async_trait::async_trait;

use super::settings::{self, Reach, Settings};
use crate::conversation::{self, Cx, Fault, Input, Page, Screen, Step};
use crate::locale::Msg;
use crate::msg;

/// Which of my accounts I am written to: `written-to`.
pub struct WrittenTo;

/// The deed that chooses an account; its number follows.
const WRITE_TO: &str = "write-to/";

#[async_trait]
impl<W: Send + Sync> Screen<W> for WrittenTo {
    fn name(&self) -> &'static str {
        "written-to"
    }

    async fn page(&self, cx: &Cx<'_, W>) -> Result<Page, Fault> {
        Ok(view(&settings::mine(cx).await?))
    }

    async fn act(&self, cx: &mut Cx<'_, W>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let account = deed.strip_prefix(WRITE_TO).and_then(|id| id.parse().ok()).ok_or(Fault::Lost)?;
        let account = settings::write_to(&cx.turn.at, cx.me()?, account).await?;
        Ok(Step::back().saying(msg!("account-done", account = account_name(&account))))
    }
}

fn view(settings: &Settings) -> Page {
    let now = settings.account().map(|account| account.id);
    settings.accounts.iter().fold(Page::new(msg!("account-question")), |page, account| {
        let name = account_name(account);
        let label = match (Some(account.id) == now, account.reachable) {
            (true, _) => msg!("account-now", account = name),
            (false, true) => msg!("account-other", account = name),
            (false, false) => msg!("account-unreachable", account = name),
        };
        page.light(label, format!("{WRITE_TO}{}", account.id))
    })
}

/// The messenger, and who they are there.
pub fn account_name(account: &Reach) -> Msg {
    conversation::account_name(&account.messenger, &account.address)
}

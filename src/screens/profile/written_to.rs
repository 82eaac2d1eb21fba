use async_trait::async_trait;

use crate::aid::{self, Notified, Reach};
use crate::screens::sentences::told;
use crate::screens::world::{Here, World, aid, me, run};
use exodus_engine::conversation::{Fault, Input, Page, Screen, Step};
use exodus_engine::locale::{Arg, Msg};
use exodus_engine::msg;

/// Which of my accounts I am written to.
pub struct WrittenTo;

/// The deed that chooses an account; its number follows.
const WRITE_TO: &str = "write-to/";

#[async_trait]
impl Screen<World> for WrittenTo {
    fn name(&self) -> &'static str {
        "written-to"
    }

    async fn page(&self, cx: &Here<'_>) -> Result<Page, Fault> {
        Ok(view(&aid::notified(&aid(cx), me(cx)?.id).await?))
    }

    async fn act(&self, cx: &mut Here<'_>, input: Input) -> Result<Step, Fault> {
        let Input::Chose(deed) = input else { return Ok(Step::stay()) };
        let account = deed.strip_prefix(WRITE_TO).and_then(|id| id.parse().ok()).ok_or(Fault::Lost)?;
        let account = told(cx, run(cx, async |work| aid::write_to(work, me(cx)?.id, account).await).await)?;
        Ok(Step::back().saying(msg!("account-done", account = account_name(&account))))
    }
}

fn view(notified: &Notified) -> Page {
    let now = notified.account().map(|account| account.id);
    notified.accounts.iter().fold(Page::new(msg!("account-question")), |page, account| {
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
pub(super) fn account_name(account: &Reach) -> Msg {
    msg!("account-name", messenger = Arg::Verbatim(account.messenger.clone()), address = Arg::from(&account.address))
}

//! Offers that nobody has answered in time.

use super::super::{Refused, Work};
use crate::domain::ChainId;
use crate::domain::chain::Stage;
use crate::store;

/// Ends an offer that nobody has answered in time, if it is open still.
pub async fn expire(aid: &Work<'_>, id: ChainId) -> Result<(), Refused> {
    let chain = store::chain::find_locked(aid.tx, id).await?;
    let Some(chain) = chain.filter(|chain| chain.stage.is_open() && chain.ends_at <= aid.now) else { return Ok(()) };
    store::chain::end(aid.tx, [id], Stage::Expired, aid.now).await?;
    aid.happened(chain.over(Stage::Expired, None));
    Ok(())
}

//! What happens, as the program tells it: asked for by one reader alone, because it tells each thing once.

use tokio::sync::mpsc;

use super::api::{self, Event, Happened};
use super::rpc::{Rpc, RpcError};

/// What has happened, in its order. It ends with the program.
pub(super) type Events = mpsc::UnboundedReceiver<Event>;

/// Asks from now on, until the program has ended.
pub(super) fn events_of(rpc: Rpc) -> Events {
    let (tell, told) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        loop {
            let happened = match rpc.call::<Vec<Happened>>(api::GET_EVENTS, ()).await {
                Ok(happened) => happened,
                Err(RpcError::Ended) => return,
                Err(error) => {
                    tracing::warn!(%error, "what happened in Delta Chat can't be read");
                    // Whoever listens looks at everything, as if some had been dropped.
                    vec![Happened { event: Event::Overflow {} }]
                }
            };
            for it in happened {
                if tell.send(it.event).is_err() {
                    return;
                }
            }
        }
    });
    told
}

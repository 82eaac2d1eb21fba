//! What has to be in the database before anything else may happen.

use futures::future::BoxFuture;

use super::NAME;
use crate::conversation::{Fault, Tries, Waiting, Waits};
use crate::messengers::backoff::backoff;

/// Tries something with the database until it is done. What the database refuses is told, and done without: it would only
/// be refused again, and everybody would wait behind it.
pub(super) async fn stubbornly<'f, T, E>(waits: &Waits, what: impl Fn() -> BoxFuture<'f, Result<T, E>>) -> T
where
    T: Default,
    E: Into<Fault>,
{
    let (mut failures, mut tries) = (0, Tries::of("matrix"));
    loop {
        let fault = match what().await {
            Ok(done) => {
                waits.end(&Waiting::Memory(NAME));
                return done;
            }
            Err(error) => error.into(),
        };
        match tries.once_more(fault).await {
            Ok(()) => {}
            Err(Fault::Away(error)) => {
                failures += 1;
                waits.begin(Waiting::Memory(NAME), &error);
                waits.rest(backoff(failures)).await;
            }
            Err(fault) => {
                waits.end(&Waiting::Memory(NAME));
                tracing::error!(%fault, "the database refused what Matrix would remember; it is done without");
                return T::default();
            }
        }
    }
}

/// Tells what could not be noted, and is done without. While the database is away, whoever waits for it says so.
pub(super) fn unnoted(error: impl Into<Fault>, what: &str) {
    match error.into() {
        fault @ Fault::Away(_) => tracing::debug!(%fault, "{what}"),
        fault => tracing::warn!(%fault, "{what}"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use futures::FutureExt;

    use super::*;

    /// How often it was asked until this came of it.
    async fn asked(answers: impl Fn(u32) -> Result<u32, Fault> + Sync) -> (u32, u32) {
        let times = AtomicU32::new(0);
        let answer = |answers: &dyn Fn(u32) -> Result<u32, Fault>| answers(times.fetch_add(1, Ordering::SeqCst));
        let came = stubbornly(&Waits::default(), || std::future::ready(answer(&answers)).boxed()).await;
        (times.load(Ordering::SeqCst), came)
    }

    #[tokio::test]
    async fn what_is_refused_is_not_asked_for_again_and_what_was_raced_for_is() {
        let refused = |_| Err(Fault::Broken("no such kind".to_owned()));
        assert_eq!(asked(refused).await, (1, 0));
        let raced = |times| if times == 0 { Err(Fault::Raced) } else { Ok(7) };
        assert_eq!(asked(raced).await, (2, 7));
    }
}

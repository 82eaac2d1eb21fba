//! What has to be in the database before anything else may happen.

use std::fmt::Display;

use futures::future::BoxFuture;

use crate::messengers::backoff::backoff;

/// Tries something with the database until it is done.
pub(super) async fn stubbornly<'f, T, E: Display>(what: impl Fn() -> BoxFuture<'f, Result<T, E>>) -> T {
    let mut failures = 0;
    loop {
        match what().await {
            Ok(done) => return done,
            Err(error) => {
                failures += 1;
                if failures == 1 {
                    tracing::error!(%error, "Matrix waits for the database");
                }
                tokio::time::sleep(backoff(failures)).await;
            }
        }
    }
}

//! Waiting for what has to come true: never longer than needed, never for a fixed time.

use std::time::Duration;

/// How long anything may take on a machine that has a lot to do.
pub const PATIENCE: Duration = Duration::from_secs(180);

/// Asks again and again until there is an answer.
pub async fn until<T>(what: &str, mut answer: impl AsyncFnMut() -> Option<T>) -> T {
    let asking = async {
        loop {
            if let Some(answer) = answer().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    };
    tokio::time::timeout(PATIENCE, asking).await.unwrap_or_else(|_| panic!("this never came true: {what}"))
}

/// Waits until this is true.
pub async fn until_true(what: &str, mut is_true: impl AsyncFnMut() -> bool) {
    until(what, async || is_true().await.then_some(())).await;
}

//! Panics, caught: a bug in one turn is nobody else's trouble.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use super::Fault;

thread_local! {
    /// A panic on this thread, now, would be caught by [`caught`].
    static WATCHED: Cell<bool> = const { Cell::new(false) };
    /// Where the last one happened.
    static AT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Lets something run to its end. A panic in it is a bug like any other: whatever it was at work on goes with it, its
/// transaction is rolled back.
///
/// # Errors
/// The fault that it came to, or [`Fault::Broken`] after a panic.
pub async fn caught<T>(work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let mut work = pin!(work);
    std::future::poll_fn(|cx| {
        let before = WATCHED.replace(true);
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(cx)));
        WATCHED.set(before);
        polled.unwrap_or_else(|_| {
            let at = AT.take().map_or_else(String::new, |at| format!(" at {at}"));
            Poll::Ready(Err(Fault::Broken(format!("it panicked{at}"))))
        })
    })
    .await
}

/// Notes where something panicks, for whoever catches it; false: nobody will. What it says is kept from the log, because
/// it may quote what people wrote.
pub fn panicked(at: Option<&Location<'_>>) -> bool {
    AT.replace(at.map(ToString::to_string));
    WATCHED.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_broken_and_tells_nothing_of_people() {
        let broken = caught(async { Ok("Anna".parse::<i64>().expect("a number")) }).await.unwrap_err();
        assert!(matches!(&broken, Fault::Broken(why) if why.starts_with("it panicked")), "{broken}");
        assert!(!broken.to_string().contains("Anna"));
        assert!(!panicked(None), "nobody is watching any more");
    }
}

use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::lease::Leases;

/// How often a process says that it is there, and counts those that do.
const EVERY: Duration = Duration::from_secs(5);

/// What the leases of processes that say so begin with.
const PREFIX: &str = crate::store::lease::PROCESS;

/// The processes that work on the same database: what a messenger takes from all of them, each gives a part of.
#[derive(Clone, Debug)]
pub struct Peers(watch::Receiver<u32>);

impl Default for Peers {
    /// This process alone.
    fn default() -> Peers {
        Peers(watch::channel(1).1)
    }
}

impl Peers {
    /// Says that this process is there. The other part keeps saying it, and ends after `stop`.
    ///
    /// A process that has just come is not known to the others for some seconds. It knows of them at once.
    pub async fn join(leases: Leases, stop: CancellationToken) -> (Peers, impl Future<Output = ()>) {
        let (said, heard) = watch::channel(1);
        let name = format!("{PREFIX}{}", leases.holder());
        if leases.are_shared() {
            say(&leases, &name, &said).await;
        }
        let saying = async move {
            if !leases.are_shared() {
                return stop.cancelled().await;
            }
            while tokio::time::timeout(EVERY, stop.cancelled()).await.is_err() {
                say(&leases, &name, &said).await;
            }
            leases.give_back(&name).await;
        };
        (Peers(heard), saying)
    }

    /// How many there are, this one among them.
    pub fn count(&self) -> watch::Receiver<u32> {
        self.0.clone()
    }

    /// Those of them that end from now on.
    pub fn ending(&self) -> Ending {
        let mut count = self.0.clone();
        let known = *count.borrow_and_update();
        Ending { count, known }
    }
}

/// Processes that end, one way or another.
#[derive(Debug)]
pub struct Ending {
    count: watch::Receiver<u32>,
    known: u32,
}

impl Ending {
    /// Waits until there are fewer than when this was last asked. Who is alone waits for ever.
    pub async fn next(&mut self) {
        while self.count.changed().await.is_ok() {
            let count = *self.count.borrow_and_update();
            if count < std::mem::replace(&mut self.known, count) {
                return;
            }
        }
        std::future::pending().await
    }
}

/// Whoever can't ask goes on with what was last known.
async fn say(leases: &Leases, name: &str, said: &watch::Sender<u32>) {
    let counted = match leases.take(name).await {
        Ok(_) => leases.held(PREFIX).await,
        Err(error) => Err(error),
    };
    if let Ok(counted) = counted {
        let counted = u32::try_from(counted).unwrap_or(u32::MAX).max(1);
        said.send_if_modified(|known| std::mem::replace(known, counted) != counted);
    }
}

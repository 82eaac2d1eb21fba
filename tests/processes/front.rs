//! What stands before several processes: each connection goes to the next of those that are there. It can be closed, and
//! then nobody is let through; or fall silent, as when a machine vanishes from the network.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

pub struct Front {
    address: SocketAddr,
    behind: Arc<Vec<SocketAddr>>,
    closed: CancellationToken,
    silent: CancellationToken,
}

impl Front {
    pub async fn before(behind: Vec<SocketAddr>) -> Front {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let front = Front {
            address,
            behind: Arc::new(behind),
            closed: CancellationToken::new(),
            silent: CancellationToken::new(),
        };
        front.let_through(listener);
        front
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on connections are refused, and those that there are end.
    pub fn close(&self) {
        self.closed.cancel();
    }

    /// From now on nothing more comes through the connections that there are, and nobody is told; whoever knocks is let in,
    /// and gets no answer.
    pub fn falls_silent(&self) {
        self.silent.cancel();
    }

    /// Somebody else takes those who knock from now on. The connections of before stay silent.
    pub async fn is_another(&mut self) {
        let before = std::mem::replace(&mut self.closed, CancellationToken::new());
        self.silent = CancellationToken::new();
        before.cancel();
        self.open().await;
    }

    /// The same door, open again.
    pub async fn open(&mut self) {
        self.closed = CancellationToken::new();
        let again = async {
            loop {
                match TcpListener::bind(self.address).await {
                    Ok(listener) => return listener,
                    Err(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
                }
            }
        };
        let listener = tokio::time::timeout(std::time::Duration::from_secs(10), again).await.expect("the port is free");
        self.let_through(listener);
    }

    fn let_through(&self, listener: TcpListener) {
        let (behind, closed, next) = (self.behind.clone(), self.closed.clone(), Arc::new(AtomicUsize::new(0)));
        let silent = self.silent.clone();
        tokio::spawn(async move {
            while let Some(Ok((outside, _))) = closed.run_until_cancelled(listener.accept()).await {
                let (behind, closed, next, silent) = (behind.clone(), closed.clone(), next.clone(), silent.clone());
                tokio::spawn(async move {
                    let passing = pass(outside, &behind, &next, &silent);
                    tokio::select! {
                        () = passing => {}
                        () = hangs_up(&closed, &silent) => {}
                    }
                });
            }
        });
    }
}

/// Who is silent does not hang up either.
async fn hangs_up(closed: &CancellationToken, silent: &CancellationToken) {
    closed.cancelled().await;
    if silent.is_cancelled() {
        std::future::pending::<()>().await;
    }
}

async fn pass(mut outside: TcpStream, behind: &[SocketAddr], next: &AtomicUsize, silent: &CancellationToken) {
    for _ in behind {
        let to = behind[next.fetch_add(1, Ordering::SeqCst) % behind.len()];
        if let Ok(mut inside) = TcpStream::connect(to).await {
            tokio::select! {
                _ = tokio::io::copy_bidirectional(&mut outside, &mut inside) => return,
                () = silent.cancelled() => std::future::pending().await,
            }
        }
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.closed.cancel();
    }
}

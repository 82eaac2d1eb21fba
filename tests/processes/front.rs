//! What stands before several processes: each connection goes to the next of those that are there. It can be closed, and
//! then nobody is let through.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

pub struct Front {
    address: SocketAddr,
    behind: Arc<Vec<SocketAddr>>,
    closed: CancellationToken,
}

impl Front {
    pub async fn before(behind: Vec<SocketAddr>) -> Front {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let front = Front { address, behind: Arc::new(behind), closed: CancellationToken::new() };
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
        tokio::spawn(async move {
            while let Some(Ok((outside, _))) = closed.run_until_cancelled(listener.accept()).await {
                let (behind, closed, next) = (behind.clone(), closed.clone(), next.clone());
                tokio::spawn(async move { closed.run_until_cancelled(pass(outside, &behind, &next)).await });
            }
        });
    }
}

async fn pass(mut outside: TcpStream, behind: &[SocketAddr], next: &AtomicUsize) {
    for _ in behind {
        let to = behind[next.fetch_add(1, Ordering::SeqCst) % behind.len()];
        if let Ok(mut inside) = TcpStream::connect(to).await {
            let _ = tokio::io::copy_bidirectional(&mut outside, &mut inside).await;
            return;
        }
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.closed.cancel();
    }
}

//! A line to the mail server's door for incoming mail, on which the first look into a mailbox comes late.

use std::time::Duration;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::server::Server;

/// How much later than at once.
const LATE: Duration = Duration::from_secs(4);

pub struct LateLine {
    port: u16,
    accepting: JoinHandle<()>,
}

impl LateLine {
    pub async fn to(server: &Server) -> LateLine {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, server) = (listener.local_addr().unwrap().port(), server.imap());
        let accepting = tokio::spawn(async move {
            // By the first conversation the password is tried, and with the second the mailbox is looked into.
            for number in 1.. {
                let Ok((mut client, _)) = listener.accept().await else { return };
                tokio::spawn(async move {
                    if number == 2 {
                        tokio::time::sleep(LATE).await;
                    }
                    let mut server = TcpStream::connect(("127.0.0.1", server)).await?;
                    copy_bidirectional(&mut client, &mut server).await
                });
            }
        });
        LateLine { port, accepting }
    }

    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for LateLine {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

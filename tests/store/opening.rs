//! What a server says that does not let us in, and whether to come again.

use std::time::Duration;

use exodus::store::opening::{self, Obstacle};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a client asks first, who would like to speak in secret.
const SECRETLY: i32 = 80_877_103;

/// Hears what a client begins with, and refuses it with this SQLSTATE and these words.
async fn refuse(mut client: TcpStream, code: &str, words: &str) -> std::io::Result<()> {
    loop {
        let length = client.read_i32().await?;
        let mut said = vec![0; usize::try_from(length - 4).unwrap()];
        client.read_exact(&mut said).await?;
        if said != SECRETLY.to_be_bytes() {
            break;
        }
        client.write_all(b"N").await?;
    }
    let fields = format!("SFATAL\0VFATAL\0C{code}\0M{words}\0\0");
    client.write_u8(b'E').await?;
    client.write_i32(i32::try_from(fields.len() + 4).unwrap()).await?;
    client.write_all(fields.as_bytes()).await?;
    client.shutdown().await
}

/// What stands in the way of whoever knocks at a server that refuses them so.
async fn knocked(code: &'static str, words: &'static str) -> Obstacle {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("postgres://me:hunter2@{}/name", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let _ = refuse(client, code, words).await;
        }
    });
    let knocked = tokio::time::timeout(Duration::from_secs(30), opening::knock(&url)).await.expect("an answer");
    server.abort();
    knocked.unwrap_err()
}

#[tokio::test]
async fn a_server_that_is_not_there_yet_is_waited_for_and_what_stays_so_is_told_with_what_to_do() {
    for (code, words, passes, told) in [
        ("57P03", "the database system is starting up", true, "is starting up"),
        ("57P03", "the database system is not yet accepting connections", true, "not yet accepting"),
        ("57P01", "terminating connection due to administrator command", true, "administrator command"),
        ("57P02", "terminating connection because of crash", true, "because of crash"),
        ("53300", "sorry, too many clients already", true, "too many clients"),
        ("28P01", "password authentication failed for user \"me\"", false, "see the user and the password"),
        ("28000", "no pg_hba.conf entry for host", false, "pg_hba.conf"),
        ("3D000", "database \"name\" does not exist", false, "createdb --owner="),
    ] {
        let obstacle = knocked(code, words).await;
        assert_eq!(obstacle.passes, passes, "{code}: {obstacle}");
        let said = obstacle.to_string();
        assert!(said.contains(told) && said.starts_with(words) && !said.contains("hunter2"), "{code}: {said}");
    }
}

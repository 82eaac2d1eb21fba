//! Telegram behind a proxy: HTTP and SOCKS, with a user's name and a password.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bot_api::BotApi;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::database::on_sqlite;
use crate::faults::member;
use crate::program::{Program, TOKEN, says};

/// `me:hun@ter2`, as it is written in HTTP.
const BASIC: &str = "basic bwu6ahvuqhrlcji=";

/// A proxy that leads to one place, whatever it is asked for, and counts whom it lets through.
struct Proxy {
    address: SocketAddr,
    passed: Arc<AtomicUsize>,
}

impl Proxy {
    async fn before(behind: SocketAddr, socks: bool) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Proxy { address: listener.local_addr().unwrap(), passed: Arc::default() };
        let passed = proxy.passed.clone();
        tokio::spawn(async move {
            while let Ok((outside, _)) = listener.accept().await {
                let passed = passed.clone();
                tokio::spawn(async move {
                    let _ = if socks {
                        socks5(outside, behind, &passed).await
                    } else {
                        http(outside, behind, &passed).await
                    };
                });
            }
        });
        proxy
    }
}

/// Requests with the whole address in their first line, as they are for http.
async fn http(mut outside: TcpStream, behind: SocketAddr, passed: &AtomicUsize) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(outside.read_u8().await?);
    }
    let said = String::from_utf8_lossy(&head).to_lowercase();
    if !said.contains(BASIC) {
        return outside.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n").await;
    }
    passed.fetch_add(1, Ordering::SeqCst);
    let mut inside = TcpStream::connect(behind).await?;
    if said.starts_with("connect ") {
        outside.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    } else {
        inside.write_all(&head).await?;
    }
    tokio::io::copy_bidirectional(&mut outside, &mut inside).await.map(drop)
}

/// RFC 1928, with the password of RFC 1929.
async fn socks5(mut outside: TcpStream, behind: SocketAddr, passed: &AtomicUsize) -> std::io::Result<()> {
    let mut begin = [0; 2];
    outside.read_exact(&mut begin).await?;
    let mut methods = vec![0; begin[1].into()];
    outside.read_exact(&mut methods).await?;
    if !methods.contains(&2) {
        return outside.write_all(&[5, 0xff]).await;
    }
    outside.write_all(&[5, 2]).await?;
    outside.read_u8().await?;
    let user = text(&mut outside).await?;
    let password = text(&mut outside).await?;
    if (user.as_str(), password.as_str()) != ("me", "hun@ter2") {
        return outside.write_all(&[1, 1]).await;
    }
    outside.write_all(&[1, 0]).await?;
    let mut wanted = [0; 4];
    outside.read_exact(&mut wanted).await?;
    match wanted[3] {
        1 => drop(outside.read_u32().await?),
        _ => drop(text(&mut outside).await?),
    }
    outside.read_u16().await?;
    passed.fetch_add(1, Ordering::SeqCst);
    outside.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    let mut inside = TcpStream::connect(behind).await?;
    tokio::io::copy_bidirectional(&mut outside, &mut inside).await.map(drop)
}

/// A length, and so many letters.
async fn text(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut text = vec![0; stream.read_u8().await?.into()];
    stream.read_exact(&mut text).await?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn telegram_is_reached_through_a_proxy_and_its_password_is_never_told() {
    for scheme in ["http", "socks5", "socks5h"] {
        on_sqlite(&std::env::temp_dir(), &async |_, url: String| {
            let api = BotApi::start(TOKEN).await;
            let behind = api.url().trim_start_matches("http://").parse().unwrap();
            let proxy = Proxy::before(behind, scheme != "http").await;
            // A name that only the proxy knows, where it is the one that looks it up.
            let named = if scheme == "socks5" { api.url() } else { "http://api.telegram.invalid" };
            let address = |password: &str| format!("{scheme}://me:{password}@{}", proxy.address);
            let program = Program::start_with(&url, named, |run| {
                run.env("EXODUS_TELEGRAM_PROXY", address("hun%40ter2")).env("RUST_LOG", "trace");
            });
            program.is_ready().await;
            member(&api).await;
            assert!(proxy.passed.load(Ordering::SeqCst) > 0);
            assert!(!program.log().contains("ter2"), "{}", program.log());
            drop(program);

            let (well, said) = says("check", &url, |check| {
                check.env("EXODUS_TELEGRAM_TOKEN", TOKEN).env("EXODUS_TELEGRAM_API_URL", named);
                check.env("EXODUS_TELEGRAM_PROXY", address("mis%40ter2"));
            });
            assert!(!well && said.contains("look at telegram.api_url (and telegram.proxy)"), "{scheme}: {said}");
            assert!(said.contains(&format!("through the proxy {}: ", proxy.address)), "{scheme}: {said}");
            assert!(!said.contains("ter2"), "{said}");
        })
        .await;
    }
}

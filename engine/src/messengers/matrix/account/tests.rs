//! What needs no homeserver; with one, `tests/matrix` tries the rest.

#![allow(clippy::expect_used, reason = "a test that breaks off has said what it had to say")]

use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::messengers::matrix::settings::{Hints, Verification};

/// Settings for a homeserver that nobody runs.
fn settings(store: &Path, user: &str, passphrase: Option<&str>) -> Settings {
    Settings {
        homeserver_url: "http://127.0.0.1:1".parse().expect("a url"),
        proxy: None,
        user: user.to_owned(),
        credentials: Credentials::Password("hush".to_owned()),
        store_dir: store.to_owned(),
        store_passphrase: passphrase.map(str::to_owned),
        recovery_passphrase: None,
        reactions: false,
        verification: Verification::Refuse,
        display_name: None,
        picture: None,
        hints: Hints::default(),
        in_groups: false,
    }
}

async fn hold(settings: &Settings) -> Result<Folder, SignIn> {
    Folder::hold(settings, &UserId::parse(&settings.user).expect("a user id")).await
}

fn nowhere() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

#[tokio::test]
async fn one_program_at_a_time_holds_the_folder() {
    let dir = nowhere();
    let settings = settings(&dir.path().join("store"), "@a:b", None);
    let user = UserId::parse("@a:b").expect("a user id");
    assert!(Folder::look(&settings, &user).expect("nothing is wrong").is_none(), "looking makes nothing");
    let held = hold(&settings).await.expect("it is free");
    assert!(matches!(Folder::look(&settings, &user), Err(SignIn::InUse(_))));
    drop(held);
    assert!(Folder::look(&settings, &user).expect("it is free").is_some());
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_look_into_the_folder() {
    use std::os::unix::fs::PermissionsExt;

    let dir = nowhere();
    let store = dir.path().join("deep/store");
    let _held = hold(&settings(&store, "@a:b", None)).await.expect("it is free");
    assert_eq!(std::fs::metadata(store).expect("a folder").permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn a_folder_is_only_opened_as_what_it_was_made() {
    for (made, opened, says) in [
        (("@a:b", None), ("@a:b", None), None),
        (("@a:b", Some("x")), ("@a:b", Some("y")), None),
        (("@a:b", None), ("@a:b", Some("x")), Some("without matrix.store_passphrase")),
        (("@a:b", Some("x")), ("@a:b", None), Some("write it as matrix.store_passphrase")),
        (("@a:b", None), ("@c:b", None), Some("another account")),
    ] {
        let dir = nowhere();
        drop(hold(&settings(dir.path(), made.0, made.1)).await.expect("it is new"));
        let found = hold(&settings(dir.path(), opened.0, opened.1)).await;
        match says {
            None => assert!(found.is_ok(), "{made:?} {opened:?}"),
            Some(says) => assert!(found.expect_err("it is another").to_string().contains(says), "{made:?} {opened:?}"),
        }
    }
}

#[tokio::test]
async fn a_store_of_unknown_kind_is_left_alone() {
    let dir = nowhere();
    std::fs::write(dir.path().join("matrix-sdk-state.sqlite3"), "").expect("written");
    let refusal = hold(&settings(dir.path(), "@a:b", None)).await.expect_err("nobody knows what it is");
    assert!(refusal.to_string().contains("about.json is missing"), "{refusal}");
}

#[tokio::test]
async fn the_session_is_read_with_its_passphrase_only() {
    let dir = nowhere();
    let right = settings(dir.path(), "@a:b", Some("right"));
    let folder = hold(&right).await.expect("it is new");
    assert!(folder.session(&right).await.expect("nothing is wrong").is_none());
    let client = open(&right, &folder).await.expect("it is new");
    let kept =
        Kept { user: "@a:b".try_into().expect("an id"), device: "D".into(), access_token: Some("syt_hush".into()) };
    keep(client.state_store(), &folder.path, &kept).await.expect("it is kept");
    let found = folder.session(&right).await.expect("nothing is wrong").expect("it is kept");
    assert_eq!(found.access_token.as_deref(), Some("syt_hush"));
    let wrong = settings(dir.path(), "@a:b", Some("wrong"));
    assert!(matches!(folder.session(&wrong).await, Err(SignIn::Passphrase(_))));
    assert!(matches!(open(&wrong, &folder).await, Err(SignIn::Passphrase(_))));
    for file in std::fs::read_dir(dir.path()).expect("a folder").flatten() {
        let bytes = std::fs::read(file.path()).expect("a file");
        assert!(!bytes.windows(8).any(|bytes| bytes == b"syt_hush"), "{file:?}");
    }
}

#[tokio::test]
async fn a_homeserver_that_is_down_may_come_up_and_the_device_keeps_its_name() {
    let dir = nowhere();
    let settings = settings(dir.path(), "@a:b", None);
    let mut names = Vec::new();
    for _ in 0..2 {
        let refusal =
            sign_in(&settings, |_| -> Cursor<'_> { Box::pin(async { Ok(None) }) }).await.expect_err("it is down");
        assert!(refusal.passes(), "{refusal}");
        assert!(!refusal.to_string().contains("hush"));
        assert!(!refusal.to_string().contains("_matrix"), "{refusal}");
        let folder = hold(&settings).await.expect("it was let go");
        let kept = folder.session(&settings).await.expect("it can be read").expect("the name is kept");
        assert!(kept.access_token.is_none() && kept.device.as_str().starts_with("EXODUS"));
        names.push(kept.device);
    }
    assert_eq!(names[0], names[1]);
}

#[tokio::test]
async fn the_next_sync_begins_where_we_are_not_where_the_sdk_was() {
    let dir = nowhere();
    let settings = settings(dir.path(), "@a:b", None);
    let folder = hold(&settings).await.expect("it is new");
    let client = open(&settings, &folder).await.expect("it is new");
    for cursor in [Some("s1".to_owned()), Some("s2".to_owned()), None] {
        go_on_at(&client, &folder, cursor.clone()).await.expect("it is noted");
        let noted = client.state_store().get_kv_data(StateStoreDataKey::SyncToken).await.expect("it can be read");
        assert_eq!(noted.and_then(StateStoreDataValue::into_sync_token), cursor);
    }
}

/// A proxy that answers in the homeserver's place, and gives what it was asked.
async fn proxy() -> (String, tokio::task::JoinHandle<String>) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("somebody comes");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.expect("a request"));
        }
        let body = r#"{"versions":["v1.5"]}"#;
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(answer.as_bytes()).await.expect("it is answered");
        String::from_utf8_lossy(&head).to_lowercase()
    });
    (format!("http://me:hush@{address}"), asked)
}

#[tokio::test]
async fn a_homeserver_is_reached_through_the_proxy() {
    let dir = nowhere();
    let (proxy, asked) = proxy().await;
    let homeserver_url = "http://homeserver.invalid".parse().expect("a url");
    let proxy = Some(proxy.parse().expect("a url"));
    let settings = Settings { homeserver_url, proxy, ..settings(dir.path(), "@a:b", None) };
    let client = homeserver::outside(&settings).await.expect("a client");
    client.fetch_server_versions(None).await.expect("it is answered");
    let asked = asked.await.expect("it was asked");
    assert!(asked.starts_with("get http://homeserver.invalid/") && asked.contains("basic bwu6ahvzaa=="), "{asked}");
    for address in ["socks5h://me:hush@127.0.0.1:1", "https://me:hush@127.0.0.1:1"] {
        let settings = Settings { proxy: Some(address.parse().expect("a url")), ..settings.clone() };
        let client = homeserver::outside(&settings).await.expect("a client");
        let refusal = client.fetch_server_versions(None).await.expect_err("nobody is there");
        let told = SignIn::from_http(&refusal).through(settings.proxy.as_ref()).to_string();
        assert!(told.contains("through the proxy 127.0.0.1:1: ") && !told.contains("hush"), "{address}: {told}");
    }
}

//! Programs that act for the people of a house, over HTTP.

use std::net::SocketAddr;
use std::sync::Arc;

use exodus::api::{self, Api};
use exodus::domain::{MemberId, Scope};
use exodus::store;
use exodus_engine::conversation::{Chance, Moments, OsChance};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::community::noon;
use crate::house::House;

/// Where programs of this house are answered.
pub struct Programs {
    at: SocketAddr,
}

impl Programs {
    pub async fn of(house: &House) -> Programs {
        let moments = Moments::new(house.db.clone(), house.clock.clone(), Arc::new(OsChance), Arc::default());
        let stop = CancellationToken::new();
        let api = Api::new(moments, house.settings.clone(), House::administrators(), (false, stop));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, api::routes(api)).await });
        Programs { at }
    }

    /// A program that may do all that this member may. Gives its token.
    pub async fn allow(house: &House, who: MemberId) -> String {
        let token = format!("exodus_{}", OsChance.token().unwrap());
        let kept = ("A robot", &*exodus_engine::store::web::digest(&token), Scope::Act);
        store::program::insert(&house.db, who, kept, noon(1), noon(30)).await.unwrap();
        token
    }

    /// What is answered to whoever shows this token: the status, and what is said.
    pub async fn asks(&self, token: &str, method: &str, path: &str, body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(self.at).await.unwrap();
        let request = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, said) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(said).unwrap_or_default())
    }

    /// What is found there.
    pub async fn gets(&self, token: &str, path: &str) -> Value {
        let (status, found) = self.asks(token, "GET", path, "").await;
        assert_eq!(status, 200, "{token} at {path}: {found}");
        found
    }
}

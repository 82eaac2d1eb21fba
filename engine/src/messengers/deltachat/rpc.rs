//! JSON-RPC over the pipes of a program: one object a line, answers in any order.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// A call that the program takes: its name, and how many parameters it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method(pub &'static str, pub usize);

/// Why a call came to nothing.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum RpcError {
    /// The program has ended; nobody knows whether it has done what it was asked for.
    #[error("the Delta Chat program has ended")]
    Ended,
    /// It refuses. What it says is for the operator: nothing is decided by it.
    #[error("{0}")]
    Refused(String),
    /// It has answered something that we don't understand.
    #[error("{method} is answered in a way that can't be read: {why}")]
    Unreadable {
        /// What was asked.
        method: &'static str,
        /// What is wrong with the answer; nothing of it is repeated.
        why: String,
    },
}

/// The line to a program. Its copies share it.
#[derive(Clone, Debug)]
pub struct Rpc {
    asks: mpsc::UnboundedSender<Vec<u8>>,
    waiting: Arc<Mutex<Waiting>>,
    ended: CancellationToken,
    hung_up: CancellationToken,
}

/// Who waits for which answer.
#[derive(Debug, Default)]
struct Waiting {
    last: u64,
    by_id: HashMap<u64, oneshot::Sender<Result<Value, RpcError>>>,
    /// Nobody answers any more.
    is_over: bool,
}

#[derive(Serialize)]
struct Request<'a> {
    jsonrpc: &'a str,
    id: u64,
    method: &'a str,
    params: Value,
}

#[derive(Deserialize)]
struct Response {
    id: Option<u64>,
    #[serde(default)]
    result: Value,
    error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Refusal {
    message: String,
}

impl Rpc {
    /// Speaks through these pipes until the second one ends.
    pub fn over(
        to: impl AsyncWrite + Unpin + Send + 'static,
        from: impl AsyncRead + Unpin + Send + 'static,
        ended: CancellationToken,
    ) -> Rpc {
        let (asks, asked) = mpsc::unbounded_channel();
        let rpc = Rpc { asks, waiting: Arc::default(), ended, hung_up: CancellationToken::new() };
        tokio::spawn(write(to, asked, rpc.hung_up.clone()));
        tokio::spawn(rpc.clone_for_reading().read(from));
        rpc
    }

    /// Asks, and waits for the answer. The parameters are a tuple: they are told by their places.
    ///
    /// # Errors
    /// See [`RpcError`].
    pub async fn call<T: DeserializeOwned>(&self, method: Method, params: impl Serialize) -> Result<T, RpcError> {
        let unreadable = |error: serde_json::Error| RpcError::Unreadable { method: method.0, why: in_short(&error) };
        let params = match serde_json::to_value(params).map_err(unreadable)? {
            Value::Null => Value::Array(Vec::new()),
            params => params,
        };
        let answer = self.ask(method, params).await?;
        serde_json::from_value(answer).map_err(unreadable)
    }

    /// Whether the other side has ended.
    pub fn has_ended(&self) -> bool {
        self.ended.is_cancelled()
    }

    /// Waits until the other side has ended.
    pub async fn ended(&self) {
        self.ended.cancelled().await;
    }

    /// Says no more: the pipe is closed, which tells the program to end. What was asked and is not answered yet is lost.
    pub fn hang_up(&self) {
        self.hung_up.cancel();
    }

    async fn ask(&self, method: Method, params: Value) -> Result<Value, RpcError> {
        let (tell, told) = oneshot::channel();
        let id = {
            let mut waiting = self.waiting();
            if waiting.is_over {
                return Err(RpcError::Ended);
            }
            waiting.last += 1;
            let id = waiting.last;
            waiting.by_id.insert(id, tell);
            id
        };
        let request = Request { jsonrpc: "2.0", id, method: method.0, params };
        // A request is one line, whatever becomes of whoever asks.
        let line = serde_json::to_vec(&request).map(|mut line| {
            line.push(b'\n');
            line
        });
        match line {
            Ok(line) => drop(self.asks.send(line)),
            Err(error) => {
                self.waiting().by_id.remove(&id);
                return Err(RpcError::Unreadable { method: method.0, why: in_short(&error) });
            }
        }
        told.await.unwrap_or(Err(RpcError::Ended))
    }

    fn clone_for_reading(&self) -> Reading {
        Reading { waiting: self.waiting.clone(), ended: self.ended.clone() }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The half of the line that hears. It keeps the other half not open.
struct Reading {
    waiting: Arc<Mutex<Waiting>>,
    ended: CancellationToken,
}

impl Reading {
    async fn read(self, from: impl AsyncRead + Unpin) {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while matches!(from.read_until(b'\n', &mut line).await, Ok(length) if length > 0) {
            match serde_json::from_slice::<Response>(&line) {
                Ok(response) => self.answered(response),
                Err(error) => tracing::debug!(why = in_short(&error), "the Delta Chat program said something else"),
            }
            line.clear();
        }
        let waiting = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.is_over = true;
            std::mem::take(&mut waiting.by_id)
        };
        drop(waiting);
        self.ended.cancel();
    }

    fn answered(&self, response: Response) {
        let Some(id) = response.id else { return };
        let waits = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).by_id.remove(&id);
        let Some(waits) = waits else { return };
        let answer = match response.error {
            Some(refusal) => Err(RpcError::Refused(refusal.message)),
            None => Ok(response.result),
        };
        // Whoever asked may have gone.
        let _ = waits.send(answer);
    }
}

/// Writes line after line, until nothing more is said.
async fn write(
    mut to: impl AsyncWrite + Unpin,
    mut asked: mpsc::UnboundedReceiver<Vec<u8>>,
    hung_up: CancellationToken,
) {
    while let Some(Some(line)) = hung_up.run_until_cancelled(asked.recv()).await {
        if to.write_all(&line).await.is_err() || to.flush().await.is_err() {
            return;
        }
    }
}

/// What is wrong, without what was found: that may be somebody's words, or a password.
fn in_short(error: &serde_json::Error) -> String {
    format!("{:?} error at column {}", error.classify(), error.column())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ADD: Method = Method("add", 2);

    /// A program that answers two requests in the wrong order, then says nonsense, refuses one, and ends.
    async fn program(asked: impl AsyncRead + Unpin, mut says: impl AsyncWrite + Unpin) {
        let mut lines = BufReader::new(asked).lines();
        let mut next = async || -> Value {
            serde_json::from_str(&lines.next_line().await.expect("a line").expect("a request")).expect("JSON")
        };
        let (first, second) = (next().await, next().await);
        for request in [second, first] {
            let sum: i64 = request["params"].as_array().expect("by place").iter().filter_map(Value::as_i64).sum();
            let line = format!("{}\n", json!({ "jsonrpc": "2.0", "id": request["id"], "result": sum }));
            says.write_all(line.as_bytes()).await.expect("it is heard");
        }
        let third = next().await;
        let refused = json!({ "id": third["id"], "error": { "code": -1, "message": "no" } });
        says.write_all(format!("what is this\n{refused}\n").as_bytes()).await.expect("it is heard");
        let _ = next().await;
    }

    #[tokio::test]
    async fn answers_find_whoever_asked_and_the_end_is_told_to_all() {
        let (to, asked) = tokio::io::duplex(1024);
        let (says, from) = tokio::io::duplex(1024);
        let rpc = Rpc::over(to, from, CancellationToken::new());
        let running = tokio::spawn(program(asked, says));
        let (one, two) = tokio::join!(rpc.call::<i64>(ADD, (1, 2)), rpc.call::<i64>(ADD, (3, 4)));
        assert_eq!((one, two), (Ok(3), Ok(7)));
        assert_eq!(rpc.call::<i64>(ADD, ()).await, Err(RpcError::Refused("no".into())));
        assert!(!rpc.has_ended());
        assert_eq!(rpc.call::<i64>(ADD, ()).await, Err(RpcError::Ended));
        rpc.ended().await;
        assert_eq!(rpc.call::<i64>(ADD, ()).await, Err(RpcError::Ended));
        running.await.expect("it ends");
    }

    #[test]
    fn an_answer_that_cannot_be_read_is_not_repeated() {
        let error = serde_json::from_str::<i64>("\"a password\"").expect_err("no number");
        assert!(!in_short(&error).contains("password"));
    }
}

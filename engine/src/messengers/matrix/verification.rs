//! People who want to verify the bot's device, from their client, by emoji that both sides see. Nobody's client is left
//! waiting. A bot sees no emoji; so, unless the host says otherwise, it declines at once, and says by which key its device
//! can be known instead. Where the host says so, it agrees to whatever comes and writes the emoji into its log: that is
//! where they can be compared.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use matrix_sdk::deserialized_responses::ProcessedToDeviceEvent;
use matrix_sdk::encryption::verification::{
    SasState, SasVerification, Verification, VerificationRequest, VerificationRequestState,
};
use matrix_sdk::ruma::api::client::to_device::send_event_to_device;
use matrix_sdk::ruma::events::key::verification::VerificationMethod;
use matrix_sdk::ruma::events::{AnySyncTimelineEvent, AnyToDeviceEvent, ToDeviceEventType};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::to_device::DeviceIdOrAllDevices;
use matrix_sdk::ruma::{OwnedDeviceId, OwnedRoomId, OwnedUserId, TransactionId, UserId};
use matrix_sdk::{Client, Error, Room};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::letter;
use super::sending::Sending;
use super::trouble::Trouble;

const REQUEST: &str = "m.key.verification.request";
const START: &str = "m.key.verification.start";
const CANCEL: &str = "m.key.verification.cancel";

/// The reason that a client shows, for programs and for people.
const CODE: &str = "m.user";
const REASON: &str = "This bot does not compare emoji";

/// For so long a request may be answered, as the protocol says; it is no longer of use after that.
const LASTS: Duration = Duration::from_secs(10 * 60);

/// How many may be verifying at once. Others are declined.
const AT_ONCE: usize = 16;

/// Somebody asks to verify the bot's device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    who: OwnedUserId,
    device: OwnedDeviceId,
    /// By what the two sides name it.
    flow: String,
    /// Where it was asked; none: from device to device.
    room: Option<OwnedRoomId>,
    /// It begins with the emoji, as older clients do.
    begins: bool,
    /// When, in milliseconds, as whoever asks says; none: they don't.
    at_ms: Option<i64>,
}

/// What this asks for in a room, if it asks for that, and us.
pub(super) fn asked_in(room: &Room, event: &Raw<AnySyncTimelineEvent>, me: &UserId) -> Option<Asked> {
    let content: Value = event.get_field("content").ok()??;
    if content["msgtype"] != REQUEST || content["to"] != me.as_str() {
        return None;
    }
    Some(Asked {
        who: event.get_field("sender").ok()??,
        device: content["from_device"].as_str()?.into(),
        flow: event.get_field("event_id").ok()??,
        room: Some(room.room_id().to_owned()),
        begins: false,
        at_ms: event.get_field("origin_server_ts").ok()?,
    })
}

/// What this asks for from device to device, if it asks for that.
pub(super) fn asked_of_the_device(event: &ProcessedToDeviceEvent) -> Option<Asked> {
    asked_by(event.as_raw())
}

fn asked_by(event: &Raw<AnyToDeviceEvent>) -> Option<Asked> {
    let kind: String = event.get_field("type").ok()??;
    if ![REQUEST, START].contains(&kind.as_str()) {
        return None;
    }
    let content: Value = event.get_field("content").ok()??;
    Some(Asked {
        who: event.get_field("sender").ok()??,
        device: content["from_device"].as_str()?.into(),
        flow: content["transaction_id"].as_str()?.to_owned(),
        room: None,
        begins: kind == START,
        at_ms: content["timestamp"].as_i64(),
    })
}

/// The key that a device is known by, as clients show it: in fours.
pub(super) fn fingerprint(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let fours: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
    fours.join(" ")
}

/// Answers those who want to verify the bot's device.
#[derive(Clone)]
pub(super) struct Verifier {
    client: Client,
    sending: Sending,
    /// Whether it agrees to what it can't see.
    accepts: bool,
    /// What is said before the device's key where it declines.
    hint: String,
    at_once: Arc<Semaphore>,
}

impl Verifier {
    pub fn new(client: Client, sending: Sending, accepts: bool, hint: String) -> Verifier {
        Verifier { client, sending, accepts, hint, at_once: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Answers beside the listening, until `stop`.
    pub fn answer(&self, asked: Asked, now_ms: i64, stop: &CancellationToken) {
        let age_ms = asked.at_ms.map_or(0, |at_ms| now_ms.saturating_sub(at_ms));
        if u128::from(age_ms.unsigned_abs()) > LASTS.as_millis() {
            return;
        }
        let (verifier, stop) = (self.clone(), stop.clone());
        tokio::spawn(async move { stop.run_until_cancelled(verifier.go_through(asked)).await });
    }

    async fn go_through(self, asked: Asked) {
        let is_own = self.client.user_id() == Some(asked.who.as_ref());
        if is_own {
            // It would be given the account's keys.
            tracing::warn!("another session of the bot's own account asks to be verified, and is not");
        }
        let room = self.at_once.clone().try_acquire_owned();
        let done = match self.begun(&asked).await {
            Some(Begun::Already) => return,
            Some(begun) if self.accepts && !is_own && room.is_ok() => {
                let verified = tokio::time::timeout(LASTS, self.verify(begun)).await;
                verified.unwrap_or_else(|_| {
                    tracing::info!("a verification was not finished in time");
                    Ok(())
                })
            }
            _ => self.decline(&asked, is_own).await,
        };
        if let Err(error) = done {
            tracing::warn!(trouble = %Trouble::from(&error), "a verification broke off");
        }
    }

    async fn begun(&self, asked: &Asked) -> Option<Begun> {
        let encryption = self.client.encryption();
        let request = encryption.get_verification_request(&asked.who, &asked.flow).await;
        if !asked.begins {
            return request.map(Begun::Request);
        }
        if request.is_some() {
            return Some(Begun::Already);
        }
        match encryption.get_verification(&asked.who, &asked.flow).await? {
            Verification::SasV1(sas) => Some(Begun::Emoji(sas)),
            _ => None,
        }
    }

    /// Tells their client at once that nothing comes of it; and in a room, which key is the bot's.
    async fn decline(&self, asked: &Asked, is_own: bool) -> Result<(), Error> {
        let _sends = self.sending.begins().await;
        let Some(room) = asked.room.as_ref() else {
            let content = json!({ "transaction_id": asked.flow, "code": CODE, "reason": REASON });
            let content = Raw::new(&content)?.cast_unchecked();
            let to = DeviceIdOrAllDevices::DeviceId(asked.device.clone());
            let messages = [(asked.who.clone(), [(to, content)].into())].into();
            let kind = ToDeviceEventType::from(CANCEL);
            let request = send_event_to_device::v3::Request::new_raw(kind, TransactionId::new(), messages);
            self.client.send(request).await?;
            return Ok(());
        };
        let Some(room) = self.client.get_room(room) else { return Ok(()) };
        let _turn = self.sending.in_turn(room.room_id()).await;
        let relation = json!({ "rel_type": "m.reference", "event_id": asked.flow });
        let content = json!({ "m.relates_to": relation, "code": CODE, "reason": REASON });
        room.send_raw(CANCEL, content).await?;
        if let Some(key) = self.client.encryption().ed25519_key().await.filter(|_| !is_own) {
            room.send(letter::notice(&format!("{} {}", self.hint, fingerprint(&key)))).await?;
        }
        Ok(())
    }

    async fn verify(&self, begun: Begun) -> Result<(), Error> {
        let sas = match begun {
            Begun::Request(request) => self.agreed(request).await?,
            Begun::Emoji(sas) => Some(sas),
            Begun::Already => None,
        };
        let Some(sas) = sas else { return Ok(()) };
        if !sas.we_started() {
            let _sends = self.sending.begins().await;
            sas.accept().await?;
        }
        let mut changes = sas.changes();
        while let Some(state) = changes.next().await {
            match state {
                SasState::KeysExchanged { emojis, decimals } => {
                    let shown = match emojis {
                        Some(seven) => seven.emojis.map(|one| format!("{} {}", one.symbol, one.description)).join(", "),
                        None => format!("{} {} {}", decimals.0, decimals.1, decimals.2),
                    };
                    tracing::info!("somebody verifies the bot's device; what they see has to be: {shown}");
                    let _sends = self.sending.begins().await;
                    sas.confirm().await?;
                }
                SasState::Done { .. } => {
                    tracing::info!("somebody has verified the bot's device");
                    break;
                }
                SasState::Cancelled(why) => {
                    tracing::info!(reason = why.reason(), "a verification of the bot's device was cancelled");
                    break;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Agrees to be verified, and waits for the emoji to begin.
    async fn agreed(&self, request: VerificationRequest) -> Result<Option<SasVerification>, Error> {
        let mut changes = request.changes();
        {
            let _sends = self.sending.begins().await;
            request.accept_with_methods(vec![VerificationMethod::SasV1]).await?;
        }
        while let Some(state) = changes.next().await {
            match state {
                VerificationRequestState::Transitioned { verification: Verification::SasV1(sas) } => {
                    return Ok(Some(sas));
                }
                VerificationRequestState::Done | VerificationRequestState::Cancelled(_) => break,
                _ => {}
            }
        }
        Ok(None)
    }
}

/// How far it has come.
enum Begun {
    Request(VerificationRequest),
    Emoji(SasVerification),
    /// It belongs to a request that is being answered.
    Already,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_from_device_to_device_is_understood() {
        let asks = |kind: &str, content: Value| {
            let event = json!({ "type": kind, "sender": "@anna:example.org", "content": content });
            asked_by(&Raw::new(&event).expect("an event").cast_unchecked())
        };
        let content = json!({ "from_device": "PHONE", "transaction_id": "t", "methods": ["m.sas.v1"], "timestamp": 7 });
        let asked = asks(REQUEST, content.clone()).expect("it asks");
        assert_eq!(
            (asked.who.as_str(), asked.device.as_str(), asked.flow.as_str()),
            ("@anna:example.org", "PHONE", "t")
        );
        assert_eq!((asked.begins, asked.at_ms, asked.room), (false, Some(7), None));
        assert!(asks(START, content.clone()).is_some_and(|asked| asked.begins));
        assert_eq!(asks(CANCEL, content), None);
        assert_eq!(asks(REQUEST, json!({ "transaction_id": "t" })), None);
        assert_eq!(asks(REQUEST, json!(null)), None);
    }

    #[test]
    fn a_key_is_shown_as_clients_show_it() {
        assert_eq!(fingerprint("abcdefghij"), "abcd efgh ij");
        assert_eq!(fingerprint(""), "");
    }
}

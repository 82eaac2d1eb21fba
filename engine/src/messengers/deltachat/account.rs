//! The bot's account: made at the first start, gone on with at all others.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use thiserror::Error;
use url::Url;

use super::api::{self, Event};
use super::asking::Core;
use super::events::Events;
use super::program::NotRunning;
use super::rpc::{Rpc, RpcError};
use super::settings::{Login, Settings};
use crate::conversation::{Chance, OsChance};
use crate::messengers::proxied::through;
use crate::store::deltachat::{Memory, NotKept};

/// What the account is known by to be configured as it is written now. The program keeps what begins with `ui.` for us.
const LOGIN: &str = "ui.bot.login";

/// The word that the folder shares with our database.
const WORD: &str = "ui.bot.word";

/// The link by which people come.
const LINK: &str = "ui.bot.link";

/// The address that the account is configured for.
const ADDRESS: &str = "configured_addr";

/// For so long it may take to sign in: names are looked up, servers are found and tried.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often it is asked whether it has looked into the mailbox.
const ASKS: Duration = Duration::from_millis(100);

/// For so long more of its warnings are waited for.
const A_MOMENT: Duration = Duration::from_millis(20);

/// How many warnings are kept to be told.
const WARNINGS: usize = 6;

/// Why there is no account to go on with.
#[derive(Debug, Error)]
pub enum SignIn {
    /// The program does not run.
    #[error(transparent)]
    Program(#[from] NotRunning),
    /// It stopped answering, or refused what it should not.
    #[error("the Delta Chat program: {0}")]
    Rpc(#[from] RpcError),
    /// The mail server does not take us, or was not found.
    #[error(
        "{why}; look at deltachat.address, deltachat.password and the servers (what the program says of it: {warned})"
    )]
    Refused {
        /// What the program says.
        why: String,
        /// And what it wrote meanwhile, which is often nearer to the cause.
        warned: String,
    },
    /// The mail server took the password, and no more.
    #[error("the mail server takes the password, and the mailbox can't be looked into")]
    Unseen,
    /// The folder holds another account.
    #[error(
        "the folder holds the account of {0}; give the new one another deltachat.accounts_dir, or write the old address again"
    )]
    Other(String),
    /// What is remembered could not be read or written.
    #[error("the database does not answer: {0}")]
    Database(#[from] NotKept),
}

impl SignIn {
    /// The same, where it may have been this proxy that did not do its part.
    fn through(self, proxy: Option<&Url>) -> SignIn {
        match self {
            SignIn::Refused { why, warned } => SignIn::Refused { why: through(proxy, why), warned },
            other => other,
        }
    }

    /// Whether it may go better by itself.
    pub fn may_pass(&self) -> bool {
        !matches!(self, SignIn::Other(_) | SignIn::Program(NotRunning::Missing(_) | NotRunning::Unstartable(..)))
    }
}

/// An account with which the bot can begin.
pub(super) struct SignedIn {
    pub core: Core,
    pub link: String,
}

/// Signs in. From the second time on, the network is not used by the account before it is [started](Core::starts), unless it is
/// to sign in otherwise than before.
pub(super) async fn sign_in(
    rpc: Rpc,
    events: &mut Events,
    settings: &Settings,
    memory: &Memory,
) -> Result<SignedIn, SignIn> {
    let account = match existing(&rpc).await? {
        Some(account) => account,
        None => rpc.call(api::ADD_ACCOUNT, ()).await?,
    };
    let core = Core { rpc, account };
    let is_configured = core.is_configured().await?;
    if is_configured {
        is_ours(&core, settings).await?;
    }
    core.set_configs(&ways(settings, is_configured)).await?;
    let login = settings.login.digest();
    let before = core.config(LOGIN).await?;
    if !is_configured || before.as_ref() != Some(&login) {
        let logged_in = log_in(&core, &settings.login, events).await;
        logged_in.map_err(|refusal| refusal.through(settings.proxy.as_ref()))?;
        if before.is_none() {
            look(&core).await?;
        }
        core.set_config(LOGIN, &login).await?;
    }
    meet(&core, memory).await?;
    let link = standing_link(&core).await?;
    memory.found_by(&link).await?;
    Ok(SignedIn { core, link })
}

/// The account of this folder, as far as it has one.
pub(super) async fn existing(rpc: &Rpc) -> Result<Option<u32>, RpcError> {
    let accounts: Vec<u32> = rpc.call(api::GET_ALL_ACCOUNT_IDS, ()).await?;
    Ok(accounts.first().copied())
}

/// The link by which people come, if the account was ever signed in.
pub(super) async fn link_of(core: &Core) -> Result<Option<String>, RpcError> {
    core.config(LINK).await
}

/// The link by which people come. One that was withdrawn leads nowhere, and whoever opened it would wait for ever: another one
/// takes its place.
async fn standing_link(core: &Core) -> Result<String, RpcError> {
    if let Some(link) = link_of(core).await? {
        if !core.is_withdrawn(&link).await? {
            return Ok(link);
        }
        tracing::warn!("the link by which people came to the bot in Delta Chat was withdrawn; there is a new one");
    }
    let link = core.link(None).await?;
    core.set_config(LINK, &link).await?;
    Ok(link)
}

/// The folder is that of the address which is configured.
pub(super) async fn is_ours(core: &Core, settings: &Settings) -> Result<(), SignIn> {
    let Login::Mailbox(mailbox) = &settings.login else { return Ok(()) };
    match core.config(ADDRESS).await? {
        Some(address) if !address.eq_ignore_ascii_case(&mailbox.address) => Err(SignIn::Other(address)),
        _ => Ok(()),
    }
}

/// Signs in with an account that nobody keeps.
pub(super) async fn try_out(rpc: Rpc, events: &mut Events, settings: &Settings) -> Result<(), SignIn> {
    let account = rpc.call(api::ADD_ACCOUNT, ()).await?;
    let core = Core { rpc, account };
    core.set_configs(&ways(settings, false)).await?;
    let logged_in = log_in(&core, &settings.login, events).await;
    logged_in.map_err(|refusal| refusal.through(settings.proxy.as_ref()))
}

/// How the account behaves. Some of it has to be there before it first signs in.
fn ways(settings: &Settings, is_configured: bool) -> BTreeMap<&'static str, Option<String>> {
    let yes = || Some("1".to_owned());
    let no = || Some("0".to_owned());
    let mut ways = BTreeMap::from([
        // Whoever comes is taken in at once, and apps show that they talk with a program.
        ("bot", yes()),
        // Without it, what stands below a line of two hyphens would be lost.
        ("selfstatus", Some(settings.status.clone())),
        // What was downloaded is taken off the server.
        ("bcc_self", no()),
        // No connections from one to another beside the mail.
        ("webxdc_realtime_enabled", no()),
        // What is not encrypted is not taken in.
        ("force_encryption", yes()),
        ("proxy_url", settings.proxy.as_ref().map(ToString::to_string)),
        ("proxy_enabled", settings.proxy.as_ref().map(|_| "1".to_owned())),
    ]);
    if let Some(name) = &settings.display_name {
        ways.insert("displayname", Some(name.clone()));
    }
    if !is_configured {
        ways.insert("last_msg_id", no());
    }
    ways
}

/// Signs in at the mail server. What the program warns of meanwhile is told with a refusal.
async fn log_in(core: &Core, login: &Login, events: &mut Events) -> Result<(), SignIn> {
    let signing = async {
        match login {
            Login::Mailbox(mailbox) => core.log_in(&mailbox.transport()).await,
            Login::Relay(qr) => core.log_in_by(qr).await,
        }
    };
    let signing = tokio::time::timeout(PATIENCE, signing);
    tokio::pin!(signing);
    let mut warned = VecDeque::new();
    let signed = loop {
        tokio::select! {
            biased;
            Some(event) = events.recv() => note(event, &mut warned),
            signed = &mut signing => break signed,
        }
    };
    // What it wrote last may come a moment after its answer.
    while let Ok(Some(event)) = tokio::time::timeout(A_MOMENT, events.recv()).await {
        note(event, &mut warned);
    }
    let warned = if warned.is_empty() { "nothing".to_owned() } else { Vec::from(warned).join("; ") };
    match signed {
        Ok(Ok(())) => Ok(()),
        Ok(Err(RpcError::Refused(why))) => Err(SignIn::Refused { why, warned }),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => Err(SignIn::Refused { why: "signing in takes too long".to_owned(), warned }),
    }
}

/// Waits until a new account has looked into its mailbox. The program never fetches what was there before: whoever came by a
/// link that they had earlier would wait for ever.
async fn look(core: &Core) -> Result<(), SignIn> {
    core.starts().await?;
    let looking = async {
        while core.connectivity().await? < api::connectivity::ALL_FETCHED {
            tokio::time::sleep(ASKS).await;
        }
        Ok::<(), SignIn>(())
    };
    tokio::time::timeout(PATIENCE, looking).await.unwrap_or(Err(SignIn::Unseen))
}

/// Keeps what the program warns of.
fn note(event: Event, warned: &mut VecDeque<String>) {
    let (Event::Warning { msg } | Event::Error { msg }) = event else { return };
    if warned.len() == WARNINGS {
        warned.pop_front();
    }
    warned.push_back(msg);
}

/// Folder and database each learn a new word, so that an older copy of either is known at the next start.
async fn meet(core: &Core, memory: &Memory) -> Result<(), SignIn> {
    let before = core.config(WORD).await?;
    let Ok(word) = OsChance.word() else { return Ok(()) };
    if memory.meets(before.as_deref(), &word).await? {
        tracing::warn!(
            "the account folder and the database have not grown together (one of them is an older copy, or the folder is new): \
             chats and messages are numbered anew"
        );
    }
    core.set_config(WORD, &word).await?;
    memory.has_met().await?;
    Ok(())
}

//! How the account is called and what it looks like, where the host says so. Set only where it differs, because each change
//! is told in every room. What fails costs one line, and is tried again at the next start.

use matrix_sdk::media::MediaFormat;
use matrix_sdk::{Client, Error};
use mime::Mime;

use super::settings::Settings;
use super::trouble::Trouble;

/// What pictures are, by how their files begin.
const KINDS: [(&[u8], &str); 4] =
    [(b"\x89PNG", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"), (b"RIFF", "image/webp")];

/// Gives the account its name and its picture.
pub(super) async fn set_up(client: &Client, settings: &Settings) {
    if let Some(name) = &settings.display_name
        && let Err(error) = call(client, name).await
    {
        tracing::warn!(trouble = %Trouble::from(&error), "the account's name was not changed");
    }
    let Some(file) = &settings.picture else { return };
    match tokio::fs::read(file).await {
        Ok(picture) => show(client, picture).await,
        Err(error) => tracing::warn!(%error, file = %file.display(), "matrix.picture can't be read"),
    }
}

async fn call(client: &Client, name: &str) -> Result<(), Error> {
    if client.account().get_display_name().await?.as_deref() == Some(name) {
        return Ok(());
    }
    client.account().set_display_name(Some(name)).await?;
    tracing::info!(name, "the Matrix account has its name");
    Ok(())
}

async fn show(client: &Client, picture: Vec<u8>) {
    let Some(kind) = kind_of(&picture) else {
        tracing::warn!("matrix.picture is no picture that clients show; give a PNG, a JPEG, a GIF or a WebP");
        return;
    };
    // One that can't be looked at is put there anew.
    if let Ok(Some(shown)) = client.account().get_avatar(MediaFormat::File).await
        && shown == picture
    {
        return;
    }
    match client.account().upload_avatar(&kind, picture).await {
        Ok(_) => tracing::info!("the Matrix account has its picture"),
        Err(error) => tracing::warn!(trouble = %Trouble::from(&error), "the account's picture was not changed"),
    }
}

fn kind_of(picture: &[u8]) -> Option<Mime> {
    let (_, kind) = KINDS.iter().find(|(begins, _)| picture.starts_with(begins))?;
    kind.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_how_it_begins() {
        assert_eq!(kind_of(b"\x89PNG\r\n").map(|kind| kind.to_string()), Some("image/png".into()));
        assert_eq!(kind_of(b"<svg>"), None);
        assert_eq!(kind_of(b""), None);
    }
}

//! Encryption between us and a server: what is wrong with a certificate, and what to do about it.

use std::error::Error;
use std::path::Path;

use rustls::{AlertDescription, CertificateError};
use sea_orm::sqlx;
use url::Url;

use super::Obstacle;

/// What names a file, and what has to be in it.
const FILES: [(&[&str], &str); 3] = [
    (&["sslrootcert", "ssl-root-cert", "ssl-ca"], "CERTIFICATE"),
    (&["sslcert", "ssl-cert"], "CERTIFICATE"),
    (&["sslkey", "ssl-key"], "PRIVATE KEY"),
];

/// Looks into the files that the address names: the driver does not say which of them it could not read.
pub(super) fn files_can_be_read(address: &Url) -> Result<(), Obstacle> {
    let named = |keys: &[&str]| address.query_pairs().find(|(key, _)| keys.contains(&&**key)).map(|(_, value)| value);
    for (keys, holds) in FILES {
        let (Some(key), Some(file)) = (keys.first(), named(keys)) else { continue };
        if file.trim().starts_with("-----BEGIN") {
            continue;
        }
        let file = Path::new(&*file);
        let content = std::fs::read_to_string(file)
            .map_err(|error| Obstacle::stays(format!("{key}: {} can't be read: {error}", file.display())))?;
        if content.contains("ENCRYPTED") && holds == "PRIVATE KEY" {
            let why = format!("{key}: {} is locked with a passphrase; name a key without one", file.display());
            return Err(Obstacle::stays(why));
        }
        if !content.lines().any(|line| line.starts_with("-----BEGIN") && line.contains(holds)) {
            let why = format!("{key}: there is no {holds} in {}, in the form that is called PEM", file.display());
            return Err(Obstacle::stays(why));
        }
    }
    match named(&["sslcert", "ssl-cert"]).is_some() == named(&["sslkey", "ssl-key"]).is_some() {
        true => Ok(()),
        false => Err(Obstacle::stays("sslcert and sslkey go together; one of them is missing")),
    }
}

/// What an error says about encryption, if it is about that.
pub(super) fn words(error: &sqlx::Error) -> Option<String> {
    let (sqlx::Error::Io(_) | sqlx::Error::Tls(_)) = error else { return None };
    match cause(error) {
        Some(rustls::Error::InvalidCertificate(wrong)) => Some(of_certificate(wrong)),
        Some(rustls::Error::AlertReceived(alert)) => Some(of_alert(*alert)),
        Some(other) => Some(format!("no encryption could be agreed on: {other}")),
        None => match error {
            sqlx::Error::Tls(why) if why.to_string().contains("does not support TLS") => Some(
                "the server has no encryption switched on (ssl = on in its postgresql.conf); over a socket there is none: \
                 take sslmode away there"
                    .to_owned(),
            ),
            sqlx::Error::Tls(why) => Some(format!("no encryption could be agreed on: {why}")),
            _ => None,
        },
    }
}

/// What rustls found, wherever it is wrapped in.
fn cause(error: &sqlx::Error) -> Option<&rustls::Error> {
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = inner.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source());
    }
    None
}

fn of_certificate(wrong: &CertificateError) -> String {
    let told = match wrong {
        CertificateError::UnknownIssuer => {
            "is signed by nobody whom we trust; name the certificate of who has signed it as sslrootcert"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "is that of another host; name the host by the name in the certificate (subjectAltName), or write \
             sslmode=verify-ca, which does not look at names"
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "has expired; make a new one",
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "is not valid yet; see the clocks of both machines"
        }
        CertificateError::BadSignature => {
            "is not signed by who it says; name the certificate of who has signed it as sslrootcert"
        }
        // Of these the library only tells the name.
        other => match format!("{other:?}") {
            name if name.contains("UnsupportedCertVersion") => {
                "is of version 1, which can't be used with any sslmode but disable; make one of version 3: openssl req -x509 \
                 -addext subjectAltName=DNS:HOST ..."
            }
            name if name.contains("CaUsedAsEndEntity") => {
                "is one for signing others; make one with -addext basicConstraints=critical,CA:FALSE, and name that as \
                 sslrootcert, or have it signed by another"
            }
            name => return format!("the server's certificate can't be used: {name}"),
        },
    };
    format!("the server's certificate {told}")
}

fn of_alert(alert: AlertDescription) -> String {
    match alert {
        AlertDescription::UnknownCA
        | AlertDescription::BadCertificate
        | AlertDescription::UnsupportedCertificate
        | AlertDescription::CertificateExpired
        | AlertDescription::CertificateUnknown
        | AlertDescription::CertificateRevoked
        | AlertDescription::DecryptError => {
            format!(
                "the server does not take our certificate ({alert:?}); see sslcert, sslkey and the server's ssl_ca_file"
            )
        }
        AlertDescription::CertificateRequired => {
            "the server wants a certificate of ours; name one as sslcert, with its sslkey".to_owned()
        }
        alert => format!("no encryption could be agreed on: the server says {alert:?}"),
    }
}

//! A server that speaks TLS, with certificates of every kind, and one that is a standby: what `exodus check` says of them.

use std::path::Path;
use std::process::Command;

use sea_orm::{ConnectionTrait, Database, Statement};

use crate::own_postgres::OwnPostgres;
use crate::program::{checked, says};

/// Makes all certificates: an authority, and what it has signed; some that have signed themselves; one of version 1.
const CERTIFICATES: &str = r#"
set -e
new() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout "$1.key" "${@:2}"; }
for authority in ca other; do new $authority -x509 -days 2 -out $authority.pem; done
printf 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n' >names
signed() { openssl x509 -req -in $1.csr -CA $2.pem -CAkey $2.key -CAcreateserial -days 2 -extfile names -out $1.pem; }
for name in server client; do new $name -out $name.csr; signed $name ca; done
new stranger -out stranger.csr; signed stranger other
new self -x509 -days 2 -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE -out self.pem
new signer -x509 -days 2 -addext subjectAltName=DNS:localhost -out signer.pem
new first -out first.csr
openssl x509 -req -in first.csr -signkey first.key -days 2 -out first.pem
openssl x509 -in first.pem -noout -text | grep -q 'Version: 1' || new first -x509 -x509v1 -days 2 -out first.pem
openssl ec -in client.key -aes256 -passout pass:hush -out locked.key
chmod 755 . && chmod 644 *.pem && chmod 600 *.key
if [ "$(id -u)" = 0 ]; then for name in server self signer first; do chown postgres $name.key; done; fi
"#;

/// Who has to come encrypted, and who has to bring a certificate.
const DOORS: &str = "hostssl all certified 127.0.0.1/32 trust clientcert=verify-ca\n\
    hostssl all encrypted 127.0.0.1/32 trust\n\
    hostnossl all encrypted 127.0.0.1/32 reject\n";

/// Has the server show this certificate from now on.
async fn shows(url: &str, folder: &Path, name: &str) {
    let file = folder.join(name).display().to_string();
    let plain = format!("{url}?sslmode=disable");
    let db = Database::connect(&plain).await.unwrap();
    for (key, value) in [
        ("ssl_cert_file", format!("{file}.pem")),
        ("ssl_key_file", format!("{file}.key")),
        ("ssl_ca_file", folder.join("ca.pem").display().to_string()),
        ("ssl", "on".to_owned()),
    ] {
        db.execute_unprepared(&format!("ALTER SYSTEM SET {key} = '{value}'")).await.unwrap();
    }
    db.execute_unprepared("SELECT pg_reload_conf()").await.unwrap();
    db.close().await.unwrap();
    let shown = async {
        loop {
            let db = Database::connect(&plain).await.unwrap();
            let asked = "SELECT current_setting('ssl_cert_file') || current_setting('ssl')";
            let row =
                db.query_one_raw(Statement::from_string(db.get_database_backend(), asked)).await.unwrap().unwrap();
            db.close().await.unwrap();
            if row.try_get_by_index::<String>(0).unwrap() == format!("{file}.pemon") {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), shown).await.expect("it is read anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_encryption_is_tried_and_what_is_wrong_is_told_in_words() {
    let Some((server, url)) = OwnPostgres::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("bash").args(["-c", CERTIFICATES]).current_dir(folder.path()).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let doors = server.data().join("pg_hba.conf");
    std::fs::write(&doors, [DOORS, &std::fs::read_to_string(&doors).unwrap()].concat()).unwrap();
    let db = Database::connect(&url).await.unwrap();
    for role in ["certified", "encrypted"] {
        db.execute_unprepared(&format!("CREATE ROLE {role} LOGIN SUPERUSER")).await.unwrap();
    }
    db.close().await.unwrap();

    // What follows the host, and words of the line; `well` or `wrong` begins it.
    let look = |role: &str, host: &str, parameters: &str, finds: &str| {
        let files = parameters.replace('{', &format!("{}/", folder.path().display())).replace('}', "");
        let url = format!("{}?{files}", url.replace("postgres@127.0.0.1", &format!("{role}@{host}")));
        let found = checked(&url);
        let (sign, words) = finds.split_once(' ').unwrap_or((finds, ""));
        let sign = if sign == "well" { "✓ database: " } else { "✗ database: " };
        assert!(found.starts_with(sign) && found.contains(words), "{role} {host} {parameters}: {found}");
    };
    let (ip, name) = ("127.0.0.1", "localhost");
    look("postgres", ip, "", "well");
    look("postgres", ip, "sslmode=require", "wrong no encryption switched on");
    shows(&url, folder.path(), "server").await;
    for (role, host, parameters, finds) in [
        ("postgres", ip, "", "well"),
        ("postgres", ip, "sslmode=disable", "well"),
        ("postgres", ip, "sslmode=allow", "well"),
        ("postgres", ip, "sslmode=prefer", "well"),
        ("postgres", ip, "sslmode=require", "well"),
        ("postgres", ip, "sslmode=require&sslrootcert={other.pem}", "well"),
        ("postgres", ip, "sslmode=verify-ca", "wrong signed by nobody whom we trust"),
        ("postgres", ip, "sslmode=verify-ca&sslrootcert={other.pem}", "wrong signed by nobody whom we trust"),
        ("postgres", ip, "sslmode=verify-ca&sslrootcert={ca.pem}", "well"),
        ("postgres", name, "sslmode=verify-full&sslrootcert={ca.pem}", "well"),
        ("postgres", ip, "sslmode=verify-full&sslrootcert={ca.pem}", "wrong is that of another host"),
        ("postgres", ip, "sslmode=verify-ca&sslrootcert={none.pem}", "wrong sslrootcert: "),
        ("postgres", ip, "sslmode=verify-ca&sslrootcert={names}", "wrong there is no CERTIFICATE in"),
        ("encrypted", ip, "sslmode=disable", "wrong write sslmode=require"),
        ("encrypted", ip, "", "well"),
        ("certified", ip, "sslmode=require", "wrong name one as sslcert"),
        ("certified", ip, "sslmode=require&sslcert={client.pem}&sslkey={client.key}", "well"),
        (
            "certified",
            name,
            "sslmode=verify-full&sslrootcert={ca.pem}&sslcert={client.pem}&sslkey={client.key}",
            "well",
        ),
        ("certified", ip, "sslmode=require&sslcert={client.pem}", "wrong go together"),
        ("certified", ip, "sslmode=require&sslcert={client.pem}&sslkey={locked.key}", "wrong locked with a passphrase"),
        ("certified", ip, "sslcert={stranger.pem}&sslkey={stranger.key}", "wrong does not take our certificate"),
    ] {
        look(role, host, parameters, finds);
    }
    let unlooked = format!("{url}?sslmode=require&sslrootcert={}", folder.path().join("ca.pem").display());
    let (_, said) = says("check", &unlooked, |_| {});
    assert!(said.contains("! database_url: only sslmode=verify-full and verify-ca look"), "{said}");

    shows(&url, folder.path(), "self").await;
    look("postgres", name, "sslmode=verify-full&sslrootcert={self.pem}", "well");
    look("postgres", name, "sslmode=verify-full", "wrong signed by nobody whom we trust");
    shows(&url, folder.path(), "signer").await;
    look("postgres", name, "sslmode=require", "well");
    look("postgres", name, "sslmode=verify-full&sslrootcert={signer.pem}", "wrong is one for signing others");
    shows(&url, folder.path(), "first").await;
    for mode in ["prefer", "require", "verify-ca&sslrootcert={first.pem}"] {
        look("postgres", name, &format!("sslmode={mode}"), "wrong is of version 1");
    }
    look("postgres", name, "sslmode=disable", "well");

    // Another server is the one that can be written to.
    std::fs::write(server.data().join("standby.signal"), "").unwrap();
    server.crashes().await;
    look("postgres", ip, "sslmode=disable", "wrong the server is a standby");
}

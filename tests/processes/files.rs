//! SQLite files as hosts have them: `exodus check` tries what a start does, and says what to mend.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::Command;

use bot_api::BotApi;
use exodus::store;
use sea_orm::ConnectionTrait;

use crate::program::{Program, TOKEN, checked, says};

fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display().to_string().replace('%', "%25").replace('?', "%3F"))
}

/// A database that a bot has had.
async fn made(file: &Path) {
    let db = store::connect(&url(file)).await.unwrap();
    store::migrate(&db).await.unwrap();
    db.close().await.unwrap();
}

fn with_token(run: &mut Command) {
    run.env("EXODUS_TELEGRAM_TOKEN", TOKEN);
}

fn allow(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// What is in a folder, and how long each file is.
fn content(folder: &Path) -> Vec<(String, u64)> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut found: Vec<_> = entries
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.metadata().unwrap().len()))
        .collect();
    found.sort();
    found
}

#[tokio::test]
async fn a_check_finds_what_can_not_be_written_to_and_says_whose_it_is() {
    let home = tempfile::tempdir().unwrap();
    let (folder, file) = (home.path().join("bot"), home.path().join("bot/exodus.db"));
    std::fs::create_dir(&folder).unwrap();
    assert!(checked(&url(&file)).contains("✓ database: sqlite://") && !file.exists(), "it will be made");
    made(&file).await;
    let before = content(&folder);
    assert!(checked(&url(&file)).ends_with("is up to date"), "{}", checked(&url(&file)));
    for (closed, mode) in [(&folder, 0o555), (&file, 0o444)] {
        allow(closed, mode);
        let found = checked(&url(&file));
        assert!(found.contains("✗ database: ") && found.contains("can't be written to"), "{found}");
        assert!(found.contains(&format!("chmod u+w {}", closed.display())), "{found}");
        assert_eq!(content(&folder), before, "a check leaves nothing behind");
        let (well, said) = says("run", &url(&file), with_token);
        assert!(!well && said.contains(&format!("chmod u+w {}", closed.display())), "{said}");
        assert!(said.contains(&format!("database_url: {}", url(&file))), "{said}");
        allow(closed, 0o755);
    }
    // Whoever is root can give a file away.
    if std::fs::metadata(&file).unwrap().uid() == 0 {
        for path in [&folder, &file] {
            chown(path, Some(54321), None).unwrap();
        }
        let found = checked(&url(&file));
        let (folder, file) = (folder.display(), file.display());
        let names = found.contains(&format!("{folder}, {file}"));
        let whose = "can't be written to: belongs to 54321, and this program runs as root; run: sudo chown root";
        assert!(names && found.contains(&format!("{whose} {folder} {file}")), "{found}");
    }
}

#[tokio::test]
async fn a_check_says_what_is_wrong_with_a_file() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| url(&home.path().join(name));
    for name in ["with a space.db", "a?b.db", "100%.db"] {
        made(&home.path().join(name)).await;
        assert!(home.path().join(name).exists());
        assert!(checked(&at(name)).ends_with("is up to date"), "{}", checked(&at(name)));
    }
    let encoded = at("with a space.db").replace(' ', "%20");
    assert!(checked(&encoded).ends_with("is up to date"), "{}", checked(&encoded));
    // Whose beginning is no host that a browser would take.
    let (_, said) = says("check", "sqlite://a b.db", |_| {});
    assert!(said.contains("✓ database: sqlite://a b.db will be made"), "{said}");

    std::fs::write(
        home.path().join("letter"),
        "dear friends, this is no database, however long it may seem to be".repeat(99),
    )
    .unwrap();
    let newer = home.path().join("newer.db");
    made(&newer).await;
    let db = store::connect(&url(&newer)).await.unwrap();
    let step = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_far', 0)";
    db.execute_unprepared(step).await.unwrap();
    db.close().await.unwrap();
    for (database, finds) in [
        (at("missing.db") + "?mode=rw", "and mode=rw makes none"),
        (at("no/such/exodus.db"), "there is no folder"),
        (url(home.path()), "is a folder; name a file in it"),
        (at("letter"), "file is not a database; name another file"),
        (url(&newer), "made by a newer release than this one (it has m9999_far)"),
    ] {
        let found = checked(&database);
        assert!(found.contains("✗ database: ") && found.contains(finds), "{finds}: {found}");
        let (well, said) = says("run", &database, with_token);
        assert!(!well && said.contains(finds), "{finds}: {said}");
    }
    assert!(!home.path().join("missing.db").exists());
}

#[tokio::test]
async fn a_check_finds_that_the_disk_is_full() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("exodus.db");
    made(&file).await;
    for database in [url(&file), url(&home.path().join("new.db"))] {
        let mut check = Command::new("sh");
        let script = "trap '' XFSZ; exec prlimit --fsize=4096 \"$@\"";
        check.args(["-c", script, "sh", env!("CARGO_BIN_EXE_exodus"), "check"]).current_dir(home.path());
        let said = check.env("EXODUS_DATABASE_URL", &database).output().unwrap().stdout;
        let said = String::from_utf8_lossy(&said);
        assert!(said.contains("✗ database: ") && said.contains("there is no room left"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_on_one_file_is_refused_and_whoever_only_looks_is_not() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("exodus.db");
    let link = home.path().join("link.db");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let api = BotApi::start(TOKEN).await;
    let mut first = Program::start(&url(&file), api.url(), None);
    first.is_ready().await;
    for same in [&file, &link] {
        let mut second = Program::start(&url(same), api.url(), None);
        second.logs("its end is waited for").await;
        assert!(!second.log().contains("stop the other one"), "what it waits for is said before it gives up");
        assert!(!second.ends().await);
        let said = second.log();
        assert!(said.contains("another process works on") && said.contains("stop the other one"), "{said}");
        assert!(!said.contains("signed in"), "it has not come between the first and Telegram: {said}");
    }
    assert!(checked(&url(&file)).contains("✓ database: "), "{}", checked(&url(&file)));
    let (well, said) = says("migrate", &url(&file), |_| {});
    assert!(well && said.contains("is up to date"), "{said}");
    let db = store::connect(&url(&file)).await.unwrap();
    db.execute_unprepared(&format!("VACUUM INTO '{}'", home.path().join("copy.db").display())).await.unwrap();
    db.close().await.unwrap();

    first.kill();
    let third = Program::start(&url(&file), api.url(), None);
    third.is_ready().await;
}

#[tokio::test]
async fn nobody_changes_the_tables_under_a_bot_that_works() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("exodus.db");
    let held = std::fs::File::create(home.path().join("exodus.db-in-use")).unwrap();
    held.lock().unwrap();
    let (well, said) = says("migrate", &url(&file), |_| {});
    assert!(!well && said.contains("another process works on"), "{said}");
    drop(held);
    let (well, said) = says("migrate", &url(&file), |_| {});
    assert!(well && said.contains("is up to date"), "{said}");
}

//! `exodus clearing` as it is typed: tables from files and standard input, what is written where, and what is told when
//! something is wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The seven debts of the makers of Cycles, with two currencies and dates on top.
const TABLE: &str = "\
from,to,amount,currency,date
Alice,Bob,100,EUR,2026-01-05
Bob,Eve,70,EUR,2026-01-06
Eve,Alice,100,EUR,2026-01-07
Charlie,Dave,100,EUR,2026-01-08
Dave,Eve,100,EUR,2026-01-09
Eve,Charlie,70,EUR,2026-01-10
Bob,Charlie,100,EUR,2026-01-11
Alice,Bob,3,USD,
Bob,Alice,2.5,USD,
";

const SOLVED: &str = "\
from,to,amount,currency,date,set_off
Alice,Bob,100,EUR,2026-01-05,100.00
Bob,Eve,70,EUR,2026-01-06,70.00
Eve,Alice,100,EUR,2026-01-07,100.00
Charlie,Dave,100,EUR,2026-01-08,100.00
Dave,Eve,100,EUR,2026-01-09,100.00
Eve,Charlie,70,EUR,2026-01-10,70.00
Bob,Charlie,100,EUR,2026-01-11,30.00
Alice,Bob,3,USD,,2.50
Bob,Alice,2.5,USD,,2.50
";

const TOTALS: &str = "\
EUR: 570.00 of 640.00 set off (89.1 %), on 7 of 7 debts of 5 members
USD: 5.00 of 5.50 set off (90.9 %), on 2 of 2 debts of 2 members
";

struct Ended {
    well: bool,
    out: String,
    told: String,
}

fn clearing(folder: &Path, arguments: &[&str], input: &str) -> Ended {
    let mut run = Command::new(env!("CARGO_BIN_EXE_exodus"));
    run.arg("clearing").args(arguments).current_dir(folder);
    run.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = run.spawn().unwrap();
    // A program that has read enough may be gone by now.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { well: output.status.success(), out: text(output.stdout), told: text(output.stderr) }
}

#[test]
fn a_table_from_a_file_or_standard_input_gets_a_column_and_totals() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("debts.csv"), TABLE).unwrap();
    for (arguments, input) in [(&["solve", "debts.csv"][..], ""), (&["solve", "-"], TABLE), (&["solve"], TABLE)] {
        let Ended { well, out, told } = clearing(folder.path(), arguments, input);
        assert!(well, "{told}");
        assert_eq!((out.as_str(), told.as_str()), (SOLVED, TOTALS));
    }
    for (table, out) in [("", ""), ("from,to,amount\n", "from,to,amount,set_off\n")] {
        let empty = clearing(folder.path(), &["solve"], table);
        assert!(empty.well, "{}", empty.told);
        let told = "nothing to set off: there are no debts in the table\n";
        assert_eq!((empty.out.as_str(), empty.told.as_str()), (out, told));
    }
}

#[test]
fn json_has_the_same_sums_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let Ended { well, out, told } = clearing(folder.path(), &["solve", "--json"], TABLE);
    assert!(well && told == TOTALS, "{told}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["currencies"][0]["set_off"], "570.00");
    assert_eq!(report["debts"][6]["line"], 8);
    assert_eq!(report["debts"][6]["set_off"], "30.00");
    assert_eq!(report["debts"][6]["date"], "2026-01-11");
    assert_eq!(report["debts"][7]["date"], serde_json::Value::Null);
    assert_eq!(report["debts"].as_array().unwrap().len(), 9);
}

#[test]
fn what_was_solved_can_be_checked_and_what_was_changed_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("debts.csv"), TABLE).unwrap();
    let solved = clearing(folder.path(), &["solve", "debts.csv", "--certificate", "proof.csv"], "");
    fs::write(at("solved.csv"), &solved.out).unwrap();
    let check = |table: &str| clearing(folder.path(), &["check", "debts.csv", table, "proof.csv"], "");
    let held = check("solved.csv");
    assert!(held.well, "{}", held.told);
    assert_eq!(held.out.lines().next(), TOTALS.lines().next());
    assert!(held.out.contains("the greatest total, the oldest first"), "{}", held.out);

    fs::write(at("quoted.csv"), "\"A;x\",B,5\nB,\"A;x\",5\n").unwrap();
    let quoted = clearing(folder.path(), &["solve", "quoted.csv", "--certificate", "quoted_proof.csv"], "");
    fs::write(at("quoted_solved.csv"), &quoted.out).unwrap();
    let held = clearing(folder.path(), &["check", "quoted.csv", "quoted_solved.csv", "quoted_proof.csv"], "");
    assert!(held.well, "{}", held.told);
    let twice = clearing(folder.path(), &["check", "-", "-", "proof.csv"], TABLE);
    assert!(!twice.well && twice.told.contains("can be read once only"), "{}", twice.told);

    // The same as JSON.
    let solved_json = clearing(folder.path(), &["solve", "debts.csv", "--json"], "");
    fs::write(at("solved.json"), &solved_json.out).unwrap();
    let held_json = check("solved.json");
    assert!(held_json.well, "{}", held_json.told);
    assert_eq!(held_json.out, check("solved.csv").out);
    for (from, to, reason) in [
        (r#""set_off": "30.00""#, r#""set_off": "30.01""#, "solved.json: found {"),
        (r#""from": "Bob""#, r#""from": "Eve""#, "solved.json: found {"),
        (r#""amount": "640.00""#, r#""amount": "650.00""#, "solved.json: found {"),
        (r#""set_off": "100.00""#, r#""set_off": "many""#, "line 2 of the input: found \"many\" set off"),
        ("{", "", "solved.json"),
    ] {
        fs::write(at("solved.json"), solved_json.out.replacen(from, to, 1)).unwrap();
        let refused = check("solved.json");
        assert!(!refused.well && refused.told.contains(reason), "{from} -> {to}: {}", refused.told);
    }

    for (from, to, reason) in [
        (
            ",30.00\n",
            ",30.01\n",
            "EUR: does not hold: of \"Bob\" 100.01 is set off of what they owe, and 100.00 of what they are owed; both",
        ),
        ("2026-01-06,70.00", "2026-01-06,70.01", "EUR: does not hold: line 3: more is set off than the debt"),
        (
            ",,2.50\nBob,Alice,2.5,USD,,2.50",
            ",,2.49\nBob,Alice,2.5,USD,,2.49",
            "USD: does not hold: 4.98 is set off, but by the certificate it could be up to 5.00",
        ),
        ("Alice,Bob,100", "Alice,Bob,101", "changed.csv, line 2: found \"Alice,Bob,101"),
    ] {
        fs::write(at("changed.csv"), solved.out.replacen(from, to, 1)).unwrap();
        let refused = check("changed.csv");
        assert!(!refused.well && refused.told.contains(reason), "{from:?} -> {to:?}: {}", refused.told);
    }
}

#[test]
fn what_can_not_be_written_whole_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_exodus"));
    fs::write(folder.path().join("debts.csv"), TABLE).unwrap();
    run.args(["clearing", "solve", "debts.csv"]).current_dir(folder.path()).stdout(full).stderr(Stdio::piped());
    let output = run.output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{told}");
    assert!(told.starts_with("exodus: standard output can't be written") && !told.contains("set off"), "{told}");
}

#[test]
fn a_certificate_takes_the_place_of_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("debts.csv"), TABLE).unwrap();
    fs::hard_link(at("debts.csv"), at("the_same.csv")).unwrap();
    for certificate in ["debts.csv", "./debts.csv", "the_same.csv"] {
        let refused = clearing(folder.path(), &["solve", "debts.csv", "--certificate", certificate], "");
        assert!(!refused.well && refused.out.is_empty(), "{certificate}");
        let expected = format!("exodus: {certificate} is the table; the certificate needs a file of its own\n");
        assert_eq!(refused.told, expected);
    }
    assert_eq!(fs::read_to_string(at("debts.csv")).unwrap(), TABLE);
    let refused = clearing(folder.path(), &["solve", "debts.csv", "--certificate", "-"], "");
    assert!(!refused.well && refused.out.is_empty() && !at("-").exists(), "{}", refused.told);
    let result = fs::File::create(at("result.csv")).unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_exodus"));
    run.args(["clearing", "solve", "debts.csv", "--certificate", "result.csv"]);
    let ended = run.current_dir(folder.path()).stdout(result).output().unwrap();
    assert!(!ended.status.success() && fs::read(at("result.csv")).unwrap().is_empty());
}

#[test]
fn what_is_not_quite_all_is_not_called_all() {
    let folder = tempfile::tempdir().unwrap();
    for (table, total) in [
        ("A,B,14\nB,A,3\n", "6.00 of 17.00 set off (35.3 %), on 2 of 2 debts of 2 members\n"),
        ("A,B,10000\nB,A,10000.01\n", "20000.00 of 20000.01 set off (99.9 %), on 2 of 2 debts of 2 members\n"),
        ("A,B,10000\nB,A,0.01\n", "0.02 of 10000.01 set off (0.1 %), on 2 of 2 debts of 2 members\n"),
        ("A,B,14\n", "0.00 of 14.00 set off (0.0 %), on 0 of 1 debt of 2 members\n"),
    ] {
        assert_eq!(clearing(folder.path(), &["solve"], table).told, total);
    }
}

#[test]
fn nothing_is_written_when_anything_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let table = TABLE.replace("Bob,Eve,70", "Bob,Eve,seventy").replace("Bob,Alice,2.5", "Bob,,2.5");
    let Ended { well, out, told } = clearing(folder.path(), &["solve", "--certificate", "proof.csv"], &table);
    assert!(!well && out.is_empty());
    assert_eq!(
        told,
        "exodus: standard input can't be read as debts; nothing was written\n  \
         line 3: found the amount \"seventy\", expected a sum above zero with at most 2 decimals, like 50 or 1 250.50\n  \
         line 10: \"to\" is empty, expected a name\n"
    );
    assert!(!folder.path().join("proof.csv").exists());

    let missing = clearing(folder.path(), &["solve", "nowhere.csv"], "");
    assert!(!missing.well && missing.told.contains("nowhere.csv can't be read"), "{}", missing.told);
    let no_folder = clearing(folder.path(), &["solve", "--certificate", "no/proof.csv"], TABLE);
    assert!(!no_folder.well && no_folder.out.is_empty(), "{}", no_folder.told);
    assert!(no_folder.told.contains("no/proof.csv can't be written"), "{}", no_folder.told);
}

//! Tables as people and their programs write them, there and back.

#![allow(clippy::expect_used, reason = "a test that breaks off has said what it had to say")]

use exodus_clearing::check::check;
use exodus_clearing::solve;
use exodus_clearing::table::{Table, read_prices, read_set_off, write_prices, write_set_off};

/// The table with what is set off, checked and read back on the way.
fn cleared(text: &str) -> String {
    let table = Table::read(text.as_bytes()).expect("a table");
    let parts = table.parts();
    let mut set_off = vec![0; table.entries.len()];
    let clearings: Vec<_> = parts.iter().map(|part| solve(&part.debts).expect("debts")).collect();
    for (part, clearing) in parts.iter().zip(&clearings) {
        for (entry, sum) in part.entries.iter().zip(&clearing.set_off) {
            set_off[*entry] = *sum;
        }
    }
    let written = write_set_off(&table, &set_off);
    let certificate = write_prices(parts.iter().zip(clearings.iter().map(|clearing| clearing.prices.as_slice())));

    let read = read_set_off(&table, written.as_bytes()).expect("what was written can be read");
    assert_eq!(read, set_off);
    let prices = read_prices(&parts, certificate.as_bytes()).expect("what was written can be read");
    for (part, prices) in parts.iter().zip(prices) {
        let own: Vec<i64> = part.entries.iter().map(|entry| read[*entry]).collect();
        check(&part.debts, &own, &prices).expect("it holds");
    }
    written
}

fn told(text: &str) -> Vec<String> {
    let wrong = Table::read(text.as_bytes()).expect_err(text);
    wrong.iter().map(ToString::to_string).collect()
}

#[test]
fn a_table_with_or_without_a_header_gets_one_column_more() {
    let ring = "Ann,Ben,40\nBen,Cleo,60.5\nCleo,Ann,50\n";
    assert_eq!(cleared(ring), "Ann,Ben,40,40.00\nBen,Cleo,60.5,40.00\nCleo,Ann,50,40.00\n");
    let headed = format!("from,to,amount\n{ring}");
    assert!(cleared(&headed).starts_with("from,to,amount,set_off\nAnn,Ben,40,40.00\n"));
    let turned = "Amount,To,From\n40,Ben,Ann\n40,Ann,Ben\n";
    assert_eq!(cleared(turned), "Amount,To,From,set_off\n40,Ben,Ann,40.00\n40,Ann,Ben,40.00\n");
}

#[test]
fn what_programs_write_is_read() {
    let spreadsheet = "\u{feff}from;to;amount;currency;date\r\n\"Анна; Б.\";\"Ben \"\"B\"\"\";1 250,50;EUR;20.12.2026\r\n\"Ben \"\"B\"\"\";\"Анна; Б.\";50,-;eur;\r\n\r\n";
    let written = cleared(spreadsheet);
    assert!(written.starts_with("\u{feff}from;to;amount;currency;date;set_off\r\n"), "{written}");
    assert!(written.contains("\"Анна; Б.\";\"Ben \"\"B\"\"\";1 250,50;EUR;20.12.2026;50,00\r\n"), "{written}");
    assert_eq!(cleared("A\tB\t\"1,5\"\nB\tA\t2"), "A\tB\t1,5\t1,50\nB\tA\t2\t1,50\n");
    assert_eq!(cleared("\"A\nA\",B,1\nB,\"A\nA\",2\n"), "\"A\nA\",B,1,1.00\nB,\"A\nA\",2,1.00\n");
}

#[test]
fn what_could_be_taken_for_a_separator_stands_in_quotes_again() {
    // Without a header the first line alone says what separates the columns, also when it is read back.
    for (table, first) in [
        ("\"A;x\",B,5\nB,\"A;x\",5\n", "\"A;x\",B,5,5.00"),
        ("\"A\tx\",B,5\nB,\"A\tx\",5\n", "\"A\tx\",B,5,5.00"),
        ("\"A\tx\";B;5\nB;\"A\tx\";5\n", "\"A\tx\";B;5;5.00"),
        ("\"A\t;,\"\tB\t5\nB\t\"A\t;,\"\t5\n", "\"A\t;,\"\tB\t5\t5.00"),
        ("A,B,5,\"E;UR\"\nB,A,5,\"e;ur\"\n", "A,B,5,\"E;UR\",5.00"),
        ("\";;\",\";;;\",5,\";\"\n\";;;\",\";;\",5,\";\"\n", "\";;\",\";;;\",5,\";\",5.00"),
    ] {
        assert_eq!(cleared(table).lines().next(), Some(first), "{table}");
    }
    // As it was written before.
    let table = Table::read(b"\"A;x\",B,5\nB,\"A;x\",5\n").expect("a table");
    assert_eq!(read_set_off(&table, b"A;x,B,5,5.00\nB,A;x,5,5.00\n"), Ok(vec![500, 500]));
}

#[test]
fn the_first_line_may_have_a_name_of_several_lines() {
    for separator in [',', ';', '\t'] {
        let table = "\"A\nx\";B;5\r\nB;\"A\nx\";5\r\n".replace(';', &separator.to_string());
        let expected = "\"A\nx\";B;5;5.00\r\nB;\"A\nx\";5;5.00\r\n".replace(';', &separator.to_string());
        assert_eq!(cleared(&table), expected);
    }
}

#[test]
fn currencies_are_cleared_each_by_itself() {
    let table = "from,to,amount,currency\nA,B,5,EUR\nB,A,3,USD\nB,A,4,EUR\nA,B,900,JPY\nB,A,1000,JPY\n";
    let written = cleared(table);
    assert_eq!(
        written,
        "from,to,amount,currency,set_off\nA,B,5,EUR,4.00\nB,A,3,USD,0.00\nB,A,4,EUR,4.00\nA,B,900,JPY,900\nB,A,1000,JPY,900\n"
    );
}

#[test]
fn the_oldest_come_first() {
    let table = "A,B,5,EUR,2026-03-01\nA,B,5,EUR,2026-01-15\nA,B,5,EUR,\nB,A,7,EUR,\n";
    let sums: Vec<String> =
        cleared(table).lines().filter_map(|line| Some(line.rsplit(',').next()?.to_owned())).collect();
    assert_eq!(sums, ["2.00", "5.00", "0.00", "7.00"]);
}

#[test]
fn every_wrong_line_is_told_by_its_number() {
    assert_eq!(
        told(
            "from,to,amount,currency,date\nA,B,x,EUR,\nA,A,5,EUR,\nA,B,5,EUR\nA,B,5,EUR,2026-02-30\n,B,5,EUR,\nA,B,5.5,JPY,\nA,B,5,EUR,\n"
        ),
        [
            "line 2: found the amount \"x\", expected a sum above zero with at most 2 decimals, like 50 or 1 250.50",
            "line 3: found \"A\" on both sides, expected two different names",
            "line 4: found 4 columns, expected 5 as in the first line",
            "line 5: found the date \"2026-02-30\", expected one like 2026-12-20 or 20.12.2026",
            "line 6: \"from\" is empty, expected a name",
            "line 7: found the amount \"5.5\" with 1 decimal, expected a whole number above zero, like 50",
        ]
    );
    assert_eq!(told("A,B\n"), ["line 1: found 2 columns, expected from,to,amount[,currency[,date]]"]);
    assert_eq!(
        told("from,to,amount,colour\n"),
        ["line 1: found the column \"colour\", expected from,to,amount[,currency[,date]]"]
    );
    assert_eq!(
        told("A,B,5\n\n\"C\nD\",B,5\n\"E,F,7\nG,H,8\n"),
        ["line 5: found a quote (\") without its end, expected another one"]
    );
    let quotes = "found \"x\" behind a quote (\") that ends a column, expected the next column; a quote inside of quotes is written twice";
    assert_eq!(
        told("\"A\"x,B,5\nA,B,y\n\"\"x,,\n"),
        [
            format!("line 1: {quotes}"),
            "line 2: found the amount \"y\", expected a sum above zero with at most 2 decimals, like 50 or 1 250.50"
                .to_owned(),
            format!("line 3: {quotes}"),
        ]
    );
    assert_eq!(
        told("A,B\nC,D,x\nE,E,5\n"),
        [
            "line 1: found 2 columns, expected from,to,amount[,currency[,date]]",
            "line 2: found the amount \"x\", expected a sum above zero with at most 2 decimals, like 50 or 1 250.50",
            "line 3: found \"E\" on both sides, expected two different names",
        ]
    );
    assert_eq!(
        told("from,to,amount,colour\nA,B,5,red\nA,A,5,red\n"),
        [
            "line 1: found the column \"colour\", expected from,to,amount[,currency[,date]]",
            "line 3: found \"A\" on both sides, expected two different names",
        ]
    );
    assert_eq!(
        told("\u{1b}[31mA,\u{1b}[31mA,5\n"),
        ["line 1: found \"\\u{1b}[31mA\" on both sides, expected two different names"]
    );
    assert_eq!(
        told("{\n  \"debts\": []\n}\n"),
        ["line 1: found JSON, expected a table from,to,amount[,currency[,date]]"]
    );
    let bytes = [b"A,B,5\n".as_slice(), &[0xc4, b',', b'B']].concat();
    assert_eq!(Table::read(&bytes).expect_err("Latin-1")[0].line, 2);
}

#[test]
fn a_sum_with_a_comma_that_does_not_stand_in_quotes_is_no_currency() {
    for (line, found) in [
        ("A,B,12,50", "50"),
        ("A,B,1,250", "250"),
        ("A,B,1,250.50", "250.50"),
        ("A,B,12,50 EUR", "50 EUR"),
        ("A,B,12,-", "-"),
        ("A,B,12,50,EUR", "50"),
        ("A,B,12,50,2026-03-01", "50"),
    ] {
        let expected = format!(
            "line 1: found the currency \"{found}\", expected one like EUR; a sum with a comma in it has to stand in quotes"
        );
        assert_eq!(told(line), [expected], "{line}");
    }
    for currency in ["EUR", "CC1", "€", "ч.", "hours of work"] {
        assert!(Table::read(format!("A,B,12,{currency}\n").as_bytes()).is_ok(), "{currency}");
    }
}

#[test]
fn what_was_written_of_another_table_is_refused() {
    let table = Table::read(b"A,B,5\nB,A,4\n").expect("a table");
    let refused = |text: &str| read_set_off(&table, text.as_bytes()).expect_err(text).to_string();
    assert_eq!(read_set_off(&table, b"A,B,5,4\nB,A,4,0\n"), Ok(vec![400, 0]));
    assert_eq!(refused("A,B,5,4.00\n"), "line 2: found the end, expected \"B,A,4\"");
    assert_eq!(refused("A,B,6,4.00\nB,A,4,4.00\n"), "line 1: found \"A,B,6\", expected \"A,B,5\" as in the input");
    assert_eq!(
        refused("A,B,5,-1\nB,A,4,4.00\n"),
        "line 1: found \"-1\" set off, expected 0 or a sum with at most 2 decimals, like 50 or 1 250.50"
    );
    assert_eq!(refused(""), "line 1: found the end, expected \"A,B,5\"");
    assert_eq!(
        refused("A,B,5\nB,A,4\n"),
        "line 1: found 3 columns, expected 4: those of the input, and what is set off"
    );
    assert_eq!(refused("{\"debts\":[]}"), "line 1: found JSON, expected what is written without --json");
    assert!(refused("A,B,5,4.00\nB,A,4,4.00\nB,A,4,4.00\n").starts_with("line 3: found one line more"));
    let parts = table.parts();
    let refused = |text: &str| read_prices(&parts, text.as_bytes()).expect_err(text).to_string();
    assert_eq!(refused("currency,member,price\n,A,1\n"), "line 0: the price of \"B\" is missing");
    assert!(refused(",A,1\n,B,2\n,A,1\n").starts_with("line 3: found \"A\" twice"));
    assert!(refused(",A,one\n").contains("expected a whole number"));
}

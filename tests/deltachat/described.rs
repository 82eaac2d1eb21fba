//! What we ask of the program and read of its answers is as the program describes itself.

use std::process::Command;

use exodus_engine::messengers::deltachat::{FIELDS, METHODS};
use serde_json::Value;

use crate::server::program;

fn description() -> Value {
    let output = Command::new(program()).arg("--openrpc").output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// All names of fields of a schema, in whatever form it comes.
fn fields(schema: &Value) -> Vec<String> {
    let own = schema["properties"].as_object().into_iter().flat_map(|fields| fields.keys().cloned());
    let forms = ["oneOf", "anyOf", "allOf"].into_iter().flat_map(|form| schema[form].as_array().into_iter().flatten());
    own.chain(forms.flat_map(fields)).collect()
}

#[test]
fn every_call_is_there_and_takes_so_many_parameters() {
    let description = description();
    let methods = description["methods"].as_array().unwrap();
    for method in METHODS {
        let described = methods.iter().find(|it| it["name"] == method.0).unwrap_or_else(|| panic!("{}", method.0));
        assert_eq!(described["params"].as_array().unwrap().len(), method.1, "{}", method.0);
    }
}

#[test]
fn every_field_that_is_read_or_written_is_there() {
    let description = description();
    for (schema, expected) in FIELDS {
        let found = fields(&description["components"]["schemas"][schema]);
        for field in *expected {
            assert!(found.iter().any(|it| it == field), "{schema} has no {field}, but {found:?}");
        }
    }
}

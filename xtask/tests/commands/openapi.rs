//! `cargo xtask openapi`: a product for other languages.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::workspace::{MANIFEST, Run, SPEC, Workspace, repository, xtask};

const FOLDER: &str = "spec/ir/ccc/2020-07-01";

/// Makes a workspace with the specs of two operations of two products.
fn two_products() -> Workspace {
    let workspace = Workspace::copied();
    let other = workspace.read(SPEC).replace(r#""product": "CCC""#, r#""product": "Bell""#);
    workspace.write("spec/ir/bell/2020-07-01/MakeCall.json", other);
    workspace
}

#[test]
fn every_operation_of_the_spec_is_there() {
    let run: Run = xtask().arg("--root").arg(repository()).arg("openapi").output().unwrap().into();
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let document: Value = serde_json::from_str(&run.out).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let operations: BTreeSet<String> =
        paths.map(|path| path["post"]["operationId"].as_str().unwrap().to_owned()).collect();
    let entries = fs::read_dir(repository().join(FOLDER)).unwrap();
    let specs = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let specs: BTreeSet<String> =
        specs.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert!(operations.contains("MakeCall"));
    assert_eq!(operations, specs);
}

#[test]
fn the_document_is_the_same_in_a_file() {
    let workspace = Workspace::copied();
    let file = workspace.path("new/ccc.json");
    let run = workspace.run(&["openapi", "--out", file.to_str().unwrap()]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("ccc 2020-07-01 with 1 operation in "), "{}", run.out);
    assert_eq!(workspace.read("new/ccc.json"), workspace.run(&["openapi"]).out);
}

#[test]
fn of_several_products_one_has_to_be_named() {
    let workspace = two_products();
    let run = workspace.run(&["openapi"]);
    assert_eq!((run.code, run.out.as_str()), (Some(3), ""));
    let why =
        "there are several products (bell 2020-07-01, ccc 2020-07-01); choose with --product and --version";
    assert!(run.err.contains(why), "{}", run.err);
}

#[test]
fn a_product_without_a_manifest_has_a_document_too() {
    let run = two_products().run(&["openapi", "--product", "BELL"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("https://bell.{region}.aliyuncs.com"), "{}", run.out);
}

#[test]
fn an_unknown_product_exits_with_3_and_tells_which_there_are() {
    let run = Workspace::copied().run(&["openapi", "--product", "Bell"]);
    assert_eq!((run.code, run.out.as_str()), (Some(3), ""));
    assert!(
        run.err.contains("name one of these with --product and --version: ccc 2020-07-01"),
        "{}",
        run.err
    );
}

#[test]
fn a_workspace_without_a_spec_exits_with_3() {
    let run = Workspace::empty().run(&["openapi"]);
    assert_eq!((run.code, run.out.as_str()), (Some(3), ""));
    assert!(run.err.contains("`cargo xtask regen`"), "{}", run.err);
}

#[test]
fn a_damaged_spec_gives_no_document_that_lacks_it() {
    let workspace = Workspace::copied();
    workspace.write(&format!("{FOLDER}/Torn.json"), "{");
    let run = workspace.run(&["openapi"]);
    assert_eq!((run.code, run.out.as_str()), (Some(3), ""));
    assert!(run.err.contains("Torn.json"), "{}", run.err);
}

#[test]
fn a_damaged_manifest_gives_no_document() {
    let workspace = Workspace::copied();
    workspace.write(MANIFEST, "code = 1\n");
    let run = workspace.run(&["openapi"]);
    assert_eq!((run.code, run.out.as_str()), (Some(3), ""));
    assert!(run.err.contains("ccc.toml: has an error"), "{}", run.err);
}

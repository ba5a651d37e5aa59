//! Pages of whole products, laid out as today's, and how well they are read.
//!
//! The products are a made-up one beside this file and, where it exists, those of `../shared`. `TODAYS_PAGES=folder` has
//! all pages written there. `TODAYS_MISSES=text` tells of the pages that are not read as they were written, if what is
//! told holds the text. `TODAYS_ALL=1` has every operation of every product looked at.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and prints its figures"
)]

mod floors;
mod make_call;
mod page;
mod product;
mod random;
mod reading;
mod report;
mod rows;
mod sample;
mod score;
mod table;
mod words;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use ccc_spec::recover;
use page::{Form, LINKS, Layout};
use product::Product;
use random::Random;
use report::Reached;
use score::Scores;

/// Operations of a product that are looked at in each layout, so that a debug build takes well below a minute.
const OPERATIONS: usize = 16;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn made_up() -> Product {
    Product::read(&folder("tests/todays/data/bell-2024-01-01.tsv"))
}

/// The products of `../shared`. Of two accounts of one product, the newer is taken.
fn shared() -> Vec<Product> {
    let mut products = Product::of_folder(&folder("../../shared/facts"));
    for product in Product::of_folder(&folder("../../shared/score/oracle")) {
        if products.iter().all(|known| known.name != product.name) {
            products.push(product);
        }
    }
    products
}

fn operations() -> usize {
    if env::var_os("TODAYS_ALL").is_some() { usize::MAX } else { OPERATIONS }
}

fn tell(miss: &str) {
    if env::var("TODAYS_MISSES").is_ok_and(|text| miss.contains(&text)) {
        eprintln!("{miss}");
    }
}

#[test]
fn pages_of_today_are_read_as_well_as_their_floors_say() {
    let product = made_up();
    let mut reached = Reached { made_up: Scores::measure(&product, usize::MAX, &tell), each: Vec::new() };
    eprintln!("{}\n{}", report::header(), report::rows(&product.name, &reached.made_up));
    let products = shared();
    if products.is_empty() {
        eprintln!("skipped all but the made-up product: there is no ../shared");
    }
    let operations = operations();
    for product in products {
        let scores = Scores::measure(&product, operations, &tell);
        eprintln!("{}", report::rows(&product.name, &scores));
        reached.each.push((product.name, scores));
    }
    let (floors, missed) = reached.floors();
    eprintln!("{floors}");
    assert!(missed.is_empty(), "below the floors:\n{missed}");
}

/// The links of today's pages that name product, version and action.
#[test]
fn every_link_of_a_page_says_which_operation_it_documents() {
    let product = made_up();
    for (operation, link) in product.operations.iter().flat_map(|one| LINKS.map(|link| (one, link))) {
        for layout in Layout::all() {
            let page = page::write(&product, operation, layout, link);
            let found = recover(&operation.name, page.as_bytes()).operation;
            let found = found.map(|found| (found.product, found.version, found.action));
            let known = (product.code.clone(), product.version.clone(), operation.name.clone());
            assert_eq!(found, Some(known), "{link}, {}", layout.name());
        }
    }
}

#[test]
fn pages_look_like_those_of_today() {
    let product = made_up();
    for (form, operation) in
        [(Form::Unnamed, "CountRings"), (Form::Named, "ListRingers"), (Form::Flat, "Ring")]
    {
        let layout = Layout { form, sample: true, sorted: form == Form::Unnamed };
        let operation = product.operations.iter().find(|known| known.name == operation);
        let page = page::write(&product, operation.expect("an operation"), layout, LINKS[0]);
        insta::assert_snapshot!(layout.name(), page);
    }
}

#[test]
fn samples_show_every_field_where_it_stands() {
    let product = made_up();
    for operation in &product.operations {
        let sample = sample::json(&operation.response, &mut Random::seeded_by(&[&operation.name]));
        let sample: serde_json::Value = serde_json::from_str(&sample).expect("JSON");
        for path in product::paths(&operation.response) {
            // Of lists the first element, of maps the placeholder.
            let pointer = path.replace("[]", "/0").replace("{}", "/key").replace('.', "/");
            assert!(sample.pointer(&format!("/{pointer}")).is_some(), "{}: {path}", operation.name);
        }
    }
}

/// A flat copy says what the tables said that it was made of: every row with its name and type, and every fact.
#[test]
fn flat_copies_are_read_as_the_pages_they_were_made_of() {
    let flat = || Layout::all().filter(|layout| layout.form == Form::Flat);
    let mut others = Vec::new();
    for product in [made_up()].into_iter().chain(shared()) {
        let some = product.operations.iter().step_by(product.operations.len().div_ceil(operations()));
        for (operation, layout) in some.flat_map(|operation| flat().map(move |layout| (operation, layout))) {
            let read = |page: String| recover(&operation.name, page.as_bytes()).operation;
            let original = read(page::original(&product, operation, layout, LINKS[0]));
            if read(page::write(&product, operation, layout, LINKS[0])) != original {
                others.push(format!("{} {} {}", product.name, operation.name, layout.name()));
            }
        }
    }
    assert!(others.is_empty(), "read as other operations:\n{}", others.join("\n"));
}

/// Writes every page where `TODAYS_PAGES` says, as `<product>/<layout>/<operation>.md`.
#[test]
fn pages_can_be_looked_at() {
    let Some(root) = env::var_os("TODAYS_PAGES") else {
        eprintln!("skipped: TODAYS_PAGES names no folder");
        return;
    };
    for product in [made_up()].into_iter().chain(shared()) {
        for layout in Layout::all() {
            let folder = Path::new(&root).join(&product.name).join(layout.name());
            fs::create_dir_all(&folder).expect("a folder for pages");
            for operation in &product.operations {
                let page = page::write(&product, operation, layout, LINKS[0]);
                fs::write(folder.join(&operation.name).with_extension("md"), page).expect("a page");
            }
        }
    }
}

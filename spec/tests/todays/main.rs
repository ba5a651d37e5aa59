//! Pages of whole products, laid out as today's, and how well they are read.
//!
//! The products are a made-up one beside this file and, where it exists, those of `../shared`. Set `TODAYS_PAGES` to a
//! folder to have the pages written there, `TODAYS_MISSES` to be told of every page that is not read as it was written,
//! `TODAYS_ALL` to have every operation of every product looked at.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails, and prints its figures"
)]

mod floors;
mod page;
mod product;
mod random;
mod rows;
mod sample;
mod score;
mod table;
mod words;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use floors::FLOORS;
use page::{Form, LINKS, Layout};
use product::Product;
use score::{Measure, Score};

/// Scores by form and order of siblings.
type Scores = BTreeMap<(Form, bool), Score>;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn made_up() -> Product {
    Product::read(&folder("tests/todays/data/bell-2024-01-01.tsv"))
}

/// The products of `../shared`. Where it has two accounts of one product, the fuller is taken.
fn shared() -> Vec<Product> {
    let mut products = Product::of_folder(&folder("../../shared/facts"));
    for product in Product::of_folder(&folder("../../shared/score/oracle")) {
        if products.iter().all(|known| known.name != product.name) {
            products.push(product);
        }
    }
    products
}

/// Looks at every operation of a product, or at some, in every layout.
fn score(product: &Product, one_of: usize) -> Scores {
    let mut scores = Scores::new();
    let mut tell = |miss| {
        if env::var_os("TODAYS_MISSES").is_some() {
            eprintln!("{} {miss}", product.name);
        }
    };
    for operation in product.operations.iter().step_by(one_of) {
        for layout in Layout::ALL {
            let score = scores.entry((layout.form, layout.sorted)).or_default();
            score.add(product, operation, layout, &mut tell);
        }
    }
    scores
}

fn print(title: &str, scores: &Scores) {
    for ((form, sorted), score) in scores {
        let layout = Layout { form: *form, sample: true, sorted: *sorted }.name().replace("-sample", "");
        let percents = [Measure::Request, Measure::Sampled, Measure::Bare, Measure::Codes, Measure::Sound]
            .map(|measure| format!("{:8.2}", score.percent(measure)));
        eprintln!("{title:28} {layout:18} {}", percents.concat());
    }
}

/// The floors that are not reached: what was held, of what, what it is.
fn missed(
    title: &str,
    held: impl Fn(&floors::Floor) -> f64,
    reached: impl Fn(&floors::Floor) -> f64,
) -> Vec<String> {
    let mut missed = Vec::new();
    for floor in FLOORS {
        let (held, reached) = (held(floor), reached(floor));
        let target = floor.target.map_or("-".to_owned(), |target| target.to_string());
        let order = if floor.sorted { "sorted" } else { "shuffled" };
        let layout = Layout { form: floor.form, sample: true, sorted: floor.sorted }.name();
        let line = format!(
            "{title:8} {layout:24} {:8} floor {held:6.1}, reached {reached:6.2}, aimed at {target}",
            format!("{:?}", floor.measure)
        );
        let _ = order;
        eprintln!("{line}");
        if reached < held {
            missed.push(line);
        }
    }
    missed
}

fn of(scores: &Scores, floor: &floors::Floor) -> f64 {
    scores.get(&(floor.form, floor.sorted)).map_or(0.0, |score| score.percent(floor.measure))
}

const HEADER: &str =
    "product                      layout              request  sampled    bare   codes   sound";

#[test]
fn the_made_up_product_is_read_as_well_as_its_floors_say() {
    let scores = score(&made_up(), 1);
    eprintln!("{HEADER}");
    print("made up", &scores);
    let missed = missed("made up", |floor| floor.made_up, |floor| of(&scores, floor));
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn whole_products_are_read_as_well_as_their_floors_say() {
    let products = shared();
    if products.is_empty() {
        eprintln!("skipped: there is no ../shared");
        return;
    }
    let one_of = if env::var_os("TODAYS_ALL").is_some() { 1 } else { 4 };
    let mut all = Scores::new();
    let mut each = Vec::new();
    eprintln!("{HEADER}");
    for product in &products {
        let scores = score(product, one_of);
        print(&product.name, &scores);
        scores.iter().for_each(|(layout, score)| all.entry(*layout).or_default().merge(score));
        each.push(scores);
    }
    print("all", &all);
    let mut missed_all = missed("all", |floor| floor.all, |floor| of(&all, floor));
    let worst = |floor: &floors::Floor| each.iter().map(|scores| of(scores, floor)).fold(100.0, f64::min);
    missed_all.extend(missed("worst", |floor| floor.worst, worst));
    assert!(missed_all.is_empty(), "{}", missed_all.join("\n"));
}

#[test]
fn pages_are_the_same_each_time() {
    let product = made_up();
    for operation in &product.operations {
        for layout in Layout::ALL {
            let write = || page::write(&product, operation, layout, LINKS[0]);
            assert_eq!(write(), write());
        }
    }
}

/// Writes every page where `TODAYS_PAGES` says, as `<product>/<layout>/<operation>.md`.
#[test]
fn pages_can_be_looked_at() {
    let Some(root) = env::var_os("TODAYS_PAGES") else {
        eprintln!("skipped: TODAYS_PAGES names no folder");
        return;
    };
    for product in [made_up()].into_iter().chain(shared()) {
        for layout in Layout::ALL {
            let folder = Path::new(&root).join(&product.name).join(layout.name());
            fs::create_dir_all(&folder).expect("a folder for pages");
            for operation in &product.operations {
                let page = page::write(&product, operation, layout, LINKS[0]);
                fs::write(folder.join(&operation.name).with_extension("md"), page).expect("a page");
            }
        }
    }
}

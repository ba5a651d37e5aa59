//! The whole front end against pulldown-cmark tokenising the same bytes, on one core: over the corpus beside the
//! project if it is there, else over the project's own pages. The ratio is printed first.

#![expect(clippy::print_stdout, reason = "what it measures is what it is for")]
#![expect(clippy::expect_used, reason = "a benchmark without pages has nothing to measure")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput};
use pulldown_cmark::{Options, Parser};

/// How often everybody goes over all pages, in turns, so that what slows the machine slows them all.
const ROUNDS: usize = 20;

fn main() {
    let pages = pages();
    let bytes: usize = pages.iter().map(|(_, bytes)| bytes.len()).sum();
    let rounds: Vec<Round> = (0..ROUNDS).map(|_| Round::run(&pages)).collect();
    let fastest = |turn: fn(&Round) -> Duration| rounds.iter().map(turn).min().unwrap_or_default();
    let (tables, plain) = (fastest(|round| round.tables), fastest(|round| round.plain));
    let front_end = fastest(|round| round.front_end);
    let ratio = |to: Duration| front_end.as_secs_f64() / to.as_secs_f64();
    println!("{} pages, {bytes} bytes; the fastest of {ROUNDS} turns each", pages.len());
    println!("pulldown-cmark, with tables     {tables:>10.2?}");
    println!("pulldown-cmark, without tables  {plain:>10.2?}");
    println!("front end                       {front_end:>10.2?}");
    println!("ratio: {:.2} (to pulldown-cmark without tables: {:.2})", ratio(tables), ratio(plain));
    println!("median of the ratios of each round: {:.2}", median(&rounds));

    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("front_end");
    group.throughput(Throughput::Bytes(bytes.try_into().unwrap_or(u64::MAX)));
    group.sample_size(20);
    group.bench_function("pulldown-cmark", |b| b.iter(|| tokenise(&pages, Options::ENABLE_TABLES)));
    group.bench_function("recover", |b| b.iter(|| recover(&pages)));
    group.finish();
    criterion.final_summary();
}

/// Makes every event, and lets the compiler leave none out. The attributes that pages give headings are left to the
/// front end: without their option the floor is the lower one.
fn tokenise(pages: &[(String, Vec<u8>)], options: Options) -> usize {
    let texts = pages.iter().filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    texts.map(|text| Parser::new_ext(text, options).map(black_box).count()).sum()
}

/// Reading, recovery and all diagnostics.
fn recover(pages: &[(String, Vec<u8>)]) -> usize {
    pages.iter().map(|(name, bytes)| ccc_spec::recover(name, bytes).diagnostics.len()).sum()
}

/// What everybody's turn in a round took.
struct Round {
    tables: Duration,
    plain: Duration,
    front_end: Duration,
}

impl Round {
    fn run(pages: &[(String, Vec<u8>)]) -> Self {
        Self {
            tables: time(|| tokenise(pages, Options::ENABLE_TABLES)),
            plain: time(|| tokenise(pages, Options::empty())),
            front_end: time(|| recover(pages)),
        }
    }
}

/// The middle one of the front end's ratios to pulldown-cmark with tables.
fn median(rounds: &[Round]) -> f64 {
    let ratio = |round: &Round| round.front_end.as_secs_f64() / round.tables.as_secs_f64();
    let mut ratios: Vec<f64> = rounds.iter().map(ratio).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN)
}

fn time(work: impl FnOnce() -> usize) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// Every page by name.
fn pages() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = root.join("../../shared/corpus");
    let folders =
        if corpus.is_dir() { vec![corpus] } else { vec![root.join("docs"), root.join("tests/pages")] };
    let mut paths = Vec::new();
    for folder in folders {
        visit(&folder, &mut paths);
    }
    paths.sort();
    let read = |path: &PathBuf| {
        (path.display().to_string(), std::fs::read(path).expect("a page that was listed can be read"))
    };
    paths.iter().map(read).collect()
}

fn visit(folder: &Path, pages: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            visit(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
}

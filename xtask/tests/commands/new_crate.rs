//! `cargo xtask new-crate`: crates from folders of pages, compiled and used by an application outside.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use crate::pages::{CLEAN, Pages};
use crate::workspace::Run;

/// Crates that are compiled share a folder, one test at a time.
static SCRATCH: Mutex<()> = Mutex::new(());

/// A page of another product.
fn gongs() -> String {
    CLEAN.replace("ListBells", "ListGongs").replace("product=Bell", "product=Gong")
}

fn new_crate(pages: &Pages, out: &Path, more: &[&str]) -> Run {
    let fixed = ["new-crate", "--pages", ".", "--out", out.to_str().unwrap()];
    pages.run(&[&fixed, more].concat())
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

/// Runs cargo without a network, and returns its output.
#[track_caller]
fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("new-crate-target"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// An application that sends operations of two products with one configuration.
const APPLICATION: &str = r##"
use std::time::Instant;

use acs_runtime::custom::BoxFuture;
use acs_runtime::transport::{Bytes, Transport, TransportError, http};
use acs_runtime::{Config, Credentials};

/// Prints the address of each request, and responds itself.
#[derive(Debug)]
struct Printing;

impl Transport for Printing {
    fn send(
        &self,
        request: http::Request<Bytes>,
        _deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let action = request.headers()["x-acs-action"].to_str().unwrap_or_default();
        println!("{action} to {}", request.uri().host().unwrap_or_default());
        let answer = http::Response::new(Bytes::from_static(br#"{"RequestId":"R-1"}"#));
        Box::pin(async move { Ok(answer) })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = Config::builder().credentials(Credentials::new("id", "secret")).transport(Printing).build()?;
    let (bells, gongs) = (bell_api::Client::new(config.clone())?, gong_api::Client::new(config)?);
    println!("{:?}", bells.list_bells().tower_id("t-1").send().await?.request_id());
    println!("{:?}", gongs.list_gongs().tower_id("t-1").send().await?.request_id());
    Ok(())
}
"##;

#[test]
fn crates_of_two_products_are_used_with_one_configuration() {
    let _alone = SCRATCH.lock().unwrap_or_else(PoisonError::into_inner);
    let home = folder("new-crate");
    for (pages, name) in [(CLEAN.to_owned(), "bell"), (gongs(), "gong")] {
        let run = new_crate(&Pages::with(&[("page.md", &pages)]), &home.join(name), &[]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    }
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let application = home.join("application");
    fs::create_dir_all(application.join("src")).unwrap();
    fs::write(application.join("src/main.rs"), APPLICATION).unwrap();
    let manifest = format!(
        "[package]\nname = \"application\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         acs-runtime = {{ path = {runtime:?}, default-features = false, features = [\"client\"] }}\n\
         bell-api = {{ path = \"../bell/bell-api\", default-features = false, features = [\"client\"] }}\n\
         gong-api = {{ path = \"../gong/gong-api\", default-features = false, features = [\"client\"] }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
    );
    fs::write(application.join("Cargo.toml"), manifest).unwrap();
    fs::copy(home.join("bell/Cargo.lock"), application.join("Cargo.lock")).unwrap();
    assert_eq!(
        cargo(&application, &["run", "--quiet"]),
        "ListBells to bell.cn-hangzhou.aliyuncs.com\nSome(\"R-1\")\n\
         ListGongs to gong.cn-hangzhou.aliyuncs.com\nSome(\"R-1\")\n"
    );
    let tested = cargo(&home.join("bell"), &["test", "--no-default-features", "--features", "mock,blocking"]);
    assert!(tested.contains("every_documented_sample_is_read ... ok"), "{tested}");
    assert!(tested.contains("generated/operation/list_bells.rs"), "{tested}");
}

#[test]
fn of_pages_of_one_operation_one_is_taken_and_the_others_are_named() {
    let newer = CLEAN.replace("|String|", "|string|");
    let run = new_crate(&Pages::with(&[("a.md", CLEAN), ("b.md", &newer)]), &folder("new-crate-newer"), &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("note: ./a.md is left out: ./b.md documents the same"), "{}", run.err);
}

#[test]
fn pages_that_cannot_be_used_are_named_with_the_reason() {
    let rest = CLEAN.replace("ListBells", "RestBells").replace("type=RPC", "type=ROA");
    let pages = Pages::with(&[("bells.md", CLEAN), ("rest.md", &rest), ("welcome.md", "# Welcome\n")]);
    let run = new_crate(&pages, &folder("new-crate-aside"), &[]);
    assert!(run.err.contains("note: ./rest.md is left out: ROA operation\n"), "{}", run.err);
    assert!(run.err.contains("note: 1 page without an operation\n"), "{}", run.err);
    assert!(run.out.contains("with 1 operation\n"), "{}", run.out);
}

#[test]
fn several_products_are_listed_and_one_is_taken_by_its_name() {
    let pages = Pages::with(&[("bells.md", CLEAN), ("gongs.md", &gongs())]);
    let out = folder("new-crate-several");
    let run = new_crate(&pages, &out, &[]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("--product gong --version"), "{}", run.err);
    assert!(!out.exists());
    let run = new_crate(&pages, &out, &["--product", "Gong"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(out.join("gong-api/src/generated/operation/list_gongs.rs").is_file());
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let out = folder("new-crate-full");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("mine.txt"), "mine").unwrap();
    let run = new_crate(&Pages::with(&[("bells.md", CLEAN)]), &out, &[]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("is not empty"), "{}", run.err);
    assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
}

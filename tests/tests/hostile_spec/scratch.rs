//! A separate workspace that contains `ccc-api` with other generated source.

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use ccc_spec::link::link;
use ccc_spec::manifest::Manifest;
use ccc_spec::model::{Operation, ProductSpec};

/// A title that looks like code and markup.
const TITLE: &str = "\"; */ `[x]` <b> \\u{7d}\n#![no_std] [a](b) {{}}";

/// The scratch workspace, below cargo's folder for tests.
#[derive(Debug)]
pub(crate) struct Scratch {
    root: PathBuf,
}

impl Scratch {
    /// Copies the packages that an application compiles, and generates a client for these operations.
    pub(crate) fn new(name: &str, operations: &[Operation]) -> Result<Self, Box<dyn Error>> {
        let scratch = Self { root: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name) };
        if scratch.root.exists() {
            fs::remove_dir_all(&scratch.root)?;
        }
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for file in
            ["Cargo.lock", "clippy.toml", "ccc-macros/Cargo.toml", "runtime/Cargo.toml", "mock/Cargo.toml"]
        {
            scratch.write(file, &fs::read_to_string(home.join(file))?)?;
        }
        scratch.write("Cargo.toml", &with_members(&fs::read_to_string(home.join("Cargo.toml"))?))?;
        let manifest = fs::read_to_string(home.join("ccc-api/Cargo.toml"))?;
        scratch.write("ccc-api/Cargo.toml", &with_examples_alone(&manifest))?;
        for folder in ["ccc-macros/src", "runtime/src", "mock/src", "ccc-api/src"] {
            copy(&home.join(folder), &scratch.root.join(folder))?;
        }
        let generated = Path::new("ccc-api/src/generated");
        fs::remove_dir_all(scratch.root.join(generated))?;
        let spec = link(operations.to_vec(), &ProductSpec::default()).spec;
        let product = fs::read(home.join("spec/products/ccc.toml"))?;
        let product = Manifest { title: TITLE.to_owned(), ..Manifest::read("ccc.toml", &product).manifest };
        for file in ccc_codegen::generate_for(&product, &spec)? {
            scratch.write(generated.join(&file.path), &file.text)?;
            if file.path == "mod.rs" {
                scratch.rename_product(&file.text)?;
            }
        }
        Ok(scratch)
    }

    /// Renames the product's type in hand-written source, because its name comes from the title.
    fn rename_product(&self, generated: &str) -> io::Result<()> {
        let name = generated.split("pub use product::").nth(1).and_then(|rest| rest.split(';').next());
        for file in ["ccc-api/src/lib.rs", "ccc-api/src/mock.rs"] {
            let text = fs::read_to_string(self.root.join(file))?;
            self.write(file, &text.replace("CloudCallCenter", name.unwrap_or_default()))?;
        }
        Ok(())
    }

    /// Writes a file of the workspace.
    pub(crate) fn write(&self, path: impl AsRef<Path>, text: &str) -> io::Result<()> {
        let path = self.root.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)
    }

    /// Runs cargo, without a network and with warnings of rustdoc as errors. If it fails, the error is its output.
    pub(crate) fn cargo(&self, command: &str, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let output = Command::new(cargo)
            .current_dir(&self.root)
            .args([command, "--offline", "--quiet"])
            .args(["--package", "ccc-api", "--no-default-features", "--features", "mock,all-areas"])
            .args(arguments)
            // All scratch workspaces compile the same dependencies.
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("scratch-target"))
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(format!("cargo {command} failed:\n{}", String::from_utf8_lossy(&said)).into())
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// Returns the workspace's manifest with the copied packages as its members.
fn with_members(manifest: &str) -> String {
    let members = "members = [\"ccc-macros\", \"runtime\", \"mock\", \"ccc-api\"]";
    let lines = manifest.lines().map(|line| if line.starts_with("members = ") { members } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the manifest without tests, benchmarks and examples, but with what the examples of the documentation need.
fn with_examples_alone(manifest: &str) -> String {
    let (before, dev) = manifest.split_once("[dev-dependencies]").unwrap_or((manifest, ""));
    let needed = dev.lines().filter(|line| line.starts_with("tokio =") || line.starts_with("serde_json."));
    format!("{before}[dev-dependencies]\n{}\n", needed.collect::<Vec<_>>().join("\n"))
}

//! A workspace of its own that holds `ccc-api` with other generated source in it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ccc_spec::model::Operation;

/// The scratch workspace, below the folder that cargo keeps for tests.
#[derive(Debug)]
pub(crate) struct Scratch {
    root: PathBuf,
}

impl Scratch {
    /// Copies the packages an application compiles, and generates their client for these operations.
    pub(crate) fn new(name: &str, operations: &[Operation]) -> Self {
        let scratch = Self { root: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name) };
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let _ = fs::remove_dir_all(&scratch.root);
        for file in ["Cargo.lock", "clippy.toml", "ccc-macros/Cargo.toml"] {
            scratch.write(file, &read(&home.join(file)));
        }
        let members = "members = [\"ccc-macros\", \"ccc-api\"]";
        scratch.write("Cargo.toml", &with_line(&read(&home.join("Cargo.toml")), "members = ", members));
        scratch.write("ccc-api/Cargo.toml", &without_dev(&read(&home.join("ccc-api/Cargo.toml"))));
        for folder in ["ccc-macros/src", "ccc-api/src"] {
            copy(&home.join(folder), &scratch.root.join(folder));
        }
        let generated = Path::new("ccc-api/src/generated");
        fs::remove_dir_all(scratch.root.join(generated)).unwrap();
        for file in ccc_codegen::generate(operations).unwrap() {
            scratch.write(generated.join(&file.path), &file.text);
        }
        scratch
    }

    /// Writes a file of the workspace.
    pub(crate) fn write(&self, path: impl AsRef<Path>, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs cargo, without a network and with warnings of rustdoc as errors; prints all it says if it fails.
    pub(crate) fn cargo(&self, command: &str, features: &[&str], arguments: &[&str]) {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let output = Command::new(cargo)
            .current_dir(&self.root)
            .args([command, "--offline", "--quiet"])
            .args(features)
            .args(arguments)
            // Both workspaces compile the same dependencies.
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("scratch-target"))
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        assert!(output.status.success(), "cargo {command} failed:\n{}", String::from_utf8_lossy(&said));
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The manifest with another line in place of the one that starts so.
fn with_line(manifest: &str, start: &str, line: &str) -> String {
    let lines = manifest.lines().map(|old| if old.starts_with(start) { line } else { old });
    lines.collect::<Vec<_>>().join("\n")
}

/// The manifest without what only the package's own tests need.
fn without_dev(manifest: &str) -> String {
    let (before, dev) = manifest.split_once("[dev-dependencies]").unwrap();
    let after = dev.split_once("\n[").map_or(String::new(), |(_, after)| format!("[{after}"));
    format!("{before}{after}")
}

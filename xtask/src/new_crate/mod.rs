//! A crate for a product from a folder of its pages: chooses pages, drafts what no page says, and writes what a person
//! completes. Its spec and its source are then `regen`'s.

mod choice;
mod skeleton;

use std::fs;
use std::path::Path;

use ccc_codegen::Usage;
use ccc_spec::link::link;
use ccc_spec::manifest::Manifest;
use ccc_spec::model::{Operation, ProductSpec};

pub(crate) use choice::{Candidate, Choice, Wanted, choose};
pub(crate) use skeleton::library;

use crate::failure::Failure;
use crate::workspace::{MANIFESTS, PAGES};

/// Writes the workspace of a crate into a folder that is new or empty: its pages, a draft of its manifest, and what stands
/// around the generated source. `generator` is the folder of this program's workspace.
pub(crate) fn write(choice: &Choice, generator: &Path, out: &Path) -> Result<(), Failure> {
    refuse_full(out)?;
    let operations: Vec<Operation> = choice.pages.values().map(|page| page.operation.clone()).collect();
    let code = operations.first().map(|operation| operation.product.clone()).unwrap_or_default();
    let manifest = Manifest::undescribed(&code, &choice.key.version);
    let spec = link(operations, &ProductSpec::default()).spec;
    let actions: Vec<&str> = choice.pages.keys().map(String::as_str).collect();
    let mut files = skeleton::workspace(&manifest, &Usage::new(&spec), &actions, generator);
    files.insert(format!("{MANIFESTS}/{}", skeleton::manifest_file(&manifest)), skeleton::draft(&manifest));
    for (path, text) in files {
        put(&out.join(path), text.as_bytes())?;
    }
    let folder = choice.key.folder();
    for (action, candidate) in &choice.pages {
        let bytes = fs::read(&candidate.page.path)
            .map_err(|error| Failure::io("read", &candidate.page.path, error))?;
        put(&out.join(PAGES).join(&folder).join(format!("{}.md", file_name(action))), &bytes)?;
    }
    copy_lock(generator, out)
}

/// Nothing that is there is written over.
fn refuse_full(out: &Path) -> Result<(), Failure> {
    match fs::read_dir(out).map(Iterator::count) {
        Ok(0) => Ok(()),
        Ok(_) => {
            Err(Failure::refused(out, "is not empty; name a folder that is, or that does not exist yet"))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::io("read", out, error)),
    }
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| Failure::io("make", folder, error))?;
    fs::write(path, bytes).map_err(|error| Failure::io("write", path, error))
}

/// The versions that the generator's workspace is tested with.
fn copy_lock(generator: &Path, out: &Path) -> Result<(), Failure> {
    let lock = generator.join("Cargo.lock");
    if !lock.is_file() {
        return Ok(());
    }
    fs::copy(&lock, out.join("Cargo.lock")).map(drop).map_err(|error| Failure::io("copy", &lock, error))
}

/// An action as the name of a file.
fn file_name(action: &str) -> String {
    action.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect()
}

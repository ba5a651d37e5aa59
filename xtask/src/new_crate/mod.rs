//! Makes a crate for a product from a folder of its pages: chooses pages, and drafts the files that a person completes.
//! `regen` then writes its spec and its source.

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
use crate::files;
use crate::workspace::{MANIFESTS, PAGES, Workspace};

/// Writes the workspace of a crate into a folder that is new or empty: its pages, a draft of its manifest, and the files
/// around the generated source. `generator` is this program's workspace, by an
/// absolute path.
pub(crate) fn write(choice: &Choice, generator: &Workspace, out: &Path) -> Result<(), Failure> {
    refuse_full(out)?;
    let operations: Vec<Operation> = choice.pages.values().map(|page| page.operation.clone()).collect();
    let code = operations.first().map(|operation| operation.product.clone()).unwrap_or_default();
    let manifest = Manifest::undescribed(&code, &choice.key.version);
    let spec = link(operations, &ProductSpec::default()).spec;
    let actions: Vec<&str> = choice.pages.keys().map(String::as_str).collect();
    let mut files = skeleton::workspace(&manifest, &Usage::of(&spec), &actions, generator.root());
    files.insert(format!("{MANIFESTS}/{}", skeleton::manifest_file(&manifest)), skeleton::draft(&manifest));
    for (path, text) in files {
        files::replace(&out.join(path), text.as_bytes())?;
    }
    let folder = choice.key.folder();
    for (action, candidate) in &choice.pages {
        let page = out.join(PAGES).join(&folder).join(format!("{}.md", file_name(action)));
        files::replace(&page, &candidate.page.read()?)?;
    }
    generator.copy_lock(out)
}

/// Refuses a folder that holds anything.
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

/// Makes a file name of an action.
fn file_name(action: &str) -> String {
    action.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect()
}

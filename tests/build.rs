//! Writes an expression for `examples/caller/` that sends the operation that `action` names, out of all generated ones.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const OPERATIONS: &str = "../ccc-api/src/generated/operation";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={OPERATIONS}");
    let mut source = String::from("match action {\n");
    for file in fs::read_dir(OPERATIONS)? {
        let path = file?.path();
        let text = fs::read_to_string(&path)?;
        let Some(action) = between(&text, "operation = \"", "\"") else { continue };
        let request = between(&text, "pub struct ", "Request {").ok_or("an operation without a request")?;
        let module = path.file_stem().and_then(|stem| stem.to_str()).ok_or("no name of a module")?;
        writeln!(
            source,
            "    {action:?} => typed::<ccc_api::operation::{module}::{request}Request>(client, parameters).await,"
        )?;
    }
    source.push_str("    other => Err(format!(\"no operation is called {other}\").into()),\n}\n");
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("by_action.rs"), source)?)
}

/// Returns the text between `before` and the first `after` that follows it.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    Some(text.split_once(before)?.1.split_once(after)?.0)
}

//! The layers of the crate: each module uses the layers before its own, and no modules use each other in a circle. The
//! crate also names no product.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the sources has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// The layers in their order.
const LAYERS: [&str; 9] =
    ["text", "wire", "identity", "request", "transport", "retry", "providers", "call", "client"];

/// A module of a layer: `wire/decode`.
type Module = String;

#[test]
fn a_layer_uses_those_before_it_alone() {
    let position = |layer: &str| LAYERS.iter().position(|known| *known == layer);
    let mut wrong = Vec::new();
    for (file, paths) in sources() {
        let own = position(first(&file)).unwrap_or_else(|| panic!("{file} is in no layer"));
        // A file outside of the layers is a module for users, which has items of any layer.
        let above = paths.iter().filter(|path| position(first(path)).is_none_or(|layer| layer > own));
        wrong.extend(above.map(|path| format!("{file} uses {path}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_modules_use_each_other_in_a_circle() {
    let mut uses: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for (file, paths) in sources() {
        uses.entry(module(&file)).or_default().extend(paths);
    }
    // A module that uses none of the remaining ones is in no circle.
    loop {
        let left: BTreeSet<Module> = uses.keys().cloned().collect();
        uses.retain(|module, used| used.iter().any(|other| other != module && left.contains(other)));
        if uses.len() == left.len() {
            break;
        }
    }
    assert!(uses.is_empty(), "in a circle, or above one: {:#?}", uses.keys());
}

#[test]
fn nothing_of_it_is_of_one_product() {
    // They are joined here, so that this file holds none of them.
    let words = [
        ["make", "call"],
        ["make_", "call"],
        ["call ", "cent"],
        ["call-", "cent"],
        ["call_", "cent"],
        ["ccc", "_api"],
        ["ccc", "-api"],
    ];
    let mut found = Vec::new();
    for file in ["src", "tests", "../mock/src"].iter().flat_map(|folder| files(&root().join(folder))) {
        let text = fs::read_to_string(&file).unwrap().to_lowercase();
        let words = words.iter().map(|word| word.concat()).filter(|word| text.contains(word));
        found.extend(words.map(|word| format!("{}: {word}", file.display())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn first(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

/// The module of a layer that a file belongs to: `wire/decode/json.rs` to `wire/decode`.
fn module(file: &str) -> Module {
    let parts: Vec<&str> = file.trim_end_matches(".rs").split('/').take(2).collect();
    parts.join("/")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    files.sort();
    files
}

/// The files of all layers, tests aside, and the modules of layers that each names.
fn sources() -> Vec<(String, BTreeSet<Module>)> {
    let source = root().join("src");
    let layers = LAYERS.iter().flat_map(|layer| files(&source.join(layer)));
    let names =
        layers.map(|file| (file.strip_prefix(&source).unwrap().to_string_lossy().replace('\\', "/"), file));
    names
        .filter(|(name, _)| !name.split('/').any(|part| part.starts_with("tests")))
        .map(|(name, file)| {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
            let mut paths = BTreeSet::new();
            collect(code.parse().unwrap(), &name, &mut paths);
            (name, paths)
        })
        .collect()
}

/// Collects `crate::layer::module`, and `super::module` where that is a module of a layer.
fn collect(tokens: TokenStream, file: &str, paths: &mut BTreeSet<Module>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        if let TokenTree::Group(group) = tree {
            collect(group.stream(), file, paths);
        }
        match words(trees.get(at..).unwrap_or_default()).as_slice() {
            // In macros, `$crate` is for users.
            [root, ..]
                if root == "crate"
                    && at.checked_sub(1).and_then(|before| trees.get(before)).is_some_and(is_dollar) => {}
            [root, target] if root == "crate" && target == "TARGET" => {}
            [root, layer, rest @ ..] if root == "crate" => {
                paths.insert(format!("{layer}/{}", rest.first().map_or("", String::as_str)));
            }
            [parent, module, ..] if parent == "super" && module != "super" && is_in_layer(file) => {
                paths.insert(format!("{}/{module}", first(file)));
            }
            _ => {}
        }
    }
}

fn is_dollar(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(mark) if mark.as_char() == '$')
}

/// The words of the path that tokens begin with.
fn words(mut trees: &[TokenTree]) -> Vec<String> {
    let mut words = Vec::new();
    while let [TokenTree::Ident(word), rest @ ..] = trees {
        words.push(word.to_string());
        let [TokenTree::Punct(one), TokenTree::Punct(other), rest @ ..] = rest else { break };
        if (one.as_char(), other.as_char()) != (':', ':') {
            break;
        }
        trees = rest;
    }
    words
}

/// Whether the module above a file's own is its layer.
fn is_in_layer(file: &str) -> bool {
    match file.split('/').collect::<Vec<_>>().as_slice() {
        [_, name] => *name != "mod.rs",
        [_, _, name] => *name == "mod.rs",
        _ => false,
    }
}

//! Products as known field paths: what pages are made of, and what their reading is compared with.

use std::path::Path;

/// The operations of one product.
pub(crate) struct Product {
    /// The name of its file, e.g. `ccc-2020-07-01`.
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) version: String,
    pub(crate) operations: Vec<Operation>,
}

pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) request: Vec<Field>,
    pub(crate) response: Vec<Field>,
}

#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// Its path, with marks: `Data.Items[].Id`.
    pub(crate) path: String,
    /// The lists and maps around its value, from outside.
    pub(crate) marks: Vec<Mark>,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) members: Vec<Field>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    List,
    Map,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    Integer,
    Float,
    Boolean,
    Any,
    Structure,
}

impl Product {
    /// Reads a file of paths, named `<code>-<version>.tsv`. A row is `action, direction, path, kind, required`, with
    /// whatever follows, or has product and version in front and ends with the kind.
    pub(crate) fn read(path: &Path) -> Self {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a product has a name").to_owned();
        let (code, version) = name.split_at(name.len() - "-2000-01-01".len());
        let mut product = Self {
            code: code.to_owned(),
            version: version.trim_start_matches('-').to_owned(),
            name: name.clone(),
            operations: Vec::new(),
        };
        for line in std::fs::read_to_string(path).expect("a product is text").lines() {
            let columns: Vec<_> = line.split('\t').collect();
            let (action, direction, path, kind, required) = match columns[..] {
                [action, direction, path, kind, required, ..] if columns.len() == 7 => {
                    (action, direction, path, kind, required == "required")
                }
                [_, _, action, direction, path, kind] => (action, direction, path, kind, false),
                _ => panic!("{name}: a row has {} columns: {line}", columns.len()),
            };
            product.operation(action).add(direction, path, kind, required);
        }
        product
    }

    /// The products of a folder, in the order of their names; none if there is no such folder.
    pub(crate) fn of_folder(folder: &Path) -> Vec<Self> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    fn operation(&mut self, name: &str) -> &mut Operation {
        if self.operations.last().is_none_or(|last| last.name != name) {
            self.operations.push(Operation {
                name: name.to_owned(),
                request: Vec::new(),
                response: Vec::new(),
            });
        }
        self.operations.last_mut().expect("one was added")
    }
}

impl Operation {
    fn add(&mut self, direction: &str, path: &str, kind: &str, required: bool) {
        let mut fields = if direction == "request" { &mut self.request } else { &mut self.response };
        let (above, own) = path.rsplit_once('.').map_or(("", path), |(above, own)| (above, own));
        for segment in above.split('.').filter(|segment| !segment.is_empty()) {
            let (name, _) = parts(segment);
            let parent = fields.iter_mut().find(|field| field.name == name);
            fields = &mut parent.unwrap_or_else(|| panic!("{path} stands in nothing")).members;
        }
        let (name, marks) = parts(own);
        fields.push(Field {
            name: name.to_owned(),
            path: path.to_owned(),
            marks,
            kind: match kind {
                "string" => Kind::String,
                "integer" => Kind::Integer,
                "float" => Kind::Float,
                "boolean" => Kind::Boolean,
                "struct" => Kind::Structure,
                _ => Kind::Any,
            },
            required,
            members: Vec::new(),
        });
    }
}

/// A segment's name and marks.
fn parts(segment: &str) -> (&str, Vec<Mark>) {
    let end = segment.find(['[', '{']).unwrap_or(segment.len());
    let (name, marks) = segment.split_at(end);
    let marks = marks.chars().filter_map(|mark| match mark {
        '[' => Some(Mark::List),
        '{' => Some(Mark::Map),
        _ => None,
    });
    (name, marks.collect())
}

/// The paths of fields and of all below them.
pub(crate) fn paths(fields: &[Field]) -> Vec<&str> {
    fields.iter().flat_map(|field| [vec![field.path.as_str()], paths(&field.members)].concat()).collect()
}

//! The comparison: both specs side by side, members matched by name.

use std::collections::{HashMap, HashSet};

use super::{Change, ChangeKind, Fact, Part, Side};
use crate::model::{EnumValue, ErrorCode, Field, Operation, Sample, Shape, SharedType};

pub(super) struct Comparison {
    /// Part of the operation that is being compared.
    side: Side,
    pub(super) changes: Vec<Change>,
}

impl Comparison {
    /// Returns an empty comparison of one part of an operation.
    pub(super) fn new(side: Side) -> Self {
        Self { side, changes: Vec::new() }
    }

    pub(super) fn shared(&mut self, old: &SharedType, new: &SharedType) {
        let path = new.name.as_str();
        if old.called != new.called {
            let (old, new) = (Some(old.called.clone()), Some(new.called.clone()));
            self.push(path, ChangeKind::StructureRenamed { old, new });
        }
        self.descriptions(path, [&old.description, &old.english], [&new.description, &new.english]);
        self.shape(path, &old.shape, &new.shape);
    }

    pub(super) fn operation(&mut self, old: &Operation, new: &Operation) {
        self.part(Part::Product, &old.product, &new.product);
        self.part(Part::Version, &old.version, &new.version);
        self.part(Part::Style, &format!("{:?}", old.style), &format!("{:?}", new.style));
        self.part(Part::Action, &old.action, &new.action);
        self.part(Part::Title, &old.title, &new.title);
        self.part(Part::Summary, &old.summary, &new.summary);
        self.part(Part::English, &old.english, &new.english);
        if old.safe_to_repeat != new.safe_to_repeat {
            self.push("", ChangeKind::SafeToRepeat { now: new.safe_to_repeat });
        }
        self.side = Side::Request;
        self.fields("request", &old.request, &new.request);
        self.side = Side::Response;
        self.fields("response", &old.response, &new.response);
        self.side = Side::Errors;
        self.errors(&old.errors, &new.errors);
        self.side = Side::Operation;
        self.samples(Part::RequestSamples, &old.samples.requests, &new.samples.requests);
        self.samples(Part::ResponseSamples, &old.samples.responses, &new.samples.responses);
        let link = |link: &Option<String>| link.clone().unwrap_or_default();
        self.part(Part::ExplorerLink, &link(&old.links.explorer), &link(&new.links.explorer));
        self.part(Part::ErrorCenterLink, &link(&old.links.error_center), &link(&new.links.error_center));
    }

    fn push(&mut self, path: &str, kind: ChangeKind) {
        self.changes.push(Change { path: path.to_owned(), side: self.side, kind });
    }

    fn part(&mut self, part: Part, old: &str, new: &str) {
        if old != new {
            self.push("", ChangeKind::Replaced { part, old: old.to_owned(), new: new.to_owned() });
        }
    }

    fn samples(&mut self, part: Part, old: &[Sample], new: &[Sample]) {
        if old != new {
            let text = |samples: &[Sample]| {
                let texts: Vec<&str> = samples.iter().map(|sample| sample.text.as_str()).collect();
                texts.join("\n\n")
            };
            self.push("", ChangeKind::Replaced { part, old: text(old), new: text(new) });
        }
    }

    fn fields(&mut self, path: &str, old: &[Field], new: &[Field]) {
        let matched = Matched::new(old, new, |field| field.name.as_str());
        for field in matched.removed {
            self.push(&member(path, field), ChangeKind::FieldRemoved { shape: field.shape.clone() });
        }
        for (old, field) in matched.pairs {
            let path = member(path, field);
            match old {
                Some(old) => self.field(&path, old, field),
                None => {
                    let (shape, required) = (field.shape.clone(), field.required);
                    self.push(&path, ChangeKind::FieldAdded { shape, required });
                }
            }
        }
        if matched.reordered {
            self.push(path, ChangeKind::Reordered);
        }
    }

    fn field(&mut self, path: &str, old: &Field, new: &Field) {
        if old.required != new.required {
            self.push(path, ChangeKind::Required { now: new.required });
        }
        if old.position != new.position {
            self.push(path, ChangeKind::PositionChanged { old: old.position, new: new.position });
        }
        if old.encoding != new.encoding {
            self.push(path, ChangeKind::EncodingChanged { old: old.encoding, new: new.encoding });
        }
        if old.sensitive != new.sensitive {
            self.push(path, ChangeKind::SensitivityChanged { old: old.sensitive, new: new.sensitive });
        }
        for fact in Fact::ALL {
            let (old, new) = (fact.value_in(old), fact.value_in(new));
            if old != new {
                self.push(path, ChangeKind::FactChanged { fact, old, new });
            }
        }
        if old.sample != new.sample {
            self.push(path, ChangeKind::SampleValue { old: old.sample.clone(), new: new.sample.clone() });
        }
        self.descriptions(path, [&old.description, &old.english], [&new.description, &new.english]);
        self.shape(path, &old.shape, &new.shape);
    }

    /// Compares descriptions, each on the page and in English.
    fn descriptions(&mut self, path: &str, old: [&str; 2], new: [&str; 2]) {
        for (kind, (old, new)) in
            [ChangeKind::Description, ChangeKind::English].into_iter().zip(old.into_iter().zip(new))
        {
            if old != new {
                self.push(path, kind);
            }
        }
    }

    fn shape(&mut self, path: &str, old: &Shape, new: &Shape) {
        match (old, new) {
            (Shape::String { values: old }, Shape::String { values: new }) => {
                match (old.is_empty(), new.is_empty()) {
                    (true, false) => self.push(path, ChangeKind::BecameEnum { values: new.clone() }),
                    (false, true) => self.push(path, ChangeKind::BecameText { values: old.clone() }),
                    _ => self.values(path, old, new),
                }
            }
            (Shape::Structure { name: a, fields: old }, Shape::Structure { name: b, fields: new }) => {
                if a != b {
                    self.push(path, ChangeKind::StructureRenamed { old: a.clone(), new: b.clone() });
                }
                self.fields(path, old, new);
            }
            (Shape::List { element: old, wrapper: a }, Shape::List { element: new, wrapper: b }) => {
                if a != b {
                    self.push(path, ChangeKind::WrapperChanged { old: a.clone(), new: b.clone() });
                }
                self.shape(&format!("{path}[]"), old, new);
            }
            (Shape::Map { value: old }, Shape::Map { value: new }) => {
                self.shape(&format!("{path}{{}}"), old, new);
            }
            _ if old == new => {}
            _ => self.push(path, ChangeKind::TypeChanged { old: old.clone(), new: new.clone() }),
        }
    }

    fn values(&mut self, path: &str, old: &[EnumValue], new: &[EnumValue]) {
        let matched = Matched::new(old, new, |value| value.value.as_str());
        for value in matched.removed {
            self.push(path, ChangeKind::ValueRemoved(value.clone()));
        }
        for (old, value) in matched.pairs {
            match old {
                None => self.push(path, ChangeKind::ValueAdded(value.clone())),
                Some(old) => {
                    if old.also != value.also {
                        self.push(path, ChangeKind::ValueSpellings { value: value.value.clone() });
                    }
                    if (&old.meaning, &old.english) != (&value.meaning, &value.english) {
                        self.push(path, ChangeKind::ValueMeaning { value: value.value.clone() });
                    }
                }
            }
        }
        if matched.reordered {
            self.push(path, ChangeKind::Reordered);
        }
    }

    fn errors(&mut self, old: &[ErrorCode], new: &[ErrorCode]) {
        let codes = |errors: &[ErrorCode]| -> HashSet<String> {
            errors.iter().map(|error| error.code.clone()).collect()
        };
        let (before, after) = (codes(old), codes(new));
        let matched = Matched::new(old, new, |error| error.code.as_str());
        for error in matched.removed {
            let (status, remains) = (error.status, after.contains(&error.code));
            self.push(&format!("errors.{}", error.code), ChangeKind::ErrorRemoved { status, remains });
        }
        for (old, error) in matched.pairs {
            let path = format!("errors.{}", error.code);
            let Some(old) = old else {
                let (status, again) = (error.status, before.contains(&error.code));
                self.push(&path, ChangeKind::ErrorAdded { status, again });
                continue;
            };
            if old.status != error.status {
                self.push(&path, ChangeKind::ErrorStatus { old: old.status, new: error.status });
            }
            if old.message != error.message {
                let (old, new) = (old.message.clone(), error.message.clone());
                self.push(&path, ChangeKind::ErrorMessage { old, new });
            }
            if old.description != error.description {
                self.push(&path, ChangeKind::Description);
            }
            if old.english != error.english {
                self.push(&path, ChangeKind::English);
            }
        }
        if matched.reordered {
            self.push("errors", ChangeKind::Reordered);
        }
    }
}

fn member(path: &str, field: &Field) -> String {
    format!("{path}.{}", field.name)
}

/// Two lists, matched by key. The first entry with a key matches the first, the second the second, and so on.
struct Matched<'a, T> {
    /// Entries in the old list only.
    removed: Vec<&'a T>,
    /// Every new entry, with the old entry that it matches.
    pairs: Vec<(Option<&'a T>, &'a T)>,
    /// Whether the common entries are in another order.
    reordered: bool,
}

impl<'a, T> Matched<'a, T> {
    fn new(old: &'a [T], new: &'a [T], key: impl Fn(&T) -> &str) -> Self {
        let mut known: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, entry) in old.iter().enumerate().rev() {
            known.entry(key(entry)).or_default().push(at);
        }
        let mut is_kept = vec![false; old.len()];
        let mut reordered = false;
        let mut youngest = 0;
        let mut pairs = Vec::with_capacity(new.len());
        for entry in new {
            let at = known.get_mut(key(entry)).and_then(Vec::pop);
            if let Some(at) = at {
                reordered |= at < youngest;
                youngest = youngest.max(at);
                if let Some(kept) = is_kept.get_mut(at) {
                    *kept = true;
                }
            }
            pairs.push((at.and_then(|at| old.get(at)), entry));
        }
        let removed = old.iter().zip(is_kept).filter(|(_, kept)| !kept).map(|(entry, _)| entry).collect();
        Self { removed, pairs, reordered }
    }
}

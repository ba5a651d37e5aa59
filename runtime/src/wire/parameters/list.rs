//! The flat list of parameters, and the place in it that is being written.

use std::borrow::Cow;
use std::fmt;

use super::ParameterValue;

/// One parameter, not percent-encoded yet.
#[derive(Clone, PartialEq, Eq)]
pub struct Parameter<'a> {
    name: Cow<'a, str>,
    value: Cow<'a, str>,
    sensitive: bool,
    body: bool,
}

impl<'a> Parameter<'a> {
    /// Creates a parameter whose value may be shown.
    #[must_use]
    pub fn new(name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        Self { name: name.into(), value: value.into(), sensitive: false, body: false }
    }

    /// Creates a parameter whose value stays out of logs, Debug output and error texts.
    #[must_use]
    pub fn sensitive(name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        Self { name: name.into(), value: value.into(), sensitive: true, body: false }
    }

    /// Borrows the parameter.
    pub(crate) fn borrowed(&self) -> Parameter<'_> {
        Parameter { name: Cow::Borrowed(&self.name), value: Cow::Borrowed(&self.value), ..*self }
    }

    /// Returns the whole name, e.g. `Tag.1.Key`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the value, not percent-encoded.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Moves the parameter from the query to the form in the body.
    #[must_use]
    pub fn in_body(self) -> Self {
        Self { body: true, ..self }
    }

    /// Tells whether it is sent in the body. With [`Method::Get`](crate::sign::Method::Get), all are sent in the query.
    #[must_use]
    pub fn is_in_body(&self) -> bool {
        self.body
    }

    /// Tells whether the value must stay out of logs.
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }
}

impl fmt::Debug for Parameter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value: &dyn fmt::Debug =
            if self.sensitive { &crate::text::redacted::REDACTED } else { &self.value };
        write!(f, "{}={value:?}", self.name)
    }
}

/// The initial capacity; few requests have more parameters.
const ROOM: usize = 12;

/// Parameters in the order in which they were written.
#[derive(Clone, Default)]
pub struct ParameterList<'a> {
    parameters: Vec<Parameter<'a>>,
    /// The last step of the name that is being written. The steps before it are nearly always none.
    step: Option<Step<'a>>,
    before: Vec<Step<'a>>,
    /// The traits of the field that is being written, and of all below it.
    traits: FieldTraits,
}

/// How a field is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldTraits {
    sensitive: bool,
    body: bool,
    json: bool,
}

impl FieldTraits {
    /// Creates the default traits: sent flat in the query, and shown in logs.
    #[must_use]
    pub const fn new() -> Self {
        Self { sensitive: false, body: false, json: false }
    }

    /// Keeps its value, and everything below it, out of logs.
    #[must_use]
    pub const fn sensitive(self) -> Self {
        Self { sensitive: true, ..self }
    }

    /// Sends it in the form in the body.
    #[must_use]
    pub const fn body(self) -> Self {
        Self { body: true, ..self }
    }

    /// Sends it as one parameter with compact JSON.
    #[must_use]
    pub const fn json(self) -> Self {
        Self { json: true, ..self }
    }
}

/// One step of the name that is being written.
#[derive(Clone)]
enum Step<'a> {
    Name(&'static str),
    Key(&'a str),
    Index(usize),
}

impl<'a> ParameterList<'a> {
    /// Creates an empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a parameter as it stands.
    pub fn push(&mut self, parameter: Parameter<'a>) {
        self.parameters.push(parameter);
    }

    /// Returns the parameters in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Parameter<'a>> {
        self.parameters.iter()
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parameters.len()
    }

    /// Tells whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parameters.is_empty()
    }

    /// Writes a field of a structure under its wire name, and everything below it.
    pub fn field(&mut self, name: &'static str, value: &'a (impl ParameterValue + ?Sized)) {
        self.below(Step::Name(name), value);
    }

    /// Writes a field with traits.
    pub fn field_with(
        &mut self,
        name: &'static str,
        traits: FieldTraits,
        value: &'a (impl ParameterValue + ?Sized),
    ) {
        let outer = self.traits;
        self.traits.sensitive |= traits.sensitive;
        self.traits.body |= traits.body;
        if !traits.json {
            self.below(Step::Name(name), value);
        } else if !value.is_absent() {
            let mut json = String::new();
            value.write_json(&mut json);
            self.enter(Step::Name(name));
            self.text(json);
            self.leave();
        }
        self.traits = outer;
    }

    /// Writes the entry of a map.
    pub(crate) fn entry(&mut self, key: &'a str, value: &'a impl ParameterValue) {
        self.below(Step::Key(key), value);
    }

    /// Writes the element of a list; on the wire, they are numbered from 1.
    pub(crate) fn element(&mut self, index: usize, value: &'a impl ParameterValue) {
        self.below(Step::Index(index.saturating_add(1)), value);
    }

    /// Writes a string at the current place.
    pub fn text(&mut self, value: impl Into<Cow<'a, str>>) {
        let FieldTraits { sensitive, body, .. } = self.traits;
        let parameter = Parameter { name: self.place_name(), value: value.into(), sensitive, body };
        if self.parameters.is_empty() {
            self.parameters.reserve(ROOM);
        }
        self.parameters.push(parameter);
    }

    fn below(&mut self, step: Step<'a>, value: &'a (impl ParameterValue + ?Sized)) {
        self.enter(step);
        value.write_value(self);
        self.leave();
    }

    fn enter(&mut self, step: Step<'a>) {
        if let Some(outer) = self.step.replace(step) {
            self.before.push(outer);
        }
    }

    fn leave(&mut self) {
        self.step = self.before.pop();
    }

    /// Returns the name of the current place; borrowed if it is one word, as nearly always.
    fn place_name(&self) -> Cow<'a, str> {
        if let (Some(Step::Name(name)), []) = (&self.step, self.before.as_slice()) {
            return Cow::Borrowed(name);
        }
        let mut name = String::new();
        for step in self.before.iter().chain(&self.step) {
            if !name.is_empty() {
                name.push('.');
            }
            match step {
                Step::Name(text) | Step::Key(text) => name.push_str(text),
                Step::Index(index) => name.push_str(&index.to_string()),
            }
        }
        Cow::Owned(name)
    }
}

impl fmt::Debug for ParameterList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.parameters).finish()
    }
}

impl<'a> IntoIterator for ParameterList<'a> {
    type Item = Parameter<'a>;
    type IntoIter = std::vec::IntoIter<Parameter<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.parameters.into_iter()
    }
}

impl<'l, 'a> IntoIterator for &'l ParameterList<'a> {
    type Item = &'l Parameter<'a>;
    type IntoIter = std::slice::Iter<'l, Parameter<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> Extend<Parameter<'a>> for ParameterList<'a> {
    fn extend<I: IntoIterator<Item = Parameter<'a>>>(&mut self, parameters: I) {
        self.parameters.extend(parameters);
    }
}

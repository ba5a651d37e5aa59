//! Manifests: what holds for a whole product and stands once. Each is a TOML file below `spec/products`; the format
//! is described in `spec/products/README.md`.
//!
//! What is wrong with a manifest is said at its place in the file, as with overlays. [`Manifest::apply`] gives an
//! operation what the manifest knows of it; [`Manifest::check`] compares the manifest with the operations there are.

mod apply;
mod area;
mod check;
mod endpoints;
mod pattern;
mod read;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use area::{Area, DEFAULT_AREA};
pub use endpoints::{Central, Endpoints};
pub use pattern::{BadPattern, Pattern};

pub use crate::toml_reader::At;

use crate::diagnostic::Diagnostic;
use crate::model::{Operation, Sensitivity};
use crate::source::Source;

/// What holds for a whole product. The default says nothing, which is what a product without a manifest has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Product code as the service spells it, e.g. `CCC`.
    pub code: String,
    /// API version, e.g. `2020-07-01`.
    pub version: String,
    /// Name of the crate that the client is generated into, which is its folder's too.
    pub crate_name: String,
    /// The product's name for people, e.g. `Cloud Call Center`.
    pub title: String,
    /// Which host serves the product where, if the manifest says it: see [`endpoints`](Self::endpoints).
    pub endpoints: Option<Endpoints>,
    /// Codes with which the service says success.
    pub success_codes: Vec<String>,
    /// Operations of which sending the same request again does no harm, but for the exceptions.
    pub idempotent: Vec<At<Pattern>>,
    /// The exceptions.
    pub not_idempotent: Vec<Exception>,
    /// Groups of operations, in the order of the file.
    pub areas: Vec<Area>,
    /// How the product's operations hand out long lists in pages.
    pub paging: Paging,
    /// The English for a field's name, wherever its page does not describe it.
    pub glossary: BTreeMap<String, String>,
    /// What the values of fields of a name are counted in, wherever their page does not say it.
    pub units: BTreeMap<String, Unit>,
    /// Other words for operations, under which people look for them.
    pub aliases: BTreeMap<String, At<Vec<String>>>,
    /// Names of fields that must stay out of logs wherever they stand, and why.
    pub sensitive: BTreeMap<String, Sensitivity>,
}

/// What a value is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A unit by its English name, e.g. `seconds`.
    Counted(&'static str),
    /// Milliseconds since the beginning of 1970 UTC: a point in time.
    UnixMilliseconds,
}

/// Operations that match a pattern of idempotent ones and are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Which operations.
    pub operation: At<Pattern>,
    /// Why sending the same request again may do harm.
    pub reason: String,
}

/// How the operations of a product hand out long lists in pages. An operation pages in the way of which it has all
/// parameters and fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    /// By numbers.
    pub number: Option<NumberPaging>,
    /// By tokens.
    pub token: Option<TokenPaging>,
}

/// Paging by numbers: the request says which page, the answer how many items there are in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberPaging {
    /// The parameter with the page's number, from 1.
    pub page: String,
    /// The parameter with the number of items in a page.
    pub size: String,
    /// The field of the answer with the number of items in all.
    pub total: String,
}

/// Paging by tokens: each answer says what to ask for the next page with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenPaging {
    /// The parameter and field of the answer with the token.
    pub next: String,
    /// The parameter with the number of items in a page, if there is one.
    pub size: Option<String>,
}

/// A manifest that was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// What it says; whatever is wrong is left out.
    pub manifest: Manifest,
    /// What is wrong with it, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// The file, to show diagnostics with.
    pub source: Source,
}

impl Manifest {
    /// Reads a manifest; `name` is what diagnostics call the file. Takes any bytes, never panics.
    ///
    /// ```
    /// use ccc_spec::manifest::Manifest;
    ///
    /// let reading = Manifest::read("bell.toml", br#"
    ///     code = "Bell"
    ///     version = "2021-01-02"
    ///     crate = "bell-api"
    ///     title = "Doorbell"
    ///     [operations]
    ///     idempotent = ["Get*"]
    ///     [[operations.not-idempotent]]
    ///     operation = "GetNextGuest"
    ///     reason = "Each call lets one in."
    /// "#);
    /// assert!(reading.diagnostics.is_empty());
    /// assert!(reading.manifest.is_idempotent("GetBell"));
    /// assert!(!reading.manifest.is_idempotent("GetNextGuest"));
    /// ```
    #[must_use]
    pub fn read(name: &str, bytes: &[u8]) -> Reading {
        read::read(name, bytes)
    }

    /// What is taken for a product before anybody describes it: the crate `<code>-api`, named like the code, and nothing
    /// that is safe to repeat. Codes come from pages; nothing of one may lead out of the workspace.
    ///
    /// ```
    /// use ccc_spec::manifest::Manifest;
    ///
    /// let manifest = Manifest::undescribed("R-kvstore", "2015-01-01");
    /// assert_eq!(manifest.crate_name, "r-kvstore-api");
    /// assert_eq!(manifest.endpoints().public, "rkvstore.{region}.aliyuncs.com");
    /// ```
    #[must_use]
    pub fn undescribed(code: &str, version: &str) -> Self {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        Self {
            code: code.to_owned(),
            version: version.to_owned(),
            crate_name: format!("{}-api", code.chars().map(plain).collect::<String>()),
            title: code.to_owned(),
            ..Self::default()
        }
    }

    /// Which host serves the product where: what the manifest says, else where most products are served,
    /// `<code>.{region}.aliyuncs.com`.
    #[must_use]
    pub fn endpoints(&self) -> Endpoints {
        self.endpoints.clone().unwrap_or_else(|| Endpoints::usual(&self.code))
    }

    /// Whether sending the same request of an operation again does no harm, as far as the manifest knows.
    #[must_use]
    pub fn is_idempotent(&self, action: &str) -> bool {
        self.idempotent.iter().any(|pattern| pattern.value.matches(action))
            && !self.not_idempotent.iter().any(|exception| exception.operation.value.matches(action))
    }

    /// The area of an operation: the one that names it, else the first with a pattern that it matches.
    ///
    /// `None` stands for the [default one](DEFAULT_AREA) where the manifest says nothing of it.
    #[must_use]
    pub fn area_of(&self, action: &str) -> Option<&Area> {
        let having = |is_name: bool| {
            let is_in = move |pattern: &At<Pattern>| {
                pattern.value.is_name() == is_name && pattern.value.matches(action)
            };
            self.areas.iter().find(move |area| area.operations.iter().any(is_in))
        };
        having(true)
            .or_else(|| having(false))
            .or_else(|| self.areas.iter().find(|area| area.name == DEFAULT_AREA))
    }

    /// Gives an operation what the manifest knows of it: whether it is safe to repeat, and what
    /// [`complete`](Self::complete) gives each of its fields. To be done before its overlay is applied, which goes before.
    pub fn apply(&self, operation: &mut Operation) {
        apply::apply(self, operation);
    }

    /// What the manifest and the operations there are say of each other: patterns that match none, operations without a
    /// page. `documented` are the names of those that have one. Diagnostics are in the order of the file.
    #[must_use]
    pub fn check(&self, documented: &BTreeSet<&str>) -> Vec<Diagnostic> {
        check::check(self, documented)
    }
}

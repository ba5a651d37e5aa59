//! Manifests: the statements about a whole product. Each is a TOML file below `spec/products`; the format is described
//! in `spec/products/README.md`.
//!
//! Problems of a manifest are diagnostics at their place in the file, as with overlays. [`Manifest::apply`] completes
//! an operation from the manifest; [`Manifest::check`] compares the manifest with the operations.

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

/// Statements about a whole product. The default states nothing, as for a product without a manifest.
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
    /// Operations that can safely be sent twice, apart from the exceptions.
    pub idempotent: Vec<At<Pattern>>,
    /// The exceptions.
    pub not_idempotent: Vec<Exception>,
    /// Groups of operations, in the order of the file.
    pub areas: Vec<Area>,
    /// How the operations page through long lists.
    pub paging: Paging,
    /// The English for a field's name, wherever its page does not describe it.
    pub glossary: BTreeMap<String, String>,
    /// Units of fields, by the name of the field, for pages that state none.
    pub units: BTreeMap<String, Unit>,
    /// Other words for operations, under which people look for them.
    pub aliases: BTreeMap<String, At<Vec<String>>>,
    /// Names of fields that must stay out of logs wherever they stand, and why.
    pub sensitive: BTreeMap<String, Sensitivity>,
}

/// The unit of a value.
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
    /// Why sending the same request twice may do harm.
    pub reason: String,
}

/// How the operations of a product page through long lists. An operation uses the way whose parameters and fields it
/// has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    /// Paging by numbers.
    pub number: Option<NumberPaging>,
    /// Paging by tokens.
    pub token: Option<TokenPaging>,
}

/// Paging by numbers: the request names the page, the response the total of items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberPaging {
    /// The parameter with the page's number, from 1.
    pub page: String,
    /// The parameter with the number of items in a page.
    pub size: String,
    /// The field of the response with the total.
    pub total: String,
}

/// Paging by tokens: each response has the token of the next page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenPaging {
    /// The parameter of the request, and field of the response, with the token.
    pub next: String,
    /// The parameter with the number of items in a page, if there is one.
    pub size: Option<String>,
}

/// A manifest that was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The manifest, without the parts that are wrong.
    pub manifest: Manifest,
    /// The problems, in the order of the file.
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

    /// Returns the manifest of a product that nobody has described: the crate is `<code>-api`, and no operation is
    /// safe to repeat. Codes come from pages; none of them may lead out of the workspace.
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

    /// Returns the hosts of the product in each region: those of the manifest, else those of most products,
    /// `<code>.{region}.aliyuncs.com`.
    #[must_use]
    pub fn endpoints(&self) -> Endpoints {
        self.endpoints.clone().unwrap_or_else(|| Endpoints::usual(&self.code))
    }

    /// Returns whether the manifest says that an operation can safely be sent twice.
    #[must_use]
    pub fn is_idempotent(&self, action: &str) -> bool {
        self.idempotent.iter().any(|pattern| pattern.value.matches(action))
            && !self.not_idempotent.iter().any(|exception| exception.operation.value.matches(action))
    }

    /// Returns the area of an operation: the one that names it, else the first with a pattern that matches.
    ///
    /// `None` means the [default one](DEFAULT_AREA), for operations that the manifest does not mention.
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

    /// Adds to an operation what the manifest says: whether it is safe to repeat, and what
    /// [`complete`](Self::complete) adds to each field. The overlay of the operation must be applied later, because it
    /// has precedence.
    pub fn apply(&self, operation: &mut Operation) {
        apply::apply(self, operation);
    }

    /// Compares the manifest with the operations: patterns that match none, operations without a page. `documented`
    /// are the names of those with a page. Diagnostics are in the order of the file.
    #[must_use]
    pub fn check(&self, documented: &BTreeSet<&str>) -> Vec<Diagnostic> {
        check::check(self, documented)
    }
}

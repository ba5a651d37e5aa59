//! Versions of sibling pages: older pages do not state their API version, but others in their folder do.

use std::collections::BTreeMap;

use crate::Recovery;
use crate::diagnostic::{self, Code, Diagnostic};

/// Number of pages that state each version of a product.
type Versions = BTreeMap<String, usize>;

/// The versions that pages state, by folder and product.
///
/// ```
/// use ccc_spec::siblings::Siblings;
///
/// let page = |version: &str| {
///     let text = format!(
///         "# Ring\n\n## Debugging\n\n[Try](https://explorer.test/#product=Bell&api=Ring{version})\n\n\
///          ## Request parameters\n\n|Name|Type|\n|--|--|\n|Times|Integer|\n"
///     );
///     ccc_spec::recover("Ring.md", text.as_bytes())
/// };
/// let mut siblings = Siblings::default();
/// siblings.add("bell/Ring.md", &page("&version=2021-01-02"));
/// let mut older = page("");
/// siblings.fill_in("bell/Hum.md", &mut older);
/// assert_eq!(older.operation.unwrap().version, "2021-01-02");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Siblings {
    /// By folder, which includes its subfolders, and by product. The product is in lower case, because pages spell it
    /// differently.
    stated: BTreeMap<String, BTreeMap<String, Versions>>,
}

impl Siblings {
    /// Adds the version that a page states. `name` is its path, with `/`.
    pub fn add(&mut self, name: &str, recovery: &Recovery) {
        let Some(operation) = recovery.operation.as_ref().filter(|operation| !operation.version.is_empty())
        else {
            return;
        };
        for folder in folders(name) {
            let products = self.stated.entry(folder.to_owned()).or_default();
            let versions = products.entry(operation.product.to_lowercase()).or_default();
            *versions.entry(operation.version.clone()).or_default() += 1;
        }
    }

    /// Fills in the version of a page that states none, from the pages of its product in its folder. If none of these
    /// states a version, the next folder around it counts. If they disagree, the version stays empty. A diagnostic
    /// reports the result.
    pub fn fill_in(&self, name: &str, recovery: &mut Recovery) {
        let Some(operation) = recovery.operation.as_mut().filter(|operation| operation.version.is_empty())
        else {
            return;
        };
        let product = operation.product.to_lowercase();
        let stated = |folder: &str| self.stated.get(folder).and_then(|products| products.get(&product));
        let Some(versions) = folders(name).find_map(stated) else { return };
        let Some(reported) =
            recovery.diagnostics.iter_mut().find(|reported| reported.code == Code::NoVersion)
        else {
            return;
        };
        if let [(version, count)] = Vec::from_iter(versions).as_slice() {
            operation.version.clone_from(version);
            let message = format!(
                "the version `{version}` is taken from {} of `{}` in the folder",
                pages(**count),
                operation.product
            );
            *reported = Diagnostic::new(Code::AssumedVersion, reported.span, message)
                .with_help("state the version in the link to the API explorer");
        } else {
            let found: Vec<_> =
                versions.iter().map(|(version, count)| format!("`{version}` ({})", pages(*count))).collect();
            let message = format!(
                "the page does not state its API version, and pages of `{}` in the folder state several: {}",
                operation.product,
                found.join(", ")
            );
            *reported = Diagnostic::new(Code::NoVersion, reported.span, message).with_help(
                "keep the pages of each version in a folder, or state it in the link to the API explorer",
            );
        }
        diagnostic::sort(&mut recovery.diagnostics);
    }
}

/// Returns whether a page documents an operation and does not state its version.
#[must_use]
pub fn is_needed(recovery: &Recovery) -> bool {
    recovery.operation.as_ref().is_some_and(|operation| operation.version.is_empty())
}

/// Returns the folders around a page, the nearest first.
fn folders(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |path| {
        let path = path.strip_suffix('/').unwrap_or(path);
        (!path.is_empty()).then(|| path.rfind('/').map_or("", |at| path.get(..=at).unwrap_or_default()))
    })
    .skip(1)
}

fn pages(count: usize) -> String {
    if count == 1 { "1 page".to_owned() } else { format!("{count} pages") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a page of an operation of `product`; `version` is added to its link.
    fn page(product: &str, version: &str) -> Recovery {
        let text = format!(
            "# Ring\n\n## Debugging\n\n[Try](https://explorer.test/#product={product}&api=Ring{version})\n\n\
             ## Request parameters\n\n|Name|Type|\n|--|--|\n|Times|Integer|\n"
        );
        crate::recover("Ring.md", text.as_bytes())
    }

    /// Fills in a page of `Bell` at `name`. Returns its version, and the message about it.
    fn filled(stated: &[(&str, &str, &str)], name: &str) -> (String, String) {
        let mut siblings = Siblings::default();
        for (name, product, version) in stated {
            siblings.add(name, &page(product, &format!("&version={version}")));
        }
        let mut recovery = page("Bell", "");
        siblings.fill_in(name, &mut recovery);
        let reported = recovery.diagnostics.iter();
        let mut reported =
            reported.filter(|reported| matches!(reported.code, Code::NoVersion | Code::AssumedVersion));
        let message = reported.next().unwrap().message.to_string();
        assert!(reported.next().is_none());
        (recovery.operation.unwrap().version, message)
    }

    #[test]
    fn siblings_that_agree_give_their_version() {
        let stated = [
            ("x/a.md", "bell", "2021-01-02"),
            ("x/b.md", "Bell", "2021-01-02"),
            ("x/c.md", "Gong", "2019-01-01"),
        ];
        let (version, message) = filled(&stated, "x/d.md");
        assert_eq!(version, "2021-01-02");
        assert_eq!(message, "the version `2021-01-02` is taken from 2 pages of `Bell` in the folder");
    }

    #[test]
    fn siblings_that_disagree_are_named() {
        let stated =
            [("a.md", "Bell", "2021-01-02"), ("b.md", "Bell", "2022-03-04"), ("c.md", "Bell", "2021-01-02")];
        let (version, message) = filled(&stated, "d.md");
        assert_eq!(version, "");
        assert!(
            message.ends_with("state several: `2021-01-02` (2 pages), `2022-03-04` (1 page)"),
            "{message}"
        );
    }

    #[test]
    fn the_nearest_folder_that_states_one_counts() {
        let stated = [("x/1/a.md", "Bell", "2021-01-02"), ("x/2/b.md", "Bell", "2022-03-04")];
        assert_eq!(filled(&stated, "x/1/sub/d.md").0, "2021-01-02");
        assert_eq!(filled(&stated, "x/3/d.md").0, "");
        assert_eq!(filled(&stated[..1], "/x/1/d.md").0, "");
        assert_eq!(filled(&[("/y/a.md", "Bell", "2021-01-02")], "/x/1/d.md").0, "2021-01-02");
    }

    #[test]
    fn pages_of_other_products_say_nothing() {
        assert_eq!(filled(&[("x/a.md", "Gong", "2021-01-02")], "x/d.md").0, "");
    }
}

//! Chooses the pages of a crate: those of one product and version, one for each operation.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use ccc_spec::model::Operation;
use ccc_spec::{Layout, Recovery};

use crate::pages::Page;
use crate::specs::ProductKey;
use crate::terminal::counted;
use crate::usable::{self, Aside};

/// A page of an operation that a client can be generated for.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) page: Page,
    pub(crate) operation: Operation,
    layout: Layout,
    is_english: bool,
}

/// The pages of a crate.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) key: ProductKey,
    /// Pages by action.
    pub(crate) pages: BTreeMap<String, Candidate>,
    /// Pages that are left out, each with the better page of the same operation.
    pub(crate) passed_over: Vec<(Page, Page)>,
}

/// The product that the command line asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) product: Option<&'a str>,
    pub(crate) version: Option<&'a str>,
}

impl Candidate {
    /// Takes a page if a client can be generated for its operation.
    pub(crate) fn from_page(page: &Page, recovery: &Recovery) -> Result<Self, Aside> {
        let operation = usable::operation(page, recovery)?;
        let is_english = is_english(recovery.source.text());
        Ok(Self { page: page.clone(), operation, layout: recovery.layout, is_english })
    }
}

/// Whether a text has hardly any Chinese characters.
fn is_english(text: &str) -> bool {
    let is_chinese = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    text.chars().filter(is_chinese).count() * 50 < text.chars().count()
}

/// Chooses among pages. An error lists the products if there is not exactly one.
pub(crate) fn choose(candidates: Vec<Candidate>, wanted: Wanted<'_>) -> Result<Choice, String> {
    let is_wanted = |key: &ProductKey| {
        wanted.product.is_none_or(|product| product.eq_ignore_ascii_case(&key.product))
            && wanted.version.is_none_or(|version| version == key.version)
    };
    let mut products: BTreeMap<ProductKey, Vec<Candidate>> = BTreeMap::new();
    for candidate in candidates {
        products.entry(ProductKey::from_operation(&candidate.operation)).or_default().push(candidate);
    }
    let wanted: Vec<&ProductKey> = products.keys().filter(|key| is_wanted(key)).collect();
    let [key] = *wanted.as_slice() else {
        return Err(several(&products, wanted.is_empty()));
    };
    let key = key.clone();
    let mut all = products.remove(&key).unwrap_or_default();
    // The best first, and among equals the first by name.
    all.sort_by_key(|one| (Reverse((one.layout, one.is_english)), one.page.clone()));
    let mut pages: BTreeMap<String, Candidate> = BTreeMap::new();
    let mut passed_over = Vec::new();
    for candidate in all {
        match pages.get(&candidate.operation.action) {
            Some(better) => passed_over.push((candidate.page, better.page.clone())),
            None => drop(pages.insert(candidate.operation.action.clone(), candidate)),
        }
    }
    passed_over.sort();
    Ok(Choice { key, pages, passed_over })
}

fn several(products: &BTreeMap<ProductKey, Vec<Candidate>>, none_fits: bool) -> String {
    if products.is_empty() {
        return "no page in it documents an RPC operation whose fields can be read; `cargo xtask lint` says why"
            .to_owned();
    }
    let why =
        if none_fits { "no page documents that product" } else { "the pages document several products" };
    let mut text = format!("{why}; name one with --product and --version:");
    for (key, pages) in products {
        let [product, version] = [&key.product, &key.version].map(|text| argument(text));
        let _ = write!(text, "\n  --product {product} --version {version}  {}", counted(pages.len(), "page"));
    }
    text
}

/// Quotes a text as an argument of a command line.
fn argument(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !text.is_empty() && text.chars().all(is_plain) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("'{}'", text.replace('\'', r"'\''")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(name: &str, product: &str, types: [&str; 2], description: &str) -> Candidate {
        let [text, list] = types;
        let page = format!(
            "# Ring\n\n## Debugging\n\n[Try](https://e.test/#product={product}&api=Ring&type=RPC&version=2021-01-02)\n\n\
             ## Response parameters\n\n|Parameter|Type|Description|\n|--|--|--|\n|RequestId|{text}|{description}|\n\
             |Bells|{list}|{description}|\n"
        );
        let page_file = Page { name: name.to_owned(), path: name.into() };
        Candidate::from_page(&page_file, &ccc_spec::recover(name, page.as_bytes())).unwrap()
    }

    const OLD: [&str; 2] = ["String", "List"];
    const NEW: [&str; 2] = ["string", "array"];
    const CHINESE: &str = "铃声的唯一标识，由系统生成，用于后续查询和排查问题。";

    #[test]
    fn of_several_pages_the_newest_layout_wins_then_english() {
        let pages = [
            candidate("a.md", "Bell", OLD, "The bell."),
            candidate("b.md", "bell", NEW, CHINESE),
            candidate("c.md", "Bell", NEW, "The bell."),
        ];
        let choice = choose(pages.to_vec(), Wanted::default()).unwrap();
        assert_eq!(choice.pages["Ring"].page.name, "c.md");
        let over: Vec<_> = choice.passed_over.iter().map(|(page, _)| page.name.as_str()).collect();
        assert_eq!(over, ["a.md", "b.md"]);
    }

    #[test]
    fn several_products_are_listed_and_one_can_be_named() {
        let pages = [candidate("a.md", "Bell", NEW, "It."), candidate("b.md", "Gong", NEW, "It.")];
        let error = choose(pages.to_vec(), Wanted::default()).unwrap_err();
        assert_eq!(
            error,
            "the pages document several products; name one with --product and --version:\n  \
             --product bell --version 2021-01-02  1 page\n  --product gong --version 2021-01-02  1 page"
        );
        assert_eq!(["", "r-kvstore", "it's"].map(argument), ["''", "r-kvstore", r"'it'\''s'"]);
        let gong = Wanted { product: Some("GONG"), version: None };
        assert_eq!(choose(pages.to_vec(), gong).unwrap().key.product, "gong");
        let none = Wanted { product: Some("Drum"), version: None };
        assert!(choose(pages.to_vec(), none).unwrap_err().starts_with("no page documents that product"));
    }
}

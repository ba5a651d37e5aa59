//! The links of a page, and which of them is the operation's own: descriptions link to other operations, too.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::link::{self, Address, Link, Target};
use super::section::{Kind, Section};
use crate::page::BlockKind;
use crate::source::{Source, Span};

/// A link with the parts of its address.
#[derive(Clone, Debug)]
pub(super) struct Linked<'p> {
    pub(super) link: Link<'p>,
    pub(super) address: Address,
    /// The kind of the section that it stands in, or that refers to it.
    section: Kind,
}

impl Linked<'_> {
    /// Returns the operation it leads to.
    pub(super) fn action(&self) -> Option<&str> {
        match &self.address.target {
            Target::Operation { action, .. } => Some(action),
            Target::Errors | Target::Product => None,
        }
    }

    /// Returns whether it is in the section for trying the operation out.
    pub(super) fn is_for_debugging(&self) -> bool {
        self.section == Kind::Debug
    }

    fn is_to_errors(&self) -> bool {
        self.address.target == Target::Errors
    }
}

/// The links of a page that concern a product, in the order of the page.
#[derive(Clone, Debug)]
pub(super) struct Links<'p>(Vec<Linked<'p>>);

impl<'p> Links<'p> {
    /// Finds the links in texts, and in the code of the debugging section, where some pages put theirs.
    pub(super) fn in_texts(sections: &[Section<'_>], source: &'p Source) -> Self {
        let mut links = Self::in_blocks(sections, source, |section, block| match block {
            BlockKind::Paragraph | BlockKind::List => true,
            BlockKind::Code { .. } => section == Kind::Debug,
            _ => false,
        });
        links.follow_references(sections, source);
        links
    }

    /// Finds the links in tables.
    pub(super) fn in_tables(sections: &[Section<'_>], source: &'p Source) -> Self {
        Self::in_blocks(sections, source, |_, block| matches!(block, BlockKind::Table(_)))
    }

    fn in_blocks(
        sections: &[Section<'_>],
        source: &'p Source,
        is_read: impl Fn(Kind, &BlockKind<'_>) -> bool,
    ) -> Self {
        let mut found = Vec::new();
        for section in sections {
            for block in section.blocks.iter().filter(|block| is_read(section.kind, &block.kind)) {
                let addresses = link::addresses(source, block.span).into_iter();
                found.extend(addresses.map(|(link, address)| Linked {
                    link,
                    address,
                    section: section.kind,
                }));
            }
        }
        Self(found)
    }

    /// Moves a definition (`[1]: https://…`) to the debugging section, if a link of that refers to it.
    fn follow_references(&mut self, sections: &[Section<'_>], source: &Source) {
        let mut defined: HashMap<String, usize, RandomState> = HashMap::default();
        for (at, linked) in self.0.iter().enumerate() {
            if let Some(label) = defined_label(source, linked.link.span) {
                defined.entry(label).or_insert(at);
            }
        }
        if defined.is_empty() {
            return;
        }
        let debugging = sections.iter().filter(|section| section.kind == Kind::Debug);
        for block in debugging.flat_map(|section| section.blocks) {
            for label in source.slice(block.span).split('[').skip(1) {
                let Some((label, _)) = label.split_once(']') else { continue };
                let linked = defined.get(&label.to_lowercase()).and_then(|at| self.0.get_mut(*at));
                if let Some(linked) = linked {
                    linked.section = Kind::Debug;
                }
            }
        }
    }

    /// Returns the operation's own link: a link to an operation that the page names elsewhere, else the link of the
    /// debugging section. If the page names no operation, it is the link to the only operation that the page links to.
    pub(super) fn own(&self, is_named: impl Fn(&str) -> bool, names_any: bool) -> Option<&Linked<'p>> {
        let operations = || self.0.iter().filter_map(|linked| Some((linked, linked.action()?)));
        let place = |linked: &Linked<'_>| match linked.section {
            Kind::Debug => 0,
            Kind::Opening => 1,
            _ => 2,
        };
        let (best, action) =
            operations().min_by_key(|(linked, action)| (!is_named(action), place(linked)))?;
        let is_only = || !names_any && operations().all(|(_, other)| other == action);
        (best.is_for_debugging() || is_named(action) || is_only()).then_some(best)
    }

    /// Returns the link of the debugging section to an operation other than this.
    pub(super) fn dissenting(&self, action: &str) -> Option<&Linked<'p>> {
        let mut debugging = self.0.iter().filter(|linked| linked.is_for_debugging());
        debugging.find(|linked| linked.action().is_some_and(|other| other != action))
    }

    /// Returns the link to the list of errors; that in the section of errors comes first.
    pub(super) fn to_errors(&self) -> Option<&Linked<'p>> {
        self.0
            .iter()
            .filter(|linked| linked.is_to_errors())
            .min_by_key(|linked| linked.section != Kind::Errors)
    }

    /// Returns the first of the links to other pages of a product, if they agree; only links of `service`, if it is
    /// known.
    pub(super) fn related(&self, service: Option<&str>) -> Option<&Linked<'p>> {
        let product = |linked: &&Linked<'_>| linked.address.product.as_deref().map(str::to_lowercase);
        let mut known = self.0.iter().filter(|linked| linked.address.product.is_some());
        if let Some(service) = service {
            return known
                .find(|linked| product(linked).is_some_and(|product| product == service.to_lowercase()));
        }
        let first = known.next()?;
        known.all(|other| product(&other) == product(&first)).then_some(first)
    }

    /// Returns a link that states the version of a product, if all such links agree.
    pub(super) fn with_version(&self, product: &str) -> Option<&Linked<'p>> {
        let mut stating = self.0.iter().filter(|linked| {
            let Address { product: of, version, .. } = &linked.address;
            version.is_some() && of.as_deref().is_some_and(|of| of.eq_ignore_ascii_case(product))
        });
        let first = stating.next()?;
        stating.all(|other| other.address.version == first.address.version).then_some(first)
    }
}

/// The longest label that is looked for.
const LABEL: usize = 100;

/// Returns the label that an address is defined for, in lower case: `1` in `[1]: https://…`.
fn defined_label(source: &Source, address: Span) -> Option<String> {
    let before = source.slice(Span::new(0, address.start)).trim_end_matches([' ', '<']).strip_suffix("]:")?;
    let length = before.bytes().rev().take(LABEL).position(|byte| byte == b'[')?;
    let (before, label) = before.split_at_checked(before.len() - length)?;
    let indent = before.strip_suffix('[')?.trim_end_matches(' ');
    (indent.is_empty() || indent.ends_with('\n')).then(|| label.to_lowercase())
}

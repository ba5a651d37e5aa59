//! Whatever happens to a page, reading it does not panic, its blocks cover it, and every diagnostic
//! points into it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::sync::LazyLock;

use ccc_spec::diagnostic::{RenderOptions, render, to_json_lines};
use ccc_spec::source::{Source, Span};
use ccc_spec::{page, recover};
use proptest::prelude::*;
use proptest::sample::Index;

/// Every page there is to damage.
static PAGES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("docs/ccc/2020-07-01/MakeCall.md")];
    for folder in ["tests/pages/ok", "tests/pages/err"] {
        paths.extend(std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()));
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
});

fn holds(bytes: &[u8]) {
    let recovery = recover("damaged.md", bytes);
    let source = &recovery.source;
    assert_covered(source);
    for diagnostic in &recovery.diagnostics {
        let labelled = diagnostic.labels.iter().map(|(span, _)| *span);
        for span in labelled.chain([diagnostic.span]) {
            assert!(source.text().get(span.range()).is_some(), "{diagnostic:?} points outside of the page");
        }
    }
    assert!(recovery.diagnostics.is_sorted_by_key(|diagnostic| diagnostic.span));
    let _ = render(&recovery.diagnostics, source, RenderOptions { color: true });
    let _ = to_json_lines(&recovery.diagnostics, source);
}

fn assert_covered(source: &Source) {
    let (page, _) = page::read(source);
    let mut end = 0;
    for block in &page.blocks {
        assert_eq!(block.span.start, end, "a gap or overlap before {block:?}");
        assert!(!block.span.is_empty(), "{block:?} is empty");
        end = block.span.end;
        if let page::BlockKind::Table(table) = &block.kind {
            for row in std::iter::once(&table.header).chain(&table.rows) {
                assert!(block.span.contains(row.span), "{row:?} is outside of its table");
                let mut at = row.span.start;
                for cell in &row.cells {
                    assert!(
                        Span::new(at, row.span.end).contains(cell.span),
                        "{cell:?} is outside of {row:?}"
                    );
                    at = cell.span.end;
                }
                assert!(row.cells.len() <= table.header.cells.len());
            }
        }
    }
    assert_eq!(end, source.text().len(), "the end of the page is in no block");
}

#[test]
fn pages_as_they_are() {
    PAGES.iter().for_each(|page| holds(page));
}

proptest! {
    #[test]
    fn any_prefix(page in any::<Index>(), end in any::<Index>()) {
        let page = page.get(&PAGES);
        holds(&page[..end.index(page.len() + 1)]);
    }

    #[test]
    fn any_byte_replaced(page in any::<Index>(), at in any::<Index>(), byte in any::<u8>()) {
        let mut page = page.get(&PAGES).clone();
        let at = at.index(page.len());
        page[at] = byte;
        holds(&page);
    }

    #[test]
    fn any_byte_removed(page in any::<Index>(), at in any::<Index>()) {
        let mut page = page.get(&PAGES).clone();
        page.remove(at.index(page.len()));
        holds(&page);
    }

    #[test]
    fn any_line_moved(page in any::<Index>(), from in any::<Index>(), to in any::<Index>()) {
        let page = page.get(&PAGES);
        let mut lines: Vec<_> = page.split_inclusive(|&byte| byte == b'\n').collect();
        let line = lines.remove(from.index(lines.len()));
        lines.insert(to.index(lines.len() + 1), line);
        holds(&lines.concat());
    }

    #[test]
    fn any_text_of_the_characters_that_matter(text in "(## |\\||-|`|```|~~~|\\\\|\n|\n\n|\r\n|    |\\* |1\\. |<|>|\\{|\\}|\\[|\\]|:|=|名称|Type|号|a|\u{feff}){0,60}") {
        holds(text.as_bytes());
    }
}

//! Whatever happens to a page, reading it does not panic, its blocks cover it, and every diagnostic
//! points into it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod invariants;

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;

/// Every page there is to damage.
static PAGES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("docs/ccc/2020-07-01/MakeCall.md")];
    for folder in ["tests/pages/ok", "tests/pages/err", "../fuzz/seeds/page"] {
        paths.extend(std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()));
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
});

fn holds(bytes: &[u8]) {
    invariants::page_reader(bytes);
    invariants::front_end(bytes);
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
    fn any_text_of_the_characters_that_matter(text in "(## |\\||-|`|```|~~~|\\\\|\n|\n\n|\r\n|    |\\* |1\\. |<|>|\\{|\\}|\\[|\\]|:|=|名称|Type|号|a|\u{feff}|\u{200b}|｜|\t|<table>|<tr>|<td>|<ul><li>|object|array<object>|\\[\\^1\\]){0,60}") {
        holds(text.as_bytes());
    }
}

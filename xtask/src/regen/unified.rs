//! Writes a stale file as a unified diff of bounded length.

use similar::TextDiff;

use crate::files::PlannedFile;
use crate::terminal::{ADDED, BOLD, DIM, PLACE, REMOVED, paint, visible};

/// Number of lines of a file's diff to show.
const SHOWN: usize = 60;

/// Writes the difference between a file and what it should be, with the usual header. If the diff is long, a last line
/// counts the rest.
pub(crate) fn unified(file: &PlannedFile) -> String {
    let before = file.before.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    let after = file.after.as_deref().unwrap_or_default();
    let name = |prefix: char, is_there: bool| {
        if is_there { format!("{prefix}/{}", file.name) } else { "/dev/null".to_owned() }
    };
    let (old_name, new_name) = (name('a', file.before.is_some()), name('b', file.after.is_some()));
    let diff = TextDiff::from_lines(before.as_ref(), after);
    let text = diff.unified_diff().header(&old_name, &new_name).to_string();
    let mut shown = String::new();
    for line in text.lines().take(SHOWN) {
        shown.push_str(&colored(&visible(line)));
        shown.push('\n');
    }
    let cut = text.lines().skip(SHOWN);
    let (added, removed) = (
        cut.clone().filter(|line| line.starts_with('+')).count(),
        cut.clone().filter(|line| line.starts_with('-')).count(),
    );
    let rest = cut.count();
    if rest > 0 {
        let line = format!("… {rest} more lines of this diff (+{added} -{removed})");
        shown.push_str(&paint(DIM, line));
        shown.push('\n');
    }
    shown
}

fn colored(line: &str) -> String {
    let style = match line.as_bytes() {
        [b'-', b'-', b'-', b' ', ..] | [b'+', b'+', b'+', b' ', ..] => BOLD,
        [b'@', b'@', ..] => PLACE,
        [b'-', ..] => REMOVED,
        [b'+', ..] => ADDED,
        _ => return line.to_owned(),
    };
    paint(style, line)
}

#[cfg(test)]
mod tests {
    use anstream::adapter::strip_str;

    use super::*;

    fn file(before: Option<&str>, after: Option<&str>) -> PlannedFile {
        PlannedFile {
            name: "spec/ir/x.json".to_owned(),
            before: before.map(|text| text.as_bytes().to_vec()),
            after: after.map(str::to_owned),
        }
    }

    #[test]
    fn an_edit_shows_the_line_and_its_neighbours() {
        let text = strip_str(&unified(&file(Some("a\nb\nc\n"), Some("a\nB\nc\n")))).to_string();
        assert_eq!(text, "--- a/spec/ir/x.json\n+++ b/spec/ir/x.json\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
    }

    #[test]
    fn a_new_file_comes_from_nowhere() {
        let text = strip_str(&unified(&file(None, Some("a\n")))).to_string();
        assert!(text.starts_with("--- /dev/null\n+++ b/spec/ir/x.json\n"), "{text}");
    }

    #[test]
    fn a_removed_file_goes_nowhere() {
        let text = strip_str(&unified(&file(Some("a\n"), None))).to_string();
        assert!(text.starts_with("--- a/spec/ir/x.json\n+++ /dev/null\n"), "{text}");
    }

    #[test]
    fn what_is_cut_is_counted() {
        let text = strip_str(&unified(&file(None, Some(&"x\n".repeat(100))))).to_string();
        assert!(text.ends_with("… 43 more lines of this diff (+43 -0)\n"), "{text}");
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_harmless() {
        let mut stale = file(None, Some("a\n"));
        stale.before = Some(b"\xff\x1b[2J\n".to_vec());
        let text = strip_str(&unified(&stale)).to_string();
        assert!(text.contains("-\u{fffd}\\u{1b}[2J"), "{text}");
    }
}

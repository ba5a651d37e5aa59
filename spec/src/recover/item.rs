//! Items of lists in plain text: those of Markdown (`- `), and others that pages write.

/// Marks of items.
const BULLETS: &[char] = &['-', '*', '•', '·', '●', '▪', '◦', '○'];
/// Most items in one line; nobody writes more.
const MOST: u32 = 256;
/// Digits of an item's number.
const DIGITS: usize = 2;

/// Returns the text of an item after its mark: `- x`, `* x`, `• x`, `1. x`, `(1) x`, `①x`.
pub(super) fn item(line: &str) -> Option<&str> {
    let first = line.chars().next()?;
    let rest = line.get(first.len_utf8()..)?;
    match first {
        _ if BULLETS.contains(&first) => {
            // A hyphen may begin a number, an asterisk emphasis.
            let rest = if first.is_ascii() { rest.strip_prefix(' ')? } else { rest };
            Some(rest.trim_start())
        }
        '①'..='⑳' => Some(rest.trim_start()),
        _ => numbered(line),
    }
}

/// Returns the text of an item after its number: `1. x`, `(1) x`, `1) x`.
fn numbered(text: &str) -> Option<&str> {
    let opened = text.strip_prefix(['(', '（']);
    let text = opened.unwrap_or(text);
    let end = text.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=DIGITS).contains(end))?;
    let rest = text.get(end..)?;
    let item = match opened {
        Some(_) => rest.strip_prefix([')', '）'])?,
        None => {
            rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")).or_else(|| rest.strip_prefix('）'))?
        }
    };
    Some(item.trim_start())
}

/// Splits a list in one line into its items, if the text begins with the mark of one: `• A • B`, `* A * B`, `1. A 2.
/// B`, `①A②B`.
pub(super) fn run(text: &str) -> Option<Vec<&str>> {
    let mut rest = item(text)?;
    let first = text.strip_suffix(rest)?.trim_end();
    let mut items = Vec::new();
    for number in 2..=MOST {
        let mark = mark(first, number)?;
        let Some((item, after)) = rest.split_once(&mark) else { break };
        items.push(item.trim());
        rest = after.trim_start();
    }
    items.push(rest.trim());
    Some(items)
}

/// Returns the separator before an item, from the mark of the list's first.
fn mark(first: &str, number: u32) -> Option<String> {
    let start = first.chars().next()?;
    Some(match start {
        // These also occur in words and numbers, so they need spaces around them.
        '-' | '*' | '·' => format!(" {first} "),
        '①'..='⑳' => char::from_u32(u32::from('①') + number - 1)?.to_string(),
        _ if BULLETS.contains(&start) => first.to_owned(),
        '(' | '（' => first.replace('1', &number.to_string()),
        _ => format!(" {} ", first.replace('1', &number.to_string())),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn items_have_many_marks() {
        for line in ["- x", "* x", "• x", "•x", "1. x", "12) x", "(1) x", "（3）x", "②x"] {
            assert_eq!(item(line), Some("x"), "{line}");
        }
        for line in ["x", "-1", "**x**", "1.5", "2021. x", "1：x", "", "(a) x"] {
            assert_eq!(item(line), None, "{line}");
        }
    }

    #[test]
    fn a_list_may_stand_in_one_line() {
        for text in ["- A - B", "* A * B", "• A • B", "•A•B", "1. A 2. B", "(1) A (2) B", "①A②B"]
        {
            assert_eq!(run(text), Some(vec!["A", "B"]), "{text}");
        }
        assert_eq!(run("A, B"), None);
    }

    proptest! {
        #[test]
        fn the_items_of_a_line_are_parts_of_it(text in "[-*•·①②1-3.() ab（）]{0,24}") {
            for item in run(&text).into_iter().flatten() {
                prop_assert!(text.contains(item));
            }
        }
    }
}

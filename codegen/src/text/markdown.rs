//! Escapes plain text for rustdoc, so that it renders as the same text: nothing in it becomes markup, a link into the crate,
//! HTML or a code block. Paragraphs, list items and web addresses are kept.

use super::visible;

/// Returns the lines of a doc comment that renders as `text`. Paragraphs have an empty line between them; lines that begin
/// with `- ` are list items.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut previous = Line::Blank;
    for line in text.lines().map(visible) {
        let (kind, rendered) = match line.strip_prefix("- ") {
            _ if line.is_empty() || line == "-" => (Line::Blank, String::new()),
            Some(item) => (Line::Item, format!("- {}", block_start(item))),
            None => (Line::Text, block_start(&line)),
        };
        // Without an empty line, text after an item would continue the item, and an item after text would continue the text.
        let separated = kind == Line::Blank || previous == Line::Blank || kind == previous;
        if !separated {
            lines.push(String::new());
        }
        if kind != Line::Blank || previous != Line::Blank {
            lines.push(rendered);
        }
        previous = kind;
    }
    if previous == Line::Blank {
        lines.pop();
    }
    lines
}

#[derive(Clone, Copy, PartialEq)]
enum Line {
    Blank,
    Item,
    Text,
}

/// Escapes a line of text inside a paragraph, but not at its beginning.
pub(crate) fn prose(text: &str) -> String {
    let text = visible(text);
    let mut markdown = String::with_capacity(text.len() + 8);
    let mut rest = text.as_str();
    while let Some((before, address, after)) = next_address(rest) {
        escape(before, &mut markdown);
        markdown.push_str(&format!("<{address}>"));
        rest = after;
    }
    escape(rest, &mut markdown);
    markdown
}

/// Writes a code span that shows `text` on one line.
pub(crate) fn code(text: &str) -> String {
    let text = visible(text);
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Escapes a line, and a marker at its beginning that would open a heading, a list, a quotation or a rule.
fn block_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = line.split_at_checked(digits).unwrap_or(("", line));
    match rest.chars().next() {
        Some('.' | ')') if !number.is_empty() => format!("{number}\\{}", prose(rest)),
        Some('#' | '+' | '-' | '=' | '>') if number.is_empty() => {
            let escaped = prose(rest);
            if escaped.starts_with('\\') { escaped } else { format!("\\{escaped}") }
        }
        _ => prose(line),
    }
}

fn escape(text: &str, markdown: &mut String) {
    let mut characters = text.chars().peekable();
    let mut previous = ' ';
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let special = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
            // Inside a word it is not emphasis, and names are easier to read without backslashes.
            '_' => !(previous.is_ascii_alphanumeric() && next.is_ascii_alphanumeric()),
            '&' => next == '#' || next.is_ascii_alphanumeric(),
            // Two of them would be rendered as a dash.
            '-' => previous == '-' || next == '-',
            // Part of an address that was not recognised.
            ':' => next == '/',
            _ => false,
        };
        if special {
            markdown.push('\\');
        }
        markdown.push(character);
        previous = character;
    }
}

/// Splits `text` at its first web address: the text before it, the address, the text after it.
fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.match_indices("http").map(|(index, _)| index).find(|index| {
        text.get(*index..).is_some_and(|rest| rest.starts_with("https://") || rest.starts_with("http://"))
    })?;
    let (before, rest) = text.split_at_checked(start)?;
    let end = rest.find(|character: char| !is_address(character)).unwrap_or(rest.len());
    let address = rest.get(..end)?.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', '*', '_']);
    let after = rest.get(address.len()..)?;
    let host = address.split_once("//").map_or("", |(_, host)| host);
    (!host.is_empty()).then_some((before, address, after))
}

/// Tells whether all of `text` is a web address, and may be in angle brackets.
pub(crate) fn is_web_address(text: &str) -> bool {
    next_address(text) == Some(("", text, ""))
}

fn is_address(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(character)
}

#[cfg(test)]
mod tests;

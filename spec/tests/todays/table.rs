//! Tables as pages have them, and what is left of them in a page that was copied as text.

use std::fmt::Write as _;

use crate::words::{Language, Told};

pub(crate) struct Table<'a> {
    pub(crate) header: &'a [String],
    pub(crate) rows: &'a [Vec<String>],
}

impl Table<'_> {
    pub(crate) fn as_table(&self, out: &mut String) {
        let dashes = vec!["---".to_owned(); self.header.len()];
        for row in [self.header, &dashes].into_iter().chain(self.rows.iter().map(Vec::as_slice)) {
            let _ = writeln!(out, "| {} |", row.join(" | "));
        }
        out.push('\n');
    }

    /// Writes every cell as a paragraph; nothing for an empty one.
    pub(crate) fn as_paragraphs(&self, out: &mut String) {
        let rows = [self.header].into_iter().chain(self.rows.iter().map(Vec::as_slice));
        for cell in rows.flatten().filter(|cell| !cell.is_empty()) {
            let _ = write!(out, "{cell}\n\n");
        }
    }
}

/// A description with its values, which stand in a list of HTML, of Markdown or in the text.
pub(crate) fn description(told: &Told, language: Language, list: &str) -> String {
    if told.values.is_empty() {
        return told.text.clone();
    }
    let colon = language.of("：", ": ");
    let items = told.values.iter().map(|(value, meaning)| format!("{value}{colon}{meaning}"));
    let valid = language.of("枚举值：", "Valid values:");
    let listed = match list {
        "<ul>" => format!("<ul>{}</ul>", items.map(|item| format!("<li>{item}</li>")).collect::<String>()),
        "inline" => {
            format!(" {}", told.values.iter().map(|(value, _)| *value).collect::<Vec<_>>().join(", "))
        }
        mark => format!("\n\n{}", items.map(|item| format!("{mark}{item}")).collect::<Vec<_>>().join("\n")),
    };
    format!("{} {valid}{listed}", told.text)
}

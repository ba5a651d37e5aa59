//! Tables as pages have them, and what is left of them in a page that was copied as text.

use std::fmt::Write as _;

use crate::random::Random;
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

/// How a description lists values.
#[derive(Clone, Copy)]
pub(crate) enum Values {
    /// In the sentence.
    Inline,
    /// In a list of HTML.
    Html,
    /// A line each, after this mark; a number if it is a one.
    Lines(&'static str),
}

impl Values {
    pub(crate) fn pick(random: &mut Random, html: bool) -> Self {
        match random.below(6) {
            0 | 1 if html => Self::Html,
            0..=2 => Self::Lines("-   "),
            3 => Self::Lines("*   "),
            4 => Self::Lines("1. "),
            _ => Self::Inline,
        }
    }
}

/// A description with its values.
pub(crate) fn description(told: &Told, language: Language, values: Values) -> String {
    if told.values.is_empty() {
        return told.text.clone();
    }
    let colon = language.choose("：", ": ");
    let items = told.values.iter().map(|(value, meaning)| format!("{value}{colon}{meaning}"));
    let listed = match values {
        Values::Inline => {
            let values: Vec<_> = told.values.iter().map(|(value, _)| *value).collect();
            format!(" {}{}", values.join(language.choose("、", ", ")), language.choose("。", "."))
        }
        Values::Html => {
            format!("<ul>{}</ul>", items.map(|item| format!("<li>{item}</li>")).collect::<String>())
        }
        Values::Lines(mark) => {
            let lines = items.zip(1..).map(|(item, number)| match mark {
                "1. " => format!("{number}. {item}"),
                _ => format!("{mark}{item}"),
            });
            format!("\n\n{}", lines.collect::<Vec<_>>().join("\n"))
        }
    };
    // Each of today's pages says it in its own way.
    let said = match told.text.len() % 2 {
        0 => language.choose("枚举值：", "Valid values:"),
        _ => language.choose("取值：", "Enumerated values:"),
    };
    format!("{} {said}{listed}", told.text)
}

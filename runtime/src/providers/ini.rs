//! INI files that hold secrets.
//!
//! This is a parser of our own. The available ones copy what they read into memory that nobody wipes, cut values at
//! `#`, or quote the line in their errors.

use std::fmt;

use zeroize::Zeroizing;

/// The sections of a file. No `Debug`: it holds secrets.
pub(super) struct Ini {
    sections: Vec<(String, Section)>,
}

/// The entries of a section; names are in lower case.
#[derive(Default)]
pub(super) struct Section {
    entries: Vec<(String, Zeroizing<String>)>,
    /// Its first invalid line.
    wrong: Option<NotIni>,
}

/// A line that is neither a section nor an entry nor a comment. The error does not quote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotIni {
    line: usize,
}

impl fmt::Display for NotIni {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "has at line {} neither `[section]` nor `name = value` nor a comment", self.line)
    }
}

impl Ini {
    /// Parses a file. Sections of the same name are merged; of entries of the same name, the last counts. An invalid
    /// line affects only its section; before the first section it is ignored.
    pub(super) fn parse(text: &str) -> Self {
        let mut sections: Vec<(String, Section)> = Vec::new();
        let mut current = None;
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with(['#', ';']) {
                continue;
            }
            if let Some(rest) = line.strip_prefix('[') {
                // Entries after an invalid header belong to no section.
                current = without_comment(rest).strip_suffix(']').map(|name| {
                    let name = name.trim();
                    let known = sections.iter().position(|(known, _)| known == name);
                    known.unwrap_or_else(|| {
                        sections.push((name.to_owned(), Section::default()));
                        sections.len().saturating_sub(1)
                    })
                });
                continue;
            }
            let Some((_, section)) = current.and_then(|index| sections.get_mut(index)) else { continue };
            match line.split_once(['=', ':']) {
                Some((name, value)) if !name.trim().is_empty() => {
                    let value = Zeroizing::new(value_of(value).to_owned());
                    section.entries.push((name.trim().to_ascii_lowercase(), value));
                }
                _ => {
                    section.wrong.get_or_insert(NotIni { line: number.saturating_add(1) });
                }
            }
        }
        Self { sections }
    }

    /// Returns a section, unless one of its lines is invalid.
    pub(super) fn section(&self, name: &str) -> Result<Option<&Section>, NotIni> {
        let named = self.sections.iter().find_map(|(known, section)| (known == name).then_some(section));
        match named {
            Some(Section { wrong: Some(wrong), .. }) => Err(*wrong),
            found => Ok(found),
        }
    }
}

impl Section {
    /// Returns the value of an entry, unless it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let value = self.entries.iter().rev().find_map(|(known, value)| (known == name).then_some(value))?;
        (!value.is_empty()).then_some(value.as_str())
    }
}

/// Removes the quotes around a value, or the comment after it.
fn value_of(text: &str) -> &str {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some((inside, rest)) = text.strip_prefix(quote).and_then(|rest| rest.split_once(quote))
            && (rest.trim_start().is_empty() || rest.trim_start().starts_with(['#', ';']))
        {
            return inside;
        }
    }
    without_comment(text)
}

/// Removes a comment, which begins with `#` or `;` after a space: `a#b` is a value.
fn without_comment(text: &str) -> &str {
    let starts = text.match_indices(['#', ';']).map(|(index, _)| index);
    let before = starts.filter_map(|index| text.get(..index));
    let mut cut = before.filter(|before| before.is_empty() || before.ends_with(char::is_whitespace));
    cut.next().unwrap_or(text).trim_end()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Ini, NotIni};

    /// An entry of a section, or why there is none.
    fn section(text: &str, name: &str, entry: &str) -> Result<Option<String>, NotIni> {
        let ini = Ini::parse(text);
        Ok(ini.section(name)?.and_then(|section| section.get(entry)).map(str::to_owned))
    }

    fn value(line: &str) -> Option<String> {
        section(&format!("[default]\n{line}\n"), "default", "a").ok()?
    }

    #[test]
    fn sections_and_entries_are_found_whatever_the_spacing() {
        let text = "\u{feff}# top\r\n; more\r\n[default]\r\n Type=access_key\r\n[ b ] # c\n\ttype : x\n";
        assert_eq!(section(text, "default", "type"), Ok(Some("access_key".to_owned())));
        assert_eq!(section(text, "b", "type"), Ok(Some("x".to_owned())));
        assert_eq!(section(text, "c", "type"), Ok(None));
    }

    #[test]
    fn a_value_keeps_its_number_signs_and_equals_signs() {
        assert_eq!(value("a = x#y;z=="), Some("x#y;z==".to_owned()));
    }

    #[test]
    fn a_comment_behind_a_space_is_cut() {
        assert_eq!(value("a = x   # why"), Some("x".to_owned()));
        assert_eq!(value("a = # nothing"), None);
    }

    #[test]
    fn quotes_around_a_value_are_taken_off() {
        assert_eq!(value("a = \"x # y\" # z"), Some("x # y".to_owned()));
        assert_eq!(value("a = \"x"), Some("\"x".to_owned()));
        assert_eq!(value(r#"a = "x" "y""#), Some(r#""x" "y""#.to_owned()));
    }

    #[test]
    fn the_last_entry_of_a_name_counts() {
        assert_eq!(value("a = x\na = y\n[other]\na = n\n[default]\nb = 1"), Some("y".to_owned()));
    }

    #[test]
    fn a_line_of_another_kind_is_told_by_its_number() {
        for text in ["[a]\nhush", "[a]\n= hush", "[a]\nhush\nx = y\nhush", "[a] # c\nhush\n[a]\nx = y"] {
            assert_eq!(section(text, "a", "x"), Err(NotIni { line: 2 }), "{text}");
        }
    }

    #[test]
    fn a_line_of_another_kind_concerns_its_own_section_alone() {
        for text in [
            "hush\n[a]\nx = y",
            "hush = z\n[a]\nx = y",
            "[b]\nhush\n[a]\nx = y",
            "[a]\nx = y\n[b]\n= hush",
            "[a]\nx = y\n[hush\nx = z",
            "[b hush\nhush\n[a]\nx = y",
        ] {
            assert_eq!(section(text, "a", "x"), Ok(Some("y".to_owned())), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[\\[\\]=:#;\"' a\n\r\\PC]{0,80}") {
            let _ = Ini::parse(&text);
        }

        #[test]
        fn a_key_is_read_back_as_it_is(key in "[!-~]{1,40}") {
            prop_assume!(!key.starts_with(['"', '\'', '#', ';']));
            prop_assert_eq!(value(&format!("a = {key}")), Some(key));
        }
    }
}

//! The kinds of diagnostics: id, level and explanation, all in this one table.

use super::Level;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal, $level:ident, $explain:literal;)+) => {
        /// What kind of thing a diagnostic says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The id people use, e.g. `torn-row`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// The level of its diagnostics.
            #[must_use]
            pub fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)+ }
            }

            /// What it means, and what to do about it.
            #[must_use]
            pub fn explain(self) -> &'static str {
                match self { $(Self::$variant => $explain,)+ }
            }
        }
    };
}

codes! {
    // -- the file ---------------------------------------------------------------------------------
    /// Nothing is in the file.
    EmptyPage = "empty-page", Error,
        "The file holds nothing but white space. Restore the page, or remove the file: the operation of a \
         page that is gone is removed with it.";
    /// The file is no text.
    NotText = "not-text", Error,
        "The file holds bytes that no text has (NUL). It was probably saved by the wrong program; nothing is \
         recovered from it.";
    /// Bytes that are not UTF-8.
    InvalidUtf8 = "invalid-utf8", Error,
        "Pages are UTF-8. The bytes marked here are not, and were read as U+FFFD. Convert the file.";

    // -- its blocks -------------------------------------------------------------------------------
    /// A code block that is not closed.
    UnclosedFence = "unclosed-fence", Error,
        "A line of three backticks opens a code block and none closes it. It is read up to the next heading. \
         Close it.";
    /// Lines of pipes that are no table.
    TableWithoutHeader = "table-without-header", Error,
        "Lines begin with `|`, but no line of dashes says which of them is the header, so they are read as \
         text. Add a line such as `|---|---|` below the header.";
    /// Header and dashes disagree.
    ColumnCount = "column-count", Warning,
        "The line of dashes below a table's header has another number of columns than the header. The \
         header's number is taken.";
    /// A row without all its cells.
    TornRow = "torn-row", Error,
        "A row of a table ends before it has as many cells as the table has columns: a `|` is missing. The \
         cells that are there are read, in order, and the rest taken as empty. Complete the row.";
    /// A row with too many pipes.
    ExtraPipe = "extra-pipe", Note,
        "A row has more unescaped `|` than its table has columns. All beyond the last column is read as the \
         last cell's text. Write `\\|` for a pipe inside a cell.";
}

impl Code {
    /// The code of an id, if there is one.
    ///
    /// ```
    /// use ccc_spec::diagnostic::Code;
    ///
    /// assert_eq!(Code::from_id("empty-page"), Some(Code::EmptyPage));
    /// assert_eq!(Code::from_id("no-such-code"), None);
    /// ```
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == id)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_kebab_case() {
        let mut ids: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(
            ids.iter().all(|id| id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        );
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Code::ALL.len());
    }
}

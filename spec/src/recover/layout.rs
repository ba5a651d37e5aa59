//! Layouts of pages, from the oldest to the newest.

use super::row::Row;

/// Layout of a page's tables; later ones are newer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Layout {
    /// Types begin with capitals (`String`), or there are none.
    #[default]
    Capitalized,
    /// Types are in small letters (`array<object>`), and every row has a name.
    Lowercase,
    /// As `Lowercase`, and rows that describe the elements of a list have no name.
    Elements,
}

impl Layout {
    /// Finds the layout of a page from the majority of its types.
    pub(super) fn from_rows<'r>(rows: impl Iterator<Item = &'r Row<'r>>) -> Self {
        let (mut typed, mut lower, mut has_elements) = (0_usize, 0_usize, false);
        for row in rows {
            typed += usize::from(!row.type_text.is_empty());
            lower += usize::from(row.type_text.starts_with(|c: char| c.is_ascii_lowercase()));
            has_elements |= row.name.is_empty() || !row.elements.is_empty();
        }
        match () {
            () if lower == 0 || lower * 2 < typed => Self::Capitalized,
            () if has_elements => Self::Elements,
            () => Self::Lowercase,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Layout;

    fn layout(rows: &str) -> Layout {
        let page = format!(
            "# Ring\n\n## Debugging\n\n[Try](https://e.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)\n\n\
             ## Response parameters\n\n|Parameter|Type|Description|\n|--|--|--|\n{rows}"
        );
        crate::recover("Ring.md", page.as_bytes()).layout
    }

    #[test]
    fn the_layout_is_told_by_types_and_element_rows() {
        assert_eq!(layout("|RequestId|String|It.|\n"), Layout::Capitalized);
        assert_eq!(layout("|RequestId|string|It.|\n|Bells|array<object>|They.|\n"), Layout::Lowercase);
        assert_eq!(
            layout("|RequestId|string|It.|\n|Bells|array<object>|They.|\n||object|One.|\n|Id|string|Its.|\n"),
            Layout::Elements
        );
        assert!(Layout::Capitalized < Layout::Lowercase && Layout::Lowercase < Layout::Elements);
    }
}

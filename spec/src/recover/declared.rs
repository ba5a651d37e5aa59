//! Declared types: what the type cell of a row says.

/// A type as a page declares it. How fields sit in each other is not in it: pages say that elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Declared {
    /// The cell is empty: the row usually stands for the element of the list before it.
    Absent,
    /// Text.
    String,
    /// A 32-bit integer.
    Integer,
    /// A 64-bit integer.
    Long,
    /// A floating-point number.
    Float,
    /// True or false.
    Boolean,
    /// Any JSON value.
    Json,
    /// A structure, with the page's name for it if it gives one.
    Structure(Option<String>),
    /// A list; of what, if the page says so.
    List(Option<Box<Declared>>),
    /// A map; of what, if the page says so.
    Map(Option<Box<Declared>>),
    /// A type this reader does not know.
    Unknown,
}

/// Bytes of the longest word for a type.
const LONGEST_WORD: usize = "json object".len();

impl Declared {
    /// Reads a type cell's plain text; case does not matter.
    ///
    /// ```
    /// use ccc_spec::recover::declared::Declared;
    ///
    /// let of_channels = Declared::parse("Array of ChannelContext");
    /// let channel = Declared::Structure(Some("ChannelContext".to_owned()));
    /// assert_eq!(of_channels, Declared::List(Some(Box::new(channel))));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let is_ornament = |c: char| c.is_whitespace() || matches!(c, '、' | ',' | '.' | '。' | '*' | '`');
        let text = without_note(text.trim_matches(is_ornament)).trim_matches(is_ornament);
        if let Some(element) = list_element(text) {
            return Self::List(match Self::parse(element) {
                Self::Absent => None,
                Self::Unknown => Some(Box::new(Self::Structure(structure_name(element)))),
                known => Some(Box::new(known)),
            });
        }
        let mut lower = [0; LONGEST_WORD];
        let Some(lower) = lower.get_mut(..text.len()) else { return Self::Unknown };
        lower.copy_from_slice(text.as_bytes());
        lower.make_ascii_lowercase();
        match std::str::from_utf8(lower).unwrap_or_default() {
            "" | "-" | "--" | "n/a" | "无" => Self::Absent,
            "string" | "str" | "text" | "char" | "date" | "datetime" | "time" | "timestamp" | "binary"
            | "enum" | "字符串" | "字符型" | "json string" => Self::String,
            "integer" | "int" | "int32" | "short" | "整数" | "整型" => Self::Integer,
            "long" | "int64" | "bigint" | "长整型" => Self::Long,
            "float" | "double" | "number" | "decimal" | "bigdecimal" | "浮点型" => Self::Float,
            "boolean" | "bool" | "布尔" | "布尔型" | "布尔值" => Self::Boolean,
            "json" | "any" => Self::Json,
            "struct" | "object" | "structure" | "json object" | "jsonobject" | "对象" => {
                Self::Structure(None)
            }
            "list" | "array" | "repeatlist" | "set" | "arraylist" | "json array" | "jsonarray" | "数组"
            | "列表" => Self::List(None),
            "map" | "dict" | "dictionary" | "hashmap" => Self::Map(None),
            _ => Self::Unknown,
        }
    }

    /// Whether other rows may sit in it.
    #[must_use]
    pub fn is_container(&self) -> bool {
        match self {
            Self::Structure(_) | Self::List(None) | Self::Map(_) | Self::Json => true,
            Self::List(Some(element)) => element.is_container(),
            _ => false,
        }
    }

    /// Says what a list holds, or a map, so many levels further in; a structure becomes a map by it. Whether there is
    /// such a list or map.
    pub(super) fn hold(&mut self, levels: usize, element: &Self) -> bool {
        match (self, levels) {
            (Self::List(Some(inner)) | Self::Map(Some(inner)), 1..) => inner.hold(levels - 1, element),
            (Self::List(known) | Self::Map(known), 0) => {
                if known.as_deref().is_none_or(|known| !known.says_more_than(element)) {
                    *known = Some(Box::new(element.clone()));
                }
                true
            }
            (this @ Self::Structure(_), 0) => {
                *this = Self::Map(Some(Box::new(element.clone())));
                true
            }
            _ => false,
        }
    }

    /// Whether another says the same of the kind of value, and nothing of what is in it.
    fn says_more_than(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Structure(Some(_)), Self::Structure(None))
                | (Self::List(Some(_)), Self::List(None))
                | (Self::Map(Some(_)), Self::Map(None))
                | (_, Self::Unknown)
        )
    }

    /// Whether it is a map, or a list of maps, whose values are structures.
    pub(super) fn is_map_of_structures(&self) -> bool {
        match self {
            Self::Map(Some(value)) => matches!(value.innermost(), Some(Self::Structure(_))),
            Self::List(Some(element)) => element.is_map_of_structures(),
            _ => false,
        }
    }

    /// What stands in lists and maps, and in those that they hold, if the page says so.
    pub(super) fn innermost(&self) -> Option<&Self> {
        match self {
            Self::List(inner) | Self::Map(inner) => inner.as_deref().and_then(Self::innermost),
            other => Some(other),
        }
    }
}

/// A type without what stands in parentheses behind it, as in `String (JSON Array)`.
fn without_note(text: &str) -> &str {
    let open = text.find(['(', '（']).filter(|_| text.ends_with([')', '）']));
    match open.and_then(|open| text.get(..open)) {
        Some(before) if !before.trim().is_empty() => before.trim_end(),
        _ => text,
    }
}

/// The element of `Array of X`, `List<X>`, `array[X]` and `X[]`.
fn list_element(text: &str) -> Option<&str> {
    let before = text.strip_suffix(']').and_then(|open| open.trim_end().strip_suffix('['));
    if let Some(element) = before {
        return Some(element.trim_end());
    }
    let word_end = text.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (word, rest) = text.split_at_checked(word_end)?;
    if !["array", "list", "set"].iter().any(|list| word.eq_ignore_ascii_case(list)) {
        return None;
    }
    let rest = rest.trim_start();
    if let Some(inner) = rest.strip_prefix(['<', '[']) {
        return Some(inner.strip_suffix(['>', ']']).unwrap_or(inner));
    }
    let of = rest.get(..2).filter(|of| of.eq_ignore_ascii_case("of"))?;
    rest.strip_prefix(of)
}

/// A structure's name, if the text is one word fit to be a name.
fn structure_name(text: &str) -> Option<String> {
    let name = text.trim_matches(|c: char| !c.is_alphanumeric());
    let fits = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
    (fits && !name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(element: Declared) -> Declared {
        Declared::List(Some(Box::new(element)))
    }

    #[test]
    fn words_of_any_case_are_known() {
        assert_eq!(Declared::parse(" STRING "), Declared::String);
        assert_eq!(Declared::parse("RepeatList"), Declared::List(None));
    }

    #[test]
    fn a_list_of_scalars_says_so() {
        assert_eq!(Declared::parse("Array of String"), list(Declared::String));
        assert_eq!(Declared::parse("List<Long>"), list(Declared::Long));
        assert_eq!(Declared::parse("String[]"), list(Declared::String));
        assert_eq!(Declared::parse("String[ ]"), list(Declared::String));
        assert_eq!(Declared::parse("array[string]"), list(Declared::String));
    }

    #[test]
    fn stray_punctuation_after_a_name_is_not_the_name() {
        assert_eq!(Declared::parse("Array of Items、"), list(Declared::Structure(Some("Items".to_owned()))));
    }

    #[test]
    fn a_list_of_nothing_is_a_list() {
        assert_eq!(Declared::parse("Array of "), Declared::List(None));
    }

    #[test]
    fn an_empty_cell_is_absent() {
        assert_eq!(Declared::parse("\u{a0}"), Declared::Absent);
    }

    #[test]
    fn what_stands_in_parentheses_behind_a_type_is_no_part_of_it() {
        assert_eq!(Declared::parse("String (JSON Array)"), Declared::String);
        assert_eq!(Declared::parse("**Integer**（32 位）"), Declared::Integer);
        assert_eq!(Declared::parse("(String)"), Declared::Unknown);
    }

    #[test]
    fn a_strange_word_is_unknown() {
        assert_eq!(Declared::parse("Flibber"), Declared::Unknown);
    }
}

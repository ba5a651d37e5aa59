//! Declared types: the content of a row's type cell.

/// A type as a page declares it. It does not say which fields are in which: pages say that elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Declared {
    /// The cell is empty: the row is usually the element of the list before it.
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
    /// A list, with the type of its elements if the page states one.
    List(Option<Box<Declared>>),
    /// A map, with the type of its values if the page states one.
    Map(Option<Box<Declared>>),
    /// A type this reader does not know.
    Unknown,
}

/// Bytes of the longest word for a type.
const LONGEST_WORD: usize = "unsigned integer".len();
/// Deepest nesting of lists and maps in a cell; nobody writes a deeper type.
const DEEPEST: usize = 8;
/// Words that follow the type of a list's elements, as in `String数组`.
const LISTS_OF: &[&str] = &["数组", "列表", " array", " list"];

impl Declared {
    /// Reads a type cell's plain text; case does not matter.
    ///
    /// ```
    /// use ccc_spec::recover::declared::Declared;
    ///
    /// let of_channels = Declared::parse("Array of ChannelContext");
    /// let channel = Declared::Structure(Some("ChannelContext".to_owned()));
    /// assert_eq!(of_channels, Declared::List(Some(Box::new(channel))));
    ///
    /// let labels = Declared::Map(Some(Box::new(Declared::String)));
    /// assert_eq!(Declared::parse("map<string, string>"), labels);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::at(text, 0)
    }

    /// Reads a type inside `depth` others.
    fn at(text: &str, depth: usize) -> Self {
        if depth > DEEPEST {
            return Self::Unknown;
        }
        // Most cells hold a word and nothing else.
        let known = Self::word(text);
        if known != Self::Unknown {
            return known;
        }
        let is_ornament =
            |c: char| c.is_whitespace() || matches!(c, '、' | ',' | '，' | '.' | '。' | '*' | '`' | '\\');
        let (text, note) = without_note(text.trim_matches(is_ornament));
        let text = text.trim_matches(is_ornament);
        if let Some(element) = list_element(text) {
            return Self::List(match Self::at(element, depth + 1) {
                Self::Absent => None,
                Self::Unknown => Some(Box::new(Self::Structure(structure_name(element)))),
                known => Some(Box::new(known)),
            });
        }
        if let Some(value) = map_value(text) {
            return Self::Map(match Self::at(value, depth + 1) {
                Self::Absent => None,
                Self::Unknown => Some(Box::new(Self::Structure(structure_name(value)))),
                known => Some(Box::new(known)),
            });
        }
        match (Self::word(text), note) {
            // `List(Room)` means `List<Room>`; any other note is about the list.
            (Self::List(None), Some(element)) => Self::List(Self::noted_element(element).map(Box::new)),
            // `integer(int64)` means `integer<int64>`.
            (number @ (Self::Integer | Self::Float), Some(format)) => number.in_format(format),
            (Self::Unknown, None) => with_format(text)
                .or_else(|| elements_before(text).map(|element| Self::List(Some(Box::new(element)))))
                .unwrap_or(Self::Unknown),
            (word, _) => word,
        }
    }

    /// Returns the type that a single word means.
    fn word(text: &str) -> Self {
        let mut lower = [0; LONGEST_WORD];
        let Some(lower) = lower.get_mut(..text.len()) else { return Self::Unknown };
        lower.copy_from_slice(text.as_bytes());
        lower.make_ascii_lowercase();
        match std::str::from_utf8(lower).unwrap_or_default() {
            "" | "-" | "--" | "n/a" | "无" => Self::Absent,
            // Even if the value is not a text, the wire carries it as one.
            "string" | "str" | "text" | "char" | "date" | "datetime" | "time" | "timestamp" | "binary"
            | "byte" | "bytes" | "file" | "stream" | "enum" | "字符串" | "字符型" | "json string"
            | "文件" | "文本" | "日期" | "时间" => Self::String,
            "integer" | "int" | "int32" | "int16" | "int8" | "short" | "整数" | "整型" => Self::Integer,
            "long" | "int64" | "uint32" | "uint64" | "uint" | "bigint" | "biginteger"
            | "unsigned integer" | "长整型" | "长整数" => Self::Long,
            "float" | "double" | "number" | "decimal" | "bigdecimal" | "浮点型" | "浮点数" | "小数"
            | "数字" => Self::Float,
            "boolean" | "bool" | "布尔" | "布尔型" | "布尔值" => Self::Boolean,
            "json" | "any" => Self::Json,
            "struct" | "object" | "structure" | "json object" | "jsonobject" | "对象" | "结构体" => {
                Self::Structure(None)
            }
            "list" | "array" | "repeatlist" | "set" | "arraylist" | "json array" | "jsonarray" | "数组"
            | "列表" => Self::List(None),
            "map" | "dict" | "dictionary" | "hashmap" => Self::Map(None),
            _ => Self::Unknown,
        }
    }

    /// Returns a number in the format that stands beside it, if it is a format of numbers.
    fn in_format(self, format: &str) -> Self {
        match Self::word(format.trim()) {
            number @ (Self::Integer | Self::Long | Self::Float) => number,
            _ => self,
        }
    }

    /// Returns the elements of a list, if the note after it names them.
    fn noted_element(note: &str) -> Option<Self> {
        let note = note.trim();
        match Self::word(note) {
            Self::Unknown => {
                let is_name = note.starts_with(|c: char| c.is_ascii_uppercase())
                    && note.contains(|c: char| c.is_ascii_lowercase());
                structure_name(note).filter(|_| is_name).map(|name| Self::Structure(Some(name)))
            }
            Self::Absent | Self::Json | Self::List(_) | Self::Map(_) => None,
            known => Some(known),
        }
    }

    /// Returns whether other rows may sit in it.
    #[must_use]
    pub fn is_container(&self) -> bool {
        match self {
            Self::Structure(_) | Self::List(None) | Self::Map(None) | Self::Json => true,
            Self::List(Some(inner)) | Self::Map(Some(inner)) => inner.is_container(),
            _ => false,
        }
    }

    /// States the content of a list or map, a number of levels further in; a structure becomes a map by it. Returns
    /// whether there is such a list or map.
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

    /// Returns whether this type is more specific: both are of one kind, and the other does not state its content.
    fn says_more_than(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Structure(Some(_)), Self::Structure(None))
                | (Self::List(Some(_)), Self::List(None))
                | (Self::Map(Some(_)), Self::Map(None))
                | (_, Self::Unknown)
        )
    }

    /// Returns whether it is a map, or a list of maps, whose values are structures.
    pub(super) fn is_map_of_structures(&self) -> bool {
        match self {
            Self::Map(Some(value)) => matches!(value.innermost(), Some(Self::Structure(_))),
            Self::List(Some(element)) => element.is_map_of_structures(),
            _ => false,
        }
    }

    /// Returns the name of the structure, or of the structures in its lists and maps.
    pub(super) fn structure(&self) -> Option<&str> {
        match self.innermost() {
            Some(Self::Structure(name)) => name.as_deref(),
            _ => None,
        }
    }

    /// Returns the content of all lists and maps, if the page states it.
    pub(super) fn innermost(&self) -> Option<&Self> {
        match self {
            Self::List(inner) | Self::Map(inner) => inner.as_deref().and_then(Self::innermost),
            other => Some(other),
        }
    }
}

/// Splits a type from the note in parentheses after it, as in `String (JSON Array)`.
fn without_note(text: &str) -> (&str, Option<&str>) {
    let open = text.find(['(', '（']).filter(|_| text.ends_with([')', '）']));
    match open.and_then(|open| text.split_at_checked(open)) {
        Some((before, note)) if !before.trim().is_empty() => {
            (before.trim_end(), Some(note.trim_matches(['(', '（', ')', '）'])))
        }
        _ => (text, None),
    }
}

/// Returns the element of `Array of X`, `List<X>`, `array[X]` and `X[]`.
fn list_element(text: &str) -> Option<&str> {
    let before = text.strip_suffix(']').and_then(|open| open.trim_end().strip_suffix('['));
    if let Some(element) = before {
        return Some(element.trim_end());
    }
    let rest = behind_word(text, &["array", "arraylist", "list", "set"])?;
    if let Some(inner) = enclosed(rest) {
        return Some(inner);
    }
    let of = rest.get(..2).filter(|of| of.eq_ignore_ascii_case("of"))?;
    rest.strip_prefix(of)
}

/// Returns the values of `Map<K, V>` and `map<V>`.
fn map_value(text: &str) -> Option<&str> {
    let inner = enclosed(behind_word(text, &["map", "hashmap", "dict", "dictionary"])?)?;
    // A key is a word, so the first comma comes after it.
    Some(inner.split_once([',', '，']).map_or(inner, |(_, value)| value))
}

/// Returns the text after its first word, if that is one of these.
fn behind_word<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let word_end = text.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (word, rest) = text.split_at_checked(word_end)?;
    words.iter().any(|known| word.eq_ignore_ascii_case(known)).then(|| rest.trim_start())
}

/// Returns the text in the brackets around it; the closing one may be missing.
fn enclosed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['<', '[', '＜'])?;
    Some(inner.strip_suffix(['>', ']', '＞']).unwrap_or(inner))
}

/// Returns a scalar with its format after it, as in `integer<int64>` and `string<date-time>`.
fn with_format(text: &str) -> Option<Declared> {
    let (word, format) = text.split_once(['<', '＜'])?;
    match Declared::word(word.trim()) {
        word @ (Declared::String
        | Declared::Integer
        | Declared::Long
        | Declared::Float
        | Declared::Boolean) => {
            let format = format.trim_end_matches(['>', '＞']);
            Some(if matches!(word, Declared::Integer | Declared::Float) {
                word.in_format(format)
            } else {
                word
            })
        }
        _ => None,
    }
}

/// Returns the elements of `String数组`.
fn elements_before(text: &str) -> Option<Declared> {
    let element = LISTS_OF.iter().find_map(|list| text.strip_suffix(list))?;
    match Declared::word(element.trim_end()) {
        Declared::Absent | Declared::Unknown => None,
        known => Some(known),
    }
}

/// Returns a structure's name, if the text is one word fit to be a name.
pub(super) fn structure_name(text: &str) -> Option<String> {
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
    fn the_elements_of_a_list_may_stand_in_parentheses() {
        assert_eq!(Declared::parse("List(Room)"), list(Declared::Structure(Some("Room".to_owned()))));
        assert_eq!(Declared::parse("Array（String）"), list(Declared::String));
        assert_eq!(Declared::parse("List (optional)"), Declared::List(None));
        assert_eq!(Declared::parse("List (JSON)"), Declared::List(None));
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
    fn the_format_of_a_number_says_how_wide_it_is() {
        for (text, declared) in [
            ("integer<int32>", Declared::Integer),
            ("integer<int64>", Declared::Long),
            ("integer(int64)", Declared::Long),
            ("Integer < INT64 >", Declared::Long),
            ("number<double>", Declared::Float),
            ("number<float>", Declared::Float),
            ("number<int64>", Declared::Long),
            ("integer<odd>", Declared::Integer),
            ("string<date-time>", Declared::String),
        ] {
            assert_eq!(Declared::parse(text), declared, "{text}");
        }
    }

    #[test]
    fn maps_and_lists_hold_each_other() {
        let map = |value| Declared::Map(Some(Box::new(value)));
        assert_eq!(Declared::parse("map"), Declared::Map(None));
        assert_eq!(Declared::parse("Map<String, Object>"), map(Declared::Structure(None)));
        assert_eq!(Declared::parse("map<string,array<string>>"), map(list(Declared::String)));
        assert_eq!(Declared::parse("map<string,map<string,long>>"), map(map(Declared::Long)));
        assert_eq!(Declared::parse("array<array<string>>"), list(list(Declared::String)));
        assert_eq!(Declared::parse("array<map>"), list(Declared::Map(None)));
        assert_eq!(Declared::parse("array<array>"), list(Declared::List(None)));
        assert_eq!(Declared::parse("String[][]"), list(list(Declared::String)));
        assert_eq!(Declared::parse("map<string,Room>"), map(Declared::Structure(Some("Room".to_owned()))));
    }

    #[test]
    fn what_is_no_text_is_text_on_the_wire() {
        for text in ["byte", "file", "Binary"] {
            assert_eq!(Declared::parse(text), Declared::String, "{text}");
        }
        assert_eq!(Declared::parse("array<file>"), list(Declared::String));
    }

    #[test]
    fn a_word_for_lists_may_stand_behind_the_elements() {
        assert_eq!(Declared::parse("String数组"), list(Declared::String));
        assert_eq!(Declared::parse("object array"), list(Declared::Structure(None)));
        assert_eq!(Declared::parse("json array"), Declared::List(None));
    }

    #[test]
    fn what_nests_deeper_than_types_do_is_cut_off() {
        let deep = format!("Long{}", "[]".repeat(100_000));
        assert!(matches!(Declared::parse(&deep), Declared::List(Some(_))));
    }

    #[test]
    fn a_strange_word_is_unknown() {
        assert_eq!(Declared::parse("Flibber"), Declared::Unknown);
    }
}

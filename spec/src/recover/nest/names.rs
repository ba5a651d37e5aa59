//! Names as numbers, and which names belong together: a list and its element, singular and plural.

use std::collections::HashMap;

use foldhash::fast::{FixedState, RandomState};
use unicase::Ascii;

/// A name, exactly as written.
pub(in crate::recover) type NameId = u32;

/// A map by ids. These are counted here and not chosen by the page, so their hash needs no random seed.
pub(in crate::recover) type IdMap<K, V> = HashMap<K, V, FixedState>;

/// Every name of a page once. Ids count from 0, so they can index lists.
#[derive(Debug, Default)]
pub(in crate::recover) struct Names<'a> {
    /// The first of each group of names that differ only in case.
    families: HashMap<Ascii<&'a str>, NameId, RandomState>,
    /// The others.
    others: HashMap<&'a str, NameId, RandomState>,
    /// Each name, with the first that differs from it in case alone.
    names: Vec<(&'a str, NameId)>,
}

impl<'a> Names<'a> {
    /// Makes an empty list with room for so many names.
    pub(in crate::recover) fn with_capacity(names: usize) -> Self {
        Self {
            families: HashMap::with_capacity_and_hasher(names, RandomState::default()),
            others: HashMap::default(),
            names: Vec::with_capacity(names),
        }
    }

    pub(in crate::recover) fn intern(&mut self, name: &'a str) -> NameId {
        let next = NameId::try_from(self.names.len()).unwrap_or(NameId::MAX);
        let folded = *self.families.entry(Ascii::new(name)).or_insert(next);
        let is_first = self.names.get(folded as usize).is_none_or(|(first, _)| *first == name);
        let id = if is_first { folded } else { *self.others.entry(name).or_insert(next) };
        if id == next {
            self.names.push((name, folded));
        }
        id
    }

    /// Returns the ids of a name, or of one that differs from it in case alone: its own and the folded one.
    pub(in crate::recover) fn find(&self, name: &str) -> Option<(NameId, NameId)> {
        let folded = *self.families.get(&Ascii::new(name))?;
        let is_first = self.names.get(folded as usize).is_some_and(|(first, _)| *first == name);
        let other = || self.others.get(name).copied().unwrap_or(folded);
        Some((if is_first { folded } else { other() }, folded))
    }

    /// Returns the id that all names share which differ from this one in case alone.
    pub(in crate::recover) fn folded(&self, name: NameId) -> NameId {
        self.names.get(name as usize).map_or(name, |(_, folded)| *folded)
    }

    /// Returns the number of names.
    pub(in crate::recover) fn len(&self) -> usize {
        self.names.len()
    }
}

/// Returns whether `element` reads like the name of one element of the list `list`: `KeyPair` of `KeyPairs`, `Policy`
/// of `Policies`, `Alarm` of `AlarmList`, `ListenerPortAndProtocol` of `ListenerPortsAndProtocol`.
pub(in crate::recover) fn is_element_name(element: &str, list: &str) -> bool {
    !element.is_empty() && element != list && (many(element, list) || have_one_stem(element, list))
}

/// Returns whether a list's name is its element's name with a plural ending.
fn many(element: &str, list: &str) -> bool {
    list.strip_prefix(element).is_some_and(|end| matches!(end, "s" | "es" | "List" | "Set" | "Array"))
}

/// Returns the name of one element of a list: `KeyPair` of `KeyPairs`, `Alarm` of `AlarmList`. A name that is no
/// plural stays as it is.
pub(in crate::recover) fn element_of(list: &str) -> String {
    let (start, end) = one_of(list);
    format!("{start}{end}")
}

/// Returns the two parts of [`element_of`].
fn one_of(list: &str) -> (&str, &'static str) {
    for (many, one) in
        [("List", ""), ("Set", ""), ("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", "")]
    {
        if let Some(start) = list.strip_suffix(many)
            && !start.is_empty()
            && !(many == "s" && start.ends_with('s'))
        {
            return (start, one);
        }
    }
    (list, "")
}

/// Returns whether a name starts with that of one element of a list, in whatever case: `policyId` of `Policies`.
pub(in crate::recover) fn starts_with_one_of(name: &str, list: &str) -> bool {
    // Few names share even the first letter.
    let first = |name: &str| name.bytes().next().map(|byte| byte.to_ascii_lowercase());
    if !list.is_empty() && first(name) != first(list) {
        return false;
    }
    let (start, end) = one_of(list);
    let starts =
        |name: &str, with: &str| name.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    starts(name, start) && starts(name.get(start.len()..).unwrap_or_default(), end)
}

/// Shorter words, such as `Is`, say little.
const SHORTEST_WORD: usize = 3;

/// Returns whether two names start with the same words: `SpotPrice` and `SpotStrategy`, `VPCId` and `VPCCidr`.
pub(super) fn start_alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let alike = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let ends_word = |name: &[u8], at: usize| name.get(at).is_none_or(|byte| !byte.is_ascii_lowercase());
    (SHORTEST_WORD..=alike).any(|at| ends_word(one, at) && ends_word(other, at))
}

/// Shorter last words, such as `Name`, `Type` or `Id`, are those of any field.
const SHORTEST_LAST_WORD: usize = 5;

/// Returns whether two names end with the same word, and that is not one of any field: `CreateTimestamp` and
/// `EndTimestamp`.
pub(super) fn end_alike(one: &str, other: &str) -> bool {
    let last = |name: &str| name.rfind(|c: char| c.is_ascii_uppercase());
    let word = last(one).and_then(|at| one.get(at..)).filter(|word| word.len() >= SHORTEST_LAST_WORD);
    word.is_some_and(|word| last(other).and_then(|at| other.get(at..)) == Some(word))
}

/// Returns whether two names differ only in case and in the ending of the plural.
fn have_one_stem(one: &str, other: &str) -> bool {
    // The stem of a name ends where the rest of it is nothing but `e`.
    let (mut one, mut other) = (stem(one), stem(other));
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (a, b) if a == b => {}
            (a, b) => return a.into_iter().chain(one).chain(b).chain(other).all(|byte| byte == b'e'),
        }
    }
}

/// Returns the bytes of a name in lower case, without the ending of the plural, and without each `e` at its end.
fn stem(name: &str) -> impl Iterator<Item = u8> {
    let bytes = name.as_bytes();
    let ends = |suffix: &&str| {
        let start = bytes.len().checked_sub(suffix.len()).filter(|start| *start > 0);
        start
            .and_then(|start| bytes.get(start..))
            .is_some_and(|end| end.eq_ignore_ascii_case(suffix.as_bytes()))
    };
    let suffix = ["list", "set", "array"].iter().find(|suffix| ends(suffix)).map_or(0, |suffix| suffix.len());
    let mut rest = bytes.get(..bytes.len() - suffix).unwrap_or_default();
    std::iter::from_fn(move || {
        loop {
            let (first, after) = rest.split_first()?;
            let first = first.to_ascii_lowercase();
            let is_next =
                |at: usize, byte: u8| after.get(at).is_some_and(|b: &u8| b.eq_ignore_ascii_case(&byte));
            let (byte, length) = match first {
                b'i' if is_next(0, b'e') && is_next(1, b's') => (Some(b'y'), 3),
                b'e' if is_next(0, b's') => (None, 2),
                b's' => (None, 1),
                _ => (Some(first), 1),
            };
            rest = rest.get(length..).unwrap_or_default();
            if byte.is_some() {
                return byte;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differing_in_case_share_a_folded_name() {
        let mut names = Names::default();
        let (a, b) = (names.intern("RequestId"), names.intern("requestId"));
        assert_ne!(a, b);
        assert_eq!(names.folded(a), names.folded(b));
        assert_eq!(names.intern("RequestId"), a);
    }

    #[test]
    fn a_third_case_of_a_name_is_a_name_of_its_own() {
        let mut names = Names::default();
        let ids = ["ip", "IP", "Ip", "IP", "ip"].map(|name| names.intern(name));
        assert_eq!(ids, [0, 1, 2, 1, 0]);
        assert_eq!(ids.map(|id| names.folded(id)), [0; 5]);
    }

    #[test]
    fn a_long_name_has_a_case_like_any_other() {
        let (upper, lower) = ("AB".repeat(40), "ab".repeat(40));
        let mut names = Names::default();
        let (a, b) = (names.intern(&upper), names.intern(&lower));
        assert_eq!(names.folded(a), names.folded(b));
    }

    #[test]
    fn a_stem_is_what_many_and_one_share() {
        for (one, other) in [("Policy", "policies"), ("Type", "Typ"), ("eess", ""), ("DataSet", "data")] {
            assert!(have_one_stem(one, other), "{one} {other}");
        }
        assert!(!have_one_stem("Type", "Typo"));
    }

    #[test]
    fn a_member_may_start_with_the_name_of_one() {
        for (name, list) in
            [("addressid", "Addresses"), ("PolicyName", "Policies"), ("DimensionKey", "Dimensions")]
        {
            assert!(starts_with_one_of(name, list), "{name} {list}");
        }
        assert!(!starts_with_one_of("add", "Addresses"));
        assert!(!starts_with_one_of("政策", "Policies"));
    }

    #[test]
    fn names_of_the_same_first_word_start_alike() {
        for (one, other) in [
            ("SpotPrice", "SpotStrategy"),
            ("VPCId", "VPCCidr"),
            ("Types", "TypesOfAll"),
            ("NodeIds", "NodeId"),
        ] {
            assert!(start_alike(one, other), "{one} {other}");
        }
        for (one, other) in [("StartTime", "Status"), ("IsOpen", "IsNew"), ("Id", "Id"), ("Type", "Types")] {
            assert!(!start_alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn names_of_the_same_last_word_end_alike() {
        assert!(end_alike("CreateTimestamp", "EndTimestamp"));
        for (one, other) in
            [("UserName", "NodeName"), ("Timestamp", "Timestamps"), ("region", "gion"), ("", "")]
        {
            assert!(!end_alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn an_element_is_the_singular_of_its_list() {
        let pairs = [
            ("KeyPair", "KeyPairs"),
            ("Policy", "Policies"),
            ("Address", "Addresses"),
            ("Alarm", "AlarmList"),
            ("LogSet", "LogSets"),
            ("ListenerPortAndProtocol", "ListenerPortsAndProtocol"),
        ];
        for (element, list) in pairs {
            assert!(is_element_name(element, list), "{element} of {list}");
        }
    }

    #[test]
    fn a_name_is_no_element_of_itself_or_of_another() {
        assert!(!is_element_name("Tags", "Tags"));
        assert!(!is_element_name("Owner", "Tags"));
    }
}

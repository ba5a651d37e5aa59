//! Names as numbers, and which names belong together: a list and its element, singular and plural.

use std::collections::HashMap;

/// A name, exactly as written.
pub(in crate::recover) type NameId = u32;

/// Every name of a page once.
#[derive(Debug, Default)]
pub(in crate::recover) struct Names {
    ids: HashMap<String, NameId>,
    /// Of each name, the one that stands for all that differ from it in case alone.
    folded: Vec<NameId>,
}

impl Names {
    pub(in crate::recover) fn intern(&mut self, name: &str) -> NameId {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = NameId::try_from(self.folded.len()).unwrap_or(NameId::MAX);
        self.folded.push(id);
        self.ids.insert(name.to_owned(), id);
        let lower = name.to_ascii_lowercase();
        if lower != name {
            let folded = self.intern(&lower);
            if let Some(slot) = self.folded.get_mut(id as usize) {
                *slot = folded;
            }
        }
        id
    }

    pub(in crate::recover) fn folded(&self, name: NameId) -> NameId {
        self.folded.get(name as usize).copied().unwrap_or(name)
    }
}

/// Whether `element` reads like the name of one element of the list `list`: `KeyPair` of `KeyPairs`,
/// `Policy` of `Policies`, `Alarm` of `AlarmList`, `ListenerPortAndProtocol` of `ListenerPortsAndProtocol`.
pub(in crate::recover) fn is_element_name(element: &str, list: &str) -> bool {
    !element.is_empty() && element != list && (many(element, list) || stem(element) == stem(list))
}

/// Whether a list's name is its element's with an ending for many.
fn many(element: &str, list: &str) -> bool {
    list.strip_prefix(element).is_some_and(|end| matches!(end, "s" | "es" | "List" | "Set" | "Array"))
}

/// The name of one element of a list of that name: `KeyPair` of `KeyPairs`, `Alarm` of `AlarmList`. A name
/// that does not say many stays as it is.
pub(in crate::recover) fn element_of(list: &str) -> String {
    for (many, one) in
        [("List", ""), ("Set", ""), ("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", "")]
    {
        if let Some(start) = list.strip_suffix(many)
            && !start.is_empty()
            && !(many == "s" && start.ends_with('s'))
        {
            return format!("{start}{one}");
        }
    }
    list.to_owned()
}

/// A name without what tells one from many.
pub(super) fn stem(name: &str) -> String {
    let mut stem = name.to_ascii_lowercase();
    for suffix in ["list", "set", "array"] {
        if stem.len() > suffix.len() && stem.ends_with(suffix) {
            stem.truncate(stem.len() - suffix.len());
            break;
        }
    }
    stem.replace("ies", "y").replace("es", "").replace('s', "").trim_end_matches('e').to_owned()
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

//! Properties of every overlay.

use proptest::prelude::*;

use super::operation;
use crate::diagnostic::Code;
use crate::diff::diff;
use crate::manifest::Manifest;
use crate::overlay::Overlay;

/// Entries that do not touch each other, with the change each makes.
const ENTRIES: [(&str, &str); 12] = [
    (
        "[[correct-type]]\nfield = \"response.Names{}\"\ntype = \"Long\"",
        "response.Names{}: type changed from String to Long",
    ),
    (
        "[[correct-type]]\nfield = \"request.Guest\"\ntype = \"Integer\"",
        "request.Guest: type changed from String to Integer",
    ),
    (
        "[[rename-structure]]\nfield = \"response.Rooms\"\nto = \"Chamber\"",
        "response.Rooms[]: structure renamed from `Room` to `Chamber`",
    ),
    ("[[add]]\nfield = \"request.Floor\"\ntype = \"Long\"", "request.Floor: added (Long)"),
    (
        "[[add]]\nfield = \"response.Rooms[].Beds\"\ntype = \"List of Structure\"",
        "response.Rooms[].Beds: added (List of Structure)",
    ),
    ("[[drop]]\nfield = \"response.Rooms[].Number\"", "response.Rooms[].Number: removed (String)"),
    (
        "[[add-values]]\nfield = \"response.Rooms[].State\"\nvalues = [\"SHUT\"]",
        "response.Rooms[].State: value `SHUT` added",
    ),
    (
        "[[sensitive]]\nfield = \"request.Hotel\"\nkind = \"secret\"",
        "request.Hotel: sensitivity changed from none to secret",
    ),
    (
        "[[facts]]\nfield = \"request.Hotel\"\nlength = { min = 1 }",
        "request.Hotel: length changed from nothing to `at least 1`",
    ),
    (
        "[[document]]\nfields = { \"request.Hotel\" = \"Which.\" }",
        "request.Hotel: English description changed",
    ),
    ("[[document]]\nerrors = { NoHotel = \"None.\" }", "errors.NoHotel: English description changed"),
    ("[[safe-to-repeat]]", "known to be safe to repeat now"),
];

fn written(entries: &[(&str, &str)]) -> String {
    entries.iter().map(|(entry, _)| format!("{entry}\nreason = \"r\"\n\n")).collect()
}

fn any_entries() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    prop::sample::subsequence(ENTRIES.to_vec(), 0..=ENTRIES.len()).prop_shuffle()
}

proptest! {
    #[test]
    fn the_diff_lists_exactly_the_entries(entries in any_entries()) {
        let (overlay, wrong) = Overlay::read("o.toml", written(&entries).as_bytes());
        prop_assert_eq!(wrong, vec![]);
        let (after, refused) = overlay.apply(&operation(), &Manifest::default());
        prop_assert_eq!(refused, vec![]);
        let mut changes: Vec<String> = diff(&operation(), &after).iter().map(ToString::to_string).collect();
        let mut expected: Vec<&str> = entries.iter().map(|(_, change)| *change).collect();
        changes.sort();
        expected.sort_unstable();
        prop_assert_eq!(changes, expected);
    }

    #[test]
    fn what_was_applied_is_refused_entry_by_entry(entries in any_entries()) {
        let (overlay, _) = Overlay::read("o.toml", written(&entries).as_bytes());
        let (once, _) = overlay.apply(&operation(), &Manifest::default());
        let (twice, refused) = overlay.apply(&once, &Manifest::default());
        prop_assert_eq!(twice, once);
        prop_assert_eq!(refused.len(), entries.len());
        prop_assert!(refused.iter().all(|diagnostic| diagnostic.code == Code::OverlayObsolete));
    }

    #[test]
    fn a_damaged_overlay_gives_diagnostics_and_no_panic(
        entries in any_entries(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = written(&entries).into_bytes();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let (overlay, wrong) = Overlay::read("o.toml", &bytes);
        let (_, refused) = overlay.apply(&operation(), &Manifest::default());
        let text = overlay.source().text().len();
        prop_assert!(wrong.iter().chain(&refused).all(|diagnostic| diagnostic.span.end <= text));
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Overlay::read("o.toml", &bytes);
    }
}

//! The requests that the console shows, bounded in number and bytes.

use std::collections::VecDeque;

use bytes::Bytes;
use serde_json::{Map, Value};

/// A request as the page shows it, but without its number. Secrets are masked already.
pub(super) struct Entry {
    /// The part that the list shows.
    pub(super) summary: Map<String, Value>,
    pub(super) detail: Map<String, Value>,
}

/// An entry with its number.
struct Numbered {
    summary: Value,
    /// All details, as JSON.
    detail: Bytes,
}

/// The latest requests. Each has a number, and numbers are never used again.
#[derive(Default)]
pub(super) struct Log {
    entries: VecDeque<Numbered>,
    bytes: usize,
    total: u64,
}

impl Log {
    const MOST_ENTRIES: usize = 1024;
    const MOST_BYTES: usize = 16 << 20;
    /// The most entries that are returned at once. The page shows no more.
    const MOST_TOLD: usize = 300;

    /// Adds an entry. Returns its number.
    pub(super) fn push(&mut self, entry: Entry) -> u64 {
        self.total += 1;
        let number = self.total;
        let numbered = |mut members: Map<String, Value>| {
            members.insert("number".to_owned(), number.into());
            Value::Object(members)
        };
        let entry =
            Numbered { summary: numbered(entry.summary), detail: numbered(entry.detail).to_string().into() };
        self.bytes += entry.detail.len();
        self.entries.push_back(entry);
        while self.entries.len() > Self::MOST_ENTRIES || self.bytes > Self::MOST_BYTES {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.bytes -= oldest.detail.len();
        }
        self.total
    }

    /// Returns the number of the latest entry; 0 if there is none.
    pub(super) fn last(&self) -> u64 {
        self.total
    }

    /// Returns the latest entries after a number, oldest first.
    pub(super) fn after(&self, number: u64) -> impl Iterator<Item = &Value> {
        let new = usize::try_from(self.total.saturating_sub(number)).unwrap_or(usize::MAX);
        let told = new.min(Self::MOST_TOLD).min(self.entries.len());
        self.entries.iter().skip(self.entries.len() - told).map(|entry| &entry.summary)
    }

    /// Returns all details of one request, if the log still has it.
    pub(super) fn detail(&self, number: u64) -> Option<Bytes> {
        let age = usize::try_from(self.total.checked_sub(number)?).ok()?;
        let place = self.entries.len().checked_sub(age + 1)?;
        self.entries.get(place).map(|entry| entry.detail.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(count: usize, bytes: usize) -> Log {
        let mut log = Log::default();
        for _ in 0..count {
            let detail = Map::from_iter([("body".to_owned(), "x".repeat(bytes).into())]);
            log.push(Entry { summary: Map::new(), detail });
        }
        log
    }

    fn numbers(log: &Log, after: u64) -> Vec<u64> {
        log.after(after).filter_map(|summary| summary["number"].as_u64()).collect()
    }

    #[test]
    fn only_what_is_new_is_told() {
        let log = filled(5, 1);
        assert_eq!(numbers(&log, 3), [4, 5]);
        assert_eq!(numbers(&log, 5), [0; 0]);
        assert_eq!(numbers(&log, 99), [0; 0]);
    }

    #[test]
    fn no_more_is_told_at_once_than_the_page_shows() {
        let log = filled(1000, 1);
        assert_eq!(numbers(&log, 0), (701..=1000).collect::<Vec<_>>());
    }

    #[test]
    fn oldest_entries_make_room() {
        let log = filled(Log::MOST_ENTRIES + 10, 1);
        assert_eq!(log.entries.len(), Log::MOST_ENTRIES);
        assert!(log.detail(10).is_none() && log.detail(11).is_some());
        assert!(log.detail(0).is_none() && log.detail(log.last() + 1).is_none());
    }

    #[test]
    fn large_entries_make_room_too() {
        let log = filled(10, Log::MOST_BYTES / 4);
        assert_eq!((log.entries.len(), numbers(&log, 0)), (3, vec![8, 9, 10]));
    }
}

//! The progress of an iteration, without its types.

/// The default limit of pages.
const DEFAULT_LIMIT: u32 = 10_000;

/// Counts the pages that came and their items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    pages: u32,
    max_pages: Option<u32>,
    seen: i64,
    /// The largest credible total.
    total: Option<i64>,
}

/// Whether one more page may be requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowance {
    Granted,
    /// The caller's limit of pages is reached.
    Enough,
    /// The built-in limit of pages is reached, which is probably a mistake.
    TooMany(u32),
}

impl Progress {
    pub(super) fn pages(&self) -> u32 {
        self.pages
    }

    pub(super) fn set_max_pages(&mut self, pages: u32) {
        self.max_pages = Some(pages);
    }

    pub(super) fn allowance(&self) -> Allowance {
        match self.max_pages {
            Some(most) if self.pages >= most => Allowance::Enough,
            None if self.pages >= DEFAULT_LIMIT => Allowance::TooMany(self.pages),
            _ => Allowance::Granted,
        }
    }

    /// Counts a page with its items and its total.
    pub(super) fn add(&mut self, items: usize, total: Option<i64>) {
        self.pages = self.pages.saturating_add(1);
        self.seen = self.seen.saturating_add(i64::try_from(items).unwrap_or(i64::MAX));
        // A total below the items that came does not count: some services write 0 if they did not count.
        self.total = self.total.max(total.filter(|total| *total >= self.seen));
    }

    /// Tells whether as many items came as the total says. This is unknown without a total, and if the iteration did
    /// not begin with the first page: then the empty page after the last one ends it.
    pub(super) fn has_seen_all(&self) -> bool {
        self.total.is_some_and(|total| self.seen >= total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(pages: &[(usize, Option<i64>)]) -> Progress {
        let mut progress = Progress::default();
        pages.iter().for_each(|(items, total)| progress.add(*items, *total));
        progress
    }

    #[test]
    fn all_is_seen_when_the_total_is_reached() {
        assert!(!after(&[(2, Some(5)), (2, Some(5))]).has_seen_all());
        assert!(after(&[(2, Some(5)), (2, Some(5)), (1, Some(5))]).has_seen_all());
    }

    #[test]
    fn the_largest_total_counts() {
        assert!(!after(&[(2, Some(5)), (2, Some(4))]).has_seen_all());
        assert!(!after(&[(2, Some(5)), (2, Some(0)), (0, None)]).has_seen_all());
        assert!(!after(&[(2, Some(2)), (2, Some(9))]).has_seen_all());
        assert!(after(&[(2, Some(5)), (3, None)]).has_seen_all());
    }

    #[test]
    fn a_total_below_what_was_seen_says_nothing() {
        assert!(!after(&[(2, Some(0))]).has_seen_all());
        assert!(!after(&[(2, Some(1))]).has_seen_all());
        assert!(!after(&[(2, Some(-1))]).has_seen_all());
    }

    #[test]
    fn the_limit_of_the_caller_ends_and_the_default_one_is_too_many() {
        let mut progress = Progress { pages: DEFAULT_LIMIT, ..Progress::default() };
        assert_eq!(progress.allowance(), Allowance::TooMany(DEFAULT_LIMIT));
        progress.set_max_pages(DEFAULT_LIMIT + 1);
        assert_eq!(progress.allowance(), Allowance::Granted);
        progress.set_max_pages(DEFAULT_LIMIT);
        assert_eq!(progress.allowance(), Allowance::Enough);
        progress.set_max_pages(0);
        assert_eq!(progress.allowance(), Allowance::Enough);
    }
}

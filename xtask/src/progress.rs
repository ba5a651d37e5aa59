//! A progress bar that appears only when someone watches and the work has taken longer than a second.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::terminal::visible;

/// Work shorter than this needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts steps of known number.
#[derive(Debug)]
pub(crate) struct Progress {
    total: usize,
    done: usize,
    started: Instant,
    watched: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// For `total` steps; nothing is ever drawn unless `watched`.
    pub(crate) fn new(total: usize, watched: bool) -> Self {
        Self { total, done: 0, started: Instant::now(), watched, bar: None }
    }

    /// Counts one step, named for the person who watches.
    pub(crate) fn step(&mut self, name: &str) {
        self.done += 1;
        if self.bar.is_none() && is_due(self.watched, self.started.elapsed()) {
            self.bar = Some(new_bar(self.total));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(u64::try_from(self.done).unwrap_or(u64::MAX));
            bar.set_message(visible(name).into_owned());
        }
    }

    /// Takes the bar away, so that what is printed next starts on a clean line.
    pub(crate) fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn is_due(watched: bool, elapsed: Duration) -> bool {
    watched && elapsed > PATIENCE
}

fn new_bar(total: usize) -> ProgressBar {
    let length = u64::try_from(total).unwrap_or(u64::MAX);
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:40} {pos}/{len} {wide_msg}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_work_shows_no_bar() {
        assert!(!is_due(true, Duration::from_millis(999)));
        assert!(is_due(true, Duration::from_millis(1001)));
    }

    #[test]
    fn nothing_is_drawn_where_nobody_watches() {
        assert!(!is_due(false, Duration::from_secs(60)));
    }
}

//! Finds the runner-up of each row: the next best parent, and how much more it would have cost.

use super::search::Found;

/// Number of earlier rows for which two chains are compared.
const LOOK_BACK: usize = 64;

/// The next best place for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunnerUp {
    /// Its parent's row; none for the top level.
    pub parent: Option<usize>,
    /// The further cost of the page as a whole, in tenths.
    pub margin: u32,
}

/// Returns the parent of each row in the cheapest chain, and its runner-up if there was one.
pub(super) fn placements(found: &Found, rows: usize) -> Vec<(Option<usize>, Option<RunnerUp>)> {
    let mut chain = Vec::with_capacity(rows);
    let mut at = found.last;
    while let Some((step, link)) = at.and_then(|at| Some((at, found.steps.get(at)?))) {
        chain.push(step);
        at = link.before;
    }
    chain.reverse();
    let parent = |step: usize| found.steps.get(step).and_then(|step| step.parent);
    let mut placements: Vec<(Option<usize>, Option<RunnerUp>)> =
        chain.iter().map(|step| (parent(*step), None)).collect();
    for rival in &found.rivals {
        // Steps are numbered in the order of their rows.
        let Ok(row) = chain.binary_search(&rival.winner) else { continue };
        let mut other = Some(rival.step);
        for row in (0..=row).rev().take(LOOK_BACK) {
            let Some(step) = other.filter(|step| chain.get(row) != Some(step)) else { break };
            let Some((own, runner_up)) = placements.get_mut(row) else { break };
            let parent = parent(step);
            if parent != *own && runner_up.is_none_or(|known| rival.margin < known.margin) {
                *runner_up = Some(RunnerUp { parent, margin: rival.margin });
            }
            other = found.steps.get(step).and_then(|step| step.before);
        }
    }
    placements
}

//! The figures of a run, as tables, and the floors that they stay under.

use crate::floors::{FLOORS, Floor};
use crate::page::Form;
use crate::score::{Measure, Scores};

const MEASURES: [Measure; 7] = [
    Measure::Request,
    Measure::Sampled,
    Measure::Bare,
    Measure::Types,
    Measure::Values,
    Measure::Codes,
    Measure::Sound,
];

fn layout(form: Form, sorted: bool) -> String {
    format!("{form:?} {}", if sorted { "sorted" } else { "shuffled" })
}

/// The head of the tables.
pub(crate) fn header() -> String {
    let measures = MEASURES.map(|measure| format!("{:>8}", format!("{measure:?}")));
    format!("{:27} {:17}{}", "percent right of", "layout", measures.concat())
}

/// The rows of a product.
pub(crate) fn rows(product: &str, scores: &Scores) -> String {
    let rows = scores.0.iter().map(|((form, sorted), score)| {
        let percents = MEASURES.map(|measure| format!("{:8.2}", score.percent(measure)));
        format!("{product:27} {:17}{}", layout(*form, *sorted), percents.concat())
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// What was reached of every floor, of what was to be and is held; and the lines of those that were not reached.
pub(crate) fn floors(
    what: &str,
    held: impl Fn(&Floor) -> f64,
    reached: impl Fn(&Floor) -> f64,
) -> (String, String) {
    let mut all = String::new();
    let mut missed = String::new();
    for floor in FLOORS {
        let (held, reached) = (held(floor), reached(floor));
        let aim = floor.target.map_or(String::new(), |target| format!(", aimed at {target}"));
        let line = format!(
            "{what:27} {:17} {:8} {reached:6.2}, held {held}{aim}\n",
            layout(floor.form, floor.sorted),
            format!("{:?}", floor.measure),
        );
        all.push_str(&line);
        if reached < held {
            missed.push_str(&line);
        }
    }
    (all, missed)
}

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

/// The scores of a run.
pub(crate) struct Reached {
    pub(crate) made_up: Scores,
    /// Other products, by name.
    pub(crate) each: Vec<(String, Scores)>,
}

impl Reached {
    /// Returns the percentages of the made-up product, of all others together, and of the worst of these with its name; only the
    /// first where there are no others.
    fn reached(&self, floor: &Floor, all: &Scores) -> Vec<(f64, &str)> {
        let percent = |scores: &Scores| scores.percent(floor.form, floor.sorted, floor.measure);
        let each = self.each.iter().map(|(name, scores)| (percent(scores), name.as_str()));
        let worst = each.min_by(|(one, _), (other, _)| one.total_cmp(other));
        let others = worst.into_iter().flat_map(|worst| [(percent(all), ""), worst]);
        [(percent(&self.made_up), "")].into_iter().chain(others).collect()
    }

    /// A line for every floor, and those of them that are not reached.
    pub(crate) fn floors(&self) -> (String, String) {
        let mut all = Scores::default();
        self.each.iter().for_each(|(_, scores)| all.merge(scores));
        let mut lines = format!(
            "{:17}{:8}{:>5}   reached (held) of the made-up product, of all others, of the worst of them\n",
            "layout", "measure", "aim"
        );
        let mut missed = String::new();
        for floor in FLOORS {
            let reached = self.reached(floor, &all);
            let cells = reached.iter().zip(floor.held);
            let cells = cells.map(|((reached, name), held)| format!("{reached:9.2} ({held:>3}) {name}"));
            let aim = floor.target.map_or("-".to_owned(), |target| target.to_string());
            let measure = format!("{:?}", floor.measure);
            let layout = layout(floor.form, floor.sorted);
            let line = format!("{layout:17}{measure:8}{aim:>5}{}\n", cells.collect::<String>());
            lines.push_str(&line);
            if reached.iter().zip(floor.held).any(|((reached, _), held)| *reached < f64::from(held)) {
                missed.push_str(&line);
            }
        }
        (lines, missed)
    }
}

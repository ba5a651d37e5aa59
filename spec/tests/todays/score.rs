//! What the front end makes of written pages, beside what they were made of.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::ops::AddAssign;

use ccc_spec::diagnostic::Level;
use ccc_spec::{paths, recover};

use crate::page::{self, ERRORS, Form, LINKS, Layout};
use crate::product::{self, Field, Operation, Product};
use crate::random::Random;
use crate::reading;

/// The measures of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Measure {
    /// Rows of the request, at their paths.
    Request,
    /// Rows of the answer, on pages with a sample of it.
    Sampled,
    /// Rows of the answer, on pages without.
    Bare,
    /// Types, of the rows at their paths.
    Types,
    /// Documented values, of the rows at their paths that have some.
    Values,
    /// Error codes.
    Codes,
    /// Pages of which no diagnostic is an error.
    Sound,
}

/// A count of right ones, and of all.
#[derive(Clone, Copy, Default)]
pub(crate) struct Share {
    pub(crate) right: usize,
    pub(crate) of: usize,
}

impl Share {
    /// Compares the items that were found with those that should be: a missing item is wrong, and so is an extra one.
    fn compare(expected: &[&str], found: &[&str], misses: &mut Vec<String>) -> Self {
        let known: HashSet<_> = found.iter().collect();
        let expected_set: HashSet<_> = expected.iter().collect();
        let lost = expected.iter().filter(|path| !known.contains(path));
        let right = expected.len() - lost.clone().count();
        misses.extend(lost.map(|path| format!("lost  {path}")));
        let extra = found.iter().filter(|path| !expected_set.contains(path));
        misses.extend(extra.map(|path| format!("extra {path}")));
        Self { right, of: expected.len().max(found.len()) }
    }

    pub(crate) fn percent(self) -> f64 {
        let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        if self.of == 0 { 100.0 } else { number(self.right) / number(self.of) * 100.0 }
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }
}

/// Measures of some pages.
#[derive(Clone, Default)]
pub(crate) struct Score(BTreeMap<Measure, Share>);

impl Score {
    /// Writes and reads the pages of an operation, and adds what comes of each. Tells what is wrong of a page to `tell`.
    pub(crate) fn add(
        &mut self,
        product: &Product,
        operation: &Operation,
        layout: Layout,
        tell: &dyn Fn(&str),
    ) {
        let page = page::write(product, operation, layout, link(operation));
        let recovery = recover(&operation.name, page.as_bytes());
        let all = paths::rows(&recovery);
        let mut misses = Vec::new();
        let mut types = Share::default();
        let mut values = Share::default();
        let mut read = |direction, fields: &[Field], read: &[ccc_spec::model::Field]| {
            let rows: Vec<_> =
                all.iter().filter(|row| row.direction == direction).map(|row| (row.path, row.kind)).collect();
            let share = Share::compare(
                &product::paths(fields),
                &rows.iter().map(|row| row.0).collect::<Vec<_>>(),
                &mut misses,
            );
            types += reading::types(fields, &rows, &mut misses);
            values += reading::values(fields, &rows, read, &mut misses);
            share
        };
        let (request, response) = recovery
            .operation
            .as_ref()
            .map_or((&[][..], &[][..]), |operation| (&operation.request[..], &operation.response[..]));
        let request = read("request", &operation.request, request);
        let response = read("response", &operation.response, response);
        let codes: Vec<_> = recovery.operation.iter().flat_map(|operation| &operation.errors).collect();
        let codes: Vec<_> = codes.iter().map(|error| error.code.as_str()).collect();
        let codes = Share::compare(&ERRORS.map(|[_, code, ..]| code), &codes, &mut misses);
        let errors = recovery.diagnostics.iter().filter(|diagnostic| diagnostic.code.level() == Level::Error);
        misses.extend(errors.map(|error| format!("error {}: {}", error.code.as_str(), error.message)));
        let sound = !misses.iter().any(|miss| miss.starts_with("error"));
        if !misses.is_empty() {
            tell(&format!("{} {} {}: {}", product.name, operation.name, layout.name(), misses.join(", ")));
        }
        let answer = if layout.sample { Measure::Sampled } else { Measure::Bare };
        self.count(Measure::Request, request);
        self.count(answer, response);
        self.count(Measure::Types, types);
        self.count(Measure::Values, values);
        self.count(Measure::Codes, codes);
        self.count(Measure::Sound, Share { right: usize::from(sound), of: 1 });
    }

    fn count(&mut self, measure: Measure, share: Share) {
        *self.0.entry(measure).or_default() += share;
    }

    pub(crate) fn percent(&self, measure: Measure) -> f64 {
        self.0.get(&measure).copied().unwrap_or_default().percent()
    }
}

/// The pages that rows are counted on lead to the explorer by an address or another; whether each is understood is a
/// test of its own.
fn link(operation: &Operation) -> &'static str {
    let known = LINKS.get(..3).unwrap_or_default();
    known.get(operation.name.len() / 2 % known.len()).copied().unwrap_or_default()
}

/// Scores by form and by whether siblings are sorted.
#[derive(Default)]
pub(crate) struct Scores(pub(crate) BTreeMap<(Form, bool), Score>);

impl Scores {
    /// Looks at about so many operations of a product in every layout, at other ones in each. Tells of every page that is
    /// not read as it was written.
    pub(crate) fn measure(product: &Product, operations: usize, tell: &dyn Fn(&str)) -> Self {
        let mut scores = Self::default();
        for layout in Layout::all() {
            for operation in &product.operations {
                let mut random =
                    Random::seeded_by(&[&product.name, &operation.name, &layout.name(), "sampled"]);
                if random.below(product.operations.len()) < operations {
                    let score = scores.0.entry((layout.form, layout.sorted)).or_default();
                    score.add(product, operation, layout, tell);
                }
            }
        }
        scores
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (layout, score) in &other.0 {
            let own = self.0.entry(*layout).or_default();
            score.0.iter().for_each(|(measure, share)| own.count(*measure, *share));
        }
    }

    pub(crate) fn percent(&self, form: Form, sorted: bool, measure: Measure) -> f64 {
        self.0.get(&(form, sorted)).map_or(100.0, |score| score.percent(measure))
    }
}

//! How well pages laid out as today's are read: what is to be reached, and what is held.

use crate::page::Form;
use crate::score::Measure;

/// What must be reached of a measure, in percent.
pub(crate) struct Floor {
    pub(crate) form: Form,
    /// Whether siblings are sorted by name.
    pub(crate) sorted: bool,
    pub(crate) measure: Measure,
    /// What is aimed at; none where as much as can be told is.
    pub(crate) target: Option<f64>,
    /// Of the made-up product.
    pub(crate) made_up: f64,
    /// Of all other products together.
    pub(crate) all: f64,
    /// Of the one of them that is read worst.
    pub(crate) worst: f64,
}

const fn floor(form: Form, sorted: bool, measure: Measure, target: f64, held: [f64; 3]) -> Floor {
    let [made_up, all, worst] = held;
    let target = if target > 0.0 { Some(target) } else { None };
    Floor { form, sorted, measure, target, made_up, all, worst }
}

use Form::{Flat, Named, Unnamed};
use Measure::{Bare, Codes, Request, Sampled, Sound, Types, Values};

/// Every floor; a target of zero is none.
pub(crate) const FLOORS: &[Floor] = &[
    floor(Unnamed, true, Request, 93.0, [55.0, 62.0, 31.0]),
    floor(Unnamed, true, Sampled, 99.0, [87.0, 99.0, 96.0]),
    floor(Unnamed, true, Bare, 90.0, [62.0, 61.0, 48.0]),
    floor(Unnamed, true, Types, 0.0, [94.0, 96.0, 91.0]),
    floor(Unnamed, true, Values, 0.0, [0.0, 48.0, 0.0]),
    floor(Unnamed, true, Codes, 100.0, [100.0, 100.0, 100.0]),
    floor(Unnamed, true, Sound, 100.0, [0.0, 0.0, 0.0]),
    floor(Unnamed, false, Request, 0.0, [57.0, 63.0, 31.0]),
    floor(Unnamed, false, Sampled, 99.0, [87.0, 99.0, 97.0]),
    floor(Unnamed, false, Bare, 0.0, [42.0, 53.0, 35.0]),
    floor(Unnamed, false, Types, 0.0, [97.0, 96.0, 92.0]),
    floor(Unnamed, false, Values, 0.0, [0.0, 45.0, 0.0]),
    floor(Unnamed, false, Codes, 100.0, [100.0, 100.0, 100.0]),
    floor(Unnamed, false, Sound, 100.0, [0.0, 0.0, 0.0]),
    floor(Named, true, Request, 93.0, [44.0, 59.0, 26.0]),
    floor(Named, true, Sampled, 99.0, [54.0, 81.0, 53.0]),
    floor(Named, true, Bare, 90.0, [40.0, 40.0, 17.0]),
    floor(Named, true, Types, 0.0, [96.0, 96.0, 93.0]),
    floor(Named, true, Values, 0.0, [100.0, 42.0, 0.0]),
    floor(Named, true, Codes, 100.0, [100.0, 100.0, 100.0]),
    floor(Named, true, Sound, 100.0, [41.0, 49.0, 36.0]),
    floor(Named, false, Request, 0.0, [45.0, 56.0, 26.0]),
    floor(Named, false, Sampled, 99.0, [53.0, 79.0, 55.0]),
    floor(Named, false, Bare, 0.0, [37.0, 37.0, 12.0]),
    floor(Named, false, Types, 0.0, [96.0, 95.0, 90.0]),
    floor(Named, false, Values, 0.0, [100.0, 47.0, 0.0]),
    floor(Named, false, Codes, 100.0, [100.0, 100.0, 100.0]),
    floor(Named, false, Sound, 100.0, [58.0, 46.0, 25.0]),
    floor(Flat, true, Request, 90.0, [0.0, 0.0, 0.0]),
    floor(Flat, true, Sampled, 95.0, [0.0, 0.0, 0.0]),
    floor(Flat, true, Bare, 0.0, [0.0, 0.0, 0.0]),
    floor(Flat, true, Types, 0.0, [100.0, 100.0, 100.0]),
    floor(Flat, true, Values, 0.0, [100.0, 100.0, 100.0]),
    floor(Flat, true, Codes, 100.0, [0.0, 0.0, 0.0]),
    floor(Flat, true, Sound, 100.0, [100.0, 100.0, 100.0]),
    floor(Flat, false, Request, 0.0, [0.0, 0.0, 0.0]),
    floor(Flat, false, Sampled, 95.0, [0.0, 0.0, 0.0]),
    floor(Flat, false, Bare, 0.0, [0.0, 0.0, 0.0]),
    floor(Flat, false, Types, 0.0, [100.0, 100.0, 100.0]),
    floor(Flat, false, Values, 0.0, [100.0, 100.0, 100.0]),
    floor(Flat, false, Codes, 100.0, [0.0, 0.0, 0.0]),
    floor(Flat, false, Sound, 100.0, [100.0, 100.0, 100.0]),
];

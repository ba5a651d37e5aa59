//! How well pages laid out as today's are read: what is to be reached, and what is held.

use crate::page::Form;
use crate::score::Measure;

/// What must be reached of a measure, in percent.
pub(crate) struct Floor {
    pub(crate) form: Form,
    /// Whether siblings are sorted by name.
    pub(crate) sorted: bool,
    pub(crate) measure: Measure,
    /// The aim in percent; `None` if the aim is as much as possible.
    pub(crate) target: Option<u8>,
    /// The minima: for the made-up product, for all others together, and for the worst of them.
    pub(crate) held: [u8; 3],
}

const fn floor(form: Form, sorted: bool, measure: Measure, target: u8, held: [u8; 3]) -> Floor {
    Floor { form, sorted, measure, target: if target > 0 { Some(target) } else { None }, held }
}

use Form::{Flat, Named, Unnamed};
use Measure::{Bare, Codes, Request, Sampled, Sound, Types, Values};

/// Every floor; a target of zero is none.
pub(crate) const FLOORS: &[Floor] = &[
    floor(Unnamed, true, Request, 93, [96, 99, 98]),
    floor(Unnamed, true, Sampled, 99, [100, 99, 99]),
    floor(Unnamed, true, Bare, 90, [85, 91, 82]),
    floor(Unnamed, true, Types, 0, [100, 99, 99]),
    floor(Unnamed, true, Values, 0, [100, 99, 99]),
    floor(Unnamed, true, Codes, 100, [100, 100, 100]),
    floor(Unnamed, true, Sound, 100, [100, 100, 100]),
    floor(Unnamed, false, Request, 0, [85, 81, 46]),
    floor(Unnamed, false, Sampled, 99, [100, 99, 99]),
    floor(Unnamed, false, Bare, 0, [69, 67, 38]),
    floor(Unnamed, false, Types, 0, [100, 99, 99]),
    floor(Unnamed, false, Values, 0, [100, 99, 99]),
    floor(Unnamed, false, Codes, 100, [100, 100, 100]),
    floor(Unnamed, false, Sound, 100, [100, 100, 100]),
    floor(Named, true, Request, 93, [96, 99, 98]),
    floor(Named, true, Sampled, 99, [100, 99, 99]),
    floor(Named, true, Bare, 90, [85, 91, 82]),
    floor(Named, true, Types, 0, [100, 99, 99]),
    floor(Named, true, Values, 0, [100, 99, 99]),
    floor(Named, true, Codes, 100, [100, 100, 100]),
    floor(Named, true, Sound, 100, [100, 100, 100]),
    floor(Named, false, Request, 0, [81, 84, 53]),
    floor(Named, false, Sampled, 99, [100, 99, 99]),
    floor(Named, false, Bare, 0, [82, 67, 47]),
    floor(Named, false, Types, 0, [100, 99, 99]),
    floor(Named, false, Values, 0, [100, 99, 99]),
    floor(Named, false, Codes, 100, [100, 100, 100]),
    floor(Named, false, Sound, 100, [100, 100, 100]),
    floor(Flat, true, Request, 90, [96, 99, 98]),
    floor(Flat, true, Sampled, 95, [100, 99, 99]),
    floor(Flat, true, Bare, 0, [85, 90, 82]),
    floor(Flat, true, Types, 0, [100, 99, 99]),
    floor(Flat, true, Values, 0, [100, 99, 99]),
    floor(Flat, true, Codes, 100, [100, 100, 100]),
    floor(Flat, true, Sound, 100, [100, 100, 100]),
    floor(Flat, false, Request, 0, [85, 83, 57]),
    floor(Flat, false, Sampled, 95, [100, 99, 99]),
    floor(Flat, false, Bare, 0, [78, 67, 51]),
    floor(Flat, false, Types, 0, [100, 99, 99]),
    floor(Flat, false, Values, 0, [100, 99, 99]),
    floor(Flat, false, Codes, 100, [100, 100, 100]),
    floor(Flat, false, Sound, 100, [100, 100, 100]),
];

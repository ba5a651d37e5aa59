//! The words that signal facts. Every statement of a fact contains one.

use super::{default, deprecated, format, range, unit};
use crate::recover::signs::Sign;

/// Each list, with the fact that it is a sign of.
pub(in crate::recover) const SIGNS: &[(Sign, &[&str])] = &[
    (Sign::Default, default::SIGNS),
    (Sign::Deprecated, deprecated::SIGNS),
    (Sign::Format, format::SIGNS),
    (Sign::Length, range::LENGTH_UNITS),
    (Sign::Range, range::RANGE_WORDS),
    (Sign::Range, range::MOST_WORDS),
    (Sign::Range, range::LEAST_WORDS),
    (Sign::Unit, unit::WORDS),
    (Sign::Unit, unit::TIMES),
];

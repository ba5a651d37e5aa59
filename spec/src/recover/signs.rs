//! Signs: words of which one stands in every description that states a fact, lists values or has to do with secrets or
//! phone numbers. Most descriptions do none of that, and one pass over them shows it.

/// What there may be a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Default,
    Deprecated,
    Format,
    Length,
    Phone,
    Range,
    Secret,
    Unit,
    Values,
}

impl Sign {
    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// What a description has signs of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u16);

impl Signs {
    /// The set of these signs.
    pub(super) fn new<'s, I: IntoIterator<Item = &'s Sign>>(signs: I) -> Self {
        Self(signs.into_iter().fold(0, |bits, sign| bits | sign.bit()))
    }

    /// All there are.
    pub(super) fn all() -> Self {
        Self(u16::MAX)
    }

    /// These and those of another text.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has(self, sign: Sign) -> bool {
        self.0 & sign.bit() != 0
    }

    /// Whether there are signs of facts.
    pub(super) fn of_facts(self) -> bool {
        self.0 & !(Sign::Phone.bit() | Sign::Secret.bit() | Sign::Values.bit()) != 0
    }
}

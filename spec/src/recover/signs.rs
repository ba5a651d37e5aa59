//! Signs: words that every description contains that states a fact, lists values, or is about secrets or phone numbers.
//! Most descriptions have none.

/// Kind of a sign.
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

/// The signs in a description.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signs(u16);

impl Signs {
    /// Makes a set of signs.
    pub(super) fn new(signs: impl IntoIterator<Item = Sign>) -> Self {
        Self(signs.into_iter().fold(0, |bits, sign| bits | sign.bit()))
    }

    /// Returns the set of all signs.
    pub(super) fn all() -> Self {
        Self(u16::MAX)
    }

    /// Returns these signs and those of another text.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has(self, sign: Sign) -> bool {
        self.0 & sign.bit() != 0
    }

    /// Returns whether there are signs of facts.
    pub(super) fn of_facts(self) -> bool {
        self.0 & !(Sign::Phone.bit() | Sign::Secret.bit() | Sign::Values.bit()) != 0
    }
}

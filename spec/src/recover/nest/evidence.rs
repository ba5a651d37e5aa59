//! Evidence for and against a placement, and the cost of going against it.

use super::weights;

/// A piece of evidence for a placement (cost 0) or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// A sample shows the field under this parent.
    Shown,
    /// A sample shows it under this parent, in another case.
    ShownInOtherCase,
    /// Samples do not show the parent with members, but show it under another of the parent's name or type.
    ShownInTwin,
    /// Samples show it, but under another parent.
    ShownElsewhere,
    /// Samples show this parent's members, and the field is not among them.
    NotAmongMembers,
    /// Samples do not show this parent, or show it empty.
    ParentNotShown,
    /// A marker states this depth.
    MarkerAgrees,
    /// A marker states another depth.
    MarkerDisagrees,
    /// The field precedes its elder sibling in the alphabet; how much that means depends on the page.
    OrderBroken,
    /// The field could go on with more siblings in the order of the alphabet elsewhere: how often these would have to grow
    /// by half to be as many. Of all ways to deal sorted names out to groups, those are the likelier the more orders the
    /// groups could have had.
    FewerSiblings(u32),
    /// The parent has a member of that name already.
    Duplicate,
    /// The parent is declared as something without members.
    MemberOfScalar,
    /// The parent is declared as a map.
    MemberOfMap,
    /// The row describes the elements of the list before it.
    Element,
    /// The row or rows after it describe its elements or values, and are part of it.
    HasElementRow,
    /// The row reads like the element of the list before it, but stands elsewhere.
    ElementElsewhere,
    /// The parent is a list whose elements have a row of their own.
    BesideElement,
    /// A field of every response's top level is placed further in.
    EnvelopeFurtherIn,
    /// A field that responses or requests usually have at the top is placed further in.
    UsualEnvelopeFurtherIn,
    /// The parent is a list whose content the table does not state.
    MemberOfBareList,
    /// Its elder siblings' names all start with the parent's name, or three and more with one word, and this does not.
    OtherPrefix,
    /// Its name starts or ends with the same word as that of the row before it, which stands further in.
    LeavesLikeNamed,
    /// It is a position among many results, which usually is beside a list, and is placed in its elements.
    PagingInElement,
    /// The caption of its table names the parent.
    Captioned,
    /// It is required, and the parent is optional.
    RequiredInOptional,
    /// It begins a further table, which usually has the members of a field before it, and stands at the top level.
    FurtherAtTop,
    /// An earlier run of the same rows, of a container of the same type, has it under another parent.
    UnlikeRepeated,
    /// Containers end before this row.
    Ends,
    /// A structure ends before this row without members.
    EndsEmpty,
}

impl Evidence {
    /// Returns the evidence in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Shown => "a sample shows it here",
            Self::ShownInOtherCase => "a sample shows it here, in another case",
            Self::ShownInTwin => {
                "a sample shows it in a field that is called like the parent, or of its type"
            }
            Self::ShownElsewhere => "samples show it elsewhere",
            Self::NotAmongMembers => "samples show the parent without it",
            Self::ParentNotShown => "no sample shows the parent with members",
            Self::MarkerAgrees => "its marker says so",
            Self::MarkerDisagrees => "its marker says another depth",
            Self::OrderBroken => "it precedes its elder sibling in the alphabet",
            Self::FewerSiblings(_) => {
                "it could go on with more siblings elsewhere in the order of the alphabet"
            }
            Self::Duplicate => "the parent has a member of that name",
            Self::MemberOfScalar => "the parent's type has no members",
            Self::MemberOfMap => "the parent is a map",
            Self::Element => "it describes the elements of the list before it",
            Self::HasElementRow => "the row after it describes its content, and is part of it",
            Self::ElementElsewhere => "it reads like the element of the list before it",
            Self::BesideElement => "the parent's elements have a row of their own",
            Self::EnvelopeFurtherIn => "every response has it at the top",
            Self::UsualEnvelopeFurtherIn => "it usually is at the top",
            Self::MemberOfBareList => "the parent's type does not say that it has members",
            Self::OtherPrefix => "its elder siblings start with the parent's name, or all with the same word",
            Self::LeavesLikeNamed => "the row before it, which shares a word with it, stands further in",
            Self::PagingInElement => "a position among results usually is beside the list",
            Self::Captioned => "the caption of its table names the parent",
            Self::RequiredInOptional => "it is required, and the parent is optional",
            Self::FurtherAtTop => "a further table usually has the members of a field before it",
            Self::UnlikeRepeated => "the same rows are placed differently in a field of the same type",
            Self::Ends => "containers end before it",
            Self::EndsEmpty => "a structure ends before it without members",
        }
    }

    /// Returns its cost, once. Order costs by the square of how far the page is sorted, because few pages are sorted
    /// in part. Fields that the samples leave out cost in proportion to how much of the page the samples show.
    pub(super) fn cost(self, page: Percentages) -> u32 {
        match self {
            Self::Shown | Self::MarkerAgrees | Self::HasElementRow | Self::Element | Self::Captioned => 0,
            Self::ShownInOtherCase => weights::OTHER_CASE,
            Self::ShownInTwin => weights::IN_TWIN,
            Self::ShownElsewhere => weights::ELSEWHERE,
            Self::NotAmongMembers => {
                (weights::NOT_AMONG_MEMBERS * page.shown / 100).max(weights::PARENT_NOT_SHOWN)
            }
            Self::ParentNotShown => weights::PARENT_NOT_SHOWN,
            Self::MarkerDisagrees => weights::MARKER,
            Self::OrderBroken if page.is_sorted => weights::CERTAIN_ORDER,
            Self::OrderBroken => weights::ORDER * page.sorted * page.sorted / 10_000,
            Self::FewerSiblings(times) => weights::FEWER_SIBLINGS * times,
            Self::Duplicate => weights::DUPLICATE,
            Self::MemberOfScalar => weights::MEMBER_OF_SCALAR,
            Self::MemberOfMap => weights::MEMBER_OF_MAP,
            Self::ElementElsewhere => weights::ELEMENT_ELSEWHERE,
            Self::BesideElement => weights::BESIDE_ELEMENT,
            Self::EnvelopeFurtherIn => weights::ENVELOPE,
            Self::UsualEnvelopeFurtherIn => weights::USUAL_ENVELOPE,
            Self::MemberOfBareList => weights::MEMBER_OF_BARE_LIST,
            Self::OtherPrefix => weights::OTHER_PREFIX,
            Self::LeavesLikeNamed => weights::LEAVES_LIKE_NAMED,
            Self::PagingInElement => weights::PAGING_IN_ELEMENT,
            Self::RequiredInOptional => weights::REQUIRED_IN_OPTIONAL,
            Self::FurtherAtTop => weights::FURTHER_AT_TOP,
            Self::UnlikeRepeated => weights::UNLIKE_REPEATED,
            Self::Ends => weights::END,
            Self::EndsEmpty => weights::EMPTY_STRUCTURE,
        }
    }
}

impl std::fmt::Display for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The weights of a page's order and samples, in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Percentages {
    /// How closely its rows follow the alphabet; 0 is chance.
    pub(super) sorted: u32,
    /// Whether it follows it throughout, and not by chance.
    pub(super) is_sorted: bool,
    /// Percentage of rows whose name is in a sample, wherever.
    pub(super) shown: u32,
}

/// A piece of evidence with its cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The evidence.
    pub evidence: Evidence,
    /// Its cost in tenths; 0 if it speaks for the placement.
    pub cost: u32,
}

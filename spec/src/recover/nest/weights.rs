//! The weights of the nesting search: the cost of a placement against each kind of evidence.
//!
//! The unit is a tenth of one broken expectation. Samples outweigh hints in a table; a marker outweighs both, because
//! somebody wrote it on purpose.

/// The samples show the name, but somewhere else.
pub(super) const ELSEWHERE: u32 = 120;
/// The samples show the parent with members, but without this one; counts in full if they show the whole page.
pub(super) const NOT_AMONG_MEMBERS: u32 = 8;
/// The samples do not show the parent, or show it without members.
pub(super) const PARENT_NOT_SHOWN: u32 = 2;
/// The samples show the name in a field that is called like the parent, or has its type.
pub(super) const IN_TWIN: u32 = 1;
/// The samples show the name in another case.
pub(super) const OTHER_CASE: u32 = 1;
/// A `└` marker says another depth.
pub(super) const MARKER: u32 = 60;
/// A name before its elder sibling in the alphabet, on a page that is sorted throughout.
pub(super) const ORDER: u32 = 6;
/// As `ORDER`, on a page with more rows than are sorted by chance.
pub(super) const CERTAIN_ORDER: u32 = 20;
/// A row that could go on with more siblings elsewhere, on a page that is sorted throughout; as often as these would have
/// to grow by half to be as many.
pub(super) const FEWER_SIBLINGS: u32 = 1;
/// A second sibling of the same name.
pub(super) const DUPLICATE: u32 = 50;
/// A member of something declared as text, a number or the like.
pub(super) const MEMBER_OF_SCALAR: u32 = 40;
/// A member of a map.
pub(super) const MEMBER_OF_MAP: u32 = 10;
/// A structure without members.
pub(super) const EMPTY_STRUCTURE: u32 = 12;
/// The first row of a further table at the top level.
pub(super) const FURTHER_AT_TOP: u32 = 12;
/// The row reads like the element of the list right before it, but is not placed in it.
pub(super) const ELEMENT_ELSEWHERE: u32 = 30;
/// A second member of a list that has a row for its element.
pub(super) const BESIDE_ELEMENT: u32 = 20;
/// `RequestId`, which every response has at the top, somewhere else.
pub(super) const ENVELOPE: u32 = 30;
/// A name that responses usually have at the top, such as `Code`, or requests, such as `ClientToken`, somewhere else.
pub(super) const USUAL_ENVELOPE: u32 = 3;
/// The first member of a list whose content is not stated.
pub(super) const MEMBER_OF_BARE_LIST: u32 = 3;
/// Elder siblings all start with their parent's name, or three and more with one word, and this does not.
pub(super) const OTHER_PREFIX: u32 = 3;
/// A page's number, size and the like in the elements of a list.
pub(super) const PAGING_IN_ELEMENT: u32 = 3;
/// A required parameter in an optional one.
pub(super) const REQUIRED_IN_OPTIONAL: u32 = 2;
/// A name that shares its first or last word with that of the row before, which stands further in.
pub(super) const LEAVES_LIKE_NAMED: u32 = 2;
/// Rows that an earlier container of the same type has, too, placed otherwise than there.
pub(super) const UNLIKE_REPEATED: u32 = 8;
/// A container ended before this row, for each container.
pub(super) const END: u32 = 1;

/// A placement whose runner-up costs less than this more is ambiguous.
pub(in crate::recover) const CLEAR: u32 = 6;

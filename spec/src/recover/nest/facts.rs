//! Facts about a page's rows, worked out once before the search.

use std::cmp::Ordering;

use unicase::Ascii;

use super::names::{IdMap, NameId, Names, end_alike, is_element_name, start_alike};
use crate::recover::declared::Declared;
use crate::recover::row::Row;

/// The members that a row's type allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It has none: text, a number, a list of such.
    Scalar,
    /// There must be some.
    Structure,
    /// There may be some.
    List,
    /// There may be some, but usually there are none.
    Map,
    /// The type does not say.
    Open,
}

/// A row, as the search sees it.
#[derive(Debug)]
pub(super) struct Fact<'a> {
    /// The name as it is written.
    pub(super) text: &'a str,
    pub(super) name: NameId,
    pub(super) folded: NameId,
    pub(super) role: Role,
    /// Whether it is a map whose content the table states, so that the names in samples are keys.
    pub(super) is_map: bool,
    /// Whether a request must carry it.
    pub(super) required: bool,
    /// Whether rows describe its elements.
    pub(super) has_element_row: bool,
    /// Marker depth.
    pub(super) depth: usize,
    /// Whether it is the first of a further table.
    pub(super) begins_table: bool,
    /// Whether its members stand in a captioned table, so that none stand after it.
    pub(super) is_described_elsewhere: bool,
    /// Place in the alphabet.
    pub(super) rank: u32,
    /// Name of the list's element type, folded.
    pub(super) element: Option<NameId>,
    /// Whether its name starts with the same word as that of the row right before it.
    pub(super) starts_like_before: bool,
    /// Whether it ends with the same word.
    pub(super) ends_like_before: bool,
    /// Whether it is a position among many results.
    pub(super) is_paging: bool,
    /// Whether every response has it at the top.
    pub(super) is_envelope: bool,
    /// Whether responses or requests usually have it at the top.
    pub(super) is_usual_envelope: bool,
    /// Whether it reads like the element of the list right before it.
    pub(super) follows_its_list: bool,
    /// Whether the next row's marker is deeper.
    pub(super) marked_parent: bool,
    /// Its name's bit, if the name repeats.
    pub(super) bit: Option<u32>,
    /// Number of rows with its name.
    pub(super) namesakes: u32,
    /// The row that it repeats, if it goes through the members of a type again.
    pub(super) repeats: Option<Repeated>,
    /// An earlier row of the same name right after one that is called like the row before this.
    pub(super) follows_again: Option<usize>,
}

impl Fact<'_> {
    /// Returns whether its type says that it is a list.
    pub(super) fn is_list(&self) -> bool {
        self.role == Role::List || self.element.is_some()
    }
}

/// A row of an earlier run that a later run of rows repeats name by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Repeated {
    /// The row.
    pub(super) row: usize,
    /// The container that its run begins with.
    pub(super) start: usize,
}

/// All rows, and the properties of the page as a whole.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub(super) rows: Vec<Fact<'a>>,
    /// Number of rows with a name, by folded name; later names have none.
    counts: Vec<u32>,
    /// How far the page is sorted: 0 is chance, 100 completely.
    pub(super) sorted_percent: u32,
    /// Whether it is sorted throughout, and has too many rows for that to be chance.
    pub(super) is_sorted: bool,
    /// The deepest marker, if there are any.
    pub(super) deepest_marker: Option<usize>,
}

/// The field that every response has at the top.
const ENVELOPE: &str = "RequestId";
/// Fields that responses or requests usually have at the top.
const USUAL_ENVELOPE: &[&str] = &["Code", "Message", "Success", "HttpStatusCode", "ClientToken"];

/// Fields beside a list of results, not in it.
const PAGING: &[&str] =
    &["PageNumber", "PageSize", "TotalCount", "TotalPage", "CurrentPage", "NextToken", "MaxResults"];

/// Rows between repeated runs that are compared.
const FAR: usize = 64;

/// Number of bits for repeated names. If there are more names, some share a bit.
pub(super) const BITS: u32 = 128;

impl<'a> Facts<'a> {
    pub(super) fn new(rows: &[&'a Row<'_>], names: &mut Names<'a>) -> Self {
        let samples = give_samples(rows);
        let interned = rows
            .iter()
            .map(|row| (names.intern(&row.name), element_name(&row.declared).map(|name| names.intern(name))));
        let ids: Vec<_> = interned.collect();
        let mut counts = vec![0_u32; names.len()];
        for (id, _) in &ids {
            if let Some(count) = counts.get_mut(names.folded(*id) as usize) {
                *count += 1;
            }
        }
        let (ranks, sorted_percent, is_sorted) = alphabet(rows);
        let mut bits: IdMap<NameId, u32> = IdMap::default();
        let mut facts: Vec<Fact<'a>> = Vec::with_capacity(rows.len());
        for (at, (row, ((id, element), rank))) in rows.iter().zip(ids.into_iter().zip(ranks)).enumerate() {
            let folded = names.folded(id);
            let namesakes = counts.get(folded as usize).copied().unwrap_or(1);
            let next_bit = u32::try_from(bits.len()).unwrap_or(0) % BITS;
            let bit = (namesakes > 1).then(|| *bits.entry(folded).or_insert(next_bit));
            let before = at.checked_sub(1).and_then(|at| Some((rows.get(at)?, facts.get(at)?)));
            let is_one_of = |names: &[&str]| names.iter().any(|name| row.name.eq_ignore_ascii_case(name));
            facts.push(Fact {
                text: &row.name,
                name: id,
                folded,
                role: role_of(row, samples),
                is_map: matches!(row.declared, Declared::Map(Some(_))),
                required: row.required,
                has_element_row: !row.elements.is_empty(),
                depth: row.depth.unwrap_or(0),
                begins_table: row.begins_table,
                is_described_elsewhere: row.members.is_some(),
                rank,
                element: element.map(|id| names.folded(id)),
                starts_like_before: before.is_some_and(|(before, _)| start_alike(&before.name, &row.name)),
                ends_like_before: before.is_some_and(|(before, _)| end_alike(&before.name, &row.name)),
                is_paging: is_one_of(PAGING),
                is_envelope: row.name.eq_ignore_ascii_case(ENVELOPE),
                is_usual_envelope: is_one_of(USUAL_ENVELOPE),
                follows_its_list: before.is_some_and(|(list, fact)| is_element(row, folded, list, fact)),
                marked_parent: rows.get(at + 1).is_some_and(|next| next.depth > row.depth),
                bit,
                namesakes,
                repeats: None,
                follows_again: None,
            });
        }
        find_repeats(&mut facts);
        Self {
            rows: facts,
            counts,
            sorted_percent,
            is_sorted,
            deepest_marker: rows.iter().filter_map(|row| row.depth).max(),
        }
    }

    /// Returns whether a row has the name, folded.
    pub(super) fn is_documented(&self, folded: NameId) -> bool {
        self.counts.get(folded as usize).is_some_and(|count| *count > 0)
    }
}

/// Records where rows after a container repeat those after an earlier container of the same type, or of the same
/// name where the type has none; elsewhere, where two rows follow each other again.
fn find_repeats(facts: &mut [Fact<'_>]) {
    let mut containers: IdMap<NameId, usize> = IdMap::default();
    let mut before: Option<Repeated> = None;
    let mut pairs: IdMap<(NameId, NameId), usize> = IdMap::default();
    for at in 0..facts.len() {
        let next = before.map(|before| Repeated { row: before.row + 1, ..before });
        let folded = |row: usize| facts.get(row).map(|fact: &Fact<'_>| fact.folded);
        before = next.filter(|next| folded(next.row) == folded(at));
        let repeated = |row: usize| facts.get(row).filter(|fact| fact.namesakes > 1).map(|fact| fact.folded);
        let pair = repeated(at).and_then(|own| Some((repeated(at.checked_sub(1)?)?, own)));
        let follows_again = pair.and_then(|pair| pairs.insert(pair, at));
        let Some(fact) = facts.get_mut(at) else { break };
        fact.repeats = before.filter(|before| at - before.row <= FAR);
        fact.follows_again = follows_again.filter(|row| fact.repeats.is_none() && at - row <= FAR);
        if fact.role != Role::Scalar {
            let earlier = containers.insert(fact.element.unwrap_or(fact.folded), at);
            before = before.or(earlier.map(|row| Repeated { row, start: row }));
        }
    }
}

/// Returns a row's role. On a page with sample values, a list without a stated content has members if it alone has no
/// sample value. It holds text if its sample value is text.
///
/// An unknown type has no members, unless its word looks like the name of a structure.
fn role_of(row: &Row, samples: bool) -> Role {
    if !row.elements.is_empty() {
        let is_structure = matches!(row.declared.innermost(), Some(Declared::Structure(_)));
        return if is_structure { Role::Structure } else { Role::Scalar };
    }
    match role(&row.declared) {
        Role::Open if row.declared == Declared::Unknown && !is_type_name(&row.type_text) => Role::Scalar,
        Role::List if samples && row.sample.is_none() => Role::Structure,
        Role::List | Role::Open if samples && holds_text(row) => Role::Scalar,
        role => role,
    }
}

/// Returns whether a word may be the name of a structure, as `ChannelContext` is.
fn is_type_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.contains(|c: char| c.is_ascii_lowercase())
}

/// Returns whether the sample value of a possible list is text, and no type says more.
fn holds_text(row: &Row) -> bool {
    let is_text = |sample: &str| !sample.starts_with(['[', '{']);
    matches!(row.declared, Declared::List(None) | Declared::Absent)
        && row.sample.as_deref().is_some_and(is_text)
}

/// Returns whether nearly all of the rows without members have a sample value.
fn give_samples(rows: &[&Row]) -> bool {
    let scalars = || rows.iter().filter(|row| role(&row.declared) == Role::Scalar);
    let without = scalars().filter(|row| row.sample.is_none()).count();
    scalars().count() >= 5 * without.max(1)
}

fn role(declared: &Declared) -> Role {
    match declared {
        Declared::List(Some(element)) if matches!(**element, Declared::List(_)) => role(element),
        Declared::Structure(_) => Role::Structure,
        // A list that names the type of its elements describes them; one of just any structures may.
        Declared::List(Some(element)) if **element == Declared::Structure(None) => Role::List,
        Declared::List(Some(element)) => role(element),
        Declared::List(None) => Role::List,
        Declared::Map(Some(value)) if role(value) == Role::Scalar => Role::Scalar,
        Declared::Map(_) => Role::Map,
        Declared::Absent | Declared::Unknown => Role::Open,
        _ => Role::Scalar,
    }
}

/// Returns the name of a list's element type.
pub(in crate::recover) fn element_name(declared: &Declared) -> Option<&str> {
    match declared {
        Declared::List(Some(element)) => match &**element {
            Declared::Structure(Some(name)) => Some(name),
            _ => None,
        },
        _ => None,
    }
}

fn is_element(row: &Row, folded: NameId, list: &Row, fact: &Fact<'_>) -> bool {
    // A list in a structure of nearly its name is a member as any.
    let is_list_in_structure =
        matches!((&list.declared, &row.declared), (Declared::Structure(_), Declared::List(_)));
    list.elements.is_empty()
        && !matches!(fact.role, Role::Scalar | Role::Map)
        && !is_list_in_structure
        && role(&row.declared) != Role::Scalar
        && (fact.element == Some(folded)
            || is_element_name(&row.name, &list.name)
            || row.declared == Declared::Absent && matches!(list.declared, Declared::List(_)))
}

/// Returns each row's place in the alphabet, how closely the rows follow it, and whether that is more than chance.
/// Pages use one of two orders; the one that they follow further counts.
fn alphabet(rows: &[&Row]) -> (Vec<u32>, u32, bool) {
    let restarts = rows.iter().filter(|row| role(&row.declared) != Role::Scalar).count();
    let mut order: Vec<(&str, usize)> =
        rows.iter().zip(0..).map(|(row, at)| (row.name.as_ref(), at)).collect();
    let exact = ranks(&mut order, Ord::cmp);
    let by_exact = sorted_percent(&exact, restarts);
    if by_exact == 100 {
        let is_sorted = is_sorted(&exact, restarts);
        return (exact, by_exact, is_sorted);
    }
    let folded = ranks(&mut order, |one, other| Ascii::new(one).cmp(&Ascii::new(other)));
    let by_folded = sorted_percent(&folded, restarts);
    let (ranks, percent) = if by_folded > by_exact { (folded, by_folded) } else { (exact, by_exact) };
    let is_sorted = is_sorted(&ranks, restarts);
    (ranks, percent, is_sorted)
}

/// Sorts the names, and returns the place of each in the order, by its row.
fn ranks(order: &mut [(&str, usize)], compare: fn(&str, &str) -> Ordering) -> Vec<u32> {
    order.sort_unstable_by(|(one, _), (other, _)| compare(one, other));
    let mut ranks = vec![0; order.len()];
    let mut rank = 0;
    let mut before = None;
    for &mut (name, at) in order {
        if before.is_some_and(|before| compare(before, name).is_ne()) {
            rank += 1;
        }
        before = Some(name);
        if let Some(slot) = ranks.get_mut(at) {
            *slot = rank;
        }
    }
    ranks
}

/// Returns the percentage of neighbours in order, scaled so that half of them, as by chance, is 0. Every container may
/// start the alphabet anew.
fn sorted_percent(ranks: &[u32], restarts: usize) -> u32 {
    let pairs = ranks.len().saturating_sub(1);
    if pairs == 0 {
        return 0;
    }
    let unexplained = descending(ranks).saturating_sub(restarts) * 200 / pairs;
    u32::try_from(100_usize.saturating_sub(unexplained)).unwrap_or(0)
}

fn descending(ranks: &[u32]) -> usize {
    ranks.windows(2).filter(|pair| pair.first() > pair.last()).count()
}

/// Returns whether names are in order by more than chance. Neighbours may only descend where containers start and end,
/// and must do so three standard deviations less often than names in no order: half of these descend, with a variance
/// of a twelfth.
fn is_sorted(ranks: &[u32], containers: usize) -> bool {
    let pairs = ranks.len().saturating_sub(1);
    let descending = descending(ranks);
    let fewer = pairs.saturating_sub(2 * descending);
    descending <= 2 * containers && fewer * fewer >= 3 * pairs
}

//! Captions of further tables: a heading, a bold line or a sentence that says whose members a table's rows are, as
//! "Fields in BarDo" and "The box (field Box)" do. `List<BarDo>` and the like refer to them.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use foldhash::fast::RandomState;

use super::declared::{Declared, structure_name};
use super::grid::Grid;
use super::row::Row;
use super::section::Section;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Block, BlockKind};
use crate::source::{Source, Span};

/// Deepest nesting of captioned tables.
pub(super) const DEEPEST: usize = 8;
/// Number of texts before a table that are examined, the nearest first.
const NEAREST: usize = 3;
/// Longest caption, in bytes; a longer text is running text.
const LONGEST: usize = 160;

/// Words that a name follows in a caption.
const BEFORE: &[&str] = &[
    "in",
    "of",
    "field",
    "fields",
    "parameter",
    "type",
    "structure",
    "struct",
    "object",
    "table",
    "model",
    "字段",
    "参数",
    "类型",
    "数据类型",
    "结构",
    "结构体",
    "数据结构",
    "对象",
    "表",
];
/// Beginnings of words that follow a name in a caption.
const AFTER: &[&str] = &[
    "field",
    "parameter",
    "structure",
    "struct",
    "object",
    "type",
    "table",
    "member",
    "字段",
    "参数",
    "类型",
    "数据",
    "结构",
    "对象",
    "说明",
    "成员",
    "表",
    "属性",
    "的",
];

/// A further table with the texts before it.
#[derive(Debug)]
pub(super) struct Captioned {
    /// Span from its first row to its last.
    rows: Span,
    /// The nearest first.
    texts: Vec<String>,
}

impl Captioned {
    /// Finds the captions of a table whose rows begin at `first`: `None` without tables before it, or without a text
    /// that may be a caption.
    pub(super) fn find(
        rows: &[Row<'_>],
        first: usize,
        section: &Section<'_>,
        grid: &Grid<'_>,
        source: &Source,
    ) -> Option<Self> {
        let own = rows.get(first..).filter(|_| first > 0)?;
        let rows = Span::new(own.first()?.span.start, own.last()?.span.end);
        let above = grid.above.iter().rev().filter_map(|block| text(block, source));
        let above = above.take(NEAREST).map(Cow::into_owned);
        let is_first = section.blocks.as_ptr() == grid.above.as_ptr();
        let title = is_first.then(|| section.title.to_owned());
        let texts: Vec<String> = above.chain(title).filter(|text| text.len() <= LONGEST).collect();
        (!texts.is_empty()).then_some(Self { rows, texts })
    }
}

fn text<'a>(block: &'a Block<'a>, source: &'a Source) -> Option<Cow<'a, str>> {
    match &block.kind {
        BlockKind::Heading { text, .. } => Some(Cow::Borrowed(text.as_ref())),
        BlockKind::Paragraph | BlockKind::List if block.span.end - block.span.start <= 2 * LONGEST => {
            Some(source.plain_text(block.span))
        }
        _ => None,
    }
}

/// Records which rows are members of the field that a caption names, and which rows own them. The tables of members
/// come after the others. A table about the content of a text becomes part of the text's description.
pub(super) fn resolve(rows: &mut Vec<Row<'_>>, captions: &[Captioned], diagnostics: &mut Vec<Diagnostic>) {
    if captions.is_empty() {
        return;
    }
    let named = Named::new(rows);
    let mut described = Vec::new();
    let mut owners: Vec<(Vec<usize>, usize)> = Vec::new();
    // The table that has an owner's members, by the owner's name.
    let mut tables: HashMap<&str, usize, RandomState> = HashMap::default();
    let mut homes: Vec<(Range<usize>, usize)> = Vec::new();
    for caption in captions {
        let start = rows.partition_point(|row| row.span.start < caption.rows.start);
        let end = rows.partition_point(|row| row.span.start < caption.rows.end);
        let own = start..end;
        let found = caption.texts.iter().find_map(|text| named.owner(text, &own));
        match found {
            Some((name, Owner::Members(of))) => {
                let next = tables.len();
                let table = *tables.entry(name).or_insert(next);
                homes.push((own, table));
                owners.push((of, table));
            }
            Some((_, Owner::Text(of))) => described.push((of, own)),
            None => {}
        }
    }
    drop(tables);
    for (own, table) in homes {
        rows.get_mut(own).unwrap_or_default().iter_mut().for_each(|row| row.table = Some(table));
    }
    for (of, table) in owners {
        for at in of {
            if let Some(row) = rows.get_mut(at) {
                own(row, table, diagnostics);
            }
        }
    }
    describe(rows, &described);
    take_back_unreached(rows);
    for row in rows.iter_mut().filter(|row| row.table.is_some()) {
        row.begins_table = false;
    }
    rows.sort_by_key(|row| row.table);
}

/// Makes a row the owner of the members in a table. This also explains the word for its type.
fn own(row: &mut Row<'_>, table: usize, diagnostics: &mut Vec<Diagnostic>) {
    row.members = Some(table);
    if row.declared == Declared::Unknown {
        row.declared = Declared::Structure(structure_name(&row.type_text));
        let span = row.type_span;
        diagnostics.retain(|known| known.code != Code::UnknownType || known.span != span);
    }
}

/// Moves rows about the content of texts into the descriptions of the texts.
fn describe(rows: &mut Vec<Row<'_>>, described: &[(Vec<usize>, Range<usize>)]) {
    if described.is_empty() {
        return;
    }
    let mut is_inside = vec![false; rows.len()];
    for (texts, own) in described {
        let members = rows.get(own.clone()).unwrap_or_default();
        let lines: String = members
            .iter()
            .map(|row| {
                let words: Vec<&str> = row.description.split_whitespace().collect();
                let kind = if row.type_text.is_empty() { "String" } else { &row.type_text };
                format!("\n- {} ({kind}): {}", row.name, words.join(" "))
            })
            .collect();
        for at in texts {
            let Some(row) = rows.get_mut(*at) else { continue };
            row.description = Cow::Owned(format!("{}\n{lines}", row.description).trim_start().to_owned());
        }
        is_inside.get_mut(own.clone()).unwrap_or_default().fill(true);
    }
    let mut is_inside = is_inside.into_iter();
    rows.retain(|_| !is_inside.next().unwrap_or(false));
}

/// Ignores the captions of tables that cannot be reached in [`DEEPEST`] steps, so that no row is lost.
fn take_back_unreached(rows: &mut [Row<'_>]) {
    let count = rows.iter().filter_map(|row| row.table).max().map_or(0, |last| last + 1);
    let mut leads_to: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut open: VecDeque<(usize, usize)> = VecDeque::new();
    for row in rows.iter() {
        match (row.table.and_then(|table| leads_to.get_mut(table)), row.members) {
            (Some(inner), Some(members)) => inner.push(members),
            (None, Some(members)) => open.push_back((members, 1)),
            _ => {}
        }
    }
    let mut is_reached = vec![false; count];
    let mut taken_back: Vec<usize> = Vec::new();
    for next in 0..count {
        while let Some((table, depth)) = open.pop_front() {
            let Some(reached) = is_reached.get_mut(table).filter(|reached| !**reached) else { continue };
            *reached = true;
            let inner = leads_to.get(table).into_iter().flatten();
            open.extend(inner.filter(|_| depth < DEEPEST).map(|inner| (*inner, depth + 1)));
        }
        if let Some(reached) = is_reached.get_mut(next).filter(|reached| !**reached) {
            *reached = true;
            taken_back.push(next);
            open.extend(leads_to.get(next).into_iter().flatten().map(|inner| (*inner, 1)));
        }
    }
    for row in rows.iter_mut().filter(|_| !taken_back.is_empty()) {
        let stays = |table: &usize| taken_back.binary_search(table).is_err();
        row.table = row.table.filter(stays);
        row.members = row.members.filter(stays);
    }
}

/// The target of a caption.
enum Owner {
    /// Fields with members.
    Members(Vec<usize>),
    /// Texts with structured content.
    Text(Vec<usize>),
}

/// The rows that a caption may name, by the names of their types and by their own.
struct Named {
    types: HashMap<String, Vec<usize>, RandomState>,
    fields: HashMap<String, Vec<usize>, RandomState>,
    texts: HashMap<String, Vec<usize>, RandomState>,
}

impl Named {
    fn new(rows: &[Row<'_>]) -> Self {
        let mut named =
            Self { types: HashMap::default(), fields: HashMap::default(), texts: HashMap::default() };
        for (at, row) in rows.iter().enumerate() {
            let by_name = match row.declared {
                // Members of a path are in other paths, those of a marked row after it.
                _ if row.name.contains('.')
                    || rows.get(at + 1).is_some_and(|next| next.depth > row.depth && !next.begins_table) =>
                {
                    continue;
                }
                Declared::String => &mut named.texts,
                _ if row.declared.is_container() || row.declared == Declared::Unknown => &mut named.fields,
                _ => continue,
            };
            by_name.entry(row.name.to_string()).or_default().push(at);
            let unknown = || structure_name(&row.type_text).filter(|_| row.declared == Declared::Unknown);
            if let Some(name) = row.declared.structure().map(str::to_owned).or_else(unknown) {
                named.types.entry(name).or_default().push(at);
            }
        }
        named
    }

    /// Finds the owner in a text whose members the rows in `own` are.
    fn owner(&self, text: &str, own: &Range<usize>) -> Option<(&str, Owner)> {
        let outside = |rows: &Vec<usize>| -> Vec<usize> {
            rows.iter().copied().filter(|row| !own.contains(row)).collect()
        };
        let words: Vec<&str> = words(text).collect();
        // Words around them mark these as names; the last is tried first.
        let marked = (0..words.len()).rev().filter(|at| is_marked(&words, *at));
        let names: Vec<&str> = marked.filter_map(|at| words.get(at).copied()).collect();
        let of_type = names.iter().find_map(|name| self.types.get_key_value(*name));
        if let Some((name, rows)) = of_type {
            return Some((name, Owner::Members(rows.clone())));
        }
        let field = names.iter().find_map(|name| {
            let (name, rows) = self.fields.get_key_value(*name)?;
            Some((name.as_str(), outside(rows))).filter(|(_, rows)| !rows.is_empty())
        });
        if let Some((name, rows)) = field {
            return Some((name, Owner::Members(rows)));
        }
        names.iter().find_map(|name| {
            let (name, rows) = self.texts.get_key_value(*name)?;
            Some((name.as_str(), Owner::Text(outside(rows)))).filter(|_| !outside(rows).is_empty())
        })
    }
}

/// Splits a caption into words: names, and runs of other letters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let parts = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.'));
    let parts = parts.flat_map(move |part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            let is_name = rest.chars().next().map(is_in_name)?;
            let end = rest.find(|c| is_in_name(c) != is_name).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end)?;
            rest = after;
            Some(word)
        })
    });
    parts.map(|word| word.trim_matches(['.', '-'])).filter(|word| !word.is_empty())
}

/// Returns whether a word stands where captions have a name: after or before a word for that, or alone.
fn is_marked(words: &[&str], at: usize) -> bool {
    let is = |word: &str, known: &[&str]| known.iter().any(|known| word.eq_ignore_ascii_case(known));
    let begins = |word: &str| {
        let word = word.to_lowercase();
        AFTER.iter().any(|known| word.starts_with(known))
    };
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    // "Data type X" is about X.
    let is_last =
        || !words.iter().skip(at + 2).any(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
    words.len() == 1
        || before.is_some_and(|before| is(before, BEFORE))
        || words.get(at + 1).is_some_and(|after| begins(after)) && is_last()
}

#[cfg(test)]
mod tests;

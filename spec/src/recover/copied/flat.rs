//! Tables with a line or paragraph for each cell, in which empty cells are lost.
//!
//! The header gives the order of the cells in a row. The row and column of a text follow from its form: types are known
//! words, names are identifiers, a status is a number. Each way to assign the texts to rows and columns has a price,
//! and the cheapest wins. The price of a text depends only on the one before it, so one pass finds the cheapest way.

use super::super::column::Column;
use super::super::form::{self, TypeWord};
use super::cells;
use super::header::Header;
use crate::page::Table;
use crate::source::{Source, Span};

/// Most texts in a table; a longer table is not documentation.
const MOST_TEXTS: usize = 50_000;

/// Reads the table below a header; `None` if the texts below are no rows of it.
pub(super) fn table(header: &Header, body: &[Span], source: &Source) -> Option<Table> {
    let cells = body.iter().flat_map(|line| cells(*line, header.separator, source));
    let says_required = header.columns.contains(&Column::Required);
    let texts = cells.filter(|cell| !cell.is_empty()).map(|span| Text::new(span, says_required, source));
    let texts: Vec<_> = texts.collect();
    if texts.len() > MOST_TEXTS {
        return None;
    }
    let places = Search { columns: &header.columns }.deal(&texts)?;
    let first = header.cells.first()?.to(*header.cells.last()?);
    let mut table = Table::with_header(first, header.cells.iter().copied());
    let mut rest = texts.iter().zip(&places).peekable();
    while let Some((text, place)) = rest.next() {
        let mut cells = vec![None; header.columns.len()];
        let mut add = |text: &Text, column: usize| {
            if let Some(cell) = cells.get_mut(column) {
                *cell = Some(cell.map_or(text.span, |cell: Span| cell.to(text.span)));
            }
        };
        add(text, place.column);
        let mut row = text.span;
        while let Some((text, place)) = rest.next_if(|(_, place)| !place.begins_row) {
            add(text, place.column);
            row = row.to(text.span);
        }
        let end = Span::at(row.end);
        table.push(row, cells.into_iter().map(|cell| cell.unwrap_or(end)));
    }
    Some(table)
}

/// A text that is a cell, or part of one, with its possible readings.
struct Text {
    span: Span,
    type_word: Option<TypeWord>,
    /// A type in lower case, which nothing else looks like.
    is_plain_type: bool,
    /// A type of pages that are less strict.
    is_type: bool,
    is_name: bool,
    /// Whether a parameter is required or not, in a table that says so.
    is_required: bool,
    is_location: bool,
    is_status: bool,
    is_error_code: bool,
    /// A name or code of several parts.
    is_dotted: bool,
    is_prose: bool,
}

impl Text {
    fn new(span: Span, says_required: bool, source: &Source) -> Self {
        let text = source.plain_line(span);
        let type_word = form::type_word(&text);
        Self {
            span,
            is_plain_type: type_word.is_some() && text.starts_with(|c: char| c.is_ascii_lowercase()),
            type_word,
            is_type: form::is_type(&text),
            is_name: form::is_name(&text),
            is_required: says_required && form::is_required(&text),
            is_location: form::is_location(&text),
            is_status: form::is_status(&text),
            is_error_code: form::is_error_code(&text),
            is_dotted: form::is_error_code(&text) && text.trim_end_matches('.').contains('.'),
            is_prose: form::is_prose(&text),
        }
    }
}

/// Price of a text in a column, or of a column without one. The unit is a small doubt.
type Cost = u32;

/// A text that cannot be in that column.
const NEVER: Cost = 1_000_000;

/// The row and column that a text is assigned to.
#[derive(Clone, Copy)]
struct Place {
    column: usize,
    begins_row: bool,
}

/// The state of a row, as far as later texts depend on it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct State {
    /// The column of the last text.
    column: usize,
    /// Whether an element of the row before could follow it.
    may_be_element: bool,
    /// Whether the row's type takes members or elements.
    is_container: bool,
    /// Whether the row has no name.
    is_unnamed: bool,
}

/// Flags of a state.
const FLAGS: usize = 8;

impl State {
    fn index(self) -> usize {
        self.column * FLAGS
            + usize::from(self.may_be_element) * 4
            + usize::from(self.is_container) * 2
            + usize::from(self.is_unnamed)
    }

    fn from_index(index: usize) -> Self {
        let column = index / FLAGS;
        let is = |flag| index & flag != 0;
        Self { column, may_be_element: is(4), is_container: is(2), is_unnamed: is(1) }
    }
}

/// The way to a state: the one before, and whether the text begins a row.
type Step = (usize, bool);

struct Search<'h> {
    columns: &'h [Column],
}

impl Search<'_> {
    /// Assigns the texts to rows and columns; `None` if that is impossible.
    fn deal(&self, texts: &[Text]) -> Option<Vec<Place>> {
        let states = self.columns.len() * FLAGS;
        let mut steps: Vec<Vec<Step>> = Vec::with_capacity(texts.len());
        // The table may begin with the row of the response as a whole, which has no name.
        let start = State { column: 0, may_be_element: true, is_container: true, is_unnamed: false };
        let mut costs = vec![NEVER; states];
        for (at, text) in texts.iter().enumerate() {
            let next = texts.get(at + 1);
            let mut further = vec![NEVER; states];
            let mut reached = vec![(0, false); states];
            let mut reach = |from: usize, begins_row, to: State, cost: Cost| {
                let index = to.index();
                if let Some((known, step)) = further.get_mut(index).zip(reached.get_mut(index))
                    && cost < *known
                {
                    (*known, *step) = (cost, (from, begins_row));
                }
            };
            if at == 0 {
                self.begin_row(start, text, next, |to, cost| reach(0, true, to, cost));
            }
            for (from, &cost) in costs.iter().enumerate().filter(|(_, cost)| **cost < NEVER) {
                let state = State::from_index(from);
                self.go_on(state, text, next, |to, further| reach(from, false, to, cost + further));
                let closing = cost + self.left_out(state.column + 1, self.columns.len(), state);
                self.begin_row(state, text, next, |to, further| reach(from, true, to, closing + further));
            }
            costs = further;
            steps.push(reached);
        }
        let total = |index: usize, cost: Cost| {
            let state = State::from_index(index);
            cost + self.left_out(state.column + 1, self.columns.len(), state)
        };
        let ends = costs.iter().enumerate().filter(|(_, cost)| **cost < NEVER);
        let (mut index, _) = ends.min_by_key(|&(index, &cost)| total(index, cost))?;
        let mut places = Vec::with_capacity(texts.len());
        for reached in steps.iter().rev() {
            let &(from, begins_row) = reached.get(index)?;
            places.push(Place { column: State::from_index(index).column, begins_row });
            index = from;
        }
        places.reverse();
        Some(places)
    }

    /// Tries every way to begin a row with a text, after one in that state.
    fn begin_row(&self, before: State, text: &Text, next: Option<&Text>, mut reach: impl FnMut(State, Cost)) {
        for column in 0..self.columns.len() {
            let skipped = self.columns.get(..column).unwrap_or_default();
            let state = State {
                column,
                may_be_element: before.is_container,
                is_container: false,
                is_unnamed: skipped.contains(&Column::Name),
            };
            self.place(state, text, next, self.left_out(0, column, state), &mut reach);
        }
    }

    /// Tries every way to go on with a row.
    fn go_on(&self, state: State, text: &Text, next: Option<&Text>, mut reach: impl FnMut(State, Cost)) {
        let column = self.columns.get(state.column).copied().unwrap_or(Column::Unknown);
        let cost = further(column, text) + of_no_container(column, text, state);
        if cost < NEVER {
            reach(state, cost);
        }
        for column in state.column + 1..self.columns.len() {
            let skipped = self.columns.get(state.column + 1..column).unwrap_or_default();
            let is_unnamed = state.is_unnamed || skipped.contains(&Column::Name);
            let state = State { is_unnamed, ..state };
            let left_out = self.left_out(state.column + 1, column, state);
            self.place(State { column, ..state }, text, next, left_out, &mut reach);
        }
    }

    fn place(
        &self,
        mut state: State,
        text: &Text,
        next: Option<&Text>,
        left_out: Cost,
        reach: &mut impl FnMut(State, Cost),
    ) {
        let column = self.columns.get(state.column).copied().unwrap_or(Column::Unknown);
        let is_before_required = self.columns.get(state.column + 1) == Some(&Column::Required)
            && next.is_some_and(|next| next.is_required);
        let cost = fit(column, text, is_before_required) + of_no_container(column, text, state);
        if cost < NEVER {
            state.is_container |= column == Column::Type && text.type_word == Some(TypeWord::Container);
            reach(state, left_out + cost);
        }
    }

    /// Returns the price of leaving columns empty.
    fn left_out(&self, from: usize, to: usize, state: State) -> Cost {
        let columns = self.columns.get(from..to).unwrap_or_default();
        columns.iter().map(|&column| absent(column, state)).sum()
    }
}

/// Returns the price of a text that begins a cell of a column.
fn fit(column: Column, text: &Text, is_before_required: bool) -> Cost {
    match column {
        Column::Name if !text.is_name => NEVER,
        Column::Name if text.is_plain_type => 12,
        Column::Name if text.is_required => 3,
        Column::Name => {
            if text.type_word.is_some() {
                2
            } else {
                0
            }
        }
        Column::Type => match () {
            () if text.type_word.is_some() => 0,
            () if text.is_type => 3,
            () if text.is_name && is_before_required => 4,
            () if text.is_name => 14,
            () => NEVER,
        },
        Column::Required if text.is_required => 0,
        Column::Location if text.is_location => 0,
        Column::Location if text.is_name => 12,
        Column::Status if text.is_status => 0,
        Column::Required | Column::Location | Column::Status => NEVER,
        Column::ErrorCode if text.is_status || !text.is_error_code => NEVER,
        Column::ErrorCode => 0,
        Column::ErrorMessage => unlike_words(text) + 2 * Cost::from(text.is_status),
        Column::Description => unlike_words(text) + if text.is_prose { 0 } else { 2 },
        Column::Sample => unlike_value(text),
        // Details begin with the type.
        Column::Details if text.type_word.is_some() => 0,
        Column::Details => 6,
        Column::Unknown => 3,
    }
}

/// Returns the price of a further text in a cell of a column.
fn further(column: Column, text: &Text) -> Cost {
    match column {
        Column::Description | Column::ErrorMessage => 1 + unlike_words(text),
        Column::Sample => 5 + unlike_value(text),
        Column::Details if text.type_word.is_some() => 4,
        Column::Details => 1 + Cost::from(text.is_name),
        _ => NEVER,
    }
}

fn unlike_words(text: &Text) -> Cost {
    match () {
        () if text.is_plain_type || text.is_status || text.is_dotted => 10,
        () if text.is_required || text.type_word.is_some() => 4,
        () if text.is_name => 1,
        () => 0,
    }
}

fn unlike_value(text: &Text) -> Cost {
    match () {
        () if text.is_plain_type => 12,
        () if text.is_prose => 4,
        () => 0,
    }
}

/// Returns the extra price of reading a word as the sample of a row with members or elements: it is more likely the
/// name of the first member.
fn of_no_container(column: Column, text: &Text, state: State) -> Cost {
    if column == Column::Sample && state.is_container && text.is_name { 4 } else { 0 }
}

/// Returns the price of a row without a cell in a column.
fn absent(column: Column, State { may_be_element, is_unnamed, .. }: State) -> Cost {
    match column {
        // The element of a list has no name.
        Column::Name => {
            if may_be_element {
                4
            } else {
                25
            }
        }
        Column::Type | Column::ErrorCode => 30,
        Column::Required | Column::Description if is_unnamed => 1,
        Column::Required => 10,
        Column::Location => 5,
        Column::Status => 6,
        Column::Description | Column::ErrorMessage => 3,
        Column::Sample if is_unnamed => 0,
        Column::Sample => 2,
        Column::Details => 20,
        Column::Unknown => 1,
    }
}

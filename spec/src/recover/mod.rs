//! Recovers the spec of an operation from its page: [`recover`]. Reads blocks, sections, tables, samples and links, and
//! combines their content. Anything that is not understood becomes a diagnostic.

mod captions;
mod column;
mod copied;
pub mod declared;
mod details;
mod elements;
mod errors;
mod example;
mod facts;
pub mod fields;
mod foreign;
mod form;
mod grid;
mod grids;
mod identity;
mod input;
mod item;
mod layout;
mod link;
mod links;
pub mod nest;
mod requested;
pub mod row;
pub mod sampled;
mod section;
mod sensitive;
mod sign_words;
mod signs;
mod table;
mod title;
mod unread;
pub mod values;

use crate::diagnostic::{self, Code, Diagnostic};
use crate::model::{ErrorCode, Links, Operation, Samples, Side};
use crate::page::{self, BlockKind};
use crate::source::{Source, Span};
use captions::Captioned;
use example::{Example, Role};
use fields::Placed;
use grid::Grid;
pub use layout::Layout;
pub use requested::COMMON_PARAMETERS;
use requested::Requested;
use row::Row;
use sampled::Sampled;
use section::{Kind, Section};
pub use table::without_notes;

/// The result of reading a page.
#[derive(Clone, Debug)]
pub struct Recovery {
    /// The operation, as far as it could be read; `None` if the page documents none.
    pub operation: Option<Operation>,
    /// The place of every row of its tables, with the evidence.
    pub placements: Placements,
    /// The layout of its tables.
    pub layout: Layout,
    /// The diagnostics about the page, in its order.
    pub diagnostics: Vec<Diagnostic>,
    /// The page, to show diagnostics with.
    pub source: Source,
}

impl Recovery {
    /// Returns whether rows of its parameters or fields could not be read. A client generated from the other rows would
    /// be wrong.
    #[must_use]
    pub fn lacks_fields(&self) -> bool {
        self.says(Code::UnreadableSection)
    }

    /// Returns whether its error codes could not be read.
    #[must_use]
    pub fn lacks_errors(&self) -> bool {
        self.says(Code::UnreadableErrors)
    }

    fn says(&self, code: Code) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
    }
}

/// The places of the rows of a page's tables, in page order.
#[derive(Clone, Debug, Default)]
pub struct Placements {
    /// Rows of the request's tables.
    pub request: Placed,
    /// Rows of the response's tables.
    pub response: Placed,
}

impl Placements {
    /// Returns the row of the field with that path; marks of lists and maps may be left out of it.
    #[must_use]
    pub fn span(&self, side: Side, path: &str) -> Option<Span> {
        let placed = match side {
            Side::Request => &self.request,
            Side::Response => &self.response,
        };
        let path = fields::bare(path);
        placed.rows.iter().find(|row| fields::bare(placed.path(row)) == path).map(|row| row.span)
    }
}

/// Recovers the operation that a page documents. `name` is the page's name in diagnostics. Accepts any bytes, never
/// panics, and takes roughly linear time.
///
/// ```
/// let page = b"# Ring\n\nRings a bell.\n\n## Debugging\n\n\
///     [Try](https://explorer.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)\n\n\
///     ## Request parameters\n\n\
///     |Parameter|Type|Required|Example|Description|\n|--|--|--|--|--|\n\
///     |Action|String|Yes|Ring|The operation.|\n|Times|Integer|Yes|3|How often.|\n\n\
///     ## Response parameters\n\n\
///     |Parameter|Type|Example|Description|\n|--|--|--|--|\n|RequestId|String|7A|The request.|\n";
/// let recovery = ccc_spec::recover("Ring.md", page);
/// let operation = recovery.operation.unwrap();
/// assert_eq!((operation.product.as_str(), operation.action.as_str()), ("Bell", "Ring"));
/// assert_eq!(operation.request[0].name, "Times");
/// ```
#[must_use]
pub fn recover(name: &str, bytes: &[u8]) -> Recovery {
    let mut diagnostics = Vec::new();
    let (mut placements, mut layout) = (Placements::default(), Layout::default());
    let input = input::decode(name, bytes, &mut diagnostics);
    let source = input.source;
    let operation = if input.readable {
        operation(&source, &mut placements, &mut layout, &mut diagnostics)
    } else {
        None
    };
    diagnostic::sort(&mut diagnostics);
    Recovery { operation, placements, layout, diagnostics, source }
}

fn operation(
    source: &Source,
    placements: &mut Placements,
    layout: &mut Layout,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Operation> {
    let (page, mut found) = page::read(source);
    diagnostics.append(&mut found);
    let sections = section::sections(&page, source);
    let title = title(&sections, diagnostics);
    let mut tables = Tables::read(&sections, source, diagnostics);
    *layout = Layout::from_rows(tables.request.iter().chain(&tables.response));
    let examples = examples(&sections, source);
    let of_role = |role| examples.iter().filter(move |example| example.role == role);
    let read = |role| of_role(role).map(|example| example.text(source).into()).collect::<Vec<Sampled>>();
    let requests = read(Role::Request);
    let requested: Vec<_> = requests.iter().map(Requested::new).collect();
    let identity = identity::identify(&sections, &tables.request, &requested, title, source, diagnostics)?;
    let common = requested::take_common(&mut tables.request, identity.style, diagnostics);
    example::report_unread(&examples, diagnostics);
    unread::report(&sections, &tables.read, title.1, source, diagnostics);
    sensitive::mark(&mut [&mut tables.request, &mut tables.response]);
    let mut fields = |direction, rows: &[Row], samples: &[Sampled]| {
        let mut found = fields::recover(direction, rows, samples);
        diagnostics.append(&mut found.diagnostics);
        (found.fields, found.placed)
    };
    let (request, placed) = fields(Side::Request, &tables.request, &requests);
    placements.request = placed;
    for row in common {
        placements.request.add_constant(&row.name, row.required, row.span);
    }
    let responses = read(Role::Response);
    let (response, placed) = fields(Side::Response, &tables.response, &responses);
    placements.response = placed;
    foreign::report_foreign(&responses, &identity.action, diagnostics);
    for sent in &requested {
        sent.check(&request, &tables.request, diagnostics);
    }
    Some(Operation {
        product: identity.product,
        version: identity.version,
        style: identity.style,
        action: identity.action,
        title: title.0.to_owned(),
        summary: summary(&sections, source),
        english: String::new(),
        safe_to_repeat: false,
        request,
        response,
        errors: tables.errors,
        samples: Samples {
            requests: of_role(Role::Request).map(|example| example.sample(source)).collect(),
            responses: of_role(Role::Response).map(|example| example.sample(source)).collect(),
        },
        links: Links { explorer: identity.explorer, error_center: identity.error_center },
    })
}

/// Returns the title and its place; the start of the page if it has none.
fn title<'a>(sections: &[Section<'a>], diagnostics: &mut Vec<Diagnostic>) -> (&'a str, Span) {
    let titled = sections.iter().find(|section| section.kind == Kind::Opening && !section.title.is_empty());
    let first = sections.first().map_or(Span::at(0), |section| section.heading);
    match titled {
        Some(section) => (section.title, section.heading),
        None => {
            diagnostics.push(Diagnostic::new(Code::NoTitle, first, "the page has no title"));
            ("", first)
        }
    }
}

/// Returns the text between the title and the first section.
fn summary(sections: &[Section<'_>], source: &Source) -> String {
    let opening = sections.iter().filter(|section| section.kind == Kind::Opening);
    let blocks = opening.flat_map(|section| section.blocks);
    let texts = blocks.filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::List));
    texts.map(|block| source.plain_text(block.span)).collect::<Vec<_>>().join("\n\n")
}

/// The rows of all tables of a page.
#[derive(Default)]
struct Tables<'p> {
    request: Vec<Row<'p>>,
    response: Vec<Row<'p>>,
    errors: Vec<ErrorCode>,
    request_captions: Vec<Captioned>,
    response_captions: Vec<Captioned>,
    /// The kinds of sections with a table that was read.
    read: Vec<Kind>,
}

impl<'p> Tables<'p> {
    fn read(sections: &[Section<'_>], source: &'p Source, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut tables = Self::default();
        for section in sections {
            for grid in grids::all(section, source) {
                tables.add(section, &grid, source, diagnostics);
            }
        }
        elements::fold_unnamed(&mut tables.request, diagnostics);
        elements::fold_unnamed(&mut tables.response, diagnostics);
        captions::resolve(&mut tables.request, &tables.request_captions, diagnostics);
        captions::resolve(&mut tables.response, &tables.response_captions, diagnostics);
        tables
    }

    fn add(
        &mut self,
        section: &Section<'_>,
        grid: &Grid<'_>,
        source: &'p Source,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Grid { table, columns, .. } = grid;
        let kind = section.kind;
        let is_read = match kind {
            Kind::Request | Kind::Response => columns.are_fields(),
            _ => kind == Kind::Errors && columns.are_errors(),
        };
        self.read.extend(is_read.then_some(kind));
        match kind {
            Kind::Request if is_read => {
                let first = self.request.len();
                table::add_rows(&mut self.request, table, columns, source, diagnostics);
                self.request_captions.extend(Captioned::find(&self.request, first, section, grid, source));
            }
            Kind::Response if is_read => {
                let first = self.response.len();
                table::add_rows(&mut self.response, table, columns, source, diagnostics);
                self.response_captions.extend(Captioned::find(&self.response, first, section, grid, source));
                if let Some(row) = self.response.get_mut(first) {
                    row.begins_table = first > 0;
                }
            }
            Kind::Errors if is_read => {
                self.errors.extend(errors::rows(table, columns, source, diagnostics));
            }
            // Tables of permissions and changes are not part of the spec.
            Kind::Opening | Kind::Debug | Kind::Prose if !columns.are_fields() => {}
            _ => {
                let span = table.header.span;
                let message = "a table is not read: it holds neither parameters nor errors";
                diagnostics.push(Diagnostic::new(Code::UnreadTable, span, message));
            }
        }
    }
}

/// Returns the samples of the sections that hold samples, in page order. Outside the section of examples, a code block
/// need not be a sample.
fn examples(sections: &[Section<'_>], source: &Source) -> Vec<Example> {
    let mut all = Vec::new();
    for section in sections {
        match section.kind {
            Kind::Examples => all.extend(example::examples(section, source)),
            // A body beside request parameters shows the content of one of them.
            Kind::Request => {
                let found = example::examples(section, source).into_iter();
                all.extend(found.filter(|example| example.role == Role::Request));
            }
            Kind::Response | Kind::Errors => {
                let found = example::examples(section, source).into_iter();
                all.extend(found.filter(|example| example.role != Role::Other));
            }
            _ => {}
        }
    }
    all
}

//! Explains why a field of a page was put where it is, as text for a reviewer.

use std::fmt;

use crate::Recovery;
use crate::paths::{self, PathRow};
use crate::recover::Placements;
use crate::recover::fields::bare;
use crate::recover::nest::Weighed;
use crate::source::Span;

/// Number of similar names suggested for an unknown one.
const NEAR: usize = 5;

/// The line for a field without evidence for or against its place.
pub const NO_EVIDENCE: &str = "no sample, marker or type says otherwise";

/// Reasons not to explain a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unexplained {
    /// The page documents no operation.
    NoOperation,
    /// The page documents no such field; these have similar names.
    Unknown {
        /// Paths, the most similar first.
        near: Vec<String>,
    },
    /// Several fields have that name.
    Several {
        /// Their paths, in page order.
        paths: Vec<String>,
    },
}

impl fmt::Display for Unexplained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOperation => f.write_str("the page documents no operation"),
            Self::Unknown { near } if near.is_empty() => f.write_str("the page documents no such field"),
            Self::Unknown { near } => {
                write!(f, "the page documents no such field; do you mean {}?", near.join(" or "))
            }
            Self::Several { paths } => {
                f.write_str("several fields have that name; name one by its path:")?;
                paths.iter().try_for_each(|path| write!(f, "\n  {path}"))
            }
        }
    }
}

impl std::error::Error for Unexplained {}

/// The reasons for the place of a field. Displays as the text of [`explain`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// The field.
    pub field: PathRow<'a>,
    /// Its row on the page.
    pub span: Span,
    /// The evidence for its place and against it; none for names that are paths themselves.
    pub evidence: &'a [Weighed],
    /// The next best place, if any other was left.
    pub runner_up: Option<RunnerUp<'a>>,
    page: &'a str,
}

/// The next best place of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunnerUp<'a> {
    /// Path of the parent that the field would have there; empty for the top level.
    pub parent: &'a str,
    /// How much more the page as a whole would cost.
    pub margin: u32,
    /// Whether the margin is so small that the field may belong there.
    pub is_close: bool,
}

impl Explanation<'_> {
    /// Adds up the cost of the field's place, in tenths of a broken expectation.
    #[must_use]
    pub fn cost(&self) -> u32 {
        self.evidence.iter().map(|weighed| weighed.cost).sum()
    }
}

/// Explains the place of every documented field, in the order of [`paths::rows`]; none if the page documents no
/// operation.
#[must_use]
pub fn explanations(recovery: &Recovery) -> Vec<Explanation<'_>> {
    let Placements { request, response } = &recovery.placements;
    let placements = [request, response].into_iter();
    let placements = placements.flat_map(|placed| placed.rows.iter().map(move |row| (placed, row)));
    let rows = paths::rows(recovery).into_iter().zip(placements);
    rows.map(|(field, (placed, row))| Explanation {
        field,
        span: row.span,
        evidence: placed.evidence(row),
        runner_up: placed.runner_up(row).map(|(parent, margin)| RunnerUp {
            parent,
            margin,
            is_close: row.is_ambiguous(),
        }),
        page: recovery.source.name(),
    })
    .collect()
}

/// Explains the place of a field: the evidence for it and against it, and how much more the next best place would have
/// cost. `field` is a path on the wire, with or without `[]` and `{}`, or a name that only one field has. If both the
/// request and the response have the path, both fields are explained.
///
/// # Errors
///
/// [`Unexplained`] if the page has no such field, or several with that name.
///
/// ```
/// let page = b"# Ring\n\n## Debugging\n\n[Try](https://e.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)\n\n\
///     ## Response parameters\n\n|Parameter|Type|Description|\n|--|--|--|\n\
///     |Bells|Array of Bell|Those that rang.|\n|Id|String|One of them.|\n";
/// let recovery = ccc_spec::recover("Ring.md", page);
/// let told = ccc_spec::explain::explain(&recovery, "Id").unwrap();
/// assert!(told.starts_with("Bells[].Id: String, in the response (Ring.md:12)\n"));
/// let error = ccc_spec::explain::explain(&recovery, "Idd").unwrap_err();
/// assert_eq!(error.to_string(), "the page documents no such field; do you mean Bells[].Id?");
/// ```
pub fn explain(recovery: &Recovery, field: &str) -> Result<String, Unexplained> {
    if recovery.operation.is_none() {
        return Err(Unexplained::NoOperation);
    }
    let fields = explanations(recovery);
    let asked = bare(field);
    let has_path = |explained: &&Explanation<'_>| bare(explained.field.path) == asked;
    let mut found: Vec<_> = fields.iter().filter(has_path).collect();
    if found.is_empty() {
        found = fields.iter().filter(|explained| name(explained.field.path) == asked).collect();
        if found.len() > 1 {
            let paths = found
                .iter()
                .map(|explained| format!("{} ({})", explained.field.path, explained.field.direction));
            return Err(Unexplained::Several { paths: paths.collect() });
        }
    }
    if found.is_empty() {
        return Err(Unexplained::Unknown {
            near: near(&asked, &fields.iter().map(|explained| explained.field.path).collect::<Vec<_>>()),
        });
    }
    Ok(found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PathRow { path, kind, direction, line, .. } = self.field;
        writeln!(f, "{path}: {kind}, in the {direction} ({}:{line})", self.page)?;
        match self.cost() {
            0 => writeln!(f, "\nNothing speaks against its place:")?,
            cost => writeln!(f, "\nIts place costs {cost}:")?,
        }
        for weighed in self.evidence {
            writeln!(f, "{:>6}  {}", weighed.cost, weighed.evidence)?;
        }
        if self.evidence.is_empty() {
            writeln!(f, "{:>6}  {NO_EVIDENCE}", 0)?;
        }
        match self.runner_up {
            None => writeln!(f, "\nNo other place was left to compare with."),
            Some(RunnerUp { parent, margin, is_close }) => {
                let parent = if parent.is_empty() { "the top level" } else { parent };
                let doubt = if is_close { ": too little to be sure" } else { "" };
                writeln!(
                    f,
                    "\nThe runner-up is {parent}; with the field there, the page as a whole costs {margin} more{doubt}."
                )
            }
        }
    }
}

/// Returns the last segment of a path.
fn name(path: &str) -> String {
    bare(path.rsplit('.').next().unwrap_or(path))
}

/// Returns the paths whose last names are most like that of `asked`, at most [`NEAR`].
fn near(asked: &str, paths: &[&str]) -> Vec<String> {
    let asked = name(asked).to_lowercase();
    let mut near: Vec<(usize, &str)> = paths
        .iter()
        .filter_map(|&path| {
            let known = name(path).to_lowercase();
            let is_part = asked.len() > 2 && (known.contains(&asked) || asked.contains(&known));
            let edits = edits(&asked, &known);
            (is_part || edits <= 1 + asked.len() / 6).then_some((edits, path))
        })
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(NEAR).map(|(_, path)| path.to_owned()).collect()
}

/// Counts the characters that have to be added, removed or replaced to get from one name to the other.
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut costs: Vec<usize> = (0..=other.len()).collect();
    for (row, a) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut costs, vec![row + 1]).into_iter();
        let mut above_left = diagonal.next().unwrap_or_default();
        for (b, above) in other.iter().zip(diagonal) {
            let left = costs.last().copied().unwrap_or_default();
            let replaced = above_left + usize::from(a != *b);
            costs.push(replaced.min(left + 1).min(above + 1));
            above_left = above;
        }
    }
    costs.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rows: &str, sample: &str) -> Recovery {
        let page = format!(
            "# Ring\n\n## Debugging\n\n[Try](https://e.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)\n\n\
             ## Response parameters\n\n|Parameter|Type|Description|\n|--|--|--|\n{rows}\n\
             ## Examples\n\nSample success response\n\n`JSON` format\n\n```\n{sample}\n```\n"
        );
        crate::recover("Ring.md", page.as_bytes())
    }

    fn bells() -> Recovery {
        let rows = "|Bells|Array of Bell|.|\n|Id|String|.|\n|Tower|Struct|.|\n|Id|String|.|\n|Height|Long|.|\n|RequestId|String|.|\n";
        page(rows, r#"{"RequestId": "r", "Bells": [{"Id": "b", "Tower": {"Id": "t", "Height": 3}}]}"#)
    }

    #[test]
    fn a_place_is_explained_by_its_evidence_and_the_runner_up() {
        insta::assert_snapshot!(explain(&bells(), "Height").unwrap());
    }

    #[test]
    fn a_path_needs_no_marks() {
        let recovery = bells();
        let told = explain(&recovery, "Bells.Tower.Id");
        assert!(told.as_ref().unwrap().starts_with("Bells[].Tower.Id: String, in the response"));
        assert_eq!(told, explain(&recovery, "Bells[].Tower.Id"));
    }

    #[test]
    fn a_name_of_several_fields_lists_them() {
        let paths = vec!["Bells[].Id (response)".to_owned(), "Bells[].Tower.Id (response)".to_owned()];
        assert_eq!(explain(&bells(), "Id"), Err(Unexplained::Several { paths }));
    }

    #[test]
    fn an_unknown_name_gets_those_nearest_to_it() {
        let near = |asked| match explain(&bells(), asked) {
            Err(Unexplained::Unknown { near }) => near,
            other => panic!("{other:?}"),
        };
        assert_eq!(near("Heigth"), ["Bells[].Tower.Height"]);
        assert_eq!(near("Bells.tower.heights"), ["Bells[].Tower.Height"]);
        assert_eq!(near("Clapper"), Vec::<String>::new());
    }

    #[test]
    fn edits_are_counted_in_characters() {
        assert_eq!(edits("", "号码"), 2);
        assert_eq!(edits("kitten", "sitting"), 3);
    }

    #[test]
    fn a_page_without_an_operation_explains_nothing() {
        assert_eq!(explain(&crate::recover("x", b"# Guide\n"), "Id"), Err(Unexplained::NoOperation));
    }
}

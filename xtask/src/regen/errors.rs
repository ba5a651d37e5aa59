//! Keeps the error codes of an operation if its page's table of them cannot be read.

use ccc_spec::model::{ErrorCode, Operation};

use super::problem::{Codes, Problem};
use crate::pages::Page;
use crate::specs::Specs;

/// Copies the error codes of the spec on disk to the operation. Returns the problem to report.
pub(crate) fn keep(operation: &mut Operation, page: &Page, specs: &Specs) -> Problem {
    let (page_name, spec) = (page.name.clone(), page.spec_name());
    if specs.damaged.contains_key(&page.spec()) {
        return Problem::NothingToKeep { page: page_name, spec };
    }
    let known = specs.readable.get(&page.spec()).filter(|known| known.action == operation.action);
    let codes = match known {
        Some(known) => {
            // The overlay adds its texts again.
            let as_on_page = |error: &ErrorCode| ErrorCode { english: String::new(), ..error.clone() };
            operation.errors = known.errors.iter().map(as_on_page).collect();
            Codes::Kept { spec }
        }
        None => Codes::Nothing,
    };
    Problem::ErrorCodes { page: page_name, codes }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    const PAGE: &str = "# Ring\n\n[Try](https://explorer.test/#product=Bell&api=Ring&type=RPC&version=2021-01-02)\n\n\
                        ## Request parameters\n\nNone.\n\n## Response parameters\n\nNone.\n";

    fn page() -> Page {
        Page { name: "spec/docs/a.md".to_owned(), path: PathBuf::new() }
    }

    fn operation() -> Operation {
        ccc_spec::recover("a.md", PAGE.as_bytes()).operation.unwrap()
    }

    fn known(action: &str) -> Specs {
        let code = ErrorCode {
            status: Some(400),
            code: "Bad.Bell".to_owned(),
            message: "Bad.".to_owned(),
            description: "坏".to_owned(),
            english: "It is bad.".to_owned(),
        };
        let known = Operation { action: action.to_owned(), errors: vec![code], ..operation() };
        Specs { readable: [("a.json".to_owned(), known)].into(), ..Specs::default() }
    }

    #[test]
    fn codes_are_kept_as_the_page_said_them() {
        let mut operation = operation();
        let problem = keep(&mut operation, &page(), &known("Ring"));
        let kept: Vec<_> = operation.errors.iter().map(|error| (&*error.code, &*error.english)).collect();
        assert_eq!(kept, [("Bad.Bell", "")]);
        assert_eq!(
            problem.to_string(),
            "the error codes of spec/docs/a.md cannot be read; those of spec/ir/a.json stay as they are"
        );
    }

    #[test]
    fn codes_of_another_operation_are_not_taken() {
        let mut operation = operation();
        let problem = keep(&mut operation, &page(), &known("Hold"));
        assert!(operation.errors.is_empty());
        assert_eq!(
            problem.to_string(),
            "the error codes of spec/docs/a.md cannot be read; its operation comes without them"
        );
    }

    #[test]
    fn a_spec_that_cannot_be_read_is_not_overwritten() {
        let damaged = [("a.json".to_owned(), "cut off".to_owned())].into();
        let specs = Specs { damaged, ..Specs::default() };
        assert!(keep(&mut operation(), &page(), &specs).blocks_writing());
    }
}

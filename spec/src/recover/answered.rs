//! A sample answer against the operation: the outermost element of XML names the operation it is an answer of.

use super::fields::Sampled;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::SampleFormat;
use crate::source::Span;

/// Names sample answers of another operation: they were copied, and may show what this one does not answer.
pub(super) fn name_foreign(answers: &[Sampled<'_>], action: &str, diagnostics: &mut Vec<Diagnostic>) {
    let said = answers.iter().filter(|sample| sample.text.format == SampleFormat::Xml).filter_map(|sample| {
        let (other, at) = answered(sample.text.text)?;
        let start = sample.text.span.start + at;
        Some((other, Span::new(start, start + other.len())))
    });
    diagnostics.extend(said.filter(|(other, _)| !other.eq_ignore_ascii_case(action)).map(|(other, span)| {
        let message = format!("the sample is an answer of `{other}`, the page documents `{action}`");
        Diagnostic::new(Code::ForeignSample, span, message).with_help(
            "replace it if it was copied from another page; if the name alone is wrong, correct that",
        )
    }));
}

/// The operation that the outermost element names, `RingBell` in `<RingBellResponse>`, and where it does.
fn answered(xml: &str) -> Option<(&str, usize)> {
    let mut rest = xml.trim_start();
    if rest.starts_with("<?") {
        rest = rest.split_once("?>")?.1.trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let at = xml.len() - name.len();
    let (action, _) = name.split_once(['>', ' ', '\n', '\r', '\t'])?.0.rsplit_once("Response")?;
    let is_action = action.starts_with(|c: char| c.is_ascii_uppercase())
        && action.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_action.then_some((action, at))
}

#[cfg(test)]
mod tests {
    use super::answered;

    #[test]
    fn the_outermost_element_names_the_operation() {
        assert_eq!(answered("<RingBellResponse>\n<A>1</A></RingBellResponse>"), Some(("RingBell", 1)));
        assert_eq!(
            answered("\n<?xml version=\"1.0\"?>\n<RingBellResponse xmlns=\"x\">"),
            Some(("RingBell", 24))
        );
    }

    #[test]
    fn other_elements_name_none() {
        for xml in [
            "<Bells>",
            "<successResponse>",
            "<Response>",
            "<Ring-BellResponse>",
            "<RingBellResponse",
            "",
            "{}",
        ] {
            assert_eq!(answered(xml), None, "{xml}");
        }
    }
}

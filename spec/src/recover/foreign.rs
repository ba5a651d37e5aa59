//! Checks sample responses against the operation: the outermost element of XML names the operation that sent it.

use super::sampled::Sampled;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::SampleFormat;
use crate::source::Span;

/// Reports sample responses of another operation. They were copied, and may show fields that this operation does not
/// return.
pub(super) fn report_foreign(responses: &[Sampled<'_>], action: &str, diagnostics: &mut Vec<Diagnostic>) {
    let foreign = responses
        .iter()
        .filter_map(operation_named_in)
        .filter(|(other, _)| !other.eq_ignore_ascii_case(action));
    diagnostics.extend(foreign.map(|(other, span)| {
        let message = format!("the sample is a response of `{other}`, but the page documents `{action}`");
        Diagnostic::new(Code::ForeignSample, span, message).with_help(
            "replace it if it was copied from another page; if only the name is wrong, correct the name",
        )
    }));
}

/// Returns the operation that the outermost element names, `RingBell` in `<RingBellResponse>`, and its place.
fn operation_named_in<'a>(sample: &'a Sampled<'_>) -> Option<(&'a str, Span)> {
    let tree = sample.parsed.tree.as_ref().filter(|_| sample.text.format == SampleFormat::Xml)?;
    let [outermost] = tree.entries() else { return None };
    let action = outermost.name.strip_suffix("Response")?;
    let start = outermost.name_span.start;
    let is_action = action.starts_with(|c: char| c.is_ascii_uppercase());
    is_action.then(|| (action, Span::new(start, start + action.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recover::sampled::SampleText;

    fn said(xml: &str) -> Vec<String> {
        let span = Span::new(0, xml.len());
        let sample = Sampled::from(SampleText { format: SampleFormat::Xml, text: xml, span });
        operation_named_in(&sample)
            .map(|(action, span)| format!("{action} at {}", span.start))
            .into_iter()
            .collect()
    }

    #[test]
    fn the_outermost_element_names_the_operation() {
        assert_eq!(said("<RingBellResponse>\n<A>1</A></RingBellResponse>"), ["RingBell at 1"]);
        assert_eq!(said("\n<?xml version=\"1.0\"?>\n<RingBellResponse xmlns=\"x\"/>"), ["RingBell at 24"]);
    }

    #[test]
    fn other_elements_name_none() {
        for xml in ["<Bells/>", "<successResponse/>", "<Response/>", "<A/><RingBellResponse/>", "", "{}"] {
            assert_eq!(said(xml), [""; 0], "{xml}");
        }
    }
}

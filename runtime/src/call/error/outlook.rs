//! The advice of an error that leaves open whether the service acted.

use crate::wire::record::Attempts;

/// Returns the advice. It says that the request can be sent again only if the same request may succeed later
/// (`may_pass`).
///
/// Requests that are safe to repeat need no check before they are sent again.
pub(super) fn open_outcome(attempts: &Attempts, may_pass: bool) -> &'static str {
    match (attempts.is_safe_to_repeat(), may_pass) {
        (true, true) => "; sending it again does no harm",
        (true, false) => "",
        (false, _) => {
            "; the request may have reached the service and may have been carried out; check whether it was before you \
             send it again"
        }
    }
}

//! What an error says that leaves open whether the service acted.

use crate::wire::record::Attempts;

/// `may_pass` says whether the same request may succeed later: else nobody is told that it can be sent again.
///
/// Whoever only read has nothing to look for before sending again.
pub(super) fn open_outcome(attempts: &Attempts, may_pass: bool) -> &'static str {
    match (attempts.is_safe_to_repeat(), may_pass) {
        (true, true) => "; sending it again does no harm",
        (true, false) => "",
        (false, _) => {
            "; the request may have reached the service and may have been carried out; look whether it was before you \
             send it again"
        }
    }
}

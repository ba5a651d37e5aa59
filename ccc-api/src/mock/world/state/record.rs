//! What remains of a call.

use super::Millis;
use super::job::Job;

/// A call that ended.
#[derive(Clone, Debug)]
pub(in super::super) struct Record {
    /// The call as it ended; its id is the record's `ContactId`.
    pub(in super::super) job: Job,
    /// When the record is there to be asked for.
    pub(in super::super) appears: Millis,
    /// When its recording is there; none if nobody talked.
    pub(in super::super) recording_appears: Option<Millis>,
}

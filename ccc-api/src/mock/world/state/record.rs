//! The record of a call.

use super::Millis;
use super::job::Job;

/// The record of a call that ended.
#[derive(Clone, Debug)]
pub(in super::super) struct Record {
    /// The call. Its id is the record's `ContactId`.
    pub(in super::super) job: Job,
    /// When the record becomes available.
    pub(in super::super) appears: Millis,
    /// When the recording becomes available; `None` if nobody talked.
    pub(in super::super) recording_appears: Option<Millis>,
}

//! Decides the outcome of a call: it succeeded; it was refused and nothing was done; or it is open.
//!
//! Only this module decides it, from the status, the code, the product's codes of success, and whether the response
//! holds data. "Nothing was done" is a promise: it is made only for a refusal that is understood.

use std::borrow::Cow;

use crate::call::error::{DocumentedError, Flaw, OperationError};
use crate::call::operation::Operation;
use crate::call::product::Product;
use crate::wire::codes::{
    is_dotted, is_word, number, outcome_is_unknown, says_success, says_that_nothing_was_done,
};
use crate::wire::decode::{Data, Envelope};

/// The facts of an operation that decide its outcome, without its types.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(crate) operation: Cow<'static, str>,
    pub(crate) success_codes: &'static [&'static str],
    pub(crate) errors: &'static [DocumentedError],
}

/// The outcome of a response that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Succeeded,
    /// It has an error code. If `open`, the request may have been carried out.
    Refused {
        open: bool,
    },
    /// It is neither a success nor a refusal.
    Unclear(Flaw),
}

impl Terms {
    pub(crate) fn new<O: Operation>() -> Self {
        Self {
            operation: Cow::Borrowed(O::ACTION),
            success_codes: O::Product::SUCCESS_CODES,
            errors: <O::Error as OperationError>::DOCUMENTED,
        }
    }

    /// Decides the outcome. `data` is called only if it matters.
    pub(crate) fn outcome(&self, status: u16, envelope: &Envelope, data: impl FnOnce() -> Data) -> Outcome {
        let code = envelope.code.as_deref();
        let good = code.is_none_or(|code| self.success_codes.contains(&code) || says_success(code));
        if (200..300).contains(&status) && good && envelope.success != Some(false) {
            let is_answer = code.is_some() || envelope.request_id.is_some() || data().documented;
            return if is_answer { Outcome::Succeeded } else { Outcome::Unclear(Flaw::NoAnswer) };
        }
        match code {
            None => Outcome::Unclear(Flaw::NoCode),
            Some(code) => Outcome::Refused {
                // A response that contradicts itself leaves it open.
                open: good
                    || envelope.success == Some(true)
                    || outcome_is_unknown(code, status)
                    || !self.understands(code, status)
                    || data().any,
            },
        }
    }

    /// Tells whether a code that is no success is surely a refusal. With a status of 4xx it is. With 2xx, the operation
    /// must document it, or it must look like a code of the platform: a single word may be an unknown spelling of
    /// success.
    fn understands(&self, code: &str, status: u16) -> bool {
        if says_that_nothing_was_done(code) {
            return true;
        }
        match status {
            400..500 => is_word(code),
            200..300 => {
                self.errors.iter().any(|error| error.code == code)
                    || number(code).is_some_and(|code| (400.0..500.0).contains(&code))
                    || is_dotted(code)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;

//! The meaning of error codes and HTTP statuses, which is the same for every operation.

/// Tells whether a code means success in one of the spellings that services use.
pub(crate) fn says_success(code: &str) -> bool {
    let words = ["ok", "success", "succeed", "succeeded", "successful", "accepted", "created", "true"];
    words.iter().any(|word| code.eq_ignore_ascii_case(word))
        || number(code).is_some_and(|code| code == 0.0 || (200.0..300.0).contains(&code))
}

/// Tells whether a code means that requests come too fast. Such a request was not carried out.
pub(crate) fn is_throttling(code: &str) -> bool {
    begins(code, "Throttling")
        && code.get("Throttling".len()..).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Tells whether a code means that the request's time is too far from the service's.
pub(crate) fn is_about_the_time(code: &str) -> bool {
    matches!(code, "InvalidTimeStamp.Expired" | "InvalidTimestamp.Expired" | "IllegalTimestamp")
}

/// Every attempt has a new nonce. If one was used before, something on the way sent the attempt twice.
pub(crate) const NONCE_USED: &str = "SignatureNonceUsed";

/// Tells whether a refusal says nothing about the request: a fault of the service, or the second copy of an attempt
/// that something on the way sent twice.
pub(crate) fn is_fault_of_the_service(code: &str, status: u16) -> bool {
    let faults = ["Internal", "ServiceUnavailable", "ServiceTimeout", "UnknownError", NONCE_USED];
    status >= 500
        || number(code).is_some_and(|code| (500.0..600.0).contains(&code))
        || faults.iter().any(|name| begins(code, name))
}

/// Tells by code and HTTP status whether a refusal leaves the outcome open.
pub(crate) fn outcome_is_unknown(code: &str, status: u16) -> bool {
    is_fault_of_the_service(code, status) && !says_that_nothing_was_done(code)
}

/// Tells whether something before the service stopped the request, by the status of a response without a code: a proxy
/// that requires credentials, or a server that finds the request line or the headers too long before it reads the rest.
pub(crate) fn is_refusal_on_the_way(status: u16) -> bool {
    matches!(status, 407 | 414 | 431)
}

pub(crate) fn says_that_nothing_was_done(code: &str) -> bool {
    is_throttling(code) || is_about_the_time(code)
}

/// Tells whether a code is words joined by dots, none of which means success: `NotExists.UserId`.
pub(crate) fn is_dotted(code: &str) -> bool {
    let mut parts = code.split('.');
    let all_words = parts.clone().all(|part| {
        is_word(part) && part.starts_with(|first: char| first.is_ascii_alphabetic()) && !says_success(part)
    });
    all_words && parts.nth(1).is_some()
}

pub(crate) fn is_word(code: &str) -> bool {
    let nothing = ["", "false", "null", "none", "undefined", "nan"];
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-:/".contains(&byte);
    code.bytes().all(plain) && !nothing.iter().any(|word| code.eq_ignore_ascii_case(word))
}

fn begins(code: &str, start: &str) -> bool {
    code.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
}

pub(crate) fn number(code: &str) -> Option<f64> {
    code.bytes().next().filter(u8::is_ascii_digit)?;
    code.parse().ok()
}

//! A documented error code.

use serde::{Deserialize, Serialize};

/// An error the page documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCode {
    /// HTTP status it comes with, if the page gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The `Code` of the error response, e.g. `NotExists.UserId`.
    pub code: String,
    /// The message's template; `%s` marks an argument.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// The description on the page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The description in English, from an overlay.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub english: String,
}

// @generated from the page `ccc/2020-07-01/MakeCall.md` by `cargo xtask regen`. Do not edit.

use ccc_macros::{Decode, RedactedDebug};

use crate::types::{CallContext, UserContext};

/// Answer of `MakeCall`, CCC 2020-07-01.
#[derive(Clone, Default, PartialEq, Decode, RedactedDebug)]
#[non_exhaustive]
pub struct MakeCallResponse {
    /// 响应码。
    ///
    /// On the wire: `Code`. Sample: `OK`.
    #[field(name = "Code")]
    pub code: Option<String>,
    /// 数据。
    ///
    /// On the wire: `Data`.
    #[field(name = "Data")]
    pub data: MakeCallData,
    /// HTTP状态码。
    ///
    /// On the wire: `HttpStatusCode`. Sample: `200`.
    #[field(name = "HttpStatusCode")]
    pub http_status_code: Option<i32>,
    /// 响应信息。
    ///
    /// On the wire: `Message`. Sample: `无`.
    #[field(name = "Message")]
    pub message: Option<String>,
    /// 返回参数。
    ///
    /// On the wire: `Params`. Sample: `无`.
    #[field(name = "Params")]
    pub params: Vec<String>,
    /// 请求ID。
    ///
    /// On the wire: `RequestId`. Sample: `26A34338-5CD9-4C95-A7A6-5BDCE76C6B94`.
    #[field(name = "RequestId")]
    pub request_id: Option<String>,
}

/// 数据。
#[derive(Clone, Default, PartialEq, Decode, RedactedDebug)]
#[non_exhaustive]
pub struct MakeCallData {
    /// 话务上下文环境。
    ///
    /// On the wire: `CallContext`.
    #[field(name = "CallContext")]
    pub call_context: CallContext,
    /// 用户上下文环境。
    ///
    /// On the wire: `UserContext`.
    #[field(name = "UserContext")]
    pub user_context: UserContext,
}

// @generated from the page `ccc/2020-07-01/MakeCall.md` by `cargo xtask regen`. Do not edit.

use ccc_macros::{Builder, Parameters, RedactedDebug};

use super::{MakeCallError, MakeCallResponse};
use crate::runtime::Operation;

/// 调用接口MakeCall进行外呼。
///
/// Parameters of `MakeCall`, CCC 2020-07-01.
#[derive(Clone, PartialEq, Builder, Parameters, RedactedDebug)]
#[builder(name = "MakeCallBuilder", operation = "MakeCall")]
#[non_exhaustive]
pub struct MakeCallRequest {
    /// 被叫号码。
    ///
    /// On the wire: `Callee`. Sample: `13188888888`.
    #[field(name = "Callee", sensitive)]
    pub callee: String,
    /// 座席端提供的唯一ID，用来表示一个座席工作台，一个座席可以有多个不同类型的座席台，比如浏览器，iOS, Android等， 但是在同一时间，只能有一个生效。
    ///
    /// On the wire: `DeviceId`. Sample: `ACC-YUNBS-1.0.10-bsd87c04aaa8f7000176ad354b1c`.
    #[field(name = "DeviceId")]
    pub device_id: String,
    /// 呼叫中心实例ID。
    ///
    /// On the wire: `InstanceId`. Sample: `ccc-test`.
    #[field(name = "InstanceId")]
    pub instance_id: String,
    /// 用户ID，格式为username@domain。
    ///
    /// On the wire: `UserId`. Sample: `user-test@ccc-test`.
    #[field(name = "UserId")]
    pub user_id: Option<String>,
    /// 主叫号码，如果是内部呼叫，这此参数无效，如果是外部呼叫，此参数是主叫PSTN号码。
    ///
    /// On the wire: `Caller`. Sample: `0109898989`.
    #[field(name = "Caller", sensitive)]
    pub caller: Option<String>,
    /// 超时时间，呼叫在经过该参数指定的时间仍然未接通的情况下，则主动挂断。
    ///
    /// On the wire: `TimeoutSeconds`. Sample: `10`.
    #[field(name = "TimeoutSeconds")]
    pub timeout_seconds: Option<i32>,
}

impl Operation for MakeCallRequest {
    const PRODUCT: &'static str = "CCC";
    const VERSION: &'static str = "2020-07-01";
    const ACTION: &'static str = "MakeCall";
    type Response = MakeCallResponse;
    type Error = MakeCallError;
}

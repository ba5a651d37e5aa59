// @generated from the page `ccc/2020-07-01/MakeCall.md` by `cargo xtask regen`. Do not edit.

use ccc_macros::{Decode, RedactedDebug};

use super::ChannelContext;

/// 话务上下文环境。
#[derive(Clone, Default, PartialEq, Decode, RedactedDebug)]
#[non_exhaustive]
pub struct CallContext {
    /// 呼叫类型, 最初发起呼叫时的类型。
    ///
    /// On the wire: `CallType`. Sample: `OUTBOUND`.
    #[field(name = "CallType")]
    pub call_type: Option<String>,
    /// 通话上下文。
    ///
    /// On the wire: `ChannelContexts`.
    #[field(name = "ChannelContexts")]
    pub channel_contexts: Vec<ChannelContext>,
    /// 呼叫中心实例ID。
    ///
    /// On the wire: `InstanceId`. Sample: `ccc-test`.
    #[field(name = "InstanceId")]
    pub instance_id: Option<String>,
    /// 话务ID。
    ///
    /// On the wire: `JobId`. Sample: `job-65700074013925376`.
    #[field(name = "JobId")]
    pub job_id: Option<String>,
}

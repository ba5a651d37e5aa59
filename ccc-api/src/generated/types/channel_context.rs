// @generated from the page `ccc/2020-07-01/MakeCall.md` by `cargo xtask regen`. Do not edit.

use std::collections::BTreeMap;

use ccc_macros::{Decode, RedactedDebug};

/// 通话上下文。
#[derive(Clone, Default, PartialEq, Decode, RedactedDebug)]
#[non_exhaustive]
pub struct ChannelContext {
    /// 随路数据。
    ///
    /// On the wire: `AssociatedData`. Sample: `无`.
    #[field(name = "AssociatedData")]
    pub associated_data: BTreeMap<String, serde_json::Value>,
    /// 呼叫类型, 最初发起呼叫时的类型。
    ///
    /// On the wire: `CallType`. Sample: `OUTBOUND`.
    #[field(name = "CallType")]
    pub call_type: Option<String>,
    /// 通道标志，比如监听，辅助，静音等。
    ///
    /// On the wire: `ChannelFlags`. Sample: `[]`.
    #[field(name = "ChannelFlags")]
    pub channel_flags: Option<String>,
    /// 通道ID。
    ///
    /// On the wire: `ChannelId`. Sample: `ch:user:1318888888->80011474:1609225718294:job-65700074013925376`.
    #[field(name = "ChannelId", sensitive)]
    pub channel_id: Option<String>,
    /// 状态。
    ///
    /// On the wire: `ChannelState`. Sample: `NONE`.
    #[field(name = "ChannelState")]
    pub channel_state: Option<String>,
    /// 接收方。
    ///
    /// On the wire: `Destination`. Sample: `80011474`.
    #[field(name = "Destination", sensitive)]
    pub destination: Option<String>,
    /// 话务ID。
    ///
    /// On the wire: `JobId`. Sample: `job-65700074013925376`.
    #[field(name = "JobId")]
    pub job_id: Option<String>,
    /// 发起方。
    ///
    /// On the wire: `Originator`. Sample: `13188888888`.
    #[field(name = "Originator", sensitive)]
    pub originator: Option<String>,
    /// 挂断方。
    ///
    /// On the wire: `ReleaseInitiator`. Sample: `无`.
    #[field(name = "ReleaseInitiator")]
    pub release_initiator: Option<String>,
    /// 挂断原因。
    ///
    /// On the wire: `ReleaseReason`. Sample: `无`.
    #[field(name = "ReleaseReason")]
    pub release_reason: Option<String>,
    /// 状态数据上次变更时间戳。
    ///
    /// On the wire: `Timestamp`. Sample: `1609225718295`.
    #[field(name = "Timestamp")]
    pub timestamp: Option<i64>,
    /// 座席是否发起方。
    ///
    /// On the wire: `UserExtension`. Sample: `80011474`.
    #[field(name = "UserExtension")]
    pub user_extension: Option<String>,
    /// 该Channel的用户ID，如果是客户通道，则userId为空。
    ///
    /// On the wire: `UserId`. Sample: `user-test@ccc-test`.
    #[field(name = "UserId")]
    pub user_id: Option<String>,
}

// @generated from the page `ccc/2020-07-01/MakeCall.md` by `cargo xtask regen`. Do not edit.

use ccc_macros::{Decode, RedactedDebug};

use super::UserState;

/// 用户上下文环境。
#[derive(Clone, Default, PartialEq, Decode, RedactedDebug)]
#[non_exhaustive]
pub struct UserContext {
    /// 小休状态码。
    ///
    /// On the wire: `BreakCode`. Sample: `Warm-up`.
    #[field(name = "BreakCode")]
    pub break_code: Option<String>,
    /// 设备标示。
    ///
    /// On the wire: `DeviceId`. Sample: `ACC-YUNBS-1.0.10-bsd87c04aaa8f7000176ad354b1c`.
    #[field(name = "DeviceId")]
    pub device_id: Option<String>,
    /// 座席分机号，一共8位 如果一个用户账号有多种设备，则多个设备用一个分机号，且同一时间只有一个设备可用。
    ///
    /// On the wire: `Extension`. Sample: `80011474`.
    #[field(name = "Extension")]
    pub extension: Option<String>,
    /// 呼叫中心实例ID。
    ///
    /// On the wire: `InstanceId`. Sample: `ccc-test`.
    #[field(name = "InstanceId")]
    pub instance_id: Option<String>,
    /// 在呼叫状态时的通话ID。
    ///
    /// On the wire: `JobId`. Sample: `job-65700074013925376`.
    #[field(name = "JobId")]
    pub job_id: Option<String>,
    /// 仅外呼。
    ///
    /// On the wire: `OutboundScenario`. Sample: `false`.
    #[field(name = "OutboundScenario")]
    pub outbound_scenario: Option<bool>,
    /// 签入的技能组ID列表。
    ///
    /// On the wire: `SignedSkillGroupIdList`. Sample: `["skill-group@ccc-test"]`.
    #[field(name = "SignedSkillGroupIdList")]
    pub signed_skill_group_id_list: Vec<String>,
    /// 用户ID，格式为username@domain。
    ///
    /// On the wire: `UserId`. Sample: `user-test@ccc-test`.
    #[field(name = "UserId")]
    pub user_id: Option<String>,
    /// 座席状态码。包括：
    ///
    /// On the wire: `UserState`. Sample: `READY`.
    #[field(name = "UserState")]
    pub user_state: Option<UserState>,
    /// 工作模式。
    ///
    /// On the wire: `WorkMode`. Sample: `ON_SITE`.
    #[field(name = "WorkMode")]
    pub work_mode: Option<String>,
}

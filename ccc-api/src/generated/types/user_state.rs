// @generated from the page `ccc/2020-07-01/MakeCall.md` by `cargo xtask regen`. Do not edit.

use ccc_macros::OpenEnum;

use crate::runtime::UnknownValue;

/// 座席状态码。包括：
///
/// Match what is documented, then `_`, and ask `as_str()` there.
#[derive(Clone, PartialEq, Eq, Hash, OpenEnum)]
#[non_exhaustive]
pub enum UserState {
    /// 离线
    #[value("OFFLINE")]
    Offline,
    /// 小休
    #[value("BREAK")]
    Break,
    /// 就绪，空闲
    #[value("READY")]
    Ready,
    /// 拨号
    #[value("DIALING")]
    Dialing,
    /// 振铃
    #[value("RINGING")]
    Ringing,
    /// 通话
    #[value("TALKING")]
    Talking,
    /// 话后处理
    #[value("WORKING")]
    Working,
    /// Any other value.
    #[doc(hidden)]
    #[unknown]
    Unknown(UnknownValue),
}

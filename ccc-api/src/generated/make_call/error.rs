// @generated from the page `ccc/2020-07-01/MakeCall.md` by `cargo xtask regen`. Do not edit.

use ccc_macros::OperationError;

use crate::runtime::ServiceError;

/// Errors of `MakeCall`, CCC 2020-07-01.
///
/// Match what is documented, then `_`, and ask `code()` there.
#[derive(Clone, OperationError)]
#[non_exhaustive]
pub enum MakeCallError {
    /// 呼叫中心实例中不存在指定的用户。
    ///
    /// HTTP 404, `NotExists.UserId`: `The user %s does not exist in instance %s.`
    #[code("NotExists.UserId", status = 404, message = "The user %s does not exist in instance %s.")]
    #[non_exhaustive]
    NotExistsUserId {
        /// The user the message names.
        user: Option<String>,
        /// The instance the message names.
        instance: Option<String>,
        /// What the service said.
        service: ServiceError,
    },
    /// 指定的呼叫中心实例不存在。
    ///
    /// HTTP 404, `NotExists.InstanceId`: `The specified instance %s does not exist.`
    #[code("NotExists.InstanceId", status = 404, message = "The specified instance %s does not exist.")]
    #[non_exhaustive]
    NotExistsInstanceId {
        /// The instance the message names.
        instance: Option<String>,
        /// What the service said.
        service: ServiceError,
    },
    /// 您呼叫的用户正忙，请稍后再试。
    ///
    /// HTTP 400, `UserBusy`: `The user %s you called was busy. Please try again later.`
    #[code("UserBusy", status = 400, message = "The user %s you called was busy. Please try again later.")]
    #[non_exhaustive]
    UserBusy {
        /// The user the message names.
        user: Option<String>,
        /// What the service said.
        service: ServiceError,
    },
    /// 没有可分配的分机号。
    ///
    /// HTTP 404, `NotExists.Extension`: `No available extension number exists.`
    #[code("NotExists.Extension", status = 404, message = "No available extension number exists.")]
    #[non_exhaustive]
    NotExistsExtension {
        /// What the service said.
        service: ServiceError,
    },
    /// Any other code.
    #[doc(hidden)]
    #[unknown]
    #[non_exhaustive]
    Unknown {
        /// What the service said.
        service: ServiceError,
    },
}

//! A RAM role to assume.

use std::time::Duration;

/// A RAM role to assume with the Security Token Service (STS).
///
/// Settings that are left out come from `ALIBABA_CLOUD_ROLE_SESSION_NAME`, `ALIBABA_CLOUD_STS_REGION` and
/// `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` when credentials are fetched, else from the defaults named below.
///
/// ```
/// use std::time::Duration;
/// use acs_runtime::credentials::Role;
///
/// let role = Role::new("acs:ram::123456789012:role/caller")
///     .session_name("night-shift")
///     .duration(Duration::from_secs(900))
///     .sts_region("cn-shanghai");
/// # let _ = role;
/// ```
#[derive(Clone, Debug)]
pub struct Role {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) duration: Duration,
    pub(super) policy: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) sts_region: Option<String>,
    pub(super) vpc: Option<bool>,
}

/// The shortest duration that STS accepts.
pub(super) const SHORTEST: Duration = Duration::from_secs(900);
const USUAL: Duration = Duration::from_secs(3600);

impl Role {
    /// Creates the role with this ARN, such as `acs:ram::123456789012:role/caller`.
    pub fn new(arn: impl Into<String>) -> Self {
        Self {
            arn: arn.into(),
            session_name: None,
            duration: USUAL,
            policy: None,
            external_id: None,
            sts_region: None,
            vpc: None,
        }
    }

    /// Sets the name of the session in audit logs; the default is made from the time.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.session_name = Some(name.into());
        self
    }

    /// Sets how long the credentials are valid: an hour by default, 15 minutes at least, at most what the role allows.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = duration;
        self
    }

    /// Sets a policy, as JSON, that restricts the role for this session.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Sets the external id that the trust policy of the role requires. Not used with OIDC.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    /// Sets the region whose STS is asked, `sts.<region>.aliyuncs.com`; the default is `sts.aliyuncs.com`.
    #[must_use]
    pub fn sts_region(mut self, region: impl Into<String>) -> Self {
        self.sts_region = Some(region.into());
        self
    }

    /// Sets whether STS is reached from inside a VPC, `sts-vpc.<region>.aliyuncs.com`. It needs a region.
    #[must_use]
    pub fn vpc(mut self, vpc: bool) -> Self {
        self.vpc = Some(vpc);
        self
    }
}

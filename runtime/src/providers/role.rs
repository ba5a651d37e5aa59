//! A RAM role to take on, and for how long.

use std::time::Duration;

/// A RAM role to take on with the Security Token Service (STS).
///
/// What is not set is taken from `ALIBABA_CLOUD_ROLE_SESSION_NAME`, `ALIBABA_CLOUD_STS_REGION` and
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

/// The shortest time that STS gives a role for.
pub(super) const SHORTEST: Duration = Duration::from_secs(900);
const USUAL: Duration = Duration::from_secs(3600);

impl Role {
    /// The role of this ARN, such as `acs:ram::123456789012:role/caller`.
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

    /// The name under which audit logs show the session; by default one made of the time.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.session_name = Some(name.into());
        self
    }

    /// How long the credentials hold; an hour by default, 15 minutes at least, at most what the role allows.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.duration = duration;
        self
    }

    /// A policy, as JSON, that takes rights away from the role for this session.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// The external id that the role's trust policy asks for. Not used with OIDC.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    /// The region whose STS is asked, `sts.<region>.aliyuncs.com`; by default `sts.aliyuncs.com` is.
    #[must_use]
    pub fn sts_region(mut self, region: impl Into<String>) -> Self {
        self.sts_region = Some(region.into());
        self
    }

    /// Whether the region's STS is reached from inside a VPC, `sts-vpc.<region>.aliyuncs.com`. It needs a region.
    #[must_use]
    pub fn vpc(mut self, vpc: bool) -> Self {
        self.vpc = Some(vpc);
        self
    }
}

//! Checks an account with exactly one signed read, which calls nobody.

use std::time::SystemTime;

use ccc_api::config::{Endpoint, Network};
use ccc_api::credentials::{CredentialsError, ProviderConfig};
use ccc_api::custom::Product as _;
use ccc_api::error::OperationError;
use ccc_api::retry::ClockSkew;
use ccc_api::{CloudCallCenter, Credentials, Error};
use serde_json::{Value, json};

use crate::cli::{Common, Output};
use crate::connection::{client, config, credentials};
use crate::dry_run::masked;
use crate::exit::{Exit, Failure};
use crate::text::padded;
use crate::{output, send};

/// A clock that is wrong by more seconds than this causes a warning.
const NOTABLE: u64 = 60;

/// The results of the check.
#[derive(Debug, Default)]
struct Report {
    /// The region whose host is used; `None` if another endpoint is configured.
    region: Option<String>,
    endpoint: String,
    /// The source of the credentials.
    credentials: Option<String>,
    access_key_id: Option<String>,
    instance: String,
    permission: Permission,
    clock: Option<ClockSkew>,
    request_id: Option<String>,
    code: Option<String>,
}

/// Whether the RAM identity may read the instance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Permission {
    Allowed,
    Denied,
    #[default]
    Unknown,
}

/// Makes the read and reports.
pub(crate) async fn run(instance: &str, common: &Common) -> Result<(), Failure> {
    let builder = config(common)?;
    // One request, even if it fails.
    let client_for = |credentials| client(builder.clone().max_attempts(1).credentials(credentials));
    let anybody = client_for(Credentials::new("none", "none"))?;
    let mut report = Report {
        region: region(common, anybody.endpoint()),
        endpoint: anybody.endpoint().to_string(),
        instance: instance.to_owned(),
        ..Report::default()
    };
    let provider = credentials(common, &ProviderConfig::new());
    let provided = match tokio::time::timeout(common.timeout, provider.provide()).await {
        Ok(provided) => provided,
        Err(_) => {
            Err(CredentialsError::new(format!("their source did not respond within {:?}", common.timeout)))
        }
    };
    let signer = match provided {
        Ok(signer) => signer,
        Err(error) => {
            let failure = Failure::new(Exit::NotDone, format!("nothing was sent: no credentials: {error}"));
            return first(Err(failure), report.print(common));
        }
    };
    report.credentials = Some(signer.source().unwrap_or("unknown").to_owned());
    report.access_key_id =
        Some(signer.access_key_id().map_or_else(|| "none, a bearer token".to_owned(), masked));
    let answer = client_for(signer)?.get_instance().instance_id(instance).send().await;
    let now = SystemTime::now();
    let headers = match &answer {
        Ok(response) => Some(response.headers()),
        Err(error) => error.headers(),
    };
    let date = headers.and_then(|headers| headers.get("date")).and_then(|date| date.to_str().ok());
    report.clock = date.and_then(|date| ClockSkew::from_date(date, now));
    let id = answer.as_ref().map_or_else(Error::request_id, |response| response.request_id());
    report.request_id = id.map(str::to_owned);
    report.permission = answer.as_ref().map_or_else(permission, |_| Permission::Allowed);
    report.code = answer.as_ref().err().and_then(Error::code).map(str::to_owned);
    let printed = report.print(common);
    report.warn_of_the_clock();
    let outcome = answer.map(drop).map_err(|error| {
        let advice = advice(&error, report.permission);
        Failure::new(send::exit(&error, true), format!("{error}{advice}"))
    });
    first(outcome, printed)
}

/// Returns the failure of the check if there is one, else that of printing. If there are both, reports the second.
fn first(outcome: Result<(), Failure>, printed: Result<(), Failure>) -> Result<(), Failure> {
    if let (Err(_), Err(unwritten)) = (&outcome, &printed) {
        unwritten.report();
    }
    outcome.and(printed)
}

/// Returns the region that the endpoint serves; `None` if it is not the host of the selected region.
fn region(common: &Common, endpoint: &Endpoint) -> Option<String> {
    let rules = CloudCallCenter::ENDPOINTS;
    let variable = std::env::var("ALIBABA_CLOUD_REGION_ID").ok().filter(|region| !region.is_empty());
    let region = common.region.clone().or(variable).unwrap_or_else(|| rules.default_region.to_owned());
    let host = rules.resolve(Some(&region), Network::Public, endpoint.scheme()).ok()?;
    (host == *endpoint).then_some(region)
}

/// Derives from an error whether the permission exists.
fn permission(error: &Error<impl OperationError>) -> Permission {
    // A 403 without a code is that of a proxy.
    let Some(code) = error.code() else { return Permission::Unknown };
    if is_about_the_key(code) {
        Permission::Unknown
    } else if error.status() == Some(403) || code.contains("NoPermission") || code.starts_with("Forbidden") {
        Permission::Denied
    } else if code.starts_with("NotExists.") {
        Permission::Allowed
    } else {
        Permission::Unknown
    }
}

/// Tells whether the service did not accept who signed, so that it has not looked at permissions.
fn is_about_the_key(code: &str) -> bool {
    ["InvalidAccessKeyId", "InvalidSecurityToken", "Signature", "IncompleteSignature"]
        .iter()
        .any(|start| code.starts_with(start))
}

/// Returns advice for an error whose own message has none.
fn advice(error: &Error<impl OperationError>, permission: Permission) -> &'static str {
    let code = error.code().unwrap_or_default();
    if code.starts_with("InvalidAccessKeyId") || code.starts_with("InvalidSecurityToken") {
        "; check the credentials at the source named above"
    } else if permission == Permission::Denied {
        "; allow the action `ccc:GetInstance` for this RAM user or role, or sign with another --profile"
    } else if code.starts_with("NotExists.InstanceId") {
        "; check the id, the region, and whether the instance belongs to the account of this access key"
    } else {
        ""
    }
}

impl Report {
    fn print(&self, common: &Common) -> Result<(), Failure> {
        match output::form(common) {
            Output::Json => output::print_json(&self.json()),
            Output::Table => output::print(&self.text()),
        }
    }

    fn rows(&self) -> Vec<(&'static str, String)> {
        let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
        let permission = match self.permission {
            Permission::Allowed => format!("allowed: GetInstance of {}", self.instance),
            Permission::Denied => format!("denied: GetInstance of {}", self.instance),
            Permission::Unknown => "unknown".to_owned(),
        };
        let clock = match self.clock {
            None => "unknown".to_owned(),
            Some(clock) if clock.offset_seconds() == 0 => "right to the second".to_owned(),
            Some(clock) => clock.to_string(),
        };
        vec![
            ("Region", self.region.clone().unwrap_or_else(|| "none, the endpoint is given".to_owned())),
            ("Endpoint", self.endpoint.clone()),
            ("Credentials", or_none(&self.credentials)),
            ("Access key", or_none(&self.access_key_id)),
            ("Permission", permission),
            ("Clock", clock),
            ("Request id", or_none(&self.request_id)),
        ]
    }

    fn text(&self) -> String {
        let line = |(name, value): (&str, String)| format!("{}  {value}\n", padded(name, 11));
        self.rows().into_iter().map(line).collect()
    }

    fn json(&self) -> Value {
        let permission = match self.permission {
            Permission::Allowed => "allowed",
            Permission::Denied => "denied",
            Permission::Unknown => "unknown",
        };
        json!({
            "Region": self.region,
            "Endpoint": self.endpoint,
            "CredentialsSource": self.credentials,
            "AccessKeyId": self.access_key_id,
            "InstanceId": self.instance,
            "Permission": permission,
            "ClockOffsetSeconds": self.clock.map(ClockSkew::offset_seconds),
            "RequestId": self.request_id,
            "Code": self.code,
        })
    }

    fn warn_of_the_clock(&self) {
        if let Some(clock) = self.clock.filter(|clock| clock.offset_seconds().unsigned_abs() > NOTABLE) {
            output::tell(&format!(
                "warning: {clock}; set it: the service refuses requests whose time is more than 15 minutes off"
            ));
        }
    }
}

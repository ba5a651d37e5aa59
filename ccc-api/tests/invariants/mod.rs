//! Checks of what must hold whatever a server sends. The fuzz targets call these functions.

#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    reason = "each fuzz target and test takes the ones it is about, and stops where something is not so"
)]

use std::sync::OnceLock;
use std::time::Instant;

use ccc_api::credentials::{CliProfileProvider, CredentialsProvider, FileProvider, ProviderConfig};
use ccc_api::custom::BoxFuture;
use ccc_api::custom::{Decoded, decode};
use ccc_api::operation::make_call::{MakeCallRequest, MakeCallResponse};
use ccc_api::response::Format;
use ccc_api::transport::{Bytes, Transport, TransportError, http};
use ccc_api::{Client, Config, Credentials};

/// The most notes and unknown fields that are kept of one response.
const MOST_FINDINGS: usize = 256;
/// The most bytes of a printed error, with its sources.
const LONGEST_ERROR: usize = 16 * 1024;
/// Texts that no error may show. None begins with a letter that an escape may end with: a tab before `estsecret` is
/// printed as `\testsecret`, although no secret was there.
const SECRETS: [&str; 3] = ["13188888888", "SecretOfTheKey", "STSTOKEN"];

/// Checks that a body in JSON is decoded or refused.
pub(crate) fn answer_json(bytes: &[u8]) {
    answer(Format::Json, bytes);
}

/// Checks that a body in XML is decoded or refused.
pub(crate) fn answer_xml(bytes: &[u8]) {
    answer(Format::Xml, bytes);
}

/// Checks that notes and unknown fields are bounded and well-formed, and that the envelope is the same if the body is
/// decoded without a structure.
fn answer(format: Format, bytes: &[u8]) {
    let typed = decode::<MakeCallResponse>(format, bytes);
    if let Ok(Decoded { value, envelope, notes, unknown, .. }) = &typed {
        assert!(notes.len() <= MOST_FINDINGS && unknown.len() <= MOST_FINDINGS, "more is kept than promised");
        notes.iter().for_each(|note| assert!(!note.to_string().is_empty()));
        for field in unknown {
            assert!(
                serde_json::from_str::<&serde_json::value::RawValue>(field.json()).is_ok(),
                "{} is kept as text that is no JSON",
                field.path()
            );
        }
        assert!(!format!("{value:?} {envelope:?} {unknown:?}").is_empty());
    }
    if format == Format::Json {
        let bare = decode::<()>(format, bytes);
        // Without a structure, members are skipped and their elements are not counted. So a body with too many elements
        // may be refused only with the structure.
        if let (Ok(typed), Ok(bare)) = (typed, bare) {
            assert_eq!(typed.envelope, bare.envelope, "the envelope depends on the structure");
        }
    }
}

/// Checks a call whose response has the first byte as its status and the others as its body: it ends, and its error is
/// short and shows nothing sensitive.
pub(crate) fn exchange(bytes: &[u8]) {
    let Some((status, body)) = bytes.split_first() else { return };
    let status = match status {
        b'2' => 200,
        b'3' => 302,
        b'4' => 404,
        b'5' => 503,
        b'T' => 429,
        other => 100 + u16::from(*other) * 2,
    };
    let answer = http::Response::builder().status(status).header("x-acs-request-id", "R-1");
    let Ok(answer) = answer.body(Bytes::copy_from_slice(body)) else { return };
    let config = Config::builder()
        .credentials(Credentials::new("testid", SECRETS[1]).with_security_token(SECRETS[2]))
        .max_attempts(1)
        .transport(Canned(answer));
    let client = Client::new(config.build().unwrap()).unwrap();
    let request = MakeCallRequest::builder().instance_id("i").device_id("d").callee(SECRETS[0]).build();
    let Err(error) = runtime().block_on(client.send(request)) else { return };

    let mut shown = format!("{error}\n{error:?}");
    let mut source = error.caused_by();
    while let Some(error) = source {
        shown.push_str(&format!("\n{error}\n{error:?}"));
        source = error.source();
    }
    assert!(shown.len() <= LONGEST_ERROR, "an error of {} bytes", shown.len());
    // A request id is never redacted, even if it contains the digits of a number. A text with blanks is not an id.
    if let Some(id) = error.request_id().filter(|id| id.contains(SECRETS[0]) && *id != SECRETS[0])
        && id.bytes().all(|byte| byte.is_ascii_graphic())
    {
        shown = shown.replace(id, "").replace(&id.escape_debug().to_string(), "");
    }
    for secret in SECRETS {
        assert!(!shown.contains(secret), "an error shows {secret}");
    }
}

/// Checks the error that compares what the service says it signed with what this client signed.
pub(crate) fn signature_mismatch(bytes: &[u8]) {
    let message = String::from_utf8_lossy(bytes);
    let body = serde_json::json!({"Code": "SignatureDoesNotMatch", "Message": message});
    exchange(format!("4{body}").as_bytes());
}

/// Checks that an INI file gives credentials or a short error.
pub(crate) fn credentials_file(bytes: &[u8]) {
    let home = Home::with(".alibabacloud/credentials", bytes);
    provided(&FileProvider::with_config(&home.config()));
}

/// Checks that a file of the command line interface gives credentials or a short error. Profiles that run a program are
/// left out.
pub(crate) fn cli_profile(bytes: &[u8]) {
    let text = bytes.to_ascii_lowercase();
    let holds = |part: &[u8]| text.windows(part.len()).any(|window| window == part);
    if holds(b"external") || holds(b"\\u") {
        return;
    }
    let home = Home::with(".aliyun/config.json", bytes);
    provided(&CliProfileProvider::with_config(&home.config()));
}

fn provided(provider: &impl CredentialsProvider) {
    match runtime().block_on(provider.provide()) {
        Ok(credentials) => {
            let id = credentials.access_key_id().unwrap_or_default();
            let shown = format!("{credentials:?}");
            // Short secrets are part of any text, and some are words that `Debug` shows for any credentials with this id.
            let words = format!("{:?}", Credentials::new(id, "-").with_security_token("-"));
            let secret = credentials.access_key_secret();
            let secret = secret.filter(|secret| secret.len() >= 12 && !words.contains(secret));
            assert!(secret.is_none_or(|secret| !shown.contains(secret)), "a secret is shown");
        }
        Err(error) => {
            let shown = format!("{error}\n{error:?}");
            assert!(shown.len() <= LONGEST_ERROR, "an error of {} bytes", shown.len());
        }
    }
}

/// A home directory with one file, without a network.
struct Home {
    folder: std::path::PathBuf,
}

impl Home {
    fn with(file: &str, bytes: &[u8]) -> Self {
        // One for each target, because the tests of a process run at the same time.
        let name = format!("ccc-invariants-{}-{}", std::process::id(), file.replace('/', "-"));
        let folder = std::env::temp_dir().join(name);
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        Self { folder }
    }

    fn config(&self) -> ProviderConfig {
        let nothing = http::Response::new(Bytes::new());
        ProviderConfig::new()
            .variables([("HOME", self.folder.display().to_string())])
            .transport(Canned(nothing))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A transport that always returns the same response.
#[derive(Debug)]
struct Canned(http::Response<Bytes>);

impl Transport for Canned {
    fn send(
        &self,
        _request: http::Request<Bytes>,
        _deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }
}

fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap())
}

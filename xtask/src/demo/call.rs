//! The second half: the generated client places a call on the local endpoint, and another that is refused.

use std::fmt::Display;
use std::time::Instant;

use ccc_api::config::ConfigError;
use ccc_api::error::OperationError as _;
use ccc_api::mock::{BUSY_CALLEE, MockEndpoint};
use ccc_api::operation::make_call::MakeCallError;
use ccc_api::transport::{Bytes, http};
use ccc_api::{Client, Error};
use ccc_spec::model::Operation;

use super::recorder::Recorder;
use super::{headline, indented, wrapped};
use crate::failure::Failure;
use crate::terminal::{ADDED, BOLD, DIM, ERROR, Terminal, paint, visible};

/// Replaces a phone number.
const MASK: &str = "[redacted]";

/// Evaluates an expression to its source text and its value, so that the text is what ran.
macro_rules! with_source {
    ($expression:expr) => {
        (stringify!($expression), $expression)
    };
}

/// Writes an expression and its value as a line.
macro_rules! fact {
    ($expression:expr) => {
        format!("{} = {:?}\n", paint(BOLD, stringify!($expression)), $expression)
    };
}

/// Shows the two calls. Their parameters are the page's samples.
pub(crate) async fn show(operation: &Operation, terminal: Terminal) -> Result<(), Failure> {
    let endpoint = MockEndpoint::start().await.map_err(|source| Failure::Io {
        doing: "start",
        what: "the local endpoint".to_owned(),
        source,
    })?;
    let (client, recorder) = client(&endpoint).map_err(unexpected)?;
    let callee = sample(operation, "Callee")?;
    let device = sample(operation, "DeviceId")?;
    let instance = sample(operation, "InstanceId")?;

    terminal.print(&headline(4, &format!("A call, placed on a local endpoint at {}", endpoint.url())))?;
    let started = Instant::now();
    let (source, answer) =
        with_source!(client.make_call().callee(callee).device_id(device).instance_id(instance).send().await);
    let elapsed = started.elapsed();
    let answer = answer.map_err(unexpected)?;
    let request = recorder.latest().ok_or_else(|| Failure::Unexpected("no request was sent".to_owned()))?;
    terminal.print(&indented(&statement(source)))?;
    terminal.print(&indented(&on_the_wire(&request, callee)))?;
    let status = paint(ADDED, answer.status());
    terminal.print(&indented(&format!("answered with HTTP {status} in {} ms\n", elapsed.as_millis())))?;
    let call = &answer.data.call_context;
    let agent = &answer.data.user_context;
    let facts = [
        fact!(answer.code),
        fact!(call.job_id),
        fact!(call.channel_contexts.len()),
        fact!(agent.user_state),
        fact!(agent.signed_skill_group_id_list),
        fact!(answer.request_id()),
    ];
    terminal.print(&indented(&facts.concat()))?;

    terminal.print(&headline(5, "The same call to somebody who is busy"))?;
    let (source, refused) = with_source!(
        client.make_call().callee(BUSY_CALLEE).device_id(device).instance_id(instance).send().await
    );
    terminal.print(&indented(&statement(source)))?;
    match refused {
        Err(Error::Service(error @ MakeCallError::UserBusy { .. })) => {
            terminal.print(&indented(&refusal(&error)))
        }
        Err(other) => Err(unexpected(other)),
        Ok(_) => Err(Failure::Unexpected("the busy callee took the call".to_owned())),
    }
}

/// Makes a client for the endpoint, and the recorder of its requests.
fn client(endpoint: &MockEndpoint) -> Result<(Client, Recorder), ConfigError> {
    let config = endpoint.config();
    let recorder = Recorder::new(Client::new(config.clone())?.transport());
    let client = Client::new(config.to_builder().transport(recorder.clone()).build()?)?;
    Ok((client, recorder))
}

/// Writes a typed error as an application sees it.
fn refusal(error: &MakeCallError) -> String {
    [
        format!("{}\n", paint(ERROR, visible(&wrapped(&error.to_string())))),
        fact!(matches!(error, MakeCallError::UserBusy { .. })),
        fact!(error.code()),
        fact!(error.status()),
    ]
    .concat()
}

/// Returns the page's sample value of a parameter.
fn sample<'a>(operation: &'a Operation, name: &str) -> Result<&'a str, Failure> {
    let field = operation.request.iter().find(|field| field.name == name);
    field
        .and_then(|field| field.sample.as_deref())
        .ok_or_else(|| Failure::Unexpected(format!("the page has no sample of the parameter {name}")))
}

/// Writes source text as one line.
fn statement(source: &str) -> String {
    let words: Vec<_> = source.split_whitespace().collect();
    format!("{}\n", paint(BOLD, words.join(" ").replace(" .", ".")))
}

/// Writes a request as it was sent: its line, the signed headers, and the signature. The phone number is masked.
fn on_the_wire(request: &http::Request<Bytes>, callee: &str) -> String {
    let masked = |text: &str| visible(&text.replace(callee, MASK)).into_owned();
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let mut text = format!("{} {}\n", request.method(), masked(target));
    let is_signed = |name: &str| name == "host" || name == "authorization" || name.starts_with("x-acs-");
    for (name, value) in request.headers().iter().filter(|(name, _)| is_signed(name.as_str())) {
        let value = masked(&String::from_utf8_lossy(value.as_bytes())).replace(',', ",\n    ");
        text.push_str(&format!("{} {value}\n", paint(DIM, format_args!("{name}:"))));
    }
    text
}

pub(super) fn unexpected(error: impl Display) -> Failure {
    Failure::Unexpected(error.to_string())
}

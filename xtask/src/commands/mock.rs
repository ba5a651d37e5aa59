//! `cargo xtask mock`: runs the local endpoint until it is stopped.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use ccc_api::CloudCallCenter;
use ccc_api::custom::Product as _;
use ccc_api::mock::world::{Behaviour, CallCentre};
use ccc_api::mock::{
    ACCESS_KEY_ID, ACCESS_KEY_SECRET, BEARER_TOKEN, BUSY_CALLEE, INSTANCE, MockEndpoint, ReceivedRequest,
    SECURITY_TOKEN, SUPERVISOR, USER,
};

use super::openapi;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::terminal::{ADDED, BOLD, DIM, PLACE, Terminal, WARNING, counted, paint, visible};
use crate::workspace::Workspace;

/// The interval at which newly received requests are printed.
const GLANCE: Duration = Duration::from_millis(100);

/// Run a local endpoint to place calls on
///
/// A real HTTP server on this machine's loopback address that behaves like the service. It checks signatures, access keys,
/// timestamps and nonces, validates parameters against the pages, and responds with the documented samples. With --world it
/// simulates a call centre that keeps its state: agents sign in, calls ring and are answered, records appear. No real phone
/// rings. It prints the address of a web page that shows every request and can send requests. It prints a line per request,
/// without phone numbers, and runs until Ctrl-C.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  stopped by Ctrl-C (or SIGTERM)
  2  the command line is wrong
  3  the port is in use

Examples:
  cargo xtask mock                                  on a free port, which it prints
  cargo xtask mock --port 8080                      on a port of your choice
  cargo xtask mock --busy 10000000123               a callee that is always busy
  cargo xtask mock --instance my-ccc --extensions 0 an instance of your own, and no extension left
  cargo xtask mock --world --user li@ccc-test       a simulated call centre with a second agent")]
pub(crate) struct Args {
    /// Port to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,

    /// Simulate a call centre with agents, calls and records, in which a callee answers after two seconds
    #[arg(long, conflicts_with = "extensions")]
    world: bool,

    /// Another instance that exists, besides that of the documented samples; may be repeated
    #[arg(long, value_name = "ID")]
    instance: Vec<String>,

    /// Another user that exists, besides that of the documented samples; may be repeated
    #[arg(long, value_name = "ID")]
    user: Vec<String>,

    /// Another callee that is busy; may be repeated
    #[arg(long, value_name = "NUMBER")]
    busy: Vec<String>,

    /// How many calls find a free extension; unlimited by default
    #[arg(long, value_name = "N")]
    extensions: Option<u64>,
}

/// Runs the command.
pub(crate) fn run(
    args: &Args,
    workspace: Result<Workspace, Failure>,
    terminal: Terminal,
) -> Result<Exit, Failure> {
    let document = workspace.and_then(|workspace| {
        openapi::of_product(&workspace, CloudCallCenter::CODE, CloudCallCenter::VERSION)
    });
    if let Err(why) = &document {
        // Nothing else here needs the spec.
        terminal.tell(&format!("the console offers no OpenAPI document: {why}\n"))?;
    }
    super::block_on(serve(args, document.ok(), terminal))
}

async fn serve(args: &Args, document: Option<String>, terminal: Terminal) -> Result<Exit, Failure> {
    // This comes first: a signal that arrives right after the address was printed must not be lost.
    let stop = stop_signal().map_err(|source| Failure::Io {
        doing: "watch for",
        what: "signals".to_owned(),
        source,
    })?;
    let endpoint = start(args, document).await?;
    terminal.print(&greeting(&endpoint.url(), args))?;
    tokio::select! {
        () = stop => {}
        failure = report(&endpoint, terminal) => return Err(failure),
    }
    terminal.tell(&format!("stopped after {}\n", counted(endpoint.request_count(), "request")))?;
    Ok(Exit::Fine)
}

async fn start(args: &Args, document: Option<String>) -> Result<MockEndpoint, Failure> {
    let mut builder = MockEndpoint::builder().port(args.port).console();
    if let Some(document) = document {
        builder = builder.openapi(document);
    }
    if args.world {
        builder = builder.world(world(args)?);
    }
    for instance in &args.instance {
        builder = builder.with(ccc_api::mock::instance(instance));
    }
    for user in &args.user {
        builder = builder.with(ccc_api::mock::user(user));
    }
    for callee in &args.busy {
        builder = builder.with(ccc_api::mock::busy(callee));
    }
    if let Some(count) = args.extensions {
        builder = builder.with(ccc_api::mock::extensions(count));
    }
    builder.start().await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => Failure::Refused {
            what: format!("port {}", args.port),
            why: "is in use; choose another, or leave --port out to take a free one".to_owned(),
        },
        _ => Failure::Io { doing: "listen on", what: format!("port {}", args.port), source },
    })
}

/// Makes a call centre with the instances, agents and busy callees that the command line names.
fn world(args: &Args) -> Result<CallCentre, Failure> {
    let mut builder = CallCentre::builder().manager(SUPERVISOR.split('@').next().unwrap_or_default());
    let mut agents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for user in &args.user {
        let (login, instance) = user.rsplit_once('@').ok_or_else(|| Failure::Refused {
            what: format!("user {user}"),
            why: "names no instance; write it as login@instance".to_owned(),
        })?;
        agents.entry(instance).or_default().push(login);
    }
    for login in agents.remove(INSTANCE).unwrap_or_default() {
        builder = builder.agent(login);
    }
    for instance in args.instance.iter().filter(|instance| *instance != INSTANCE) {
        builder = builder.instance(instance).skill_group("skill-group").number("0109898989");
        for login in agents.remove(instance.as_str()).unwrap_or_default() {
            builder = builder.agent(login);
        }
    }
    if let Some((instance, _)) = agents.first_key_value() {
        return Err(Failure::Refused {
            what: format!("instance {instance}"),
            why: "does not exist, but a --user belongs to it; add it with --instance".to_owned(),
        });
    }
    for callee in args.busy.iter().map(String::as_str).chain([BUSY_CALLEE]) {
        builder = builder.behaviour_of(callee, Behaviour::Busy);
    }
    Ok(builder.build())
}

/// Writes everything that a person needs to call the endpoint. Numbers from the command line are counted, not shown.
fn greeting(url: &str, args: &Args) -> String {
    let and_more = |first: &str, more: &[String]| match more.len() {
        0 => first.to_owned(),
        count => format!("{first}, and {count} from the command line"),
    };
    let state = if args.world { "kept between requests" } else { "none: requests do not affect each other" };
    let control = format!("{url}/control/, see the docs of ccc_api::mock");
    let extensions = args.extensions.map_or("unlimited".to_owned(), |count| count.to_string());
    let rows = [
        ("access key", ACCESS_KEY_ID.to_owned()),
        ("secret", ACCESS_KEY_SECRET.to_owned()),
        ("temporary", format!("the same pair with the token {SECURITY_TOKEN}")),
        ("bearer token", BEARER_TOKEN.to_owned()),
        ("instances", and_more(INSTANCE, &args.instance)),
        ("users", and_more(&format!("{USER}, {SUPERVISOR}"), &args.user)),
        ("busy callees", and_more(BUSY_CALLEE, &args.busy)),
        ("extensions", extensions),
        ("state", state.to_owned()),
        ("for tests", control),
    ];
    let mut text = format!(
        "{}  responds as the service does; Ctrl-C stops it\n{}  open this in a browser to see requests and to send some\n\n",
        paint(PLACE, url),
        paint(PLACE, format_args!("{url}/console")),
    );
    for (name, value) in rows {
        text.push_str(&format!("  {} {}\n", paint(DIM, format_args!("{name:<13}")), visible(&value)));
    }
    text.push_str(&format!(
        "\nAn application calls it with\n\n  \
         let config = Config::builder()\n      \
         .endpoint(\"{url}\")\n      \
         .credentials(Credentials::new(\"{ACCESS_KEY_ID}\", \"{ACCESS_KEY_SECRET}\"))\n      \
         .build()?;\n\n"
    ));
    text
}

/// Prints a line for each request that arrives. Returns only if printing fails.
async fn report(endpoint: &MockEndpoint, terminal: Terminal) -> Failure {
    let mut counted = 0;
    // The request that was printed last: all after it are new.
    let mut last = String::new();
    let mut glances = tokio::time::interval(GLANCE);
    loop {
        glances.tick().await;
        // Read before the requests: one that arrives in between is counted next time.
        let total = endpoint.request_count();
        if total == counted {
            continue;
        }
        counted = total;
        let kept = endpoint.requests();
        let seen = kept.iter().rposition(|request| request.request_id() == last).map_or(0, |index| index + 1);
        let new = kept.get(seen..).unwrap_or_default();
        let Some(newest) = new.last() else { continue };
        newest.request_id().clone_into(&mut last);
        let lines: String = new.iter().map(line).collect();
        if let Err(failure) = terminal.print(&lines) {
            return failure;
        }
    }
}

fn line(request: &ReceivedRequest) -> String {
    let result = match request.error_code() {
        None => paint(ADDED, request.status()),
        Some(code) => paint(WARNING, format_args!("{} {}", request.status(), visible(code))),
    };
    let action = paint(BOLD, visible(request.action()));
    let (method, scheme, id) = (request.method(), request.signature_scheme(), request.request_id());
    format!("{action}  {method}, signed with {scheme:?}  {result}  {}\n", paint(DIM, id))
}

/// Returns a future that resolves when the program is asked to stop.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) =
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    }
    #[cfg(not(unix))]
    {
        Ok(async {
            // Without a signal to wait for, the endpoint runs until the process ends.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })
    }
}

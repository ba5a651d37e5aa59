//! The command line.

use std::ffi::OsString;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::exit::EXIT_CODES;

/// Alibaba Cloud Call Center: place calls, send any operation, check an account
#[derive(Debug, Parser)]
#[command(
    name = "ccc",
    bin_name = "ccc",
    version,
    override_usage = "ccc <OPERATION> [--Parameter VALUE]… [OPTIONS]\n       ccc <COMMAND> [OPTIONS]",
    after_help = format!("\
Call an operation by its name. Its parameters have the names of the documentation.
Lists and structures are JSON. `ccc operations` lists all operations, `ccc help OPERATION`
documents one.

  ccc ListUsers --InstanceId ccc-test --PageNumber 1 --PageSize 10
  ccc call --instance ccc-test --device desk-1 --callee 13188888888

Credentials are never part of a command line. The program looks where the official tools do:
the environment, the profiles of `aliyun configure`, the credentials file, the role of the machine.

{EXIT_CODES}"),
    disable_help_subcommand = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,

    /// The command to run
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options of all commands")]
pub(crate) struct Common {
    /// Send requests to this URL instead of to the region's host
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) endpoint: Option<String>,

    /// The region to send requests to [default: ALIBABA_CLOUD_REGION_ID, else cn-shanghai]
    #[arg(long, global = true)]
    pub(crate) region: Option<String>,

    /// Sign with this profile of `aliyun configure`
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// How long to wait for a result, retries included
    #[arg(long, global = true, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(crate) timeout: Duration,

    /// How to print results [default: table on a terminal, else json]
    #[arg(long, global = true, value_name = "FORM")]
    pub(crate) output: Option<Output>,
}

/// The format of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// Lists as tables, all else as names and values
    Table,
    /// The response as it came
    Json,
}

/// Options of commands that send an operation.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Sending {
    /// Print the request and the steps of its signature, with secrets hidden; send nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Send operations, parameters and values that are newer than this program's documentation
    #[arg(long)]
    pub(crate) unchecked: bool,
}

/// Options beside the parameters of an operation.
#[derive(Debug, Parser)]
#[command(name = "ccc", bin_name = "ccc OPERATION", disable_help_flag = true)]
pub(crate) struct OperationOptions {
    #[command(flatten)]
    pub(crate) common: Common,

    #[command(flatten)]
    pub(crate) sending: Sending,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Place a call for an agent: rings a real phone (operation MakeCall)
    Call(CallArgs),
    /// Check endpoint, clock, credentials and permission with one read; calls nobody
    Check {
        /// The instance to read
        #[arg(long, value_name = "ID")]
        instance: String,
    },
    /// List operations by area
    Operations {
        /// List only operations with this word in their names or documentation
        word: Option<String>,
    },
    /// Show the documentation of an operation or a command
    Help {
        /// The name of the operation or command
        #[arg(value_name = "NAME")]
        topic: Option<String>,
    },
    /// An operation with its parameters.
    #[command(external_subcommand)]
    Operation(Vec<OsString>),
}

/// The call to place.
#[derive(Debug, Args)]
pub(crate) struct CallArgs {
    #[command(flatten)]
    pub(crate) parameters: CallParameters,

    #[command(flatten)]
    pub(crate) sending: Sending,
}

/// The usual parameters of MakeCall.
#[derive(Debug, Args)]
pub(crate) struct CallParameters {
    /// The call centre instance
    #[arg(long, value_name = "ID")]
    instance: String,

    /// A name for the agent's workbench; any text will do
    #[arg(long, value_name = "ID")]
    device: String,

    /// The number to call, or an extension of the instance
    #[arg(long, value_name = "NUMBER")]
    callee: String,

    /// The number to call from [default: the service chooses]
    #[arg(long, value_name = "NUMBER")]
    caller: Option<String>,

    /// The agent, as login@instance [default: the user who signs the request]
    #[arg(long, value_name = "ID")]
    user: Option<String>,

    /// Hang up if nobody answers within this time, 30 to 300
    #[arg(long, value_name = "SECONDS")]
    ring_for: Option<String>,

    /// Tags of the call
    #[arg(long)]
    tags: Option<String>,
}

impl CallParameters {
    /// Returns the parameters under their names on the wire.
    pub(crate) fn pairs(self) -> Vec<(String, String)> {
        let Self { instance, device, callee, caller, user, ring_for, tags } = self;
        let pairs = [
            ("InstanceId", Some(instance)),
            ("DeviceId", Some(device)),
            ("Callee", Some(callee)),
            ("Caller", caller),
            ("UserId", user),
            ("TimeoutSeconds", ring_for),
            ("Tags", tags),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| (1..=86_400).contains(seconds));
    seconds.map(Duration::from_secs).ok_or_else(|| "write whole seconds from 1 to 86400".to_owned())
}

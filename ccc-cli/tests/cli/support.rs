//! Runs the program with an environment of its own.

use std::process::Stdio;
use std::time::Duration;

use ccc_api::mock::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, MockEndpoint};
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;

/// The time limit of a command.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program with an empty home directory, and without the environment of this process.
pub(crate) struct Ccc {
    home: TempDir,
    variables: Vec<(String, String)>,
    endpoint: Option<String>,
}

/// The result of a command.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ccc {
    /// Makes one without endpoint and credentials.
    pub(crate) fn bare() -> Self {
        let home = tempfile::tempdir().unwrap();
        let ccc = Self { home, variables: Vec::new(), endpoint: None };
        ccc.variable("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
    }

    /// Makes one for the endpoint, with credentials that it accepts.
    pub(crate) fn at(endpoint: &MockEndpoint) -> Self {
        Self::bare().endpoint(endpoint.url()).access_key(ACCESS_KEY_ID, ACCESS_KEY_SECRET)
    }

    pub(crate) fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    pub(crate) fn access_key(self, id: &str, secret: &str) -> Self {
        self.variable("ALIBABA_CLOUD_ACCESS_KEY_ID", id).variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET", secret)
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a file of profiles, as `aliyun configure` writes it.
    pub(crate) fn profiles(self, json: &str) -> Self {
        std::fs::create_dir(self.home.path().join(".aliyun")).unwrap();
        std::fs::write(self.home.path().join(".aliyun/config.json"), json).unwrap();
        self
    }

    /// Prepares a command with these words.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ccc"));
        command.env_clear().env("HOME", self.home.path()).envs(self.variables.iter().cloned());
        command.args(words);
        if let Some(endpoint) = &self.endpoint {
            command.args(["--endpoint", endpoint]);
        }
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    /// Runs the command, whose words are separated by blanks.
    pub(crate) async fn run(&self, line: &str) -> Ended {
        self.run_words(&line.split(' ').collect::<Vec<_>>()).await
    }

    pub(crate) async fn run_words(&self, words: &[&str]) -> Ended {
        let output = tokio::time::timeout(PATIENCE, self.command(words).output()).await.unwrap().unwrap();
        Ended {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ended {
    /// Parses standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

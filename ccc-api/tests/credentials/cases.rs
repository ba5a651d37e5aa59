//! Runs every case below `cases/`.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ccc_api::Credentials;
use ccc_api::credentials::{
    CliProfileProvider, CredentialsError, CredentialsProvider, DefaultProvider, EcsRamRoleProvider,
    FileProvider, OidcProvider, ProviderConfig, UriProvider,
};
use ccc_api::sign::timestamp;
use ccc_api::sign::{Clock, NonceError, NonceSource};

use crate::case::{Case, Outcome, Signer};
use crate::recorded::Recorded;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/credentials/cases");

#[tokio::test]
async fn every_case_ends_as_its_folder_says() {
    let mut failures = String::new();
    let mut cases: Vec<_> = fs::read_dir(CASES).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_dir());
    cases.sort();
    for folder in &cases {
        // Printed if the folder itself is wrong.
        println!("{}", folder.display());
        let outcome = tokio::time::timeout(Duration::from_secs(20), run(folder)).await;
        let mistakes = outcome.unwrap_or_else(|_| vec!["it takes too long".to_owned()]);
        if !mistakes.is_empty() {
            let name = folder.file_name().unwrap().display();
            failures.push_str(&format!("\n{name}:\n    {}\n", mistakes.join("\n    ")));
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(cases.len() >= 40, "only {} cases were found", cases.len());
}

/// Runs a case. Returns its mistakes.
async fn run(folder: &Path) -> Vec<String> {
    let case = Case::read(folder);
    let home = tempfile::tempdir().unwrap();
    let home_path = home.path().to_str().unwrap();
    copy(&folder.join("home"), home.path(), home_path);
    let recorded = Recorded::start().await;
    let clock = Hand::default();
    let variables = case.environment.iter().map(|(name, value)| (name, value.replace('~', home_path)));
    let config =
        ProviderConfig::new().transport(recorded.clone()).clock(clock.clone()).nonces(Nonce).variables(
            variables.chain([(&"HOME".to_owned(), home_path.to_owned())]).map(|(n, v)| (n.clone(), v)),
        );
    let provider = provider(&case.source, &config);

    let mut mistakes = Vec::new();
    let mut shown = vec![format!("{provider:?} {config:?}")];
    let inputs = inputs(folder);
    for (number, ask) in case.asks.into_iter().enumerate() {
        if let Some(files) = &ask.files {
            copy(&folder.join(files), home.path(), home_path);
        }
        clock.set(ask.at);
        recorded.expect(ask.http);
        let provided = provider.provide().await;
        if tokio::time::timeout(Duration::from_secs(5), recorded.is_done()).await.is_err() {
            mistakes.push(format!("ask {number}: not every exchange took place"));
        }
        // Work in the background after the last response, if any, takes a single step.
        tokio::task::yield_now().await;
        let found = outcome(&provided, home_path, &mut shown);
        if found != ask.outcome {
            mistakes
                .push(format!("ask {number}\n      found    {found:#?}\n      expected {:#?}", ask.outcome));
        }
    }
    mistakes.extend(recorded.mistakes());
    for secret in &case.secrets {
        if !inputs.contains(secret.as_str()) {
            mistakes.push(format!("`{secret}` is a secret that the case does not hold"));
        }
        let leaks = shown.iter().filter(|text| text.contains(secret.as_str()));
        mistakes.extend(leaks.map(|text| format!("`{secret}` is shown in {text}")));
    }
    mistakes
}

fn provider(source: &str, config: &ProviderConfig) -> Box<dyn CredentialsProvider> {
    match source {
        "default" => Box::new(DefaultProvider::with_config(config)),
        "OIDC" => Box::new(OidcProvider::from_config(config)),
        "CLI profile" => Box::new(CliProfileProvider::with_config(config)),
        "credentials file" => Box::new(FileProvider::with_config(config)),
        "ECS instance role" => Box::new(EcsRamRoleProvider::with_config(config)),
        "credentials URI" => Box::new(UriProvider::from_config(config)),
        other => panic!("`{other}` is no source"),
    }
}

/// Returns the outcome, with paths as the case writes them. Adds all texts that can be seen of it to `shown`.
fn outcome(provided: &Result<Credentials, CredentialsError>, home: &str, shown: &mut Vec<String>) -> Outcome {
    shown.push(format!("{provided:?} {provided:#?}"));
    match provided {
        Ok(credentials) => Outcome::Signs(Box::new(Signer {
            id: credentials.access_key_id().unwrap().to_owned(),
            secret: credentials.access_key_secret().unwrap().to_owned(),
            token: credentials.security_token().map(str::to_owned),
            expires: credentials.expiration().map(timestamp),
        })),
        Err(error) => {
            shown.push(format!("{error} {error:?} {error:#?}"));
            let mut link = error.caused_by();
            while let Some(error) = link {
                shown.push(format!("{error} {error:?} {error:#?}"));
                link = error.source();
            }
            Outcome::Error(error.to_string().replace(home, "~"))
        }
    }
}

/// Copies a folder, and replaces `{home}` in its files by the destination. A file `.keep`, which keeps an empty folder in
/// git, is not copied.
fn copy(from: &Path, to: &Path, home: &str) {
    let Ok(entries) = fs::read_dir(from) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target, home);
        } else if entry.file_name() != ".keep" {
            let bytes = fs::read(entry.path()).unwrap();
            let bytes = match String::from_utf8(bytes) {
                Ok(text) => text.replace("{home}", home).into_bytes(),
                Err(error) => error.into_bytes(),
            };
            fs::write(&target, bytes).unwrap();
        }
    }
}

/// Returns all texts of the case, to check that its secrets are among them.
fn inputs(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&inputs(&path));
        } else {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            let text: Vec<_> = text.lines().filter(|line| !line.starts_with("secrets =")).collect();
            all.push_str(&text.join("\n"));
        }
    }
    all
}

/// A clock that the test sets.
#[derive(Clone, Debug)]
struct Hand(Arc<Mutex<SystemTime>>);

impl Default for Hand {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(UNIX_EPOCH)))
    }
}

impl Hand {
    fn set(&self, time: SystemTime) {
        *self.0.lock().unwrap() = time;
    }
}

impl Clock for Hand {
    fn now(&self) -> SystemTime {
        *self.0.lock().unwrap()
    }
}

/// Always the same nonce, so that a case can contain the signature.
#[derive(Debug)]
struct Nonce;

impl NonceSource for Nonce {
    fn nonce(&self) -> Result<String, NonceError> {
        Ok("nonce-1".to_owned())
    }
}

//! Tests of many callers at once: one fetch for all, in the background while the old credentials are valid, and no task
//! left.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ccc_api::Credentials;
use ccc_api::credentials::{CachedProvider, CredentialsError, CredentialsProvider, ProviderConfig};
use ccc_api::custom::BoxFuture;
use ccc_api::sign::Clock;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// When the first credentials are fetched. They are valid for an hour.
const START: u64 = 1_000_000;
const HOUR: u64 = 3600;
/// Longer than anything here takes. A test that hangs fails after it.
const LONG: Duration = Duration::from_secs(20);

/// A provider of `key-1`, `key-2` and so on, each valid for an hour. It waits until its gate is open.
#[derive(Clone, Debug)]
struct Source(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    started: watch::Sender<usize>,
    ended: watch::Sender<usize>,
    gate: watch::Sender<bool>,
    failures: Mutex<VecDeque<&'static str>>,
    now: Mutex<SystemTime>,
}

impl Source {
    fn new(open: bool) -> Self {
        Self(Arc::new(Inner {
            started: watch::Sender::new(0),
            ended: watch::Sender::new(0),
            gate: watch::Sender::new(open),
            failures: Mutex::default(),
            now: Mutex::new(UNIX_EPOCH + Duration::from_secs(START)),
        }))
    }

    fn cached(&self) -> CachedProvider<Self> {
        CachedProvider::with_config(self.clone(), &ProviderConfig::new().clock(self.clone()))
    }

    /// Sets the clock to a number of seconds after the start.
    fn set_clock(&self, seconds: u64) {
        *self.0.now.lock().unwrap() = UNIX_EPOCH + Duration::from_secs(START + seconds);
    }

    fn gate(&self, open: bool) {
        self.0.gate.send_replace(open);
    }

    fn fail_next(&self, message: &'static str) {
        self.0.failures.lock().unwrap().push_back(message);
    }

    fn fetches(&self) -> usize {
        *self.0.started.borrow()
    }

    async fn has_started(&self, fetches: usize) {
        let mut started = self.0.started.subscribe();
        tokio::time::timeout(LONG, started.wait_for(|count| *count >= fetches)).await.unwrap().unwrap();
    }

    /// Waits until this many fetches have ended, whether done or abandoned.
    async fn has_ended(&self, fetches: usize) {
        let mut ended = self.0.ended.subscribe();
        tokio::time::timeout(LONG, ended.wait_for(|count| *count >= fetches)).await.unwrap().unwrap();
    }
}

impl Clock for Source {
    fn now(&self) -> SystemTime {
        *self.0.now.lock().unwrap()
    }
}

/// Counts the end of a fetch, done or abandoned.
struct Ending(Source);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.0.ended.send_modify(|count| *count += 1);
    }
}

impl CredentialsProvider for Source {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(async {
            let _ending = Ending(self.clone());
            self.0.started.send_modify(|count| *count += 1);
            let number = self.fetches();
            self.0.gate.subscribe().wait_for(|open| *open).await.unwrap();
            if let Some(message) = self.0.failures.lock().unwrap().pop_front() {
                return Err(CredentialsError::new(message));
            }
            let expiration = self.now() + Duration::from_secs(HOUR);
            Ok(Credentials::new(format!("key-{number}"), "secret").with_expiration(expiration))
        })
    }
}

async fn ask(cached: &CachedProvider<Source>) -> Result<String, String> {
    let provided = tokio::time::timeout(LONG, cached.provide()).await.unwrap();
    provided.map(|key| key.access_key_id().unwrap().to_owned()).map_err(|error| error.to_string())
}

/// Waits until a caller gets this key, which a fetch in the background has put into the cache.
async fn wait_for_key(cached: &CachedProvider<Source>, key: &str) {
    let seen = async {
        while ask(cached).await.unwrap() != key {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONG, seen).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_cause_one_fetch() {
    let source = Source::new(false);
    let cached = source.cached();
    let mut callers = JoinSet::new();
    for _ in 0..1000 {
        let cached = cached.clone();
        callers.spawn(async move { ask(&cached).await });
    }
    source.has_started(1).await;
    source.gate(true);
    while let Some(outcome) = callers.join_next().await {
        assert_eq!(outcome.unwrap().unwrap(), "key-1");
    }
    assert_eq!(source.fetches(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_share_one_failure_and_the_next_caller_tries_again() {
    let source = Source::new(false);
    let cached = source.cached();
    source.fail_next("the vault is sealed");
    let mut callers = JoinSet::new();
    for _ in 0..1000 {
        let cached = cached.clone();
        // Each caller is polled once, and waits, before the gate is opened.
        let mut asking = Box::pin(async move { ask(&cached).await });
        assert!(tokio::time::timeout(Duration::ZERO, &mut asking).await.is_err());
        callers.spawn(asking);
    }
    source.gate(true);
    while let Some(outcome) = callers.join_next().await {
        assert_eq!(outcome.unwrap().unwrap_err(), "the vault is sealed");
    }
    assert_eq!(source.fetches(), 1);
    assert_eq!(ask(&cached).await.unwrap(), "key-2");
}

#[tokio::test]
async fn credentials_are_renewed_in_the_background_while_the_old_ones_are_valid() {
    let source = Source::new(true);
    let cached = source.cached();
    assert_eq!(ask(&cached).await.unwrap(), "key-1");
    source.gate(false);
    source.set_clock(HOUR - 299);
    for _ in 0..100 {
        assert_eq!(ask(&cached).await.unwrap(), "key-1", "nobody waits");
    }
    source.has_started(2).await;
    source.gate(true);
    wait_for_key(&cached, "key-2").await;
    assert_eq!(source.fetches(), 2);
}

#[tokio::test]
async fn after_a_failed_renewal_the_old_ones_are_used_and_the_next_try_comes_after_a_pause() {
    let source = Source::new(true);
    let cached = source.cached();
    ask(&cached).await.unwrap();
    source.fail_next("the service is down");
    source.set_clock(HOUR - 200);
    assert_eq!(ask(&cached).await.unwrap(), "key-1");
    source.has_ended(2).await;
    source.set_clock(HOUR - 171);
    assert_eq!(ask(&cached).await.unwrap(), "key-1");
    assert_eq!(source.fetches(), 2, "29 s later it is too soon");
    source.set_clock(HOUR - 170);
    wait_for_key(&cached, "key-3").await;
    assert_eq!(source.fetches(), 3);
}

#[tokio::test]
async fn a_failed_renewal_becomes_an_error_when_the_old_ones_have_expired_and_then_recovers() {
    let source = Source::new(true);
    let cached = source.cached();
    ask(&cached).await.unwrap();
    source.set_clock(HOUR - 10);
    source.fail_next("the service is down");
    assert_eq!(ask(&cached).await.unwrap(), "key-1", "waited for, and failed, while the old ones hold");
    source.set_clock(HOUR);
    source.fail_next("the service is still down");
    assert_eq!(ask(&cached).await.unwrap_err(), "the service is still down");
    assert_eq!(ask(&cached).await.unwrap(), "key-4");
}

#[tokio::test]
async fn in_the_last_seconds_callers_wait_for_the_new_ones() {
    let source = Source::new(true);
    let cached = source.cached();
    ask(&cached).await.unwrap();
    source.set_clock(HOUR - 5);
    assert_eq!(ask(&cached).await.unwrap(), "key-2");
}

#[tokio::test]
async fn a_caller_that_gives_up_does_not_stop_the_others() {
    let source = Source::new(false);
    let cached = source.cached();
    let leading = tokio::spawn({
        let cached = cached.clone();
        async move { ask(&cached).await }
    });
    source.has_started(1).await;
    let mut following = Box::pin(ask(&cached));
    assert!(tokio::time::timeout(Duration::ZERO, &mut following).await.is_err());
    leading.abort();
    source.has_ended(1).await;
    source.gate(true);
    assert_eq!(following.await.unwrap(), "key-2");
    assert_eq!(source.fetches(), 2);
}

#[tokio::test]
async fn dropping_the_last_clone_abandons_the_fetch_in_the_background() {
    let source = Source::new(true);
    let cached = source.cached();
    ask(&cached).await.unwrap();
    source.gate(false);
    source.set_clock(HOUR - 299);
    ask(&cached).await.unwrap();
    source.has_started(2).await;
    let clone = cached.clone();
    drop(cached);
    assert_eq!(ask(&clone).await.unwrap(), "key-1");
    drop(clone);
    source.has_ended(2).await;
    assert!(!*source.0.gate.borrow(), "it did not end by itself");
}

#[test]
fn after_a_runtime_has_ended_during_a_fetch_the_next_one_can_fetch() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let source = Source::new(false);
    let cached = source.cached();
    let first = runtime();
    let leading = cached.clone();
    first.spawn(async move { ask(&leading).await });
    first.block_on(source.has_started(1));
    drop(first);
    source.gate(true);
    assert_eq!(runtime().block_on(ask(&cached)).unwrap(), "key-2");

    // And in the background.
    source.gate(false);
    source.set_clock(HOUR - 299);
    let third = runtime();
    third.block_on(async {
        assert_eq!(ask(&cached).await.unwrap(), "key-2");
        source.has_started(3).await;
    });
    drop(third);
    source.gate(true);
    // The pause counts from the end of a fetch; this one never ended.
    runtime().block_on(wait_for_key(&cached, "key-4"));
}

#[cfg(feature = "blocking")]
#[test]
fn a_blocking_client_renews_in_the_background_too() {
    use std::time::Instant;

    use ccc_api::operation::make_call::MakeCallRequest;
    use ccc_api::transport::{Bytes, Transport, TransportError, http};
    use ccc_api::{Config, blocking};

    /// Keeps the id of the key that the last request was signed with.
    #[derive(Clone, Debug, Default)]
    struct Signer(Arc<Mutex<String>>);

    impl Transport for Signer {
        fn send(
            &self,
            request: http::Request<Bytes>,
            _deadline: Instant,
        ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
            let authorization = request.headers()["authorization"].to_str().unwrap();
            let id = authorization.split_once("Credential=").unwrap().1.split(',').next().unwrap();
            id.clone_into(&mut self.0.lock().unwrap());
            let answer = http::Response::new(Bytes::from_static(br#"{"Code":"OK"}"#));
            Box::pin(std::future::ready(Ok(answer)))
        }
    }

    let source = Source::new(true);
    let signer = Signer::default();
    let config = Config::builder().credentials(source.cached()).transport(signer.clone()).build().unwrap();
    let client = blocking::Client::new(config).unwrap();
    let request = MakeCallRequest::builder().callee("1").device_id("d").instance_id("i").build();
    let signed_by = || {
        client.send(&request).unwrap();
        signer.0.lock().unwrap().clone()
    };
    assert_eq!(signed_by(), "key-1");
    source.gate(false);
    source.set_clock(HOUR - 299);
    assert_eq!(signed_by(), "key-1", "nobody waits");
    let waiting = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    waiting.block_on(source.has_started(2));
    source.gate(true);
    waiting.block_on(source.has_ended(2));
    let start = Instant::now();
    while signed_by() != "key-2" {
        assert!(start.elapsed() < LONG, "the new key is never used");
    }
}

#[tokio::test]
async fn after_a_provider_has_panicked_the_next_caller_can_fetch() {
    #[derive(Debug, Default)]
    struct PanicsOnce(Mutex<bool>);

    impl CredentialsProvider for PanicsOnce {
        fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
            Box::pin(async {
                let panicked = std::mem::replace(&mut *self.0.lock().unwrap(), true);
                assert!(panicked, "the first time");
                Ok(Credentials::new("key", "secret"))
            })
        }
    }

    let cached = CachedProvider::new(PanicsOnce::default());
    let first = tokio::spawn({
        let cached = cached.clone();
        async move { cached.provide().await.is_ok() }
    });
    assert!(first.await.unwrap_err().is_panic());
    assert!(cached.provide().await.is_ok());
}

#[tokio::test]
async fn credentials_that_have_expired_already_are_refused() {
    let source = Source::new(true);
    let expired = Credentials::new("key", "secret").with_expiration(UNIX_EPOCH + Duration::from_secs(START));
    let config = ProviderConfig::new().clock(source);
    let error = CachedProvider::with_config(expired, &config).provide().await.unwrap_err().to_string();
    assert!(error.starts_with("the credentials given expired at 1970-01-12T13:46:40Z"), "{error}");
}

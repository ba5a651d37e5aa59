//! Caches credentials while they are valid, and fetches new ones before they expire: once for all callers.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::trace;
use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::identity::provider::CredentialsProvider;
use crate::providers::held::{Held, Need};
use crate::providers::{Http, ProviderConfig};
use crate::text::clock::{Clock, timestamp};
use crate::text::future::BoxFuture;

/// The pause after an attempt to renew credentials that are still valid, whether it succeeds or not.
const PAUSE: Duration = Duration::from_secs(30);
/// The time limit of a fetch. Callers wait no longer than that, in case the fetch runs in a runtime that nobody drives.
const PATIENCE: Duration = Duration::from_secs(60);

/// Caches the credentials that a provider fetches.
///
/// - Credentials with an [expiration](Credentials::with_expiration) are kept until five minutes before it (a third of
///   their time, if they are valid for less than 15 minutes), others for five minutes.
/// - Then one fetch in the background gets new ones, while callers continue with the old ones. In the last 30 s,
///   callers wait for the new ones.
/// - A failed fetch changes nothing while the old ones are valid; the next attempt follows after at least 30 s.
/// - If none are valid, all concurrent callers wait for one fetch and share its outcome. After a failure, the next
///   caller tries again.
/// - If a caller gives up, another continues the fetch. When the last clone is dropped, a fetch in the background is
///   cancelled.
///
/// The providers of this crate that use the network cache by themselves; this is for providers of your own.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use acs_runtime::custom::BoxFuture;
/// use acs_runtime::credentials::{CachedProvider, CredentialsError, CredentialsProvider};
/// use acs_runtime::{Config, Credentials};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl CredentialsProvider for Vault {
///     fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
///         let hour = SystemTime::now() + Duration::from_secs(3600);
///         Box::pin(async move { Ok(Credentials::new("testid", "testsecret").with_expiration(hour)) })
///     }
/// }
///
/// let config = Config::builder().credentials(CachedProvider::new(Vault)).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
pub struct CachedProvider<P> {
    shared: Arc<Shared<P>>,
    background: Arc<Background>,
}

struct Shared<P> {
    provider: P,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    flight: Option<Flight>,
    /// The number of the last flight.
    flights: u64,
    /// When credentials that are still valid may be renewed again.
    not_before: Option<SystemTime>,
}

type Outcome = Result<Credentials, CredentialsError>;

/// A running fetch. Everyone who waits gets its outcome; if it is cancelled, its channel closes.
struct Flight {
    number: u64,
    since: Instant,
    outcome: watch::Receiver<Option<Outcome>>,
}

/// What a caller must do.
enum Step<P> {
    Use(Credentials),
    /// Use these, and start the fetch.
    Renew(Credentials, Leader<P>),
    Lead(Leader<P>),
    Follow(watch::Receiver<Option<Outcome>>, Duration),
}

impl<P: CredentialsProvider + 'static> CachedProvider<P> {
    /// Creates a cache around a provider, with the machine's clock.
    #[must_use]
    pub fn new(provider: P) -> Self {
        Self::with_config(provider, &ProviderConfig::new())
    }

    /// As [`new`](Self::new), with another clock.
    #[must_use]
    pub fn with_config(provider: P, config: &ProviderConfig) -> Self {
        let shared = Shared { provider, clock: Arc::clone(&config.clock), state: Mutex::default() };
        Self { shared: Arc::new(shared), background: Arc::default() }
    }

    async fn current(&self) -> Outcome {
        loop {
            match self.next_step() {
                Step::Use(credentials) => return Ok(credentials),
                Step::Renew(credentials, leader) => {
                    let Ok(runtime) = Handle::try_current() else {
                        return self.settle(leader.fetch().await);
                    };
                    let fetch = leader.fetch_alone(Http::current());
                    self.background.replace(runtime.spawn(fetch).abort_handle());
                    return Ok(credentials);
                }
                Step::Lead(leader) => {
                    let outcome = leader.fetch().await;
                    return self.settle(outcome);
                }
                Step::Follow(mut flight, patience) => {
                    let landed = tokio::time::timeout(patience, flight.wait_for(Option::is_some)).await;
                    if let Ok(Ok(outcome)) = landed
                        && let Some(outcome) = outcome.clone()
                    {
                        return self.settle(outcome);
                    }
                    // It was cancelled or takes too long: this caller starts another.
                }
            }
        }
    }

    fn next_step(&self) -> Step<P> {
        let now = self.shared.clock.now();
        let mut state = self.shared.state();
        let held = state.held.as_ref().map(|held| (held.need(now), held.credentials.clone()));
        let under_way = state.flight.as_ref().and_then(Flight::to_follow);
        match (held, under_way) {
            (Some((Need::Nothing, credentials)), _) | (Some((Need::Renewal, credentials)), Some(_)) => {
                Step::Use(credentials)
            }
            (Some((Need::Renewal | Need::RenewalNow, credentials)), None) if state.pauses(now) => {
                Step::Use(credentials)
            }
            (Some((Need::Renewal, credentials)), None) => {
                Step::Renew(credentials, Leader::start(&self.shared, &mut state))
            }
            (_, Some((flight, patience))) => Step::Follow(flight, patience),
            (_, None) => Step::Lead(Leader::start(&self.shared, &mut state)),
        }
    }

    /// Records the outcome of a fetch. If it failed, returns credentials that are still valid.
    fn settle(&self, outcome: Outcome) -> Outcome {
        outcome.or_else(|error| {
            let now = self.shared.clock.now();
            let state = self.shared.state();
            let held = state.held.as_ref().filter(|held| held.need(now) != Need::Replacement);
            held.map(|held| held.credentials.clone()).ok_or(error)
        })
    }
}

impl<P> Shared<P> {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn pauses(&self, now: SystemTime) -> bool {
        // The pause must not get longer if the clock is set back.
        let left = self.not_before.and_then(|end| end.duration_since(now).ok());
        left.is_some_and(|left| !left.is_zero() && left <= PAUSE)
    }
}

impl Flight {
    /// Returns the channel to wait on and the longest wait, unless the fetch was cancelled or takes too long.
    fn to_follow(&self) -> Option<(watch::Receiver<Option<Outcome>>, Duration)> {
        let patience = PATIENCE.checked_sub(self.since.elapsed()).filter(|left| !left.is_zero())?;
        self.outcome.has_changed().ok()?;
        Some((self.outcome.clone(), patience))
    }
}

/// The caller that fetches for all. If it is dropped before the end, the fetch is cancelled and another caller can
/// start one.
struct Leader<P> {
    shared: Arc<Shared<P>>,
    number: u64,
    told: watch::Sender<Option<Outcome>>,
}

impl<P> Leader<P> {
    fn start(shared: &Arc<Shared<P>>, state: &mut State) -> Self {
        let (told, outcome) = watch::channel(None);
        state.flights = state.flights.wrapping_add(1);
        state.flight = Some(Flight { number: state.flights, since: Instant::now(), outcome });
        Self { shared: Arc::clone(shared), number: state.flights, told }
    }
}

impl<P: CredentialsProvider> Leader<P> {
    async fn fetch(self) -> Outcome {
        let fetched = tokio::time::timeout(PATIENCE, self.shared.provider.provide()).await;
        let fetched = fetched.unwrap_or_else(|_| {
            Err(CredentialsError::new(format!("the provider gave none within {PATIENCE:?}")))
        });
        let now = self.shared.clock.now();
        let outcome = fetched.and_then(Credentials::validated).and_then(|new| unexpired(new, now));
        trace::credentials_fetched::<P>(&outcome);
        let mut state = self.shared.state();
        if let Ok(credentials) = &outcome {
            state.held = Some(Held { credentials: credentials.clone(), since: now });
        }
        state.not_before = now.checked_add(PAUSE);
        drop(state);
        self.told.send_replace(Some(outcome.clone()));
        outcome
    }

    /// Fetches in a task of its own, over the HTTP client of the caller.
    async fn fetch_alone(self, way: Option<Http>) {
        // The error may be dropped: the next caller that needs new credentials asks again.
        let _ = match way {
            Some(way) => way.around(self.fetch()).await,
            None => self.fetch().await,
        };
    }
}

impl<P> Drop for Leader<P> {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        if state.flight.as_ref().is_some_and(|flight| flight.number == self.number) {
            state.flight = None;
        }
    }
}

/// Refuses credentials that have expired. The service would refuse them without saying why.
fn unexpired(credentials: Credentials, now: SystemTime) -> Outcome {
    match credentials.expiration() {
        Some(expiration) if expiration <= now => Err(CredentialsError::new(format!(
            "the credentials given expired at {}, and the clock shows {}; if the clock is wrong, set it",
            timestamp(expiration),
            timestamp(now)
        ))),
        _ => Ok(credentials),
    }
}

/// The fetch in the background. It ends when nobody is left to use its outcome.
#[derive(Default)]
struct Background(Mutex<Option<AbortHandle>>);

impl Background {
    fn replace(&self, task: AbortHandle) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(task) = self.0.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }
}

impl<P: CredentialsProvider + 'static> CredentialsProvider for CachedProvider<P> {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
        Box::pin(self.current())
    }
}

impl<P> Clone for CachedProvider<P> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), background: Arc::clone(&self.background) }
    }
}

impl<P: fmt::Debug> fmt::Debug for CachedProvider<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CachedProvider").field("provider", &self.shared.provider).finish_non_exhaustive()
    }
}

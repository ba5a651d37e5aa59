//! Keeps credentials while they hold, and fetches new ones before they expire: once for all who ask.

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

/// After an attempt to renew credentials that still hold, successful or not, the next one waits that long.
const PAUSE: Duration = Duration::from_secs(30);
/// A fetch that takes longer is given up. What runs longer still, in a runtime that nobody drives, is not waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// Keeps what a provider fetched.
///
/// - Credentials with an [expiration](Credentials::with_expiration) are kept until five minutes before it (a third of
///   their time, if they hold for less than 15 minutes), others for five minutes.
/// - Then new ones are fetched in the background, once, while callers go on with the old ones. In the last 30 s callers
///   wait for the new ones.
/// - A failed fetch changes nothing while the old ones hold; the next attempt follows 30 s later at the soonest.
/// - When none hold, all concurrent callers wait for one fetch and share its outcome. A failed one is tried again by
///   the next caller.
/// - A caller that gives up takes nobody with it: another goes on. When the last clone is dropped, a fetch in the
///   background is abandoned.
///
/// The sources of this crate that go over the network keep what they fetched by themselves; this is for providers of
/// your own.
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
    /// Numbers the flights.
    flights: u64,
    /// When credentials that still hold may be renewed again.
    not_before: Option<SystemTime>,
}

type Outcome = Result<Credentials, CredentialsError>;

/// A fetch under way. Its outcome is told to all who wait; if it is abandoned, its channel closes.
struct Flight {
    number: u64,
    since: Instant,
    outcome: watch::Receiver<Option<Outcome>>,
}

/// What a caller has to do.
enum Step<P> {
    Use(Credentials),
    /// Use these, and see to it that the fetch happens.
    Renew(Credentials, Leader<P>),
    Lead(Leader<P>),
    Follow(watch::Receiver<Option<Outcome>>, Duration),
}

impl<P: CredentialsProvider + 'static> CachedProvider<P> {
    /// Keeps what this provider fetches, by the machine's clock.
    #[must_use]
    pub fn new(provider: P) -> Self {
        Self::with_config(provider, &ProviderConfig::new())
    }

    /// The same by another clock.
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
                    // It was abandoned, or takes too long: somebody has to start another.
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

    /// The outcome of a fetch; if it failed, credentials that still hold.
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
        // A clock that was set back must not prolong the pause.
        let left = self.not_before.and_then(|end| end.duration_since(now).ok());
        left.is_some_and(|left| !left.is_zero() && left <= PAUSE)
    }
}

impl Flight {
    /// What to wait on and how long, unless the fetch was abandoned or takes too long.
    fn to_follow(&self) -> Option<(watch::Receiver<Option<Outcome>>, Duration)> {
        let patience = PATIENCE.checked_sub(self.since.elapsed()).filter(|left| !left.is_zero())?;
        self.outcome.has_changed().ok()?;
        Some((self.outcome.clone(), patience))
    }
}

/// Whoever fetches for all. Dropped before the end, it gives the fetch up, so that another can start one.
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

    /// In a task of its own, which goes the way of the client that caused it.
    async fn fetch_alone(self, way: Option<Http>) {
        // A failure is not lost: whoever needs new credentials next asks again.
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

/// The service would refuse these, which says nothing of the reason.
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

/// The fetch in the background, which ends when nobody is left to use its outcome.
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

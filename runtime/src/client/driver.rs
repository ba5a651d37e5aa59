//! Drives the calls of blocking clients: a thread with a Tokio runtime, and a way to wait for a future.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::call::error::Unwaitable;
use crate::request::config_error::ConfigError;

/// A thread that drives sockets, timers and background tasks, such as fetching new credentials.
///
/// Callers poll their futures themselves, so they sign and decode in parallel. The thread ends when its driver is
/// dropped. Nothing waits for that, so a driver may be dropped anywhere.
pub(crate) struct Driver {
    runtime: Handle,
    process: u32,
    /// Ends the thread when it is dropped.
    _stop: oneshot::Sender<std::convert::Infallible>,
}

impl Driver {
    pub(crate) fn start() -> Result<Self, ConfigError> {
        let failed = |error| ConfigError::Thread { source: Box::new(error) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        std::thread::Builder::new()
            .name("acs-runtime".to_owned())
            .spawn(move || {
                // The error means that the driver was dropped.
                let _ = runtime.block_on(stopped);
            })
            .map_err(failed)?;
        Ok(Self { runtime: handle, process: std::process::id(), _stop: stop })
    }

    /// Waits until the future is done.
    pub(crate) fn wait_for<F: Future>(&self, future: F) -> Result<F::Output, Unwaitable> {
        if std::process::id() != self.process {
            return Err(Unwaitable::InFork);
        }
        if !self.may_block() {
            return Err(Unwaitable::InAsyncContext);
        }
        let _entered = self.runtime.enter();
        Ok(pollster::block_on(future))
    }

    /// Tells whether this thread may wait: Tokio is not polling a task on it, or only one that may block
    /// (`spawn_blocking`, `block_in_place`).
    ///
    /// Tokio reports this only by a panic, whose message is printed before the call returns its error.
    fn may_block(&self) -> bool {
        Handle::try_current().is_err()
            || catch_unwind(AssertUnwindSafe(|| self.runtime.block_on(async {}))).is_ok()
    }
}

impl fmt::Debug for Driver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Driver")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::{Driver, Unwaitable};

    #[test]
    fn timers_and_background_tasks_go_on_while_nobody_waits() {
        let driver = Driver::start().unwrap();
        let (sender, receiver) = std::sync::mpsc::channel();
        driver
            .wait_for(async {
                tokio::spawn(async move {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    sender.send("in the background").unwrap();
                });
            })
            .unwrap();
        assert_eq!(receiver.recv_timeout(Duration::from_secs(10)), Ok("in the background"));
    }

    #[test]
    fn a_driver_waits_for_several_threads_at_once() {
        let driver = Driver::start().unwrap();
        let meeting = tokio::sync::Barrier::new(8);
        let met = async || tokio::time::timeout(Duration::from_secs(10), meeting.wait()).await.is_ok();
        std::thread::scope(|scope| {
            let waits: Vec<_> = (0..8).map(|_| scope.spawn(|| driver.wait_for(met()))).collect();
            for wait in waits {
                assert_eq!(wait.join().unwrap(), Ok(true));
            }
        });
    }

    #[test]
    fn a_driver_waits_within_another_wait() {
        let driver = Driver::start().unwrap();
        let inner = || driver.wait_for(async { tokio::time::sleep(Duration::from_millis(1)).await });
        assert_eq!(driver.wait_for(async { inner() }), Ok(Ok(())));
    }

    #[test]
    fn a_thread_that_runs_tasks_is_told_from_one_that_may_block() {
        let driver = Arc::new(Driver::start().unwrap());
        let may_block = || driver.may_block();
        let current = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert!(may_block());
        let guard = current.enter();
        assert!(may_block());
        drop(guard);
        assert!(!current.block_on(async { may_block() }));
        assert!(!current.block_on(tokio::task::unconstrained(async { may_block() })));
        let inside = Arc::clone(&driver);
        assert!(!current.block_on(async { tokio::spawn(async move { inside.may_block() }).await }).unwrap());
        let inside = Arc::clone(&driver);
        assert!(
            current
                .block_on(async { tokio::task::spawn_blocking(move || inside.may_block()).await })
                .unwrap()
        );
        let many = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        let inside = Arc::clone(&driver);
        let spawned = many
            .spawn(async move { (inside.may_block(), tokio::task::block_in_place(|| inside.may_block())) });
        assert_eq!(many.block_on(spawned).unwrap(), (false, true));
    }

    #[test]
    fn a_task_is_refused_and_dropping_there_is_harmless() {
        let driver = Driver::start().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            assert_eq!(driver.wait_for(async {}), Err(Unwaitable::InAsyncContext));
            drop(driver);
        });
    }

    #[test]
    fn a_process_without_the_thread_is_refused() {
        let driver = Driver { process: 0, ..Driver::start().unwrap() };
        assert_eq!(driver.wait_for(async {}), Err(Unwaitable::InFork));
    }

    #[test]
    fn the_thread_ends_with_its_driver() {
        let driver = Driver::start().unwrap();
        let (sender, receiver) = std::sync::mpsc::channel::<()>();
        driver
            .wait_for(async move {
                tokio::spawn(async move {
                    std::future::pending::<()>().await;
                    drop(sender);
                });
            })
            .unwrap();
        drop(driver);
        let ended = receiver.recv_timeout(Duration::from_secs(10));
        assert_eq!(ended, Err(std::sync::mpsc::RecvTimeoutError::Disconnected));
    }
}

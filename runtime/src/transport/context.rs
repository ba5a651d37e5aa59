//! What the Tokio runtime around a call offers, asked before anything is sent.

use std::cell::Cell;
use std::fmt;
use std::net::UdpSocket;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use tokio::runtime::{Handle, Id};

/// What a call misses around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    Runtime,
    Time,
    Io,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Runtime => {
                "there is no Tokio runtime around it; call it within one (`#[tokio::main]`, `Runtime::block_on`), or use \
                 the blocking client"
            }
            Self::Time => "the Tokio runtime around it has no timers; build it with `enable_all` or `enable_time`",
            Self::Io => "the Tokio runtime around it does no I/O; build it with `enable_all` or `enable_io`",
        })
    }
}

impl std::error::Error for Missing {}

/// Whether limits on time can be kept here.
pub(crate) fn can_wait() -> Result<(), Missing> {
    thread_local!(static KNOWN: Cell<Option<Id>> = const { Cell::new(None) });
    once_for_each_runtime(&KNOWN, Missing::Time, || drop(tokio::time::sleep(Duration::ZERO)))
}

/// Whether sockets can be used here.
pub(crate) fn can_do_io() -> Result<(), Missing> {
    thread_local!(static KNOWN: Cell<Option<Id>> = const { Cell::new(None) });
    once_for_each_runtime(&KNOWN, Missing::Io, || {
        // The cheapest socket that a runtime can be given. Where none can be had, connecting says why.
        let socket = UdpSocket::bind("127.0.0.1:0").and_then(|socket| {
            socket.set_nonblocking(true)?;
            Ok(socket)
        });
        drop(socket.map(tokio::net::UdpSocket::from_std));
    })
}

/// Tokio answers neither question but by a panic. It is caught here, where nothing is sent yet, and once a thread has
/// seen that a runtime can do something, it is not asked again.
fn once_for_each_runtime(
    known: &'static std::thread::LocalKey<Cell<Option<Id>>>,
    missing: Missing,
    probe: impl FnOnce(),
) -> Result<(), Missing> {
    let runtime = Handle::try_current().map_err(|_| Missing::Runtime)?.id();
    if known.get() == Some(runtime) {
        return Ok(());
    }
    catch_unwind(AssertUnwindSafe(probe)).map_err(|_| missing)?;
    known.set(Some(runtime));
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::runtime::Builder;

    use super::{Missing, can_do_io, can_wait};

    #[test]
    fn without_a_runtime_nothing_can_be_done() {
        assert_eq!((can_wait(), can_do_io()), (Err(Missing::Runtime), Err(Missing::Runtime)));
    }

    #[test]
    fn what_a_runtime_lacks_is_named() {
        for (builder, expected) in [
            (&mut Builder::new_current_thread(), (Err(Missing::Time), Err(Missing::Io))),
            (Builder::new_current_thread().enable_time(), (Ok(()), Err(Missing::Io))),
            (Builder::new_current_thread().enable_io(), (Err(Missing::Time), Ok(()))),
            (Builder::new_multi_thread().worker_threads(1).enable_all(), (Ok(()), Ok(()))),
        ] {
            let runtime = builder.build().unwrap();
            assert_eq!(runtime.block_on(async { (can_wait(), can_do_io()) }), expected);
        }
    }
}

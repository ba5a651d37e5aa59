//! Finds out, before anything is sent, what the Tokio runtime around a call offers.

use std::cell::Cell;
use std::fmt;
use std::net::UdpSocket;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use tokio::runtime::{Handle, Id};

/// The part that the runtime around a call lacks.
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

/// Checks that time limits work here.
pub(crate) fn can_wait() -> Result<(), Missing> {
    thread_local!(static KNOWN: Cell<Option<Id>> = const { Cell::new(None) });
    once_for_each_runtime(&KNOWN, Missing::Time, || drop(tokio::time::sleep(Duration::ZERO)))
}

/// Checks that sockets work here.
pub(crate) fn can_do_io() -> Result<(), Missing> {
    thread_local!(static KNOWN: Cell<Option<Id>> = const { Cell::new(None) });
    once_for_each_runtime(&KNOWN, Missing::Io, || {
        // This is the cheapest socket to register. If none can be made, connecting will say why.
        let socket = UdpSocket::bind("127.0.0.1:0").and_then(|socket| {
            socket.set_nonblocking(true)?;
            Ok(socket)
        });
        drop(socket.map(tokio::net::UdpSocket::from_std));
    })
}

/// Tokio reports this only by a panic. It is caught here, before anything is sent. A thread asks each runtime only
/// until it has passed once.
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

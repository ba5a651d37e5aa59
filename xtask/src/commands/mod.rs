//! One file per command: what it takes, and what it does with the other modules.

#[cfg(feature = "endpoint")]
pub(crate) mod demo;
#[cfg(feature = "endpoint")]
pub(crate) mod mock;
pub(crate) mod regen;

/// Runs what waits for the network.
#[cfg(feature = "endpoint")]
fn block_on<T>(
    work: impl Future<Output = Result<T, crate::failure::Failure>>,
) -> Result<T, crate::failure::Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime {
        Ok(runtime) => runtime.block_on(work),
        Err(source) => {
            Err(crate::failure::Failure::Io { doing: "start", what: "the runtime".to_owned(), source })
        }
    }
}

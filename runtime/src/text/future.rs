//! The future that object-safe traits return.

use std::pin::Pin;

/// A boxed future that may move between threads. Made with `Box::pin(async move { … })`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

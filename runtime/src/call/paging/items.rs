//! Iterates over the items of pages.

use std::fmt;
use std::iter::FusedIterator;
use std::mem;
use std::vec;

use super::Page;
use super::paged::Paged;
use super::pages::Pages;
use crate::call::error::Error;
use crate::call::operation::Sender;
use crate::call::response::Response;

/// The items of a list, from all of its pages.
///
/// With the async client, [`next`](Self::next) returns them; with the blocking client, it is an iterator. It holds one
/// page at a time, requests the next one when that is used up, and ends when [`Pages`] would. An item that moves to
/// another page between two requests may come twice or not at all: pages are no snapshot of the list. [`Pages`] gives
/// whole responses, with their totals, request ids and notes.
///
/// ```
/// # #[cfg(feature = "blocking")] {
/// use acs_runtime::Error;
/// use acs_runtime::blocking::Client;
/// use acs_runtime::paging::{Paged, Pages};
///
/// /// The whole list, or the first error.
/// fn all<O: Paged>(client: Client<O::Product>, request: O) -> Result<Vec<O::Item>, Error<O::Error>> {
///     Pages::new(client, request).items().collect()
/// }
/// # }
/// ```
///
/// Debug shows neither parameters nor items.
#[must_use = "no page is asked for before `next`"]
pub struct Items<S, O: Paged> {
    pages: Pages<S, O>,
    /// The rest of the last page.
    held: vec::IntoIter<O::Item>,
}

impl<S, O: Paged> Items<S, O> {
    pub(super) fn new(pages: Pages<S, O>) -> Self {
        Self { pages, held: vec::IntoIter::default() }
    }

    /// Limits the number of pages: see [`Pages::max_pages`].
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    fn hold(&mut self, response: Response<O::Response>) {
        self.held = mem::take(O::items(&mut response.into_inner())).into_iter();
    }
}

impl<S, O> Items<S, O>
where
    O: Paged,
    S: Sender<Product = O::Product>,
    S::Sending<O>: Future<Output = Page<O>>,
{
    /// Returns the next item; `None` after the last one, and after an error.
    ///
    /// If its future is dropped, no item is lost.
    ///
    /// # Errors
    /// As [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<O::Item, Error<O::Error>>> {
        loop {
            if let Some(item) = self.held.next() {
                return Some(Ok(item));
            }
            match self.pages.next().await? {
                Ok(response) => self.hold(response),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// With the blocking client.
impl<S, O> Iterator for Items<S, O>
where
    O: Paged,
    S: Sender<Product = O::Product, Sending<O> = Page<O>>,
{
    type Item = Result<O::Item, Error<O::Error>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.held.next() {
                return Some(Ok(item));
            }
            match Iterator::next(&mut self.pages)? {
                Ok(response) => self.hold(response),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<S, O> FusedIterator for Items<S, O>
where
    O: Paged,
    S: Sender<Product = O::Product, Sending<O> = Page<O>>,
{
}

impl<S, O: Paged> fmt::Debug for Items<S, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("held", &self.held.len())
            .finish_non_exhaustive()
    }
}

//! Iterates over pages.

use std::fmt;
use std::iter::FusedIterator;

use super::Page;
use super::items::Items;
use super::paged::Paged;
use super::run::Run;
use crate::call::operation::Sender;

/// The pages of a list, one response after another.
///
/// With the async client, [`next`](Self::next) returns them; with the blocking client, it is an iterator. It sends one
/// request per page, with the options of the client.
///
/// It begins with the page that the request names; by number, the default is page 1. Pages by number end when as many
/// items came as the total says (the largest total, if responses differ), or with an empty page. Pages by token end
/// with a page without a token. A page may be shorter than the requested size. After an error, it returns `None`. A
/// page that equals the one before is an error, because the next would equal it too.
///
/// ```
/// # #[cfg(feature = "client")] {
/// use acs_runtime::paging::{Paged, Pages};
/// use acs_runtime::{Client, Error};
///
/// /// Counts the attempts that the whole list takes.
/// async fn count<O: Paged>(client: Client<O::Product>, request: O) -> Result<u32, Error<O::Error>> {
///     let mut pages = Pages::new(client, request).max_pages(50);
///     let mut attempts = 0;
///     while let Some(page) = pages.next().await {
///         attempts += page?.attempts();
///     }
///     Ok(attempts)
/// }
/// # }
/// ```
///
/// Debug shows no parameter.
#[must_use = "no page is asked for before `next`"]
pub struct Pages<S, O: Paged> {
    sender: S,
    run: Run<O>,
}

impl<S, O: Paged> Pages<S, O> {
    /// Creates the iteration, from the page that the request names. Builders of such requests have `pages()` for it.
    ///
    /// The page size is that of the request, else the default of the service.
    pub fn new(sender: S, request: O) -> Self {
        Self { sender, run: Run::new(request) }
    }

    /// Limits the number of pages: the iteration ends there as if there were no more. Without this limit, page 10,001
    /// is an error: nobody means to fetch such a list.
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.run.set_max_pages(pages);
        self
    }

    /// Iterates over the items of the pages that have not come yet.
    pub fn items(self) -> Items<S, O> {
        Items::new(self)
    }
}

impl<S, O> Pages<S, O>
where
    O: Paged,
    S: Sender<Product = O::Product>,
    S::Sending<O>: Future<Output = Page<O>>,
{
    /// Returns the next page; `None` after the last one, and after an error.
    ///
    /// If its future is dropped, the next call requests the same page again.
    ///
    /// # Errors
    /// The errors of sending the request. It is also an error if a page equals the one before, or if too many pages
    /// came.
    pub async fn next(&mut self) -> Option<Page<O>> {
        match self.run.ask()? {
            Ok(request) => {
                let page = self.sender.dispatch(request).await;
                Some(self.run.answered(page))
            }
            Err(error) => Some(Err(error)),
        }
    }
}

/// With the blocking client.
impl<S, O> Iterator for Pages<S, O>
where
    O: Paged,
    S: Sender<Product = O::Product, Sending<O> = Page<O>>,
{
    type Item = Page<O>;

    fn next(&mut self) -> Option<Page<O>> {
        match self.run.ask()? {
            Ok(request) => {
                let page = self.sender.dispatch(request);
                Some(self.run.answered(page))
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl<S, O> FusedIterator for Pages<S, O>
where
    O: Paged,
    S: Sender<Product = O::Product, Sending<O> = Page<O>>,
{
}

impl<S, O: Paged> fmt::Debug for Pages<S, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &O::ACTION)
            .field("pages_so_far", &self.run.progress().pages())
            .finish_non_exhaustive()
    }
}

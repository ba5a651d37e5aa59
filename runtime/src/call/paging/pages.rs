//! Iteration over pages.

use std::fmt;
use std::iter::FusedIterator;

use super::Page;
use super::items::Items;
use super::paged::Paged;
use super::run::Run;
use crate::call::operation::Sender;

/// The pages of a list, one response after another.
///
/// With the async client, [`next`](Self::next) gives them; with the blocking client, it is an iterator. It sends a
/// request whenever the next page is asked for, each with the options of the client.
///
/// It begins with the page that the request asks for, by number with page 1 where it names none, and ends where the
/// service says: when as many items came as there are, with a page without items, or, by token, with a page without a
/// token. Of several totals, the largest counts. A page may be shorter than the size that was asked for. An error ends
/// it, too: after that, it gives `None`. A page that is the same as the one before is an error, since the next would be
/// as well.
///
/// ```
/// # #[cfg(feature = "client")] {
/// use acs_runtime::paging::{Paged, Pages};
/// use acs_runtime::{Client, Error};
///
/// /// How often it takes a request to get the whole list.
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
/// Its Debug shows no parameter.
#[must_use = "no page is asked for before `next`"]
pub struct Pages<S, O: Paged> {
    sender: S,
    run: Run<O>,
}

impl<S, O: Paged> Pages<S, O> {
    /// The pages from the one that the request asks for. Builders of requests that ask for pages have `pages()` for it.
    ///
    /// Sizes are those of the request; where it has none, that of the service.
    pub fn new(sender: S, request: O) -> Self {
        Self { sender, run: Run::new(request) }
    }

    /// Ends after so many pages, as if they were all. Without it, page 10,001 is an error: such a list is hardly meant.
    pub fn max_pages(mut self, pages: u32) -> Self {
        self.run.set_max_pages(pages);
        self
    }

    /// The items of the pages that were not given yet, one after another.
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
    /// The next page; `None` after the last one, and after an error.
    ///
    /// Where its future is dropped, the next one asks for the same page again.
    ///
    /// # Errors
    /// As sending the request, when a page is the same as the one before, and when too many pages came.
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

/// With the client that blocks.
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

//! One iteration over pages: the next request, and when it ends.

use std::mem;

use super::Page;
use super::paged::Paged;
use super::position::Position;
use super::progress::{Allowance, Progress};
use crate::call::error::{Error, Flaw, NotSent, Obstacle, Unreadable};
use crate::call::interpret::redacted_id;
use crate::call::response::Response;
use crate::wire::parameters::ParameterList;
use crate::wire::redact::Redactor;

/// An iteration that sends nothing by itself.
pub(super) struct Run<O: Paged> {
    /// Requests the next page.
    request: O,
    next: Next<O>,
    progress: Progress,
    /// The ends of the last page that had items.
    ends: Option<Ends<O::Item>>,
}

enum Next<O: Paged> {
    Page,
    Error(Error<O::Error>),
    Nothing,
}

/// The parts by which a page is recognised, so the whole page need not be kept.
#[derive(PartialEq)]
struct Ends<T> {
    length: usize,
    first: T,
    last: T,
}

impl<T: Clone> Ends<T> {
    fn from_items(items: &[T]) -> Option<Self> {
        let (first, last) = items.first().zip(items.last())?;
        Some(Self { length: items.len(), first: first.clone(), last: last.clone() })
    }
}

impl<O: Paged> Run<O> {
    /// Begins at the page that the request names; by number, the default is page 1.
    pub(super) fn new(mut request: O) -> Self {
        if let Position::Number(number) = request.position()
            && number.get().is_none()
        {
            number.set(1);
        }
        Self { request, next: Next::Page, progress: Progress::default(), ends: None }
    }

    pub(super) fn progress(&self) -> &Progress {
        &self.progress
    }

    pub(super) fn set_max_pages(&mut self, pages: u32) {
        self.progress.set_max_pages(pages);
    }

    /// Returns the request for the next page. It stays the same until its response comes: a caller that gave up waiting
    /// requests it again.
    pub(super) fn ask(&mut self) -> Option<Result<O, Error<O::Error>>> {
        if !matches!(self.next, Next::Page) {
            return match mem::replace(&mut self.next, Next::Nothing) {
                Next::Error(error) => Some(Err(error)),
                Next::Page | Next::Nothing => None,
            };
        }
        match self.progress.allowance() {
            Allowance::Granted => Some(Ok(self.request.clone())),
            Allowance::Enough => {
                self.next = Next::Nothing;
                None
            }
            Allowance::TooMany(pages) => {
                self.next = Next::Nothing;
                Some(Err(not_sent::<O>(Obstacle::TooManyPages { pages })))
            }
        }
    }

    /// Takes the response to the request, and returns it unless it equals the page before.
    pub(super) fn answered(&mut self, page: Page<O>) -> Page<O> {
        self.next = Next::Nothing;
        let mut response = page?;
        let items = O::items(&mut response);
        let (length, ends) = (items.len(), Ends::from_items(items));
        if ends.is_some() && ends == self.ends {
            return Err(self.flawed(&response, Flaw::SamePage));
        }
        if ends.is_some() {
            self.ends = ends;
        }
        self.progress.add(length, O::total(&response));
        self.next = self.turn(&response, length);
        Ok(response)
    }

    /// Decides what follows a page.
    fn turn(&mut self, response: &Response<O::Response>, length: usize) -> Next<O> {
        match self.request.position() {
            Position::Number(_) if length == 0 || self.progress.has_seen_all() => Next::Nothing,
            Position::Number(number) => {
                let next = number.get().and_then(|number| number.checked_add(1));
                if next.is_some_and(|next| number.set(next)) {
                    Next::Page
                } else {
                    Next::Error(not_sent::<O>(Obstacle::Unsendable))
                }
            }
            // All items of an empty page may have been filtered out: only the token says whether more pages follow.
            Position::Token(token) => match O::next_token(response) {
                None | Some("") => Next::Nothing,
                Some(next) if next == token.get() => Next::Error(self.flawed(response, Flaw::SameToken)),
                Some(next) => {
                    token.set(next.to_owned());
                    Next::Page
                }
            },
        }
    }

    /// Creates the error of a page after which the iteration cannot go on.
    fn flawed(&self, response: &Response<O::Response>, flaw: Flaw) -> Error<O::Error> {
        let mut parameters = ParameterList::new();
        self.request.write_to(&mut parameters);
        let redactor = Redactor::from_request(&parameters, []);
        let request_id = response.request_id().and_then(|id| redacted_id(id, &redactor));
        let error = Unreadable::new(O::ACTION, flaw, response.status(), request_id)
            .with_body(String::new(), response.raw_body().clone())
            .with_attempts(response.record());
        Error::Unreadable(Box::new(error))
    }
}

fn not_sent<O: Paged>(obstacle: Obstacle) -> Error<O::Error> {
    Error::NotSent(Box::new(NotSent::new(O::ACTION, obstacle, None)))
}

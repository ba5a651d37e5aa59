//! Paging: operations that return a list in pages, and iteration over pages and items.

mod items;
mod paged;
mod pages;
mod position;
mod progress;
mod run;

pub use items::Items;
pub use paged::Paged;
pub use pages::Pages;
pub use position::{PageNumber, PageToken, Position};

use crate::call::error::Error;
use crate::call::operation::Operation;
use crate::call::response::Response;

/// The result of a request for one page.
type Page<O> = Result<Response<<O as Operation>::Response>, Error<<O as Operation>::Error>>;

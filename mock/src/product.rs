//! What an endpoint knows of a product.

use acs_runtime::custom::Product;
use acs_runtime::description::OperationDescription;

use crate::answer::Fill;
use crate::rules::{Entry, Rule};
use crate::world::World;

/// A product that can be served.
pub trait MockedProduct: Product {
    /// What an endpoint remembers between requests, if a test asks for it; [`NoWorld`](crate::NoWorld) if there is none.
    type World: World;

    /// Documented errors, and when each is the answer: the first that holds.
    const RULES: &'static [Rule] = &[];
    /// Fields of answers that follow from the request without bearing a parameter's name.
    const FILLS: &'static [Fill] = &[];

    /// Its operations, as their pages document them.
    fn operations() -> Vec<&'static OperationDescription>;

    /// What every endpoint knows from the start.
    #[must_use]
    fn entries() -> Vec<Entry> {
        Vec::new()
    }
}

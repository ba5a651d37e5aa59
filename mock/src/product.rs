//! The description of a product for an endpoint.

use acs_runtime::custom::Product;
use acs_runtime::description::OperationDescription;

use crate::answer::Fill;
use crate::rules::{Entry, Rule};
use crate::world::World;

/// A product that a [`MockEndpoint`](crate::MockEndpoint) can serve.
pub trait MockedProduct: Product {
    /// The state that an endpoint may keep between requests; [`NoWorld`](crate::NoWorld) for products that have none.
    type World: World;

    /// Documented errors, each with its condition. The first rule that holds decides.
    const RULES: &'static [Rule] = &[];
    /// Fields of responses whose values follow from the request, but that are not named like a parameter.
    const FILLS: &'static [Fill] = &[];

    /// Returns the operations of the product, as their pages document them.
    fn operations() -> Vec<&'static OperationDescription>;

    /// Returns the entries that every endpoint starts with.
    #[must_use]
    fn entries() -> Vec<Entry> {
        Vec::new()
    }
}

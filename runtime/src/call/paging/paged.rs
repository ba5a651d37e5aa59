//! An operation whose responses come in pages.

use super::position::Position;
use crate::call::operation::Operation;

/// A request that asks for one page of a list.
///
/// Generated request types implement it, and their builders have `pages()` and `items()`.
///
/// ```
/// # use acs_runtime::config::EndpointRules;
/// # use acs_runtime::custom::Product;
/// # #[derive(Debug)]
/// # struct Ecs;
/// # impl Product for Ecs {
/// #     const CODE: &'static str = "Ecs";
/// #     const VERSION: &'static str = "2014-05-26";
/// #     const TITLE: &'static str = "Elastic Compute Service";
/// #     const ENDPOINT_VARIABLE: &'static str = "ALIBABA_CLOUD_ECS_ENDPOINT";
/// #     const ENDPOINTS: EndpointRules = EndpointRules {
/// #         default_region: "cn-hangzhou",
/// #         public: "ecs.{region}.aliyuncs.com",
/// #         vpc: "ecs-vpc.{region}.aliyuncs.com",
/// #         central: "ecs.aliyuncs.com",
/// #         central_regions: &[],
/// #     };
/// # }
/// use acs_runtime::custom::{Builder, Decode, Operation, Parameters, RedactedDebug};
/// use acs_runtime::error::ServiceError;
/// use acs_runtime::paging::{Paged, Position};
///
/// #[derive(Clone, Builder, Parameters, RedactedDebug)]
/// #[builder(
///     name = "ListDisksBuilder",
///     operation = "ListDisks",
///     pages(number = page_number, size = page_size, size_default = 100)
/// )]
/// struct ListDisksRequest {
///     page_number: i32,
///     page_size: i32,
///     zone_id: Option<String>,
/// }
///
/// #[derive(Default, Decode, RedactedDebug)]
/// struct ListDisksResponse {
///     total_count: Option<i32>,
///     #[field(wrapper = "Disk")]
///     disks: Vec<Disk>,
/// }
///
/// #[derive(Clone, Default, PartialEq, Decode, RedactedDebug)]
/// struct Disk {
///     disk_id: Option<String>,
/// }
///
/// impl Operation for ListDisksRequest {
///     type Product = Ecs;
///
///     const ACTION: &'static str = "ListDisks";
///     const IDEMPOTENT: bool = true;
///
///     type Response = ListDisksResponse;
///     type Error = ServiceError;
/// }
///
/// impl Paged for ListDisksRequest {
///     type Item = Disk;
///
///     fn position(&mut self) -> Position<'_> {
///         Position::Number(&mut self.page_number)
///     }
///
///     fn items(response: &mut ListDisksResponse) -> &mut Vec<Disk> {
///         &mut response.disks
///     }
///
///     fn total(response: &ListDisksResponse) -> Option<i64> {
///         response.total_count.map(i64::from)
///     }
/// }
///
/// # #[cfg(feature = "client")]
/// # async fn list(client: acs_runtime::Client<Ecs>) -> Result<(), Box<dyn std::error::Error>> {
/// let mut disks = ListDisksBuilder::with_client(client).zone_id("cn-hangzhou-b").items();
/// while let Some(disk) = disks.next().await {
///     println!("{:?}", disk?.disk_id);
/// }
/// # Ok(()) }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not ask for pages",
    label = "no pages come in response to it"
)]
pub trait Paged: Operation + Clone + 'static {
    /// What the pages hold.
    type Item: Clone + PartialEq;

    /// The field that says which page is asked for.
    fn position(&mut self) -> Position<'_>;

    /// The items of a page.
    fn items(response: &mut Self::Response) -> &mut Vec<Self::Item>;

    /// How many items all pages hold together, if the response says so. For pages by number.
    fn total(_response: &Self::Response) -> Option<i64> {
        None
    }

    /// The token of the next page, if there is one. For pages by token.
    ///
    /// ```
    /// struct Response {
    ///     next_page_token: Option<String>,
    /// }
    ///
    /// fn next_token(response: &Response) -> Option<&str> {
    ///     response.next_page_token.as_deref()
    /// }
    /// # let _ = next_token;
    /// ```
    fn next_token(_response: &Self::Response) -> Option<&str> {
        None
    }
}

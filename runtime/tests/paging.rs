//! Tests of iteration over pages and items, against a server that responds as each test says.
#![cfg(feature = "client")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::sync::{Arc, Mutex};

use acs_runtime::custom::{Builder, Decode, Operation, Parameters, RedactedDebug};
use acs_runtime::error::{ErrorKind, ServiceError};
use acs_runtime::paging::{Items, Paged, Pages, Position};
use acs_runtime::transport::TransportError;
use acs_runtime::{Client, Config, Error};
use proptest::prelude::*;
use support::{Answer, Asked, Bells, Scripted, answer};

acs_runtime::client! {
    /// A client type for the tests, as each product has one.
    struct OwnClient(Client<Bells>);
}

#[derive(Clone, Default, PartialEq, Decode, RedactedDebug)]
struct Bell {
    id: Option<i64>,
}

#[derive(Default, Decode, RedactedDebug)]
struct Listed {
    request_id: Option<String>,
    total_count: Option<i32>,
    next_page_token: Option<String>,
    bells: Vec<Bell>,
}

/// Lists bells by number.
#[derive(Clone, Builder, Parameters, RedactedDebug)]
#[builder(
    name = "ListBellsBuilder",
    operation = "ListBells",
    pages(number = page_number, size = page_size, size_default = 100)
)]
struct ListBells {
    tower: String,
    page_number: i32,
    page_size: i32,
}

impl Operation for ListBells {
    type Product = Bells;
    const ACTION: &'static str = "ListBells";
    const IDEMPOTENT: bool = true;
    type Response = Listed;
    type Error = ServiceError;
}

impl Paged for ListBells {
    type Item = Bell;

    fn position(&mut self) -> Position<'_> {
        Position::Number(&mut self.page_number)
    }

    fn items(response: &mut Listed) -> &mut Vec<Bell> {
        &mut response.bells
    }

    fn total(response: &Listed) -> Option<i64> {
        response.total_count.map(i64::from)
    }
}

/// Lists bells by number, with optional fields.
#[derive(Clone, Builder, Parameters, RedactedDebug)]
#[builder(operation = "ListOthers", pages(number = page_number, size = page_size, size_default = 20))]
struct ListOthers {
    page_number: Option<i64>,
    page_size: Option<i64>,
}

impl Operation for ListOthers {
    type Product = Bells;
    const ACTION: &'static str = "ListOthers";
    type Response = Listed;
    type Error = ServiceError;
}

impl Paged for ListOthers {
    type Item = Bell;

    fn position(&mut self) -> Position<'_> {
        Position::Number(&mut self.page_number)
    }

    fn items(response: &mut Listed) -> &mut Vec<Bell> {
        &mut response.bells
    }
}

/// Lists bells by token.
#[derive(Clone, Builder, Parameters, RedactedDebug)]
#[builder(name = "ScanBellsBuilder", operation = "ScanBells", pages(token = next_page_token))]
struct ScanBells {
    next_page_token: Option<String>,
}

impl Operation for ScanBells {
    type Product = Bells;
    const ACTION: &'static str = "ScanBells";
    const IDEMPOTENT: bool = true;
    type Response = Listed;
    type Error = ServiceError;
}

impl Paged for ScanBells {
    type Item = Bell;

    fn position(&mut self) -> Position<'_> {
        Position::Token(&mut self.next_page_token)
    }

    fn items(response: &mut Listed) -> &mut Vec<Bell> {
        &mut response.bells
    }

    fn next_token(response: &Listed) -> Option<&str> {
        response.next_page_token.as_deref()
    }
}

/// A page as the service writes it.
fn page(ids: impl IntoIterator<Item = i64>, total: Option<i64>, token: Option<&str>) -> Answer {
    let bells: Vec<String> = ids.into_iter().map(|id| format!(r#"{{"Id":{id}}}"#)).collect();
    let total = total.map(|total| format!(r#","TotalCount":{total}"#)).unwrap_or_default();
    let token = token.map(|token| format!(r#","NextPageToken":"{token}""#)).unwrap_or_default();
    answer(200, format!(r#"{{"RequestId":"R-1","Bells":[{}]{total}{token}}}"#, bells.join(",")))
}

/// The requests to the server: number, size and token of each page.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn seen(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    /// Returns the configuration for a server that responds with `pages` in their order, whatever the request, and then
    /// with an empty page.
    fn serving(&self, pages: Vec<Answer>) -> Config {
        let mut pages = pages.into_iter();
        self.answering(move |_| pages.next().unwrap_or_else(|| page([], None, None)))
    }

    fn answering(&self, mut script: impl FnMut(&Asked) -> Answer + Send + 'static) -> Config {
        let log = self.clone();
        let script = move |asked: &Asked| {
            let get = |name| asked.get(name).map_or("-", String::as_str);
            let line = format!("{} {} {}", get("PageNumber"), get("PageSize"), get("NextPageToken"));
            log.0.lock().unwrap().push(line);
            script(asked)
        };
        Scripted::new(script).config()
    }
}

/// The items that came before the end, and the error that it ended with.
type Outcome = (Vec<i64>, Option<Error<ServiceError>>);

async fn drain<O>(mut items: Items<OwnClient, O>) -> Outcome
where
    O: Paged<Product = Bells, Item = Bell, Error = ServiceError>,
{
    let mut ids = Vec::new();
    let mut end = None;
    while let Some(item) = items.next().await {
        match item {
            Ok(bell) => ids.push(bell.id.unwrap()),
            Err(error) => {
                assert!(end.is_none(), "after an error it is over");
                end = Some(error);
            }
        }
    }
    assert!(items.next().await.is_none());
    (ids, end)
}

async fn list(config: Config) -> Outcome {
    let client = OwnClient::new(config).unwrap();
    drain(ListBellsBuilder::with_client(client).tower("west").page_size(2).items()).await
}

async fn scan(config: Config) -> Outcome {
    drain(ScanBellsBuilder::with_client(OwnClient::new(config).unwrap()).items()).await
}

#[tokio::test]
async fn it_ends_when_the_total_is_reached() {
    let log = Log::default();
    let (ids, error) =
        list(log.serving(vec![page([1, 2], Some(4), None), page([3, 4], Some(4), None)])).await;
    assert!(error.is_none());
    assert_eq!(ids, [1, 2, 3, 4]);
    assert_eq!(log.seen(), ["1 2 -", "2 2 -"]);
}

#[tokio::test]
async fn a_service_that_caps_the_size_is_asked_until_the_total_is_reached() {
    let log = Log::default();
    let pages = (1..=3).map(|id| page([id], Some(3), None)).collect();
    let (ids, error) = list(log.serving(pages)).await;
    assert!(error.is_none());
    assert_eq!((ids, log.seen().len()), (vec![1, 2, 3], 3));
}

#[tokio::test]
async fn a_total_that_shrinks_or_is_missing_does_not_end_it() {
    let log = Log::default();
    let pages = vec![
        page([1, 2], Some(7), None),
        page([3, 4], Some(0), None),
        page([5], None, None),
        page([6, 7], Some(2), None),
    ];
    let (ids, error) = list(log.serving(pages)).await;
    assert!(error.is_none());
    assert_eq!((ids, log.seen().len()), ((1..=7).collect(), 4));
}

#[tokio::test]
async fn without_a_total_an_empty_page_ends_it() {
    for total in [None, Some(0)] {
        let log = Log::default();
        let (ids, error) = list(log.serving(vec![page([1, 2], total, None), page([3], total, None)])).await;
        assert!(error.is_none());
        assert_eq!((ids, log.seen().len()), (vec![1, 2, 3], 3));
    }
}

#[tokio::test]
async fn an_empty_page_ends_it_whatever_the_total() {
    let log = Log::default();
    let (ids, error) = list(log.serving(vec![page([1, 2], Some(9), None), page([], Some(9), None)])).await;
    assert!(error.is_none());
    assert_eq!((ids, log.seen().len()), (vec![1, 2], 2));
}

#[tokio::test]
async fn a_page_that_comes_again_is_an_error() {
    let log = Log::default();
    let config = log.answering(|_| page([1, 2], Some(9), None));
    let (ids, error) = list(config).await;
    let error = error.unwrap();
    assert_eq!((ids, log.seen().len()), (vec![1, 2], 2));
    assert_eq!((error.kind(), error.status()), (ErrorKind::Unreadable, Some(200)));
    assert_eq!(
        error.to_string(),
        "ListBells was answered with HTTP 200 (request id R-1) and the same page as the one before; the pages \
         after it are unknown"
    );
}

#[tokio::test]
async fn pages_of_which_one_end_is_the_same_are_not_the_same() {
    let log = Log::default();
    let pages = vec![
        page([1, 2, 3], None, None),
        page([1, 3], None, None),
        page([1, 4], None, None),
        page([2, 4], None, None),
    ];
    let (ids, error) = list(log.serving(pages)).await;
    assert!(error.is_none());
    assert_eq!(ids.len(), 9);
}

#[tokio::test]
async fn errors_are_passed_on_and_end_it() {
    let log = Log::default();
    let refusal = answer(403, r#"{"Code":"Forbidden","Message":"No.","RequestId":"R-2"}"#);
    let (ids, error) = list(log.serving(vec![page([1, 2], Some(9), None), refusal])).await;
    assert_eq!((ids, error.unwrap().code()), (vec![1, 2], Some("Forbidden")));
    let lost = (0..9).map(|_| Err(TransportError::not_sent("no route"))).collect();
    let (ids, error) = list(log.serving(lost)).await;
    assert_eq!((ids.len(), error.unwrap().kind()), (0, ErrorKind::NotSent));
}

#[tokio::test]
async fn tokens_are_followed_until_there_is_none() {
    for end in [None, Some("")] {
        let log = Log::default();
        let pages = vec![
            page([1], None, Some("a")),
            page([], None, Some("b")),
            page([], None, Some("c")),
            page([2], None, end),
        ];
        let (ids, error) = scan(log.serving(pages)).await;
        assert!(error.is_none());
        assert_eq!(ids, [1, 2]);
        assert_eq!(log.seen(), ["- - -", "- - a", "- - b", "- - c"]);
    }
}

#[tokio::test]
async fn a_token_that_comes_again_is_an_error_after_the_items_of_its_page() {
    let log = Log::default();
    let pages = vec![page([1], None, Some("a")), page([2], None, Some("a")), page([3], None, None)];
    let (ids, error) = scan(log.serving(pages)).await;
    let error = error.unwrap();
    assert_eq!((ids, log.seen().len()), (vec![1, 2], 2));
    assert!(error.to_string().contains("a page whose token leads to the same page again"), "{error}");
}

#[tokio::test]
async fn it_ends_quietly_after_as_many_pages_as_are_wanted() {
    for (most, expected) in [(0, 0), (1, 1), (3, 3)] {
        let log = Log::default();
        let mut next = 0;
        let config = log.answering(move |_| {
            next += 1;
            page([next], None, None)
        });
        let client = Client::<Bells>::new(config).unwrap();
        let mut pages = ListBellsBuilder::with_client(client).tower("west").pages().max_pages(most);
        let mut count = 0;
        while let Some(page) = pages.next().await {
            assert_eq!(page.unwrap().bells.len(), 1);
            count += 1;
        }
        assert_eq!((count, log.seen().len()), (expected, expected));
    }
}

#[tokio::test]
async fn a_list_without_end_is_an_error_that_names_the_way_out() {
    let log = Log::default();
    let mut next = 0;
    let (ids, error) = list(log.answering(move |_| {
        next += 1;
        page([next], None, None)
    }))
    .await;
    let error = error.unwrap();
    assert_eq!((ids.len(), log.seen().len()), (10_000, 10_000));
    assert!(!error.may_have_been_placed());
    assert!(error.to_string().contains("`max_pages`"), "{error}");
}

#[tokio::test]
async fn it_starts_at_the_page_and_with_the_size_that_are_set() {
    let log = Log::default();
    let client = Client::<Bells>::new(log.serving(vec![page([1], None, None)])).unwrap();
    let mut pages = ListBellsBuilder::with_client(client).page_number(3).tower("west").page_size(7).pages();
    while pages.next().await.is_some() {}
    assert_eq!(log.seen(), ["3 7 -", "4 7 -"]);
}

#[tokio::test]
async fn it_starts_at_page_one_with_the_default_size_where_nothing_is_set() {
    let log = Log::default();
    let client = Client::<Bells>::new(log.serving(vec![page([1], None, None)])).unwrap();
    let mut pages = ListBellsBuilder::with_client(client.clone()).tower("west").pages();
    while pages.next().await.is_some() {}
    let mut others = ListOthersBuilder::with_client(client.clone()).pages();
    while others.next().await.is_some() {}
    // A request that was built without a client keeps its size.
    let mut alone = Pages::new(client, ListOthers::builder().build());
    while alone.next().await.is_some() {}
    assert_eq!(log.seen(), ["1 100 -", "2 100 -", "1 20 -", "1 - -"]);
}

#[tokio::test]
async fn no_page_is_asked_for_whose_number_the_parameter_cannot_hold() {
    let log = Log::default();
    let client = Client::<Bells>::new(log.serving(vec![page([1], None, None)])).unwrap();
    let mut pages = ListBellsBuilder::with_client(client).tower("west").page_number(i32::MAX).pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert_eq!(pages.next().await.unwrap().unwrap_err().kind(), ErrorKind::NotSent);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn a_page_that_nobody_waited_for_is_asked_for_again() {
    let log = Log::default();
    let client = Client::<Bells>::new(log.serving(vec![page([1], Some(1), None)])).unwrap();
    let mut pages = ListBellsBuilder::with_client(client).tower("west").pages();
    drop(pages.next());
    assert_eq!(pages.next().await.unwrap().unwrap().bells.len(), 1);
    assert!(pages.next().await.is_none());
    assert_eq!(log.seen(), ["1 100 -"]);
}

#[tokio::test]
async fn it_can_be_moved_to_another_task() {
    let log = Log::default();
    let client = OwnClient::new(log.serving(vec![page([1, 2], Some(2), None)])).unwrap();
    let mut items = ListBellsBuilder::with_client(client).tower("west").items();
    let count = tokio::spawn(async move {
        let mut count = 0;
        while let Some(item) = items.next().await {
            count += usize::from(item.is_ok());
        }
        count
    });
    assert_eq!(count.await.unwrap(), 2);
}

#[test]
fn debug_shows_neither_parameters_nor_items() {
    let client = Client::<Bells>::new(Log::default().serving(Vec::new())).unwrap();
    let items = ListBellsBuilder::with_client(client).tower("secret tower").items();
    let shown = format!("{items:?}");
    assert!(shown.contains("ListBells") && !shown.contains("secret"), "{shown}");
}

#[cfg(feature = "blocking")]
mod blocking {
    use acs_runtime::blocking;

    use super::*;

    acs_runtime::client! {
        /// A blocking client type for the tests.
        struct OwnBlockingClient(blocking::Client<Bells>);
    }

    #[test]
    fn pages_and_items_are_iterators() {
        let log = Log::default();
        let pages = || vec![page([1, 2], Some(3), None), page([3], Some(3), None)];
        let client = OwnBlockingClient::new(log.serving(pages())).unwrap();
        let items: Result<Vec<Bell>, _> =
            ListBellsBuilder::with_client(client).tower("west").items().collect();
        assert_eq!(items.unwrap().len(), 3);
        let client = blocking::Client::<Bells>::new(log.serving(pages())).unwrap();
        for page in ListBellsBuilder::with_client(client).tower("west").pages() {
            assert_eq!(page.unwrap().total_count, Some(3));
        }
        assert_eq!(log.seen().len(), 4);
    }

    #[test]
    fn next_can_be_called_by_its_name() {
        let client = OwnBlockingClient::new(Log::default().serving(vec![page([1], Some(1), None)])).unwrap();
        let mut items = ListBellsBuilder::with_client(client.clone()).tower("west").items();
        assert_eq!(items.next().unwrap().unwrap().id, Some(1));
        assert!(items.next().is_none());
        let mut pages = ListBellsBuilder::with_client(client).tower("west").pages();
        assert!(pages.next().unwrap().unwrap().bells.is_empty());
        assert!(pages.next().is_none());
    }

    #[test]
    fn an_error_ends_it() {
        let log = Log::default();
        let client = OwnBlockingClient::new(log.answering(|_| page([1, 2], Some(9), None))).unwrap();
        let items: Vec<_> = ListBellsBuilder::with_client(client).tower("west").items().collect();
        assert_eq!(items.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, true, false]);
    }
}

/// A page of any service: how many items it has, its total and its token.
fn any_page() -> impl Strategy<Value = (usize, Option<i64>, Option<String>)> {
    (0..4_usize, proptest::option::of(-1..12_i64), proptest::option::of("[ab]?"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_a_service_answers_it_ends_and_gives_each_item_of_its_pages_once(
        script in proptest::collection::vec(any_page(), 1..12),
        most in 0..20_u32,
        by_token in any::<bool>(),
    ) {
        // After the last page of the script it begins again with other items: an endless list.
        let asked = Arc::new(Mutex::new(Vec::new()));
        let given = Arc::clone(&asked);
        let config = Scripted::new(move |_| {
            let mut given = given.lock().unwrap();
            let (count, total, token) = &script[given.len() % script.len()];
            let ids: Vec<i64> = (0..*count).map(|n| i64::try_from(given.len() * 10 + n).unwrap()).collect();
            given.push(ids.clone());
            page(ids, *total, token.as_deref())
        })
        .config();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = OwnClient::new(config).unwrap();
        let (ids, _) = runtime.block_on(async {
            if by_token {
                drain(ScanBellsBuilder::with_client(client).items().max_pages(most)).await
            } else {
                drain(ListBellsBuilder::with_client(client).tower("west").items().max_pages(most)).await
            }
        });
        let asked = asked.lock().unwrap();
        prop_assert!(asked.len() <= usize::try_from(most).unwrap());
        prop_assert_eq!(ids, asked.concat());
    }
}

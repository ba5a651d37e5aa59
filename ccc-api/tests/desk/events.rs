//! Tests of events, and of the task that polls for them.

use std::time::Duration;

use ccc_api::desk::{Event, Events};
use ccc_api::mock::{Fault, USER};
use ccc_api::types::UserState;

use crate::office::{CUSTOMER, GROUP, LONG, Office};

/// Waits for the next event that suits. Others may come before it.
async fn event<T>(events: &mut Events, suits: impl Fn(Event) -> Option<T>) -> T {
    let found = async {
        loop {
            if let Some(found) = suits(events.next().await.unwrap()) {
                return found;
            }
        }
    };
    tokio::time::timeout(LONG, found).await.unwrap()
}

fn changed(event: Event) -> Option<UserState> {
    match event {
        Event::Changed(status) => Some(status.state().clone()),
        _ => None,
    }
}

fn failed(event: Event) -> Option<bool> {
    match event {
        Event::Failed(error) => Some(error.is_throttled()),
        _ => None,
    }
}

#[tokio::test]
async fn each_change_is_an_event() {
    let office = Office::open().await;
    let desk = office.builder(USER).build();
    let mut events = desk.events().unwrap();
    assert_eq!(event(&mut events, changed).await, UserState::Offline);
    desk.sign_in([GROUP]).await.unwrap();
    assert_eq!(event(&mut events, changed).await, UserState::Break);
    desk.ready().await.unwrap();
    assert_eq!(event(&mut events, changed).await, UserState::Ready);
    desk.call(CUSTOMER).await.unwrap();
    assert_eq!(event(&mut events, changed).await, UserState::Dialing);
}

#[tokio::test]
async fn a_later_receiver_first_gets_the_present_status() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let mut first = desk.events().unwrap();
    event(&mut first, changed).await;
    office.endpoint.inject(Fault::Delay(LONG), 1000);
    let mut second = desk.clone().events().unwrap();
    assert_eq!(event(&mut second, changed).await, UserState::Ready);
}

#[tokio::test]
async fn polls_become_rare_while_nothing_changes() {
    let office = Office::open().await;
    let ready = office.ready(USER).await;
    let desk = office.builder(USER).interval(Duration::from_millis(10)).idle_interval(LONG).build();
    drop(ready);
    let before = office.endpoint.request_count();
    let _events = desk.events().unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    // Polls come after 0, 10, 30, 70, 150, 310 and 630 ms.
    let polls = office.endpoint.request_count() - before;
    assert!((2..=7).contains(&polls), "{polls}");
}

#[tokio::test]
async fn the_poller_survives_throttling_and_closed_connections_and_reports_them() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    office.endpoint.inject(Fault::Throttle, 1);
    office.endpoint.inject(Fault::Close, 1);
    let mut events = desk.events().unwrap();
    assert!(event(&mut events, failed).await);
    assert!(!event(&mut events, failed).await);
    assert_eq!(event(&mut events, changed).await, UserState::Ready);
}

#[tokio::test]
async fn polling_ends_with_the_last_receiver() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let mut events = desk.events().unwrap();
    let other = desk.events().unwrap();
    event(&mut events, changed).await;
    drop(events);
    let seen = office.endpoint.request_count();
    tokio::time::timeout(LONG, office.endpoint.wait_for_requests(seen + 5)).await.unwrap();
    drop(other);
    // A poll that was under way may still arrive. A running poller would poll every 20 ms.
    let quiet = async {
        loop {
            let seen = office.endpoint.request_count();
            tokio::time::sleep(Duration::from_millis(300)).await;
            if office.endpoint.request_count() == seen {
                break;
            }
        }
    };
    tokio::time::timeout(LONG, quiet).await.unwrap();
}

#[tokio::test]
async fn polling_starts_again_with_a_new_receiver() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    drop(desk.events().unwrap());
    let mut events = desk.events().unwrap();
    assert_eq!(event(&mut events, changed).await, UserState::Ready);
}

#[test]
fn there_are_no_events_without_a_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let office = runtime.block_on(Office::open());
    assert!(office.builder(USER).build().events().is_err());
}

#[tokio::test]
async fn pollers_leave_no_task_behind() {
    let office = Office::open().await;
    let desk = office.builder(USER).interval(Duration::from_millis(1)).idle_interval(Duration::ZERO).build();
    desk.sign_in([GROUP]).await.unwrap();
    let alive = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let before = alive();
    for _ in 0..20 {
        let _events = desk.events().unwrap();
        let so_far = office.endpoint.request_count();
        tokio::time::timeout(LONG, office.endpoint.wait_for_requests(so_far + 5)).await.unwrap();
    }
    // Tasks of abandoned connections end by themselves.
    let settled = async {
        while alive() > before {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(LONG, settled).await.unwrap();
}

#[tokio::test]
async fn the_first_success_after_a_failure_is_an_event() {
    let office = Office::open().await;
    let desk = office.ready(USER).await;
    let mut events = desk.events().unwrap();
    event(&mut events, changed).await;
    office.endpoint.inject(Fault::Throttle, 1);
    event(&mut events, failed).await;
    assert_eq!(event(&mut events, changed).await, UserState::Ready);
}

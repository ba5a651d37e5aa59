//! Tests of the supervisor's list of agents.

use ccc_api::mock::{INSTANCE, USER};
use serde_json::{Value, json};

use crate::support::{NUMBER, Site};

/// Makes a site with five agents.
async fn with_five_agents() -> Site {
    let site = Site::open().await;
    for login in ["agent-2", "agent-3", "agent-4", "agent-5"] {
        site.add_agent(login).await;
    }
    site
}

fn agents(body: &Value) -> Vec<String> {
    let agents = body["agents"].as_array().unwrap().iter();
    agents.map(|agent| agent["agent"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn pages_list_each_agent_once() {
    let site = with_five_agents().await;
    let (mut listed, mut sizes, mut next) = (Vec::new(), Vec::new(), json!("/agents?page=1&size=2"));
    while let Some(page) = next.as_str() {
        let mut body = site.get(page).await.body;
        let agents = agents(&body);
        sizes.push(agents.len());
        listed.extend(agents);
        next = body["next"].take();
    }
    listed.sort();
    let all =
        ["agent-2", "agent-3", "agent-4", "agent-5", "user-test"].map(|login| format!("{login}@{INSTANCE}"));
    assert_eq!((sizes, listed), (vec![2, 2, 1], all.to_vec()));
}

#[tokio::test]
async fn whole_list_takes_one_request_for_each_page() {
    let site = with_five_agents().await;
    let before = site.endpoint.request_count();
    let list = site.get("/agents?size=2").await.body;
    assert_eq!((agents(&list).len(), site.endpoint.request_count() - before), (5, 3));
}

#[tokio::test]
async fn an_agent_is_listed_with_state_and_masked_mobile() {
    let site = Site::open().await;
    let mode =
        site.workbench.change_work_mode().instance_id(INSTANCE).work_mode("OFF_SITE").mobile("13100000009");
    mode.user_id(USER).send().await.unwrap();
    site.call(USER, NUMBER).await;
    let agent = site.get("/agents").await.body["agents"][0].clone();
    assert_eq!((&agent["state"], &agent["mobile"]), (&json!("Dialing"), &json!("********009")));
}

#[tokio::test]
async fn invalid_page_or_size_is_refused() {
    let site = Site::open().await;
    let statuses = [site.get("/agents?page=0").await.status, site.get("/agents?size=1000").await.status];
    assert_eq!(statuses, [422, 422]);
}

//! The call centre on the endpoint's console, as its page sees it.

use ccc_api::Client;
use ccc_api::mock::MockEndpoint;
use ccc_api::mock::world::CallCentre;
use serde_json::{Value, json};

use super::{AGENT, CUSTOMER, GROUP, INSTANCE, Scene};
use crate::wire::exchange;

/// A centre whose callees answer by themselves after two seconds, on an endpoint with a console.
async fn scene() -> Scene {
    let centre = CallCentre::builder().stepped().build();
    let endpoint = MockEndpoint::builder().world(centre.clone()).console().start().await.unwrap();
    let client = Client::new(endpoint.config()).unwrap();
    Scene { endpoint, client, centre }
}

impl Scene {
    async fn ask(&self, line: &str, body: &str) -> (u16, String) {
        let host = self.endpoint.address();
        let length = body.len();
        let head = format!(
            "{line} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        let answer = exchange(host, head.as_bytes()).await;
        (answer.status, answer.body)
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let (status, text) = self.ask(&format!("POST {path}"), &body.to_string()).await;
        assert_eq!(status, 200, "{path} {body}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Sends a request of the agent from the page; gives its `Data`.
    async fn as_agent(&self, operation: &str, parameters: Value) -> Value {
        let mut all = json!({ "InstanceId": INSTANCE, "UserId": AGENT, "DeviceId": "console" });
        all.as_object_mut().unwrap().extend(parameters.as_object().unwrap().clone());
        let answer = self.post("/console/call", json!({ "operation": operation, "parameters": all })).await;
        assert_eq!(answer["status"], 200, "{operation}: {answer}");
        answer["response"]["Data"].clone()
    }

    /// The instance as the page shows it.
    async fn world_state(&self) -> Value {
        let (_, text) = self.ask("GET /console/state?after=0", "").await;
        let state: Value = serde_json::from_str(&text).unwrap();
        state["world"]["instances"]["list"][0].clone()
    }
}

#[tokio::test]
async fn page_gets_the_module_that_shows_the_call_centre() {
    let (status, script) = scene().await.ask("GET /console/panel.js", "").await;
    assert!(status == 200 && script.contains("export function mount(root, "), "{status}");
}

#[tokio::test]
async fn calls_of_any_client_are_shown() {
    let scene = scene().await;
    scene.ready(AGENT).await;
    let job = scene.call(AGENT).await;
    let shown = scene.world_state().await;
    let call = &shown["calls"]["list"][0];
    assert_eq!((&call["id"], &call["callee"]), (&json!(job), &json!(CUSTOMER)));
    assert_eq!(shown["agents"]["list"][0]["state"], "DIALING");
}

#[tokio::test]
async fn call_from_the_page_waits_for_the_person_who_answers_and_hangs_up() {
    let scene = scene().await;
    let groups = json!([GROUP]).to_string();
    scene.as_agent("SignInGroup", json!({ "SignedSkillGroupIdList": groups })).await;
    scene.as_agent("ReadyForService", json!({})).await;
    let data = scene.as_agent("MakeCall", json!({ "Callee": CUSTOMER })).await;
    let job = &data["CallContext"]["JobId"];
    scene.post("/control/world/behaviour", json!({ "job_id": job, "does": "wait" })).await;
    scene.step(30);
    let rings = scene.world_state().await["calls"]["list"][0]["channels"]["list"][1].clone();
    assert_eq!(rings["may"], json!(["answer", "busy", "reject"]));

    let party = json!({ "job_id": job, "number": CUSTOMER });
    scene.post("/control/world/answer", party.clone()).await;
    scene.step(20);
    assert_eq!(scene.world_state().await["agents"]["list"][0]["state"], "TALKING");
    scene.post("/control/world/hang-up", party).await;
    scene.step(1);
    let shown = scene.world_state().await;
    assert_eq!(shown["calls"]["list"], json!([]));
    assert_eq!(shown["records"]["list"][0]["talked"], 20_000);
}

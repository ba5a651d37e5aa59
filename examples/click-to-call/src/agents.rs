//! The supervisor's list of agents.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use ccc_api::operation::list_realtime_agent_states::ListRealtimeAgentStatesItem;
use serde::{Deserialize, Serialize};

use crate::Backend;
use crate::failure::Failure;
use crate::number::mask;

/// The largest page that the service returns.
const LARGEST_PAGE: i32 = 100;

#[derive(Deserialize)]
pub(crate) struct PageQuery {
    page: Option<i32>,
    size: Option<i32>,
}

#[derive(Serialize)]
pub(crate) struct AgentList {
    agents: Vec<Agent>,
    /// The path of the next page, if there may be one.
    next: Option<String>,
}

#[derive(Serialize)]
struct Agent {
    agent: Option<String>,
    name: Option<String>,
    state: Option<String>,
    seconds_in_state: Option<i32>,
    mobile: Option<String>,
}

impl From<ListRealtimeAgentStatesItem> for Agent {
    fn from(item: ListRealtimeAgentStatesItem) -> Self {
        Self {
            agent: item.agent_id,
            name: item.agent_name,
            state: item.state.map(|state| state.as_str().to_owned()),
            seconds_in_state: item.duration,
            mobile: item.mobile.as_deref().map(mask),
        }
    }
}

/// Lists agents: one page if the query names it, else all pages.
pub(crate) async fn list(
    State(backend): State<Arc<Backend>>,
    query: Result<Query<PageQuery>, QueryRejection>,
) -> Result<Json<AgentList>, Failure> {
    let Query(PageQuery { page, size }) = query?;
    let size = size.unwrap_or(LARGEST_PAGE);
    if !(1..=LARGEST_PAGE).contains(&size) || page.is_some_and(|page| page < 1) {
        return Err(Failure::INVALID);
    }
    let states = backend.client.list_realtime_agent_states().instance_id(&backend.settings.instance);
    let mut pages = states.page_number(page.unwrap_or(1)).page_size(size).pages();
    let mut list = AgentList { agents: Vec::new(), next: None };
    while let Some(response) = pages.next().await {
        let items = std::mem::take(&mut response?.data.list);
        let is_full = i32::try_from(items.len()) == Ok(size);
        list.agents.extend(items.into_iter().map(Agent::from));
        if let Some(page) = page {
            let next = page.checked_add(1).filter(|_| is_full);
            list.next = next.map(|page| format!("/agents?page={page}&size={size}"));
            break;
        }
    }
    Ok(Json(list))
}

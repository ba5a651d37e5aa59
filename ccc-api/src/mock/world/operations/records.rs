//! Records of calls that ended.

use std::cmp::Ordering;

use acs_mock::Refused;
use serde_json::{Value, json};

use super::super::answer::records::{early_media_state, groups_of, record, record_with_events};
use super::super::figures::Window;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::Instance;
use super::super::state::job::Job;
use super::super::state::record::Record;
use super::paging::page;
use super::window::{recent_window, window};
use super::{Handler, user};

pub(super) fn handler(action: &str) -> Option<Handler> {
    Some(match action {
        "ListCallDetailRecords" => list_call_detail_records,
        "ListRecentCallDetailRecords" => list_recent_call_detail_records,
        "GetCallDetailRecord" => get_call_detail_record,
        _ => return None,
    })
}

/// Returns the records that have appeared, oldest first.
pub(super) fn records(instance: &Instance) -> impl Iterator<Item = &Record> {
    instance.records.iter().filter(|record| record.appears <= instance.now)
}

/// Returns the record of a call; `None` means that it has not appeared yet.
pub(super) fn record_of<'a>(instance: &'a Instance, contact: &str) -> Result<Option<&'a Record>, Refused> {
    let known = instance.records.iter().find(|record| record.job.id == contact);
    match known {
        Some(record) => Ok(Some(record).filter(|record| record.appears <= instance.now)),
        None if instance.jobs.contains_key(contact) => Ok(None),
        None => Err(refusals::no_job(contact)),
    }
}

/// Returns the record of a call. The pages document no refusal for one that has not appeared; then `Data` is absent.
fn get_call_detail_record(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let record = record_of(instance, parameters.text("ContactId"))?;
    Ok(record.map_or(Value::Null, |record| record_with_events(instance, record)))
}

fn list_call_detail_records(instance: &mut Instance, parameters: Parameters<'_>) -> Result<Value, Refused> {
    let instance = &*instance;
    let descending = parameters.get("SortOrder") != Some("ASC");
    let order = Order::parse(parameters)?;
    let mut found: Vec<_> = if let Some(contact) = parameters.get("ContactId") {
        records(instance).filter(|record| record.job.id == contact).collect()
    } else {
        let window = window(instance, parameters, "EndTime")?;
        let filter = Filter::parse(parameters, window)?;
        records(instance).filter(|record| filter.keeps(&record.job)).collect()
    };
    found.sort_by(|one, other| order.compare(&one.job, &other.job));
    if descending {
        found.reverse();
    }
    Ok(page_of_records(instance, &found, parameters))
}

fn list_recent_call_detail_records(
    instance: &mut Instance,
    parameters: Parameters<'_>,
) -> Result<Value, Refused> {
    let instance = &*instance;
    let user = user(instance, parameters)?;
    let window = recent_window(instance, parameters, "EndTime")?;
    let criteria = criteria(parameters)?;
    let of_user = |job: &Job| {
        window.contains(job.started) && took_part(job, &user) && matches_criteria(job, criteria.as_ref())
    };
    let mut found: Vec<_> = records(instance).filter(|record| of_user(&record.job)).collect();
    found.sort_by_key(|record| std::cmp::Reverse(record.job.started));
    Ok(page_of_records(instance, &found, parameters))
}

/// Returns a page of records. Only the first page has the total count.
fn page_of_records(instance: &Instance, records: &[&Record], parameters: Parameters<'_>) -> Value {
    let mut page = page(parameters, records, |ended| record(instance, ended));
    if let Value::Object(page) = &mut page
        && parameters.integer("PageNumber").is_some_and(|number| number > 1)
    {
        page.insert("TotalCount".to_owned(), json!(0));
    }
    page
}

fn took_part(job: &Job, user: &str) -> bool {
    job.agents().any(|(agent, _)| agent == user)
}

/// Parses `Criteria`: an object with parts of numbers.
fn criteria(parameters: Parameters<'_>) -> Result<Option<Value>, Refused> {
    match (parameters.get("Criteria"), parameters.json("Criteria")) {
        (None, _) => Ok(None),
        (Some(_), Some(criteria @ Value::Object(_))) => Ok(Some(criteria)),
        (Some(_), _) => Err(refusals::invalid("Criteria", "it must be a JSON object")),
    }
}

fn matches_criteria(job: &Job, criteria: Option<&Value>) -> bool {
    let Some(criteria) = criteria else { return true };
    let part = |key: &str| criteria[key].as_str().unwrap_or_default();
    (job.caller.contains(part("phoneNumber")) || job.callee.contains(part("phoneNumber")))
        && job.caller.contains(part("callingNumber"))
        && job.callee.contains(part("calledNumber"))
}

/// Removes the differences between spellings: `PrivacyDial` and `PRIVACY_DIAL` are the same type of call.
fn folded(text: &str) -> String {
    text.replace('_', "").to_ascii_lowercase()
}

/// The conditions that records must meet. An empty list allows any value.
struct Filter<'a> {
    window: Window,
    parameters: Parameters<'a>,
    criteria: Option<Value>,
    types: Vec<String>,
    dispositions: Vec<String>,
    early_media_states: Vec<String>,
    /// Whether only rated calls are wanted. No call here is rated.
    rated: bool,
}

impl<'a> Filter<'a> {
    fn parse(parameters: Parameters<'a>, window: Window) -> Result<Self, Refused> {
        let ratings = ["SatisfactionDescriptionList", "SatisfactionList", "SatisfactionSurveyChannel"];
        let folded_list = |name| parameters.list(name).iter().map(|text| folded(text)).collect();
        Ok(Self {
            window,
            parameters,
            criteria: criteria(parameters)?,
            types: folded_list("ContactTypeList"),
            dispositions: folded_list("ContactDispositionList"),
            early_media_states: folded_list("EarlyMediaStateList"),
            rated: ratings.iter().any(|name| !parameters.list(name).is_empty()),
        })
    }

    fn keeps(&self, job: &Job) -> bool {
        let is = |name: &str, value: &str| {
            self.parameters.get(name).is_none_or(|wanted| folded(wanted) == folded(value))
        };
        let one_of = |list: &[String], value: &str| list.is_empty() || list.contains(&folded(value));
        let given = |name: &str, suits: &dyn Fn(&str) -> bool| self.parameters.get(name).is_none_or(suits);
        let contact_type = job.call_type.wire();
        let disposition = job.end.as_ref().map_or("", |end| end.disposition);
        self.window.contains(job.started)
            && given("AgentId", &|agent| took_part(job, agent))
            && given("SkillGroupId", &|group| groups_of(job).contains(&group))
            && given("CalledNumber", &|number| job.callee == number)
            && given("CallingNumber", &|number| job.caller == number)
            && is("ContactType", contact_type)
            && one_of(&self.types, contact_type)
            && is("ContactDisposition", disposition)
            && one_of(&self.dispositions, disposition)
            && one_of(&self.early_media_states, early_media_state(job))
            && matches_criteria(job, self.criteria.as_ref())
            && !self.rated
    }
}

/// The field that records are sorted by. Records with equal values are sorted by their start.
#[derive(Clone, Copy)]
enum Order {
    Start,
    Established,
    Release,
    Duration,
}

impl Order {
    fn parse(parameters: Parameters<'_>) -> Result<Self, Refused> {
        match parameters.get("OrderByField").map(folded).as_deref() {
            None | Some("starttime") => Ok(Self::Start),
            Some("establishedtime") => Ok(Self::Established),
            Some("releasetime") => Ok(Self::Release),
            Some("callduration") => Ok(Self::Duration),
            Some(_) => Err(refusals::invalid(
                "OrderByField",
                "records are sorted by startTime, establishedTime, releaseTime or callDuration",
            )),
        }
    }

    fn compare(self, one: &Job, other: &Job) -> Ordering {
        let key = |job: &Job| match self {
            Self::Start => job.started,
            Self::Established => job.established.unwrap_or_default(),
            Self::Release => job.end_time(),
            Self::Duration => job.duration(),
        };
        (key(one), one.started).cmp(&(key(other), other.started))
    }
}

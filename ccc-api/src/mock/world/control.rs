//! What a test without a handle, in another language, tells a call centre to do.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Behaviour, CallCentre, PastCall, clock};

/// The commands, with the fields of their input.
const COMMANDS: &str = "answer, reject, busy or hang-up {number}; call-in {caller, callee, skill_group}; \
     behaviour {number, does, after_ms, talks_ms}; step {ms}; agent {login, instance}; \
     record {user, caller, callee, inbound, started, talked_ms}";

/// Carries out a command.
pub(super) fn carry_out(centre: &CallCentre, command: &str, input: &Value) -> Result<Value, String> {
    let number = || text(input, "number");
    let done = |result: Result<(), super::CentreError>| {
        result.map(|()| json!({})).map_err(|error| error.to_string())
    };
    match command {
        "answer" => done(centre.answer(number()?)),
        "reject" => done(centre.reject(number()?)),
        "busy" => done(centre.busy(number()?)),
        "hang-up" => done(centre.hang_up(number()?)),
        "call-in" => {
            let job =
                centre.call_in(text(input, "caller")?, text(input, "callee")?, text(input, "skill_group")?);
            job.map(|job| json!({ "job_id": job })).map_err(|error| error.to_string())
        }
        "behaviour" => {
            centre.set_behaviour(number()?, behaviour(input)?);
            Ok(json!({}))
        }
        "step" => {
            centre.step(span(input, "ms")?);
            Ok(json!({}))
        }
        "agent" => {
            let user = centre.add_agent(text(input, "instance")?, text(input, "login")?);
            user.map(|user| json!({ "user_id": user })).map_err(|error| error.to_string())
        }
        "record" => {
            let job = centre.add_record(&past_call(input)?);
            job.map(|job| json!({ "job_id": job })).map_err(|error| error.to_string())
        }
        _ => Err(format!("there is no command `{command}`; there are {COMMANDS}")),
    }
}

fn text<'a>(input: &'a Value, name: &str) -> Result<&'a str, String> {
    input[name].as_str().ok_or_else(|| format!("`{name}` must be a text"))
}

fn span(input: &Value, name: &str) -> Result<Duration, String> {
    let millis =
        input[name].as_u64().ok_or_else(|| format!("`{name}` must be a whole number of milliseconds"))?;
    Ok(Duration::from_millis(millis))
}

fn past_call(input: &Value) -> Result<PastCall, String> {
    let started = input["started"].as_i64().filter(|time| (0..=clock::LATEST).contains(time));
    Ok(PastCall {
        user: text(input, "user")?.to_owned(),
        caller: text(input, "caller")?.to_owned(),
        callee: text(input, "callee")?.to_owned(),
        inbound: input["inbound"].as_bool().ok_or("`inbound` must be true or false")?,
        started: clock::system_time(started.ok_or("`started` must be in milliseconds since 1970")?),
        talked: span(input, "talked_ms")?,
    })
}

fn behaviour(input: &Value) -> Result<Behaviour, String> {
    let after = || span(input, "after_ms");
    Ok(match text(input, "does")? {
        "answer" if input["talks_ms"].is_null() => Behaviour::Answers { after: after()? },
        "answer" => Behaviour::AnswersAndHangsUp { after: after()?, talks: span(input, "talks_ms")? },
        "busy" => Behaviour::Busy,
        "reject" => Behaviour::Rejects { after: after()? },
        "never-answer" => Behaviour::NeverAnswers,
        "wait" => Behaviour::Waits,
        other => {
            return Err(format!(
                "nobody does `{other}`; they `answer`, are `busy`, `reject`, `never-answer` or `wait`"
            ));
        }
    })
}

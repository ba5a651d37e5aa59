//! The commands by which tests in other languages, which have no handle, control a call centre.

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

#[cfg(test)]
mod tests {
    use super::super::CentreError;
    use super::super::testing::{BEGINS, CUSTOMER, FIRST, GROUP, NUMBER};
    use super::*;

    fn record(started: i64, talked: u64) -> Value {
        json!({
            "user": FIRST, "caller": NUMBER, "callee": CUSTOMER, "inbound": false,
            "started": started, "talked_ms": talked,
        })
    }

    #[test]
    fn well_formed_commands_are_carried_out() {
        let centre = CallCentre::for_test();
        let call = json!({ "caller": CUSTOMER, "callee": NUMBER, "skill_group": GROUP });
        let number = json!({ "number": CUSTOMER });
        for (command, input) in [
            ("behaviour", json!({ "number": "1", "does": "answer", "after_ms": 5, "talks_ms": 7 })),
            ("behaviour", json!({ "number": "1", "does": "reject", "after_ms": 5 })),
            ("behaviour", json!({ "number": "1", "does": "busy" })),
            ("agent", json!({ "login": "zhao", "instance": "ccc-test" })),
            ("call-in", call),
            ("step", json!({ "ms": 1000 })),
            ("hang-up", number),
            ("record", record(BEGINS - 60_000, 30_000)),
            ("step", json!({ "ms": u64::MAX })),
            ("step", json!({ "ms": u64::MAX })),
        ] {
            assert!(carry_out(&centre, command, &input).is_ok(), "{command} {input}");
        }
    }

    #[test]
    fn behaviour_is_what_the_command_says() {
        let centre = CallCentre::for_test();
        let input = json!({ "number": "1", "does": "answer", "after_ms": 5, "talks_ms": 7 });
        carry_out(&centre, "behaviour", &input).unwrap();
        let (after, talks) = (Duration::from_millis(5), Duration::from_millis(7));
        let does = centre.lock().state.settings.behaviour_of("1");
        assert_eq!(does, Behaviour::AnswersAndHangsUp { after, talks });
    }

    #[test]
    fn commands_act_on_the_call_that_rings() {
        for (command, state) in [("answer", "TALKING"), ("reject", "READY"), ("busy", "READY")] {
            let centre = CallCentre::for_test();
            centre.dial(FIRST);
            centre.seconds(2);
            carry_out(&centre, command, &json!({ "number": CUSTOMER })).unwrap();
            let status = centre.ask("PollUserStatus", &[("UserId", FIRST)]);
            assert_eq!(status["UserContext"]["UserState"], state, "{command}");
        }
    }

    #[test]
    fn bad_input_is_refused() {
        let centre = CallCentre::for_test();
        let call =
            |caller, callee, group| json!({ "caller": caller, "callee": callee, "skill_group": group });
        for (command, input, part) in [
            ("answer", json!({}), "`number` must be a text".to_owned()),
            ("answer", json!({ "number": CUSTOMER }), CentreError::NotRinging.to_string()),
            ("reject", json!({ "number": CUSTOMER }), CentreError::NotRinging.to_string()),
            ("busy", json!({ "number": CUSTOMER }), CentreError::NotRinging.to_string()),
            ("hang-up", json!({ "number": CUSTOMER }), CentreError::NotInACall.to_string()),
            ("call-in", call(CUSTOMER, NUMBER, "nowhere"), CentreError::NoSkillGroup.to_string()),
            ("call-in", call(CUSTOMER, "02100000000", GROUP), CentreError::NoNumber.to_string()),
            ("call-in", call("", NUMBER, GROUP), CentreError::NoNumber.to_string()),
            ("behaviour", json!({ "number": "1", "does": "sing" }), "nobody does `sing`".to_owned()),
            ("behaviour", json!({ "number": "1", "does": "answer" }), "`after_ms` must be".to_owned()),
            ("step", json!({ "ms": -1 }), "`ms` must be".to_owned()),
            (
                "agent",
                json!({ "login": "user-test", "instance": "ccc-test" }),
                CentreError::UserExists.to_string(),
            ),
            ("agent", json!({ "login": "zhao", "instance": "nowhere" }), CentreError::NoInstance.to_string()),
            ("record", record(BEGINS, 1), CentreError::NotOver.to_string()),
            ("record", record(clock::LATEST, u64::MAX), CentreError::NotOver.to_string()),
            ("record", record(i64::MAX, 1), "`started` must be".to_owned()),
            ("record", record(-1, 1), "`started` must be".to_owned()),
            ("dance", json!({}), "there is no command `dance`".to_owned()),
        ] {
            let refused = carry_out(&centre, command, &input).unwrap_err();
            assert!(refused.contains(&part), "{command} {input}: {refused}");
        }
    }
}

//! The commands with which tests in other languages control a call centre, because they have no handle.

use std::time::Duration;

use serde_json::{Value, json};

use super::engine::reason;
use super::outside::Whom;
use super::{Behaviour, CallCentre, PastCall, clock};

/// The commands, with the fields of their input.
const COMMANDS: &str = "answer, reject, busy or hang-up {number, job_id}; call-in {caller, callee, skill_group}; \
     behaviour {number or job_id, does, after_ms, talks_ms}; step {ms}; agent {login, instance}; \
     record {user, caller, callee, inbound, started, talked_ms}";

/// Carries out a command.
pub(super) fn carry_out(centre: &CallCentre, command: &str, input: &Value) -> Result<Value, String> {
    let done = |result: Result<(), super::CentreError>| {
        result.map(|()| json!({})).map_err(|error| error.to_string())
    };
    match command {
        "answer" => done(centre.outside_answers(whom(input)?)),
        "reject" => done(centre.outside_declines(whom(input)?, reason::DECLINED)),
        "busy" => done(centre.outside_declines(whom(input)?, reason::BUSY)),
        "hang-up" => done(centre.outside_hangs_up(whom(input)?)),
        "call-in" => {
            let job =
                centre.call_in(text(input, "caller")?, text(input, "callee")?, text(input, "skill_group")?);
            job.map(|job| json!({ "job_id": job })).map_err(|error| error.to_string())
        }
        "behaviour" => match whom(input)? {
            Whom { number: Some(number), job: None } => {
                centre.set_behaviour(number, behaviour(input)?);
                Ok(json!({}))
            }
            Whom { number: None, job: Some(job) } => {
                done(centre.set_behaviour_in_call(job, behaviour(input)?))
            }
            Whom { .. } => Err("give `number` or `job_id`, not both".to_owned()),
        },
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
        _ => Err(format!("there is no command `{command}`; use {COMMANDS}")),
    }
}

fn text<'a>(input: &'a Value, name: &str) -> Result<&'a str, String> {
    input[name].as_str().ok_or_else(|| format!("`{name}` must be a string"))
}

/// Parses the external party that a command is about, named by `number`, `job_id`, or both.
fn whom(input: &Value) -> Result<Whom<'_>, String> {
    let given = |name| if input[name].is_null() { Ok(None) } else { text(input, name).map(Some) };
    match (given("number")?, given("job_id")?) {
        (None, None) => Err("`number` or `job_id` must be given, as a string".to_owned()),
        (number, job) => Ok(Whom { number, job }),
    }
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
                "there is no behaviour `{other}`; use `answer`, `busy`, `reject`, `never-answer` or `wait`"
            ));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::CentreError;
    use super::super::testing::{BEGINS, CUSTOMER, FIRST, GROUP, NUMBER, SECOND};
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
        let does = centre.lock().state.settings.behaviours.get("1").copied();
        assert_eq!(does, Some(Behaviour::AnswersAndHangsUp { after, talks }));
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

    /// Returns the state of an agent.
    fn state(centre: &CallCentre, user: &str) -> Value {
        centre.ask("PollUserStatus", &[("UserId", user)])["UserContext"]["UserState"].clone()
    }

    #[test]
    fn commands_act_on_the_call_that_they_name() {
        for (command, expected) in
            [("answer", "TALKING"), ("reject", "READY"), ("busy", "READY"), ("hang-up", "READY")]
        {
            let centre = CallCentre::for_test();
            centre.dial(FIRST);
            let job = centre.dial(SECOND);
            centre.seconds(2);
            carry_out(&centre, command, &json!({ "number": CUSTOMER, "job_id": job })).unwrap();
            assert_eq!(
                (state(&centre, FIRST), state(&centre, SECOND)),
                (json!("DIALING"), json!(expected)),
                "{command}"
            );
        }
    }

    /// Places two calls that are answered after two seconds. After `millis`, the callee of the second is told to wait.
    fn told_to_wait_after(millis: u64) -> CallCentre {
        let centre = CallCentre::builder().stepped().agent("li").build();
        for user in [FIRST, SECOND] {
            centre.ask("SignInGroup", &[("UserId", user), ("SignedSkillGroupIdList", GROUP)]);
        }
        centre.dial(FIRST);
        let job = centre.dial(SECOND);
        centre.step(Duration::from_millis(millis));
        carry_out(&centre, "behaviour", &json!({ "job_id": job, "does": "wait" })).unwrap();
        centre
    }

    #[test]
    fn behaviour_of_a_call_is_for_that_call_alone() {
        for told_after in [0, 600, 2400] {
            let centre = told_to_wait_after(told_after);
            centre.seconds(10);
            assert_eq!(
                (state(&centre, FIRST), state(&centre, SECOND)),
                (json!("TALKING"), json!("DIALING")),
                "{told_after}"
            );
        }
    }

    #[test]
    fn call_whose_callee_waits_still_rings_no_longer_than_it_may() {
        let centre = told_to_wait_after(600);
        centre.seconds(60);
        assert_eq!(state(&centre, SECOND), "BREAK");
    }

    #[test]
    fn behaviour_of_a_number_has_precedence_over_that_of_a_call() {
        let centre = CallCentre::for_test();
        centre.set_behaviour(CUSTOMER, Behaviour::Busy);
        let job = centre.dial(FIRST);
        carry_out(&centre, "behaviour", &json!({ "job_id": job, "does": "wait" })).unwrap();
        centre.seconds(2);
        assert_eq!(state(&centre, FIRST), "READY");
    }

    #[test]
    fn bad_input_is_refused() {
        let centre = CallCentre::for_test();
        let call =
            |caller, callee, group| json!({ "caller": caller, "callee": callee, "skill_group": group });
        for (command, input, part) in [
            ("answer", json!({}), "`number` or `job_id` must be given".to_owned()),
            ("answer", json!({ "number": 1 }), "`number` must be a string".to_owned()),
            ("answer", json!({ "job_id": "job-1" }), CentreError::NotRinging.to_string()),
            ("behaviour", json!({ "does": "busy" }), "`number` or `job_id` must be given".to_owned()),
            ("behaviour", json!({ "job_id": "job-1", "does": "wait" }), CentreError::NoCall.to_string()),
            ("behaviour", json!({ "job_id": "job-1", "number": "1", "does": "wait" }), "not both".to_owned()),
            ("answer", json!({ "number": CUSTOMER }), CentreError::NotRinging.to_string()),
            ("reject", json!({ "number": CUSTOMER }), CentreError::NotRinging.to_string()),
            ("busy", json!({ "number": CUSTOMER }), CentreError::NotRinging.to_string()),
            ("hang-up", json!({ "number": CUSTOMER }), CentreError::NotInACall.to_string()),
            ("call-in", call(CUSTOMER, NUMBER, "nowhere"), CentreError::NoSkillGroup.to_string()),
            ("call-in", call(CUSTOMER, "02100000000", GROUP), CentreError::NoNumber.to_string()),
            ("call-in", call("", NUMBER, GROUP), CentreError::NoNumber.to_string()),
            (
                "behaviour",
                json!({ "number": "1", "does": "sing" }),
                "there is no behaviour `sing`".to_owned(),
            ),
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

//! The refusals of a call centre: documented codes, with the arguments of their messages.

use acs_mock::Refused;

use super::state::agent::UserState;
use super::state::job::ChannelState;

fn refused(
    status: u16,
    code: &'static str,
    message: &'static str,
    arguments: impl IntoIterator<Item = impl Into<String>>,
) -> Refused {
    Refused { code, status, message, arguments: arguments.into_iter().map(Into::into).collect() }
}

pub(super) fn no_instance(instance: &str) -> Refused {
    refused(404, "NotExists.InstanceId", "The instance %s does not exist.", [instance])
}

pub(super) fn no_user(user: &str, instance: &str) -> Refused {
    let message = "The user %s does not exist in the instance %s.";
    refused(404, "NotExists.UserId", message, [user, instance])
}

pub(super) fn no_skill_group(group: &str, instance: &str) -> Refused {
    let message = "The skill group %s does not exist in the instance %s.";
    refused(404, "NotExists.SkillGroupId", message, [group, instance])
}

pub(super) fn no_number(number: &str, instance: &str) -> Refused {
    let message = "The number %s does not exist in the instance %s.";
    refused(404, "NotExists.Number", message, [number, instance])
}

pub(super) fn no_role(role: &str) -> Refused {
    refused(404, "NotExists.RoleId", "The role %s does not exist.", [role])
}

pub(super) fn no_job(job: &str) -> Refused {
    refused(404, "NotExists.JobId", "The call %s does not exist.", [job])
}

pub(super) fn no_channel(channel: &str, job: &str) -> Refused {
    let message = "The channel %s does not exist in the call %s.";
    refused(404, "NotExists.ChannelId", message, [channel, job])
}

pub(super) fn user_state(state: UserState, expected: &[UserState]) -> Refused {
    let expected: Vec<_> = expected.iter().map(|state| state.wire()).collect();
    let message = "The user's state %s is not the expected %s.";
    let arguments = [state.wire().to_owned(), expected.join(" or ")];
    refused(400, "InvalidOperation.UserState", message, arguments)
}

/// `state` is the channel's state, or a flag that it has or lacks, or whether there is a consultation.
pub(super) fn channel_state(state: &str) -> Refused {
    refused(400, "InvalidOperation.ChannelState", "The channel is in the state %s.", [state])
}

pub(super) fn not_answered(state: ChannelState) -> Refused {
    channel_state(state.wire())
}

pub(super) fn user_busy(user: &str) -> Refused {
    refused(400, "UserBusy", "The user %s you called was busy. Please try again later.", [user])
}

pub(super) fn invalid(parameter: &str, reason: &str) -> Refused {
    refused(400, "Parameter.Invalid", "The parameter %s is not valid. Reason: %s", [parameter, reason])
}

pub(super) fn user_exists(user: &str, instance: &str) -> Refused {
    let message = "The user %s exists in the instance %s already.";
    refused(409, "AlreadyExists.User", message, [user, instance])
}

pub(super) fn skill_group_exists(group: &str, instance: &str) -> Refused {
    let message = "The skill group %s exists in the instance %s already.";
    refused(409, "AlreadyExists.SkillGroupId", message, [group, instance])
}

pub(super) fn skill_group_in_use(group: &str) -> Refused {
    refused(400, "InUse.SkillGroup", "The skill group %s is in use.", [group])
}

pub(super) fn instance_exists(instance: &str) -> Refused {
    refused(409, "AlreadyExists.InstanceId", "The instance %s exists already.", [instance])
}

pub(super) fn blank(parameter: &str) -> Refused {
    refused(400, "Parameter.Blank", "The parameter %s is missing or blank.", [parameter])
}

pub(super) fn empty(parameter: &str) -> Refused {
    refused(400, "Parameter.Empty", "The parameter %s is missing or empty.", [parameter])
}

pub(super) fn format(parameter: &str, reason: &str) -> Refused {
    let message = "The parameter %s has a wrong format. Reason: %s";
    refused(400, "Parameter.Format", message, [parameter, reason])
}

pub(super) fn maximum(parameter: &str, maximum: &str) -> Refused {
    let message = "The parameter %s is above the maximum %s.";
    refused(400, "Parameter.Maximum", message, [parameter, maximum])
}

pub(super) fn minimum(parameter: &str, minimum: &str) -> Refused {
    let message = "The parameter %s is below the minimum %s.";
    refused(400, "Parameter.Minimum", message, [parameter, minimum])
}

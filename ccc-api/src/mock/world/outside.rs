//! What external parties do on command.

use super::state::Instance;
use super::state::job::{Channel, ChannelState, Job, Party};
use super::{CallCentre, CentreError};

/// An external party in a call: named by its number, by the call, or by both if one alone is ambiguous.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whom<'a> {
    pub(super) number: Option<&'a str>,
    pub(super) job: Option<&'a str>,
}

impl<'a> Whom<'a> {
    /// Names the party with that number, in any call.
    pub(super) const fn number(number: &'a str) -> Self {
        Self { number: Some(number), job: None }
    }

    fn is_meant(self, job: &Job, channel: &Channel) -> bool {
        let Party::Outside(number) = &channel.party else { return false };
        self.number.is_none_or(|given| given == number) && self.job.is_none_or(|given| given == job.id)
    }
}

impl CallCentre {
    pub(super) fn outside_answers(&self, whom: Whom<'_>) -> Result<(), CentreError> {
        self.on_ringing(whom, |instance, job, channel| {
            instance.answer(job, channel);
        })
    }

    pub(super) fn outside_declines(&self, whom: Whom<'_>, reason: &'static str) -> Result<(), CentreError> {
        self.on_ringing(whom, |instance, job, channel| instance.decline(job, channel, reason))
    }

    pub(super) fn outside_hangs_up(&self, whom: Whom<'_>) -> Result<(), CentreError> {
        self.on_channel(whom, CentreError::NotInACall, |_| true, Instance::hang_up)
    }

    fn on_ringing(
        &self,
        whom: Whom<'_>,
        act: impl FnOnce(&mut Instance, &str, &str),
    ) -> Result<(), CentreError> {
        let rings = |channel: &Channel| channel.state == ChannelState::Ringing;
        self.on_channel(whom, CentreError::NotRinging, rings, act)
    }

    /// Acts on the first live channel of the party that suits. Returns `otherwise` if there is none.
    fn on_channel(
        &self,
        whom: Whom<'_>,
        otherwise: CentreError,
        suits: impl Fn(&Channel) -> bool,
        act: impl FnOnce(&mut Instance, &str, &str),
    ) -> Result<(), CentreError> {
        let mut inner = self.lock();
        inner.advance();
        for instance in inner.state.instances.values_mut() {
            let mut channels =
                instance.jobs.values().flat_map(|job| job.channels.iter().map(move |channel| (job, channel)));
            let found = channels
                .find(|(job, channel)| whom.is_meant(job, channel) && channel.is_live() && suits(channel));
            if let Some((job, channel)) = found.map(|(job, channel)| (job.id.clone(), channel.id.clone())) {
                act(instance, &job, &channel);
                return Ok(());
            }
        }
        Err(otherwise)
    }
}

//! The spans of time that requests ask about. A day of the service begins at midnight in China.

use acs_mock::Refused;

use super::super::clock::LATEST;
use super::super::figures::Window;
use super::super::parameters::Parameters;
use super::super::refusals;
use super::super::state::{Instance, Millis};

pub(super) const HOUR: Millis = 3_600_000;
pub(super) const DAY: Millis = 24 * HOUR;
/// How far China is ahead of UTC.
const CHINA: Millis = 8 * HOUR;
/// How many days back most operations look.
pub(super) const MOST_DAYS: Millis = 180;

/// Returns the start of the day that contains a time.
pub(super) const fn midnight(time: Millis) -> Millis {
    (time + CHINA).div_euclid(DAY) * DAY - CHINA
}

/// Returns the span that a request asks for: by default, the present day until now. `end` names the parameter of its end,
/// which belongs to the span.
pub(super) fn window(instance: &Instance, parameters: Parameters<'_>, end: &str) -> Result<Window, Refused> {
    // Times outside the range of the clock become its first or last time.
    let time = |name| parameters.integer(name).map(|time| time.clamp(0, LATEST));
    let from = time("StartTime").unwrap_or_else(|| midnight(instance.now));
    let until = time(end).unwrap_or(instance.now);
    if from > until && parameters.get(end).is_some() {
        return Err(refusals::invalid(end, "it is before StartTime"));
    }
    Ok(Window { from, until: until.saturating_add(1) })
}

/// Returns the span that a request asks for. Refuses a start more than 180 days ago.
pub(super) fn recent_window(
    instance: &Instance,
    parameters: Parameters<'_>,
    end: &str,
) -> Result<Window, Refused> {
    let window = window(instance, parameters, end)?;
    if window.from < instance.now - MOST_DAYS * DAY {
        return Err(refusals::invalid("StartTime", "it is more than 180 days ago"));
    }
    Ok(window)
}

/// Returns the recent span that a request asks for, widened to whole hours. Its end does not belong to it.
pub(super) fn whole_hours(
    instance: &Instance,
    parameters: Parameters<'_>,
    end: &str,
) -> Result<Window, Refused> {
    let window = recent_window(instance, parameters, end)?;
    // `window` has made the end a part of the span. An end that was given is not one; the present time is.
    let until = if parameters.get(end).is_some() { window.until - 1 } else { window.until };
    let hours = Window {
        from: window.from.div_euclid(HOUR) * HOUR,
        until: until.saturating_add(HOUR - 1).div_euclid(HOUR) * HOUR,
    };
    Ok(hours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::world::settings::Settings;
    use std::collections::BTreeMap;

    /// 2020-12-29 15:08:38 in China.
    const NOW: Millis = 1_609_225_718_294;

    fn hours_with(parameters: &[(&str, Millis)]) -> Result<(Millis, Millis), &'static str> {
        let given: BTreeMap<_, _> =
            parameters.iter().map(|(name, time)| ((*name).to_owned(), time.to_string())).collect();
        let instance = Instance::new("ccc-test", NOW, Settings::default());
        whole_hours(&instance, Parameters(&given), "EndTime")
            .map(|window| (window.from, window.until))
            .map_err(|refused| refused.code)
    }

    #[test]
    fn day_begins_at_midnight_in_china() {
        assert_eq!(hours_with(&[]), Ok((1_609_171_200_000, 1_609_228_800_000)));
    }

    #[test]
    fn span_is_widened_to_whole_hours() {
        let (start, end) = (NOW - HOUR - 2, NOW - HOUR - 1);
        let wanted = Ok((1_609_221_600_000, 1_609_225_200_000));
        assert_eq!(hours_with(&[("StartTime", start), ("EndTime", end)]), wanted);
    }

    #[test]
    fn end_at_a_full_hour_is_not_widened() {
        let (start, end) = (1_609_221_600_000, 1_609_225_200_000);
        assert_eq!(hours_with(&[("StartTime", start), ("EndTime", end)]), Ok((start, end)));
    }

    #[test]
    fn end_before_the_start_is_refused() {
        assert_eq!(hours_with(&[("StartTime", NOW), ("EndTime", NOW - 1)]), Err("Parameter.Invalid"));
    }

    #[test]
    fn start_beyond_the_clocks_range_is_after_the_present() {
        let (from, until) = hours_with(&[("StartTime", Millis::MAX - 1), ("EndTime", Millis::MAX)]).unwrap();
        assert!(NOW < from && midnight(until) <= until, "{from} to {until}");
    }

    #[test]
    fn start_long_ago_is_refused() {
        assert_eq!(hours_with(&[("StartTime", NOW - 181 * DAY)]), Err("Parameter.Invalid"));
    }
}

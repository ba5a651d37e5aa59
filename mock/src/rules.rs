//! Rules that say when a documented error is the response: conditions on lists and stocks that a test configures.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::refusal::Refusal;
use super::validate::Parameters;
use acs_runtime::description::OperationDescription;

/// A documented error and the condition under which it is the response.
///
/// It applies to every operation that documents the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The error code.
    pub code: &'static str,
    /// The condition under which it is the response.
    pub when: Condition,
    /// Parameters whose values replace the message's `%s`, in order.
    pub arguments: &'static [&'static str],
}

/// The condition of a rule. It does not hold if the request lacks its parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The parameter's value is not on the list.
    NotListed {
        /// The parameter.
        parameter: &'static str,
        /// The list.
        list: &'static str,
    },
    /// The parameter's value is on the list.
    Listed {
        /// The parameter.
        parameter: &'static str,
        /// The list.
        list: &'static str,
    },
    /// The stock is used up. Every request that succeeds takes one from it.
    UsedUp {
        /// The stock.
        stock: &'static str,
    },
}

/// A value on a list, or the size of a stock, that an endpoint starts with.
#[derive(Clone)]
pub struct Entry(Known);

#[derive(Clone)]
enum Known {
    Listed { list: &'static str, value: String },
    Stocked { stock: &'static str, left: u64 },
}

impl Entry {
    /// Puts a value on a list.
    pub fn listed(list: &'static str, value: impl Into<String>) -> Self {
        Self(Known::Listed { list, value: value.into() })
    }

    /// Sets the size of a stock. A stock without an entry is unlimited.
    #[must_use]
    pub fn stocked(stock: &'static str, left: u64) -> Self {
        Self(Known::Stocked { stock, left })
    }
}

/// Shows the name of the list or stock alone, because lists may hold phone numbers.
impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Known::Listed { list: name, .. } | Known::Stocked { stock: name, .. }) = &self.0;
        f.debug_tuple("Entry").field(name).finish()
    }
}

/// The lists and stocks that conditions refer to.
#[derive(Clone, Default)]
pub(super) struct State {
    lists: BTreeMap<&'static str, BTreeSet<String>>,
    /// How much of each stock is left. A stock without an entry is unlimited.
    stocks: BTreeMap<&'static str, u64>,
}

/// Shows the names of lists alone, because lists may hold phone numbers.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State").field("lists", &self.lists.keys()).field("stocks", &self.stocks).finish()
    }
}

impl State {
    pub(super) fn add(&mut self, Entry(entry): Entry) {
        match entry {
            Known::Listed { list, value } => {
                self.lists.entry(list).or_default().insert(value);
            }
            Known::Stocked { stock, left } => {
                self.stocks.insert(stock, left);
            }
        }
    }

    /// Refuses a request by the first rule that holds. If none holds, takes one from each stock that the operation uses.
    pub(super) fn judge(
        &mut self,
        rules: &[Rule],
        operation: &OperationDescription,
        parameters: &Parameters,
    ) -> Result<(), Refusal> {
        let documented =
            |rule: &&Rule| operation.errors.iter().any(|documented| documented.code == rule.code);
        if let Some(rule) = rules.iter().filter(documented).find(|rule| self.holds(&rule.when, parameters)) {
            let value = |name: &&str| parameters.get(*name).cloned().unwrap_or_default();
            let arguments = rule.arguments.iter().map(value).collect();
            return Err(Refusal::documented(operation, rule.code, rule.code, arguments));
        }
        for rule in rules.iter().filter(documented) {
            if let Condition::UsedUp { stock } = rule.when
                && let Some(left) = self.stocks.get_mut(stock)
            {
                *left = left.saturating_sub(1);
            }
        }
        Ok(())
    }

    fn holds(&self, condition: &Condition, parameters: &Parameters) -> bool {
        match condition {
            Condition::NotListed { parameter, list } => {
                self.on_list(parameter, list, parameters) == Some(false)
            }
            Condition::Listed { parameter, list } => self.on_list(parameter, list, parameters) == Some(true),
            Condition::UsedUp { stock } => self.stocks.get(stock) == Some(&0),
        }
    }

    /// Returns whether the parameter's value is on the list; `None` means that the request has no such parameter.
    fn on_list(&self, parameter: &str, list: &str, parameters: &Parameters) -> Option<bool> {
        let value = parameters.get(parameter).filter(|value| !value.is_empty())?;
        Some(self.lists.get(list).is_some_and(|list| list.contains(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use acs_runtime::description::ErrorDescription;

    const RULES: &[Rule] = &[
        Rule {
            code: "NotExists",
            when: Condition::NotListed { parameter: "Id", list: "ids" },
            arguments: &["Id", "Place"],
        },
        Rule {
            code: "Busy",
            when: Condition::Listed { parameter: "Peer", list: "busy" },
            arguments: &["Peer"],
        },
        Rule { code: "Used", when: Condition::UsedUp { stock: "lines" }, arguments: &[] },
    ];

    const OPERATION: OperationDescription = OperationDescription {
        errors: &[
            ErrorDescription { status: Some(404), code: "NotExists", message: "%s is not in %s." },
            ErrorDescription { status: None, code: "Busy", message: "%s is busy." },
            ErrorDescription { status: Some(404), code: "Used", message: "None left." },
        ],
        ..OperationDescription::new("TEST", "1", "Try")
    };

    fn state() -> State {
        let mut state = State::default();
        state.add(Entry::listed("ids", "known"));
        state.add(Entry::listed("busy", "peer"));
        state
    }

    fn judge(state: &mut State, parameters: &[(&str, &str)]) -> Result<(), Refusal> {
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        state.judge(RULES, &OPERATION, &parameters.collect())
    }

    #[test]
    fn unknown_value_gives_the_documented_error_with_its_arguments() {
        let refusal = judge(&mut state(), &[("Id", "other"), ("Place", "here")]).unwrap_err();
        assert_eq!((refusal.status, refusal.message.as_str()), (404, "other is not in here."));
        assert_eq!(refusal.params, ["other", "here"]);
    }

    #[test]
    fn rule_does_not_hold_without_its_parameter() {
        assert_eq!(judge(&mut state(), &[("Id", "")]), Ok(()));
    }

    #[test]
    fn listed_value_gives_the_documented_error() {
        assert_eq!(judge(&mut state(), &[("Peer", "peer")]).unwrap_err().message, "peer is busy.");
        assert_eq!(judge(&mut state(), &[("Peer", "else")]), Ok(()));
    }

    #[test]
    fn only_successes_use_up_a_stock() {
        let mut state = state();
        state.add(Entry::stocked("lines", 1));
        assert!(judge(&mut state, &[("Peer", "peer")]).is_err());
        assert_eq!(judge(&mut state, &[]), Ok(()));
        assert_eq!(judge(&mut state, &[]).unwrap_err().code, "Used");
    }

    #[test]
    fn debug_shows_no_value_of_a_list() {
        let text = format!("{:?}", state());
        assert!(text.contains("busy") && !text.contains("peer"), "{text}");
    }

    #[test]
    fn rule_is_ignored_where_its_code_is_undocumented() {
        let operation = OperationDescription { errors: &[], ..OPERATION };
        let parameters = [("Id".to_owned(), "other".to_owned())].into();
        assert_eq!(state().judge(RULES, &operation, &parameters), Ok(()));
    }
}

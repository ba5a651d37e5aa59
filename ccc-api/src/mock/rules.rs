//! When a documented error holds: conditions as data over lists and stocks that a test configures.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::description::OperationDescription;
use super::refusal::Refusal;
use super::validate::Parameters;

/// A documented error and the condition under which it is the answer.
///
/// Holds for every operation that documents the code.
pub(super) struct Rule {
    pub(super) code: &'static str,
    pub(super) when: Condition,
    /// Parameters whose values fill the message's `%s`, in order.
    pub(super) arguments: &'static [&'static str],
}

/// What makes a rule hold. A parameter that the request does not carry makes none hold.
pub(super) enum Condition {
    /// The parameter's value is not on the list.
    NotListed { parameter: &'static str, list: &'static str },
    /// The parameter's value is on the list.
    Listed { parameter: &'static str, list: &'static str },
    /// Nothing is left of the stock. Every request that succeeds takes one.
    UsedUp { stock: &'static str },
}

/// The lists and stocks that conditions ask.
#[derive(Clone, Default)]
pub(super) struct World {
    lists: BTreeMap<&'static str, BTreeSet<String>>,
    /// What is left; a stock that is not here has no end.
    stocks: BTreeMap<&'static str, u64>,
}

/// Lists may hold phone numbers, so it tells their names alone.
impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("lists", &self.lists.keys()).field("stocks", &self.stocks).finish()
    }
}

impl World {
    pub(super) fn list(&mut self, list: &'static str, value: String) {
        self.lists.entry(list).or_default().insert(value);
    }

    pub(super) fn stock(&mut self, stock: &'static str, left: u64) {
        self.stocks.insert(stock, left);
    }

    /// Refuses by the first rule that holds; otherwise takes from the stocks what the operation uses.
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

    /// Whether the parameter's value is on the list; `None` if the request has no such parameter.
    fn on_list(&self, parameter: &str, list: &str, parameters: &Parameters) -> Option<bool> {
        let value = parameters.get(parameter).filter(|value| !value.is_empty())?;
        Some(self.lists.get(list).is_some_and(|list| list.contains(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::description::ErrorDescription;
    use super::*;

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
        product: "TEST",
        version: "1",
        action: "Try",
        parameters: &[],
        answer: &[],
        errors: &[
            ErrorDescription { status: Some(404), code: "NotExists", message: "%s is not in %s." },
            ErrorDescription { status: None, code: "Busy", message: "%s is busy." },
            ErrorDescription { status: Some(404), code: "Used", message: "None left." },
        ],
        sample_json: "{}",
    };

    fn world() -> World {
        let mut world = World::default();
        world.list("ids", "known".to_owned());
        world.list("busy", "peer".to_owned());
        world
    }

    fn judge(world: &mut World, parameters: &[(&str, &str)]) -> Result<(), Refusal> {
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        world.judge(RULES, &OPERATION, &parameters.collect())
    }

    #[test]
    fn unknown_value_gives_the_documented_error_with_its_arguments() {
        let refusal = judge(&mut world(), &[("Id", "other"), ("Place", "here")]).unwrap_err();
        assert_eq!((refusal.status, refusal.message.as_str()), (404, "other is not in here."));
        assert_eq!(refusal.params, ["other", "here"]);
    }

    #[test]
    fn absent_parameter_breaks_no_rule() {
        assert_eq!(judge(&mut world(), &[("Id", "")]), Ok(()));
    }

    #[test]
    fn listed_value_gives_the_documented_error() {
        assert_eq!(judge(&mut world(), &[("Peer", "peer")]).unwrap_err().message, "peer is busy.");
        assert_eq!(judge(&mut world(), &[("Peer", "else")]), Ok(()));
    }

    #[test]
    fn only_successes_use_up_a_stock() {
        let mut world = world();
        world.stock("lines", 1);
        assert!(judge(&mut world, &[("Peer", "peer")]).is_err());
        assert_eq!(judge(&mut world, &[]), Ok(()));
        assert_eq!(judge(&mut world, &[]).unwrap_err().code, "Used");
    }

    #[test]
    fn debug_tells_no_listed_value() {
        let text = format!("{:?}", world());
        assert!(text.contains("busy") && !text.contains("peer"), "{text}");
    }

    #[test]
    fn rules_of_undocumented_codes_are_silent() {
        let operation = OperationDescription { errors: &[], ..OPERATION };
        let parameters = [("Id".to_owned(), "other".to_owned())].into();
        assert_eq!(world().judge(RULES, &operation, &parameters), Ok(()));
    }
}

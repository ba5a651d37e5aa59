//! Splits the words after the name of an operation into options of this program and parameters of the operation.

use std::ffi::OsString;

use clap::CommandFactory as _;

use crate::cli::OperationOptions;
use crate::text::name_or;

/// The words after an operation's name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// Options with their values, for clap.
    pub(crate) options: Vec<OsString>,
    /// Parameters, with their names as they were written.
    pub(crate) parameters: Vec<(String, String)>,
    /// Whether `-h` or `--help` is among the words.
    pub(crate) help: bool,
    /// Messages about words that cannot be read.
    pub(crate) problems: Vec<String>,
}

impl Words {
    /// Splits words. `--endpoint` and the other options are this program's; everything else that begins with `--` is a
    /// parameter, as `--Name value` or `--Name=value`.
    pub(crate) fn split(words: &[OsString]) -> Self {
        let options = OperationOptions::command();
        // Whether an option of this name takes a value; `None` if there is no such option.
        let takes_value = |name: &str| {
            let option = options.get_arguments().find(|option| option.get_long() == Some(name))?;
            Some(option.get_action().takes_values())
        };
        let mut read = Self::default();
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            // Messages name the position: the word may be a phone number.
            let position = words.len().saturating_sub(rest.len());
            let Some(text) = word.to_str() else {
                read.problems.push(format!("word {position} after the operation is not Unicode"));
                continue;
            };
            if matches!(text, "-h" | "--help") {
                read.help = true;
                continue;
            }
            let Some(named) = text.strip_prefix("--").filter(|named| !named.is_empty()) else {
                read.problems.push(format!(
                    "word {position} after the operation is neither an option nor a parameter; write parameters as \
                     --Name VALUE"
                ));
                continue;
            };
            let (name, inline) = match named.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (named, None),
            };
            match takes_value(name) {
                Some(takes_value) => {
                    read.options.push(word.clone());
                    if takes_value && inline.is_none() {
                        read.options.extend(rest.next().cloned());
                    }
                }
                None => match inline.map(str::to_owned).map_or_else(|| value_of(name, &mut rest), Ok) {
                    Ok(value) => read.parameters.push((name.to_owned(), value)),
                    Err(problem) => read.problems.push(problem),
                },
            }
        }
        read
    }
}

/// Takes the next word as the value of `--name`. Fails if there is none, or if it begins with two dashes.
fn value_of(name: &str, rest: &mut std::slice::Iter<'_, OsString>) -> Result<String, String> {
    let next = rest.as_slice().first().and_then(|word| word.to_str());
    let Some(value) = next.filter(|value| !value.starts_with("--")) else {
        let name = name_or(name, "Name");
        return Err(format!(
            "--{name} needs a value; write --{name}=VALUE if the value begins with two dashes"
        ));
    };
    rest.next();
    Ok(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Words {
        Words::split(&line.split(' ').map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_told_from_parameters() {
        let words = split("--InstanceId ccc-test --region cn-shanghai --Callee=1 --dry-run --output=json");
        let parameters = [("InstanceId", "ccc-test"), ("Callee", "1")];
        assert_eq!(words.parameters, parameters.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(words.options, ["--region", "cn-shanghai", "--dry-run", "--output=json"]);
        assert_eq!((words.help, words.problems.as_slice()), (false, [].as_slice()));
    }

    #[test]
    fn value_may_hold_an_equals_sign_and_begin_with_a_dash() {
        let words = split("--Tags=a=b --Delta -5 --Text=--x");
        let values: Vec<&str> = words.parameters.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["a=b", "-5", "--x"]);
    }

    #[test]
    fn every_word_that_cannot_be_read_is_told() {
        let words = split("stray --InstanceId --Callee 1 --");
        assert_eq!(words.problems.len(), 3, "{:?}", words.problems);
        assert_eq!(words.parameters, [("Callee".to_owned(), "1".to_owned())]);
    }

    #[test]
    fn help_is_found_anywhere() {
        assert!(split("--InstanceId x -h").help);
    }
}

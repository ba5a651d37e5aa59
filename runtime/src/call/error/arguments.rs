//! The arguments of an error message: the parts where its template has `%s`.

/// Returns the `count` arguments of a message; `None` for each that neither the message nor `params` has.
///
/// `params` takes precedence if it holds exactly as many, because the service itself lists them there. Next comes the
/// message, if its wording is the documented one; then whatever `params` holds.
pub(crate) fn arguments<'m>(
    mut templates: impl Iterator<Item = &'static str>,
    message: &'m str,
    params: &'m [String],
    count: usize,
) -> Vec<Option<&'m str>> {
    let from_params = || params.iter().map(|param| Some(param.as_str()));
    let mut arguments: Vec<Option<&'m str>> = if count > 0 && params.len() == count {
        from_params().collect()
    } else if let Some(captured) = templates.find_map(|template| capture(template.trim(), message.trim())) {
        captured.into_iter().map(Some).take(count).collect()
    } else {
        from_params().take(count).collect()
    };
    arguments.resize(count, None);
    arguments
}

/// Parses a message by its template; `None` if it does not match.
fn capture<'m>(template: &str, message: &'m str) -> Option<Vec<&'m str>> {
    let mut literals = template.split("%s");
    let mut rest = message.strip_prefix(literals.next()?)?;
    let mut literals = literals.peekable();
    let mut captured = Vec::new();
    while let Some(literal) = literals.next() {
        let (argument, after) = if literals.peek().is_none() {
            (rest.strip_suffix(literal)?, "")
        } else if literal.is_empty() {
            // With two arguments side by side, it is unknown where one ends.
            return None;
        } else {
            rest.split_once(literal)?
        };
        captured.push(argument);
        rest = after;
    }
    rest.is_empty().then_some(captured)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "The user %s does not exist in instance %s.";

    #[test]
    fn message_is_read_through_its_template() {
        let found = arguments([TEMPLATE].into_iter(), "The user a@b does not exist in instance b.", &[], 2);
        assert_eq!(found, [Some("a@b"), Some("b")]);
    }

    #[test]
    fn params_win_when_they_are_as_many() {
        let params = ["x".to_owned(), "y".to_owned()];
        let found = arguments([TEMPLATE].into_iter(), "The user a does not exist in instance b.", &params, 2);
        assert_eq!(found, [Some("x"), Some("y")]);
    }

    #[test]
    fn params_of_another_number_yield_to_the_message() {
        let params = ["x".to_owned()];
        let found = arguments([TEMPLATE].into_iter(), "The user a does not exist in instance b.", &params, 2);
        assert_eq!(found, [Some("a"), Some("b")]);
    }

    #[test]
    fn params_serve_where_the_message_is_another() {
        let params = ["x".to_owned()];
        assert_eq!(arguments([TEMPLATE].into_iter(), "no such user", &params, 2), [Some("x"), None]);
    }

    #[test]
    fn another_message_gives_no_arguments() {
        assert_eq!(arguments([TEMPLATE].into_iter(), "no such user", &[], 2), [None, None]);
    }

    #[test]
    fn argument_may_be_empty_or_hold_the_next_literal() {
        assert_eq!(arguments(["[%s]"].into_iter(), "[]", &[], 1), [Some("")]);
        assert_eq!(arguments(["User %s."].into_iter(), "User a.b.", &[], 1), [Some("a.b")]);
    }

    #[test]
    fn arguments_side_by_side_cannot_be_told_apart() {
        assert_eq!(arguments(["%s%s"].into_iter(), "ab", &[], 2), [None, None]);
    }

    #[test]
    fn template_without_arguments_captures_none() {
        assert_eq!(
            arguments(["No extension."].into_iter(), "anything", &["x".to_owned()], 0),
            Vec::<Option<&str>>::new()
        );
    }

    #[test]
    fn first_template_that_wrote_the_message_serves() {
        assert_eq!(
            arguments(["no %s", "the %s of %s"].into_iter(), "the a of b", &[], 2),
            [Some("a"), Some("b")]
        );
    }

    #[test]
    fn template_may_begin_and_end_with_arguments() {
        assert_eq!(arguments(["%s is %s"].into_iter(), "a is b", &[], 2), [Some("a"), Some("b")]);
    }
}

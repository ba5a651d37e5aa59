//! Phone numbers and extensions.

/// Fewer digits are an extension, which must not match the end of a longer number.
const SHORTEST_NUMBER: usize = 7;

/// Whether a text may be a phone number or an extension.
pub(crate) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    (3..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether two texts are the same number, with or without country and area code and the prefixes dialled before them.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|text| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.trim_start_matches('0').to_owned()
    });
    let is_end = |end: &str, whole: &str| end.len() >= SHORTEST_NUMBER && whole.ends_with(end);
    one == other || is_end(&one, &other) || is_end(&other, &one)
}

/// Masks a number: shows at most a third of it, such as `********888`.
pub(crate) fn mask(number: &str) -> String {
    let length = number.chars().count();
    let hidden = length - length / 3;
    number.chars().enumerate().map(|(index, digit)| if index < hidden { '*' } else { digit }).collect()
}

#[cfg(test)]
mod tests {
    use super::{is_same, mask};

    #[test]
    fn two_thirds_of_a_number_are_hidden() {
        assert_eq!(["13188888888", "8001", ""].map(mask), ["********888", "***1", ""]);
    }

    #[test]
    fn codes_before_a_number_do_not_make_it_another() {
        let spellings = ["13188888888", "+8613188888888", "008613188888888", "013188888888", "131-8888-8888"];
        assert_eq!(spellings.map(|spelling| is_same("13188888888", spelling)), [true; 5]);
    }

    #[test]
    fn an_area_code_with_or_without_its_country_is_the_same() {
        assert!(is_same("02188888888", "+862188888888"));
    }

    #[test]
    fn an_extension_is_not_the_end_of_a_number() {
        assert!(!is_same("8888", "13188888888"));
    }

    #[test]
    fn a_masked_number_equals_no_number() {
        assert!(!is_same("13188888888", "********888"));
    }
}

//! Compares phone numbers, which the service and the application may write differently.

/// The fewest digits of a phone number. Fewer are an extension, which must not match the end of a longer number.
const SHORTEST_NUMBER: usize = 7;

/// Whether two texts are the same number, with or without country and area code and the prefixes dialled before them.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|text| {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.trim_start_matches('0').to_owned()
    });
    let is_end = |end: &str, whole: &str| end.len() >= SHORTEST_NUMBER && whole.ends_with(end);
    one == other || is_end(&one, &other) || is_end(&other, &one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_before_a_number_do_not_make_it_another() {
        let spellings = ["13188888888", "+8613188888888", "008613188888888", "013188888888", "131-8888-8888"];
        assert_eq!(spellings.map(|spelling| is_same("13188888888", spelling)), [true; 5]);
    }

    #[test]
    fn an_extension_is_not_the_end_of_a_number() {
        assert!(!is_same("8888", "13188888888"));
    }
}

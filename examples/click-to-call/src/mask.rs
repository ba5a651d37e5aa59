//! Phone numbers as others than the agent may see them.

/// The number with its middle hidden, such as `131****8888`; of a short one, all but the last two digits.
pub(crate) fn mask(number: &str) -> String {
    let length = number.chars().count();
    let (shown_first, shown_last) = if length > 8 { (3, 4) } else { (0, 2) };
    let hides = |index: usize| index >= shown_first && index + shown_last < length;
    number.chars().enumerate().map(|(index, digit)| if hides(index) { '*' } else { digit }).collect()
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn the_middle_of_a_number_is_hidden() {
        assert_eq!(["13188888888", "8001", ""].map(mask), ["131****8888", "**01", ""]);
    }
}

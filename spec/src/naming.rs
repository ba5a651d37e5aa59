//! Names from a page as words, and words as `snake_case` and `PascalCase` in ASCII.

use heck::ToSnakeCase;

/// Splits a name into words in lower case: `DeviceId`, `device-id` and `Device.Id` are `device`, `id`.
///
/// Letters beyond ASCII are spelled by their number (`u5ea7`): two names that look alike must not
/// become identifiers that look alike.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let mut ascii = String::with_capacity(name.len());
    for character in name.chars() {
        if character.is_ascii_alphanumeric() {
            ascii.push(character);
        } else {
            ascii.push(' ');
            if character.is_alphanumeric() {
                ascii.push_str(&format!("u{:x} ", u32::from(character)));
            }
        }
    }
    ascii.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Writes a name as `device_id`; empty if the name has no letter or digit.
#[must_use]
pub fn snake(name: &str) -> String {
    words(name).join("_")
}

/// Writes a name as `DeviceId`; empty if the name has no letter or digit.
#[must_use]
pub fn pascal(name: &str) -> String {
    let mut joined = String::with_capacity(name.len());
    for word in words(name) {
        let mut characters = word.chars();
        let Some(first) = characters.next() else { continue };
        // `1.0` is not `10`.
        if first.is_ascii_digit() && joined.ends_with(|last: char| last.is_ascii_digit()) {
            joined.push('_');
        }
        joined.push(first.to_ascii_uppercase());
        joined.push_str(characters.as_str());
    }
    joined
}

/// Returns the name of one element of a list: `KeyPairs` → `KeyPair`, `Policies` → `Policy`, `SkillGroupIdList` →
/// `SkillGroupId`, `List` → `Item`; the name itself if it is no plural.
#[must_use]
pub fn singular(name: &str) -> String {
    if name == "List" {
        return "Item".to_owned();
    }
    let stem = ["List", "Set", "Array"].iter().find_map(|plural| {
        name.strip_suffix(plural)
            .filter(|stem| stem.ends_with(|last: char| last.is_ascii_lowercase() || last.is_ascii_digit()))
    });
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
    if let Some(stem) = stem {
        stem.to_owned()
    } else if let Some(stem) = name.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        format!("{stem}y")
    } else if let Some(stem) = name.strip_suffix("es").filter(|_| ends(&["sses", "xes", "ches", "shes"])) {
        stem.to_owned()
    } else if let Some(stem) = name.strip_suffix('s').filter(|_| name.len() > 2 && !ends(&["ss", "us", "is"]))
    {
        stem.to_owned()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{pascal, singular, snake};

    #[test]
    fn casing_follows_the_ecosystem() {
        assert_eq!(
            ["DeviceId", "URL", "DBInstanceId", "Tag.N.Key", "Warm-up", "EARLY_MEDIA"].map(snake),
            ["device_id", "url", "db_instance_id", "tag_n_key", "warm_up", "early_media"]
        );
        assert_eq!(
            ["OFFLINE", "NotExists.UserId", "Warm-up", "BACK2BACK"].map(pascal),
            ["Offline", "NotExistsUserId", "WarmUp", "Back2back"]
        );
    }

    #[test]
    fn digits_stay_apart() {
        assert_eq!([pascal("1.0"), pascal("10")], ["1_0", "10"]);
    }

    #[test]
    fn letters_beyond_ascii_are_spelled_by_number() {
        assert_eq!([snake("座席"), pascal("Id座")], ["u5ea7_u5e2d", "IdU5ea7"]);
    }

    #[test]
    fn names_without_letters_have_no_words() {
        assert_eq!(snake("\"*/{}\u{202e}"), "");
    }

    #[test]
    fn elements_are_named_in_the_singular() {
        assert_eq!(
            ["KeyPairs", "Policies", "SkillGroupIdList", "Boxes", "Status", "Address", "List", "Is"]
                .map(singular),
            ["KeyPair", "Policy", "SkillGroupId", "Box", "Status", "Address", "Item", "Is"]
        );
    }
}

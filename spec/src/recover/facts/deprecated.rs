//! Deprecations: fields that a page says should no longer be used.

use super::prose::{Prose, Wording};

/// Beginnings of a sentence that is about the field itself.
const SUBJECTS: &[&str] = &[
    "",
    "该参数",
    "此参数",
    "本参数",
    "参数",
    "该字段",
    "此字段",
    "字段",
    "该属性",
    "此属性",
    "注意：",
    "说明：",
    "注意：该参数",
    "说明：该参数",
    "说明： 该参数",
    "this parameter is",
    "the parameter is",
    "this field is",
    "the field is",
    "this parameter has been",
    "the parameter has been",
    "this field has been",
    "this parameter will be",
    "note: this parameter is",
];
/// One of these words is in every such statement.
pub(super) const SIGNS: &[&str] = &["废弃", "弃用", "作废", "deprecat", "discontinued"];
static WORDS: Wording = Wording::new(&[
    "已废弃",
    "已弃用",
    "已经废弃",
    "已作废",
    "废弃字段",
    "废弃参数",
    "废弃",
    "弃用",
    "deprecated",
    "discontinued",
]);

/// Returns whether a description states that the field itself is deprecated.
pub(super) fn deprecated(prose: &Prose<'_>) -> bool {
    prose.mentions(&WORDS).any(|mention| {
        let subject = mention.before.trim().trim_start_matches(['（', '(', '【', '[']);
        let ends = mention.after_lower.trim_start_matches(['字', '段', '参', '数']);
        SUBJECTS.contains(&subject)
            && (ends.is_empty()
                || !ends.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '：')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_said_to_be_deprecated() {
        for text in [
            "已废弃。",
            "废弃字段。",
            "数量。\n\n该参数已弃用，请使用Size。",
            "This parameter is deprecated. Use Size.",
            "Deprecated.",
        ] {
            assert!(deprecated(&Prose::new(text)), "{text}");
        }
    }

    #[test]
    fn other_things_may_be_deprecated() {
        for text in [
            "选择继续（CONTINUE），还是弃用此次活动（ABANDON）。",
            "The state:\n\n- Deprecated: no longer in use\n- Active: in use",
            "Whether deprecated templates are listed.",
            "弃用此次活动。",
        ] {
            assert!(!deprecated(&Prose::new(text)), "{text}");
        }
    }
}

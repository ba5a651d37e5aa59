//! Sections: parts of a page below a heading.

use std::sync::LazyLock;

use crate::page::{Block, BlockKind, Page};
use crate::source::{Source, Span};
use crate::words::Lexicon;

/// Content of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// Everything before the second heading: the title and the summary.
    Opening,
    /// The link to the online explorer.
    Debug,
    /// Request parameters.
    Request,
    /// The response's fields.
    Response,
    /// Samples.
    Examples,
    /// Error codes.
    Errors,
    /// The form of a request with resources and paths, a sign of the other style.
    Syntax,
    /// Request or response headers.
    Headers,
    /// Prose: notes, limits, permissions.
    Prose,
    /// A heading this reader does not know.
    Unknown,
}

/// A heading and the blocks below it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section<'a> {
    pub(super) kind: Kind,
    /// The heading; of an opening without a title, its first block.
    pub(super) heading: Span,
    /// The heading's text.
    pub(super) title: &'a str,
    /// Without the heading and blank blocks at the ends.
    pub(super) blocks: &'a [Block<'a>],
}

/// Words of headings, in the order they are tried; the first that a heading contains decides.
const WORDS: &[(&str, Kind)] = &[
    // "Error codes" before "code", "返回示例" before "返回".
    ("error response", Kind::Examples),
    ("success response", Kind::Examples),
    ("正常返回", Kind::Examples),
    ("异常返回", Kind::Examples),
    ("错误", Kind::Errors),
    ("error", Kind::Errors),
    ("示例", Kind::Examples),
    ("example", Kind::Examples),
    ("sample", Kind::Examples),
    ("请求语法", Kind::Syntax),
    ("request syntax", Kind::Syntax),
    ("请求路径", Kind::Syntax),
    ("请求头", Kind::Headers),
    ("返回头", Kind::Headers),
    ("header", Kind::Headers),
    ("请求参数", Kind::Request),
    ("入参", Kind::Request),
    ("request param", Kind::Request),
    ("input param", Kind::Request),
    ("请求体", Kind::Request),
    ("request body", Kind::Request),
    ("request element", Kind::Request),
    ("输入参数", Kind::Request),
    ("requestbody", Kind::Request),
    ("返回", Kind::Response),
    ("响应", Kind::Response),
    ("出参", Kind::Response),
    ("response", Kind::Response),
    ("return", Kind::Response),
    ("output param", Kind::Response),
    ("输出参数", Kind::Response),
    ("调试", Kind::Debug),
    ("debug", Kind::Debug),
    ("make the api call", Kind::Debug),
    ("api explorer", Kind::Debug),
    ("try it", Kind::Debug),
    ("接口说明", Kind::Prose),
    ("描述", Kind::Prose),
    ("说明", Kind::Prose),
    ("description", Kind::Prose),
    ("usage", Kind::Prose),
    ("note", Kind::Prose),
    ("限制", Kind::Prose),
    ("limit", Kind::Prose),
    ("权限", Kind::Prose),
    ("授权", Kind::Prose),
    ("permission", Kind::Prose),
    ("authorization", Kind::Prose),
    ("prerequisite", Kind::Prose),
    ("前提", Kind::Prose),
    ("背景", Kind::Prose),
    ("background", Kind::Prose),
    ("相关", Kind::Prose),
    ("related", Kind::Prose),
    ("变更", Kind::Prose),
    ("change history", Kind::Prose),
    ("change log", Kind::Prose),
    ("changelog", Kind::Prose),
    ("release history", Kind::Prose),
    ("流控", Kind::Prose),
    ("流量控制", Kind::Prose),
    ("throttl", Kind::Prose),
    ("qps", Kind::Prose),
    ("计费", Kind::Prose),
    ("billing", Kind::Prose),
    ("注意", Kind::Prose),
    ("访问控制", Kind::Prose),
    ("access control", Kind::Prose),
];

static TITLES: LazyLock<Lexicon<Kind>> = LazyLock::new(|| Lexicon::new(WORDS.iter().copied()));

/// Returns the kind of a heading below the title.
pub(super) fn kind_of(title: &str) -> Kind {
    // A heading is short; a sentence that happens to hold one of the words is none.
    if title.chars().count() > 40 {
        return Kind::Unknown;
    }
    TITLES.first_in(title).unwrap_or(Kind::Unknown)
}

/// Finds the sections of a page, in order. Headings below level 2 belong to the section around them unless they name
/// one themselves.
pub(super) fn sections<'a>(page: &'a Page<'a>, source: &Source) -> Vec<Section<'a>> {
    let starts = page.blocks.iter().enumerate().filter_map(|(index, block)| match &block.kind {
        BlockKind::Heading { level, text } => Some((index, *level, text.as_ref(), block.span)),
        _ => None,
    });
    let mut sections: Vec<(Kind, Span, &str, usize)> = Vec::new();
    for (index, level, title, span) in starts {
        let heading = source.trimmed(span);
        let kind = match (sections.is_empty(), level) {
            // The title, with whatever stands before it.
            (true, 1) => Kind::Opening,
            // A heading without words begins nothing.
            _ if title.is_empty() => continue,
            (_, 1 | 2) => kind_of(title),
            _ => match kind_of(title) {
                // Part of the section around it, such as "Request sample" below "Examples".
                Kind::Unknown | Kind::Prose => continue,
                kind => kind,
            },
        };
        sections.push((kind, heading, title, index + 1));
    }
    let first = sections.first().map_or(page.blocks.len(), |&(.., at)| at - 1);
    let before = page.blocks.get(..first).unwrap_or_default();
    let mut found = Vec::with_capacity(sections.len() + 1);
    if let Some(block) = before.iter().find(|block| block.kind != BlockKind::Blank) {
        let heading = source.trimmed(block.span);
        found.push(Section { kind: Kind::Opening, heading, title: "", blocks: before });
    }
    for (position, &(kind, heading, title, start)) in sections.iter().enumerate() {
        let end = sections.get(position + 1).map_or(page.blocks.len(), |&(.., next)| next - 1);
        let blocks = page.blocks.get(start..end).unwrap_or_default();
        found.push(Section { kind, heading, title, blocks });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_either_language_are_known() {
        for (title, kind) in [
            ("请求参数", Kind::Request),
            ("Request Parameters", Kind::Request),
            ("返回数据", Kind::Response),
            ("返回参数", Kind::Response),
            ("Response parameters", Kind::Response),
            ("返回示例", Kind::Examples),
            ("特殊错误码", Kind::Errors),
            ("Make the API call", Kind::Debug),
            ("请求语法", Kind::Syntax),
            ("RequestBody", Kind::Request),
            ("Fees", Kind::Unknown),
        ] {
            assert_eq!(kind_of(title), kind, "{title}");
        }
    }
}

//! What pages say about fields, made from their names: descriptions in both languages and sample values.

use crate::product::{Field, Kind, Mark};
use crate::random::Random;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Chinese,
    English,
}

impl Language {
    /// One of two texts, the Chinese first.
    pub(crate) fn choose<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        if self == Self::Chinese { chinese } else { english }
    }
}

/// What a page says of a field.
#[derive(Clone, Default)]
pub(crate) struct Told {
    pub(crate) text: String,
    /// The values it may have, with what they mean.
    pub(crate) values: Vec<(&'static str, &'static str)>,
    /// A sample value; empty for what has members or elements.
    pub(crate) example: String,
}

/// Words of names that are known in Chinese; others stand as they are.
const GLOSSARY: &[(&str, &str)] = &[
    ("account", "账号"),
    ("agent", "座席"),
    ("call", "呼叫"),
    ("code", "码"),
    ("count", "数量"),
    ("create", "创建"),
    ("data", "数据"),
    ("description", "说明"),
    ("duration", "时长"),
    ("end", "结束"),
    ("group", "组"),
    ("id", "标识"),
    ("instance", "实例"),
    ("list", "列表"),
    ("message", "消息"),
    ("name", "名称"),
    ("number", "号码"),
    ("page", "分页"),
    ("region", "地域"),
    ("request", "请求"),
    ("size", "大小"),
    ("start", "开始"),
    ("state", "状态"),
    ("status", "状态"),
    ("time", "时间"),
    ("total", "总"),
    ("type", "类型"),
    ("user", "用户"),
];

const VALUES: &[&[(&str, &str)]] = &[
    &[("ENABLED", "in use"), ("DISABLED", "switched off")],
    &[("Waiting", "not begun"), ("Running", "under way"), ("Finished", "done")],
    &[("low", "rarely"), ("high", "often")],
];

/// The words of a name in lower case: `SkillGroupId` are `skill`, `group` and `id`.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut lower = false;
    for character in name.chars().filter(|character| character.is_alphanumeric()) {
        if words.is_empty() || (lower && character.is_uppercase()) {
            words.push(String::new());
        }
        lower = character.is_lowercase();
        words.last_mut().expect("one was added").extend(character.to_lowercase());
    }
    words
}

/// What a page says of a field.
pub(crate) fn told(field: &Field, language: Language, random: &mut Random) -> Told {
    let is_scalar = field.marks.is_empty() && field.kind != Kind::Structure;
    Told {
        text: text(field, language, random),
        values: values(field).to_vec(),
        example: if is_scalar { example(field) } else { String::new() },
    }
}

/// The values of a text that is one of some, with what they mean; none for most fields.
pub(crate) fn values(field: &Field) -> &'static [(&'static str, &'static str)] {
    let words = words(&field.name);
    let is_choice = ["type", "status", "state", "mode"].iter().any(|word| ends(&words, word));
    let mut random = Random::seeded_by(&[&field.path, "values"]);
    if !is_choice || field.kind != Kind::String || !field.marks.is_empty() || random.chance(40) {
        return &[];
    }
    VALUES.get(random.below(VALUES.len())).copied().unwrap_or_default()
}

fn ends(words: &[String], word: &str) -> bool {
    words.last().is_some_and(|last| last == word)
}

fn text(field: &Field, language: Language, random: &mut Random) -> String {
    let words = words(&field.name);
    let joined = match language {
        Language::English => words.join(" "),
        Language::Chinese => {
            let known = |word: &String| GLOSSARY.iter().find(|(english, _)| english == word);
            words.iter().map(|word| known(word).map_or(word.as_str(), |(_, chinese)| chinese)).collect()
        }
    };
    let plain = match (language, field.marks.first()) {
        (Language::English, Some(Mark::List)) => format!("All {joined} that were found."),
        (Language::English, Some(Mark::Map)) => format!("The {joined} by key."),
        (Language::English, None) => match random.below(4) {
            0 => format!("The {joined}."),
            1 => format!("The {joined} of the object. It can be left empty."),
            2 => format!("**{joined}** as it was set last."),
            _ => format!("The {joined}. See [Terms](https://help.example.com/terms) for more."),
        },
        (Language::Chinese, Some(Mark::List)) => format!("{joined}集合。"),
        (Language::Chinese, Some(Mark::Map)) => format!("按键保存的{joined}。"),
        (Language::Chinese, None) => match random.below(4) {
            0 => format!("{joined}。"),
            1 => format!("对象的{joined}，可以不填。"),
            2 => format!("**{joined}**，以最近一次设置为准。"),
            _ => format!("{joined}，更多信息请参见[术语](https://help.example.com/terms)。"),
        },
    };
    match field.kind {
        Kind::Integer if field.marks.is_empty() && ends(&words, "time") => {
            format!(
                "{plain}{}",
                language.choose("单位：毫秒。", " A point in time, in milliseconds since January 1, 1970.")
            )
        }
        _ => plain,
    }
}

/// A value that such a field could have, the same wherever the page shows it; of a list or map, the value of an element.
pub(crate) fn example(field: &Field) -> String {
    if let Some((value, _)) = values(field).first() {
        return (*value).to_owned();
    }
    let words = words(&field.name);
    let ends = |word| ends(&words, word);
    let mut random = Random::seeded_by(&[&field.path, "example"]);
    let number = random.below(900) + 100;
    match field.kind {
        Kind::Boolean => random.pick(&["true", "false"]).to_owned(),
        Kind::Float => format!("0.{number}"),
        Kind::Integer if ends("time") || ends("timestamp") => format!("1700000000{number}"),
        Kind::Integer => (number % 97).to_string(),
        Kind::Any | Kind::Structure => format!("{{\"k\":\"{number}\"}}"),
        Kind::String if ends("id") => format!("{}-{number}a", words.first().map_or("id", String::as_str)),
        Kind::String if ends("time") => format!("2024-03-05T06:07:{:02}Z", number % 60),
        Kind::String if ends("number") => format!("0109898{number}"),
        Kind::String => format!("{}{number}", random.pick(&["demo", "test-", "abc", "Sample "])),
    }
}

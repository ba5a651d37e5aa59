//! Reads a manifest from TOML. A problem with one key does not affect the others.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::{
    Area, At, Central, DEFAULT_AREA, Endpoints, Exception, Manifest, NumberPaging, Paging, Pattern, Reading,
    TokenPaging, Unit, area, endpoints,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Sensitivity;
use crate::source::Span;
use crate::toml_reader::{self, Log, Table, listed, texts};

/// The keys of a manifest.
const KEYS: [&str; 13] = [
    "code",
    "version",
    "crate",
    "title",
    "endpoints",
    "response",
    "operations",
    "areas",
    "paging",
    "glossary",
    "units",
    "aliases",
    "sensitive",
];
/// Reasons to keep values out of logs.
const SENSITIVITIES: [(&str, Sensitivity); 3] = [
    ("personal", Sensitivity::Personal),
    ("phone-number", Sensitivity::PhoneNumber),
    ("secret", Sensitivity::Secret),
];
/// Units of values.
const UNITS: [(&str, Unit); 6] = [
    ("seconds", Unit::Counted("seconds")),
    ("milliseconds", Unit::Counted("milliseconds")),
    ("minutes", Unit::Counted("minutes")),
    ("percent", Unit::Counted("percent")),
    ("bytes", Unit::Counted("bytes")),
    ("unix-milliseconds", Unit::UnixMilliseconds),
];
/// Help for an exception without a reason.
const REASON: &str = "add a `reason`: what sending the same request again would do";

pub(super) fn read(name: &str, bytes: &[u8]) -> Reading {
    let (source, flaw) = toml_reader::decode(name, bytes, "manifest");
    if let Some(flaw) = flaw {
        return Reading { manifest: Manifest::default(), diagnostics: vec![flaw], source };
    }
    let mut log = Log::new(Code::ManifestKey);
    let manifest = toml_reader::parse(&source, Code::ManifestSyntax, &mut log).map(|root| {
        let mut table = Table::root("the manifest", root.get_ref(), &mut log);
        manifest(&mut table)
    });
    Reading { manifest: manifest.unwrap_or_default(), diagnostics: log.into_sorted(), source }
}

fn manifest(table: &mut Table<'_, '_>) -> Manifest {
    table.only(&KEYS);
    let (idempotent, not_idempotent) = operations(table);
    Manifest {
        code: name(table, "code", |text| is_plain(text, "_-")),
        version: name(table, "version", |text| is_plain(text, "-.")),
        crate_name: name(table, "crate", |text| {
            is_plain(text, "_-")
                && text.starts_with(|c: char| c.is_ascii_lowercase())
                && !text.contains(|c: char| c.is_ascii_uppercase())
        }),
        title: table.needed("title").map(|title| title.value).unwrap_or_default(),
        endpoints: table.inner("endpoints", "`[endpoints]`").as_mut().and_then(read_endpoints),
        success_codes: success_codes(table),
        idempotent,
        not_idempotent,
        areas: areas(table),
        paging: paging(table),
        glossary: glossary(table),
        units: names_by_kind(table, "units", &UNITS, |name| format!("the unit of `{name}`")),
        aliases: aliases(table),
        sensitive: names_by_kind(table, "sensitive", &SENSITIVITIES, |name| {
            format!("whether `{name}` is sensitive")
        }),
    }
}

/// Reads a text that becomes part of a path or the like; empty if the text is not suitable.
fn name(table: &mut Table<'_, '_>, key: &str, is_one: impl Fn(&str) -> bool) -> String {
    let Some(text) = table.needed(key) else { return String::new() };
    if is_one(&text.value) {
        return text.value;
    }
    let message = format!("`{key}` cannot be `{}`", text.value);
    let help = match key {
        "crate" => "it has only small letters, digits, `-` and `_`, and begins with a letter",
        "version" => "it has only letters, digits, `-` and `.`",
        _ => "it has only letters, digits, `-` and `_`",
    };
    table.log().push(Diagnostic::new(Code::ManifestName, text.span, message).with_help(help));
    String::new()
}

/// Returns whether a text has only letters, digits and the marks, and no mark that could lead out of a folder.
fn is_plain(text: &str, marks: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || marks.contains(c)) && !text.starts_with('.')
}

fn read_endpoints(table: &mut Table<'_, '_>) -> Option<Endpoints> {
    table.only(&["default-region", "public", "vpc", "central"]);
    let default_region = host(table, "default-region", endpoints::flaw_of_region);
    let public = host(table, "public", endpoints::flaw_of_template);
    let vpc = host(table, "vpc", endpoints::flaw_of_template);
    let central =
        table.inner("central", "`central = { host = \"…\", regions = [\"…\"] }`").and_then(|mut table| {
            table.only(&["host", "regions"]);
            let host = host(&mut table, "host", endpoints::flaw_of_host);
            let regions = table.texts("regions");
            for region in &regions {
                refuse(&mut table, "regions", region, endpoints::flaw_of_region);
            }
            let regions = distinct(regions, table.log(), |region| format!("region `{region}`"));
            Some(Central { host: host?, regions: regions.into_iter().map(|region| region.value).collect() })
        });
    Some(Endpoints { default_region: default_region?, public: public?, vpc: vpc?, central })
}

/// Reads a text without a flaw.
fn host(table: &mut Table<'_, '_>, key: &str, flaw: impl Fn(&str) -> Option<String>) -> Option<String> {
    let text = table.needed(key)?;
    refuse(table, key, &text, flaw).then_some(text.value)
}

/// Reports a flaw of a text. Returns whether there is none.
fn refuse(
    table: &mut Table<'_, '_>,
    key: &str,
    text: &At<String>,
    flaw: impl Fn(&str) -> Option<String>,
) -> bool {
    let Some(flaw) = flaw(&text.value) else { return true };
    let message = format!("`{key}` cannot be `{}`: {flaw}", text.value);
    let help = if key.contains("region") {
        "write it as the service does, such as `cn-shanghai`"
    } else {
        "write the name of a host in small letters; `{region}` may stand in `public` and `vpc` for that of a region"
    };
    table.log().push(Diagnostic::new(Code::ManifestEndpoint, text.span, message).with_help(help));
    false
}

fn success_codes(table: &mut Table<'_, '_>) -> Vec<String> {
    let Some(mut response) = table.inner("response", "`[response]`") else { return Vec::new() };
    response.only(&["success-codes"]);
    let codes = response.texts("success-codes");
    let codes = distinct(codes, response.log(), |code| format!("success code `{code}`"));
    codes.into_iter().map(|code| code.value).collect()
}

fn operations(table: &mut Table<'_, '_>) -> (Vec<At<Pattern>>, Vec<Exception>) {
    let Some(mut table) = table.inner("operations", "`[operations]`") else {
        return (Vec::new(), Vec::new());
    };
    table.only(&["idempotent", "not-idempotent"]);
    let idempotent = patterns(&mut table, "idempotent");
    let idempotent = distinct(idempotent, table.log(), |pattern| format!("pattern `{pattern}`"));
    let (mut exceptions, mut reasons) = (Vec::new(), HashMap::new());
    for item in table.array("not-idempotent").unwrap_or_default() {
        let form = "`[[operations.not-idempotent]]`";
        let Some(mut entry) = Table::new(form.to_owned(), form, item, table.log()) else { continue };
        entry.only(&["operation", "reason"]);
        let operation = entry.needed("operation").and_then(|text| pattern(&text, entry.log()));
        let reason = entry.reason(Code::ManifestReason, REASON);
        if let (Some(operation), Some(reason)) = (operation, reason) {
            reasons.entry(operation.value.clone()).or_insert(reason.value);
            exceptions.push(operation);
        }
    }
    let exceptions = distinct(exceptions, table.log(), |pattern| format!("exception `{pattern}`"));
    let with_reason = |operation: At<Pattern>| {
        let reason = reasons.remove(&operation.value)?;
        Some(Exception { operation, reason })
    };
    (idempotent, exceptions.into_iter().filter_map(with_reason).collect())
}

fn patterns(table: &mut Table<'_, '_>, key: &str) -> Vec<At<Pattern>> {
    table.texts(key).iter().filter_map(|text| pattern(text, table.log())).collect()
}

fn pattern(text: &At<String>, log: &mut Log) -> Option<At<Pattern>> {
    match text.value.parse() {
        Ok(value) => Some(At { value, span: text.span }),
        Err(flaw) => {
            let message = format!("`{}` is no pattern of operations: {flaw}", text.value);
            let help = "write the name of an operation, or one with a `*` for any text: `Get*`";
            log.push(Diagnostic::new(Code::ManifestPattern, text.span, message).with_help(help));
            None
        }
    }
}

fn areas(table: &mut Table<'_, '_>) -> Vec<Area> {
    let Some(mut table) = table.inner("areas", "`[areas.NAME]`") else { return Vec::new() };
    let mut areas = Vec::new();
    for (name, value) in table.entries() {
        if !area::is_name(&name.value) {
            let message = format!("no area can be called `{}`", name.value);
            let help = "write words in small letters, joined by hyphens; cargo has a `default` already";
            table.log().push(Diagnostic::new(Code::ManifestName, name.span, message).with_help(help));
        }
        let what = format!("`[areas.{}]`", name.value);
        let Some(mut entry) = Table::new(what.clone(), &what, value, table.log()) else { continue };
        entry.only(&["title", "operations"]);
        let title = entry.needed("title").map(|title| title.value).unwrap_or_default();
        let operations = patterns(&mut entry, "operations");
        if operations.is_empty() && entry.value("operations").is_none() && name.value != DEFAULT_AREA {
            let message = format!("{what} names no `operations`");
            let help =
                format!("list them; only `{DEFAULT_AREA}`, of the operations that no area has, goes without");
            table.log().push(Diagnostic::new(Code::ManifestKey, name.span, message).with_help(help));
        }
        areas.push(Area { name: name.value, title, operations });
    }
    let all = areas.iter().flat_map(|area| area.operations.iter().cloned()).collect();
    let mut kept =
        distinct(all, table.log(), |pattern| format!("the area of `{pattern}`")).into_iter().peekable();
    for area in &mut areas {
        area.operations.retain(|own| kept.next_if_eq(own).is_some());
    }
    areas
}

fn paging(table: &mut Table<'_, '_>) -> Paging {
    let Some(mut table) = table.inner("paging", "`[paging]`") else { return Paging::default() };
    table.only(&["number", "token"]);
    let number = table.inner("number", "`number = { page = \"…\", size = \"…\", total = \"…\" }`");
    let number = number.and_then(|mut table| {
        table.only(&["page", "size", "total"]);
        let mut name = |key| table.needed(key).map(|name| name.value);
        let (page, size, total) = (name("page"), name("size"), name("total"));
        Some(NumberPaging { page: page?, size: size?, total: total? })
    });
    let token = table.inner("token", "`token = { next = \"…\", size = \"…\" }`").and_then(|mut table| {
        table.only(&["next", "size"]);
        let size = table.text("size").map(|name| name.value);
        Some(TokenPaging { next: table.needed("next")?.value, size })
    });
    Paging { number, token }
}

fn glossary(table: &mut Table<'_, '_>) -> BTreeMap<String, String> {
    let glossary = table.inner("glossary", "`[glossary]`");
    let texts = glossary.map_or_else(Vec::new, |mut glossary| texts(&mut glossary));
    texts.into_iter().map(|(name, english)| (name, english.value)).collect()
}

/// Reads other words for operations.
fn aliases(table: &mut Table<'_, '_>) -> BTreeMap<String, At<Vec<String>>> {
    let Some(mut table) = table.inner("aliases", "`[aliases]`") else { return BTreeMap::new() };
    let mut aliases = BTreeMap::new();
    for (operation, _) in table.entries() {
        let value = table.texts(&operation.value).into_iter().map(|word| word.value).collect();
        aliases.insert(operation.value, At { value, span: operation.span });
    }
    aliases
}

/// Reads a table that lists names of fields under each kind.
fn names_by_kind<K: Copy>(
    table: &mut Table<'_, '_>,
    key: &str,
    kinds: &[(&str, K)],
    what: impl Fn(&String) -> String,
) -> BTreeMap<String, K> {
    let Some(mut table) = table.inner(key, &format!("`[{key}]`")) else { return BTreeMap::new() };
    let names_of_kinds: Vec<&str> = kinds.iter().map(|&(kind, _)| kind).collect();
    table.only(&names_of_kinds);
    let mut names = Vec::new();
    let mut known = BTreeMap::new();
    for &(kind, meaning) in kinds {
        for name in table.texts(kind) {
            if name.value.trim().is_empty() {
                let message = format!("`{kind}` lists a name that is empty");
                let help = format!("the kinds {} list names of fields", listed(&names_of_kinds));
                table.log().push(Diagnostic::new(Code::ManifestKey, name.span, message).with_help(help));
                continue;
            }
            known.entry(name.value.clone()).or_insert(meaning);
            names.push(name);
        }
    }
    names.sort_by_key(|name| name.span);
    distinct(names, table.log(), what);
    known
}

/// Keeps the first of equal statements and reports the others.
fn distinct<T: Clone + Eq + Hash>(all: Vec<At<T>>, log: &mut Log, what: impl Fn(&T) -> String) -> Vec<At<T>> {
    let mut stated: HashMap<T, Span> = HashMap::new();
    let mut kept = Vec::with_capacity(all.len());
    for one in all {
        match stated.get(&one.value) {
            None => {
                stated.insert(one.value.clone(), one.span);
                kept.push(one);
            }
            Some(&first) => {
                let message = format!("{} is stated twice", what(&one.value));
                log.push(
                    Diagnostic::new(Code::ManifestDuplicate, one.span, message)
                        .with_label(one.span, "again")
                        .with_label(first, "the first one counts")
                        .with_help("remove one of them"),
                );
            }
        }
    }
    kept
}

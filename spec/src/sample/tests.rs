use proptest::prelude::*;

use super::*;

fn json(text: &str) -> Parsed<'_> {
    parse(SampleFormat::Json, text, 0)
}

fn xml(text: &str) -> Parsed<'_> {
    parse(SampleFormat::Xml, text, 0)
}

/// Returns the tree as compact JSON, so that tests can say what they expect in one line.
fn print(tree: &Tree) -> String {
    to_serde(tree).to_string()
}

fn to_serde(tree: &Tree) -> serde_json::Value {
    match &tree.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(b) => (*b).into(),
        Value::Number(n) => serde_json::from_str(n).unwrap_or_else(|_| (*n).into()),
        Value::String(s) => s.as_ref().into(),
        Value::List(elements) => elements.iter().map(to_serde).collect(),
        Value::Object(entries) => serde_json::Value::Object(
            entries.iter().map(|e| (e.name.to_string(), to_serde(&e.value))).collect(),
        ),
    }
}

/// Returns the value read, and the kinds of repairs it took.
fn read(parsed: &Parsed) -> (String, Vec<RepairKind>) {
    (parsed.tree.as_ref().map(print).unwrap_or_default(), parsed.repairs.iter().map(|r| r.kind).collect())
}

#[track_caller]
fn mended(text: &str, value: &str, kinds: &[RepairKind]) {
    assert_eq!(read(&json(text)), (value.to_owned(), kinds.to_vec()));
}

#[test]
fn a_comma_before_an_end_is_dropped() {
    mended(r#"{"A":[1,2,],"B":3,}"#, r#"{"A":[1,2],"B":3}"#, &[RepairKind::ExtraComma; 2]);
}

#[test]
fn a_missing_comma_is_assumed() {
    mended("{\"A\":\"x\"\n\"B\":2}", r#"{"A":"x","B":2}"#, &[RepairKind::MissingComma]);
}

#[test]
fn comments_are_skipped() {
    mended("{\"A\":1, // one\n/* two */\"B\":2}", r#"{"A":1,"B":2}"#, &[RepairKind::Comment; 2]);
}

#[test]
fn an_ellipsis_stands_for_what_is_left_out() {
    mended(r#"{"A":[{"B":1}, ...], ……}"#, r#"{"A":[{"B":1}]}"#, &[RepairKind::Ellipsis; 2]);
}

#[test]
fn a_masked_number_is_text() {
    mended("{\"A\":[100000****]}", r#"{"A":["100000****"]}"#, &[RepairKind::Unquoted]);
}

#[test]
fn single_quotes_are_quotes() {
    mended("{'A':'it'}", r#"{"A":"it"}"#, &[RepairKind::OddQuotes; 2]);
}

#[test]
fn full_width_punctuation_is_read_as_plain() {
    mended(
        "{\"A\"：1，“B”:2}",
        r#"{"A":1,"B":2}"#,
        &[RepairKind::FullWidth, RepairKind::FullWidth, RepairKind::OddQuotes],
    );
}

#[test]
fn a_doubled_opening_brace_opens_once() {
    mended(r#"{{"A":1}}"#, r#"{"A":1}"#, &[RepairKind::OddStart]);
}

#[test]
fn an_object_without_braces_is_an_object() {
    mended(r#""A":1,"B":{"C":2}"#, r#"{"A":1,"B":{"C":2}}"#, &[RepairKind::OddStart]);
}

#[test]
fn a_brace_that_is_missing_before_a_bracket_is_assumed() {
    mended(r#"{"A":[{"B":1],"C":2}"#, r#"{"A":[{"B":1}],"C":2}"#, &[RepairKind::MissingEnd]);
}

#[test]
fn an_object_closed_too_early_goes_on() {
    mended(r#"{"A":{"B":1}},"C":2}"#, r#"{"A":{"B":1},"C":2}"#, &[RepairKind::ExtraEnd]);
}

#[test]
fn objects_in_a_row_are_a_list() {
    mended(r#"{"A":{"B":1},{"B":2}}"#, r#"{"A":[{"B":1},{"B":2}]}"#, &[RepairKind::MissingBrackets]);
}

#[test]
fn a_quote_inside_a_string_is_text() {
    mended(r#"{"A":"say "yes" now"}"#, r#"{"A":"say \"yes\" now"}"#, &[RepairKind::Unescaped; 2]);
}

#[test]
fn json_in_a_string_need_not_be_escaped() {
    mended(r#"{"A":"{"V":"1"}","B":2}"#, r#"{"A":"{\"V\":\"1\"}","B":2}"#, &[RepairKind::Unescaped]);
}

#[test]
fn a_string_without_end_ends_with_its_line() {
    mended(
        "{\"A\":\"x,\n\"B\":2}",
        r#"{"A":"x","B":2}"#,
        &[RepairKind::MissingQuote, RepairKind::MissingComma],
    );
}

#[test]
fn a_preamble_is_skipped() {
    mended("HTTP/1.1 200 OK\nA:b\n\n{\"A\":1}", r#"{"A":1}"#, &[]);
}

#[test]
fn spans_are_those_of_the_page() {
    let parsed = parse(SampleFormat::Json, r#"{"A": {"B": "x"}}"#, 100);
    let a = parsed.tree.unwrap().entries()[0].clone();
    assert_eq!(a.name_span, Span::new(101, 104));
    assert_eq!(a.value.get("B").unwrap().span, Span::new(112, 115));
}

#[test]
fn prose_is_no_sample() {
    assert_eq!(json("Request:\n\nPOST /callback").tree, None);
    assert_eq!(xml("nothing here").tree, None);
}

#[test]
fn deep_nesting_is_cut_off() {
    for unit in ["{\"a\":", "[", "{", "[{", "｛"] {
        let text = unit.repeat(100_000);
        let parsed = json(&text);
        assert!(parsed.tree.is_some(), "{unit}");
    }
    let text = "<a>".repeat(100_000);
    let parsed = xml(&text);
    assert!(parsed.repairs.iter().any(|repair| repair.kind == RepairKind::TooDeep));
}

#[test]
fn a_fragment_needs_no_root() {
    let (value, repairs) = read(&xml("<A>1</A>\n<B><C>x &gt; y</C><C/></B>"));
    assert_eq!(value, r#"{"A":"1","B":{"C":["x > y",null]}}"#);
    assert_eq!(repairs, []);
}

#[test]
fn an_array_is_a_list_of_what_is_in_it() {
    let (value, _) = read(&xml(r#"<A class="array"><B>1</B><B>2</B></A><C class="array"><D>1</D></C>"#));
    assert_eq!(value, r#"{"A":["1","2"],"C":["1"]}"#);
}

#[test]
fn a_wrong_end_tag_closes_the_innermost_element() {
    let (value, repairs) = read(&xml("<A><B>1</b><C>2</C></A>"));
    assert_eq!(value, r#"{"A":{"B":"1","C":"2"}}"#);
    assert_eq!(repairs, [RepairKind::ExtraEnd]);
}

#[test]
fn a_missing_end_tag_is_assumed() {
    let (value, repairs) = read(&xml("<A><B>1<C>2</C></A><D>3</D>"));
    assert_eq!(value, r#"{"A":{"B":{"C":"2"}},"D":"3"}"#);
    assert_eq!(repairs, [RepairKind::MissingEnd]);
}

#[test]
fn xml_text_spans_leave_white_space_out() {
    let parsed = xml("<A> x </A>");
    assert_eq!(parsed.tree.unwrap().get("A").unwrap().span, Span::new(4, 5));
}

#[test]
fn numbered_names_of_a_query_are_lists() {
    let parsed = parse(
        SampleFormat::Http,
        "http(s)://[Endpoint]/?Action=Tag\n&Tag.1.Key=a\n&Tag.1.Value=b\n&Id.1=x\n&Id.2=y\n&<Common parameters>",
        0,
    );
    let expected = r#"{"Action":"Tag","Id":["x","y"],"Tag":[{"Key":"a","Value":"b"}]}"#;
    assert_eq!(print(&parsed.tree.unwrap()), expected);
}

/// Any JSON value, a few levels deep, without white space at the edges of names, which no field has.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        (-1e9..1e9_f64).prop_map(Into::into),
        any::<String>().prop_map(Into::into),
        "[\"{}\\[\\],:'/#\\\\ \n.…，：“”a]{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::vec((any::<String>().prop_map(|name| name.trim().to_owned()), inner), 0..5)
                .prop_map(|entries| serde_json::Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn valid_json_is_read_as_it_stands(value in any_json(), pretty: bool) {
        let value = serde_json::json!({"value": value});
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        let parsed = json(&text);
        prop_assert_eq!(&parsed.repairs, &[]);
        let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(to_serde(&parsed.tree.unwrap()), expected);
    }

    #[test]
    fn what_is_read_prints_and_reads_the_same(text in "[{}\\[\\]\",:a1 \n…'/]{0,60}") {
        if let Some(tree) = json(&format!("{{{text}")).tree {
            let text = print(&tree);
            let again = json(&text);
            prop_assert_eq!(print(&again.tree.unwrap()), print(&tree));
        }
    }

    #[test]
    fn no_text_is_too_much(text: String, markup in "[<>/a&;! \\-\\[\\]?\"=]{0,80}") {
        for format in [SampleFormat::Json, SampleFormat::Xml, SampleFormat::Http] {
            for text in [&text, &format!("{{{text}"), &format!("<A>{text}"), &markup] {
                let _ = parse(format, text, 7);
            }
        }
    }
}

#[test]
fn a_repeated_tail_after_the_root_is_dropped() {
    let parsed = xml("<R><A><B>1</B></A><C>2</C></R><B>1</B></A><C>2</C></R>");
    let (value, kinds) = read(&parsed);
    assert_eq!(value, r#"{"R":{"A":{"B":"1"},"C":"2"}}"#);
    assert_eq!(kinds, [RepairKind::ExtraEnd, RepairKind::ExtraEnd, RepairKind::TrailingText]);
}

#[test]
fn white_space_in_a_name_is_dropped() {
    mended(r#"{" A": 1, "B ": 2}"#, r#"{"A":1,"B":2}"#, &[RepairKind::SpacedName; 2]);
}

#[test]
fn line_ends_of_two_characters_do_not_shift_where_a_text_stands() {
    let text = "<A>\r\n\r\n\u{2000}b\u{2000}\r\n</A>";
    let tree = parse(SampleFormat::Xml, text, 0).tree.unwrap();
    let value = tree.get("A").unwrap();
    assert_eq!(text.get(value.span.range()), Some("b"));
}

#[test]
fn backslashes_outside_of_strings_are_passed_over() {
    let text =
        "{\n  \"A\": [\\\n    {\\\n      \"B\": \"b\"\\\n    }, \\ \n {\"B\": 1\\\n}\n  ],\n  \"C\": 3\n}";
    let (value, kinds) = read(&json(text));
    assert_eq!(value, r#"{"A":[{"B":"b"},{"B":1}],"C":3}"#);
    assert!(kinds.iter().all(|kind| *kind == RepairKind::StrayBackslash), "{kinds:?}");
    assert_eq!(read(&json(r#"{"A": \[\{"B": 1\}\]}"#)).0, r#"{"A":[{"B":1}]}"#);
}

#[test]
fn a_backslash_before_a_comma_is_a_value_and_ends() {
    assert_eq!(read(&json(r#"{"A": [\, 1], "B": \ // none"#)).0, r#"{"A":["\\",1],"B":"\\"}"#);
}

proptest! {
    #[test]
    fn whatever_its_marks_say_a_sample_ends(marks in r#"[\[\]{},:"\\/# \n\t}：，xé]{0,60}"#) {
        for start in ["[", "{", "{\"A\": ["] {
            let text = format!("{start}{marks}");
            let repairs = json(&text).repairs.len();
            prop_assert!(repairs <= 4 * text.len() + 4, "{} repairs", repairs);
        }
    }

    #[test]
    fn backslashes_at_the_ends_of_lines_change_nothing(
        names in proptest::collection::vec(("[A-Z][a-z]{0,5}", "[a-z]{0,4}|[0-9]{1,3}", any::<bool>()), 1..6),
    ) {
        let object = |end: &str| {
            let entries = names.iter().enumerate().map(|(at, (name, value, is_text))| {
                let quote = if *is_text || !value.starts_with(|c: char| c.is_ascii_digit()) { "\"" } else { "" };
                let value = value.trim_start_matches('0');
                let value = if value.is_empty() && quote.is_empty() { "0" } else { value };
                let comma = if at + 1 < names.len() { "," } else { "" };
                format!("\"{name}{at}\": {quote}{value}{quote}{comma}{end}\n")
            });
            format!("[{end}\n{{{end}\n{}}}{end}\n]", entries.collect::<String>())
        };
        prop_assert_eq!(read(&json(&object("\\"))).0, read(&json(&object(""))).0);
    }
}

use super::*;

fn found(description: &str) -> Vec<String> {
    found_with(description, None)
}

fn found_with(description: &str, sample: Option<&str>) -> Vec<String> {
    let values = documented(description, sample).into_iter();
    values
        .map(|v| if v.meaning.is_empty() { v.value } else { format!("{}={}", v.value, v.meaning) })
        .collect()
}

#[test]
fn a_list_of_values_with_meanings() {
    assert_eq!(found("门的状态。包括：\n\n- OPEN（开，可进）\n- SHUT（关）"), ["OPEN=开，可进", "SHUT=关"]);
}

#[test]
fn a_list_that_is_not_announced_counts_if_every_value_has_a_meaning_and_the_sample_is_one() {
    let who = "Who:\n\n- guest: a visitor\n- host: at home";
    assert_eq!(found_with(who, Some("host")), ["guest=a visitor", "host=at home"]);
    assert_eq!(found_with("状态。\n\n- OPEN：开\n- SHUT：关", Some("SHUT")), ["OPEN=开", "SHUT=关"]);
    assert_eq!(found_with("- OPEN：开\n- SHUT：关", Some("SHUT")), ["OPEN=开", "SHUT=关"]);
    assert!(found("状态。\n\n- OPEN：开\n- SHUT：关").is_empty());
    assert!(found_with(who, Some("door:7")).is_empty());
    assert!(found_with("Needs:\n\n- paper\n- ink", Some("ink")).is_empty());
}

#[test]
fn the_sample_may_spell_its_value_otherwise_or_list_many() {
    let who = "Who:\n\n- guest: a visitor\n- host: at home";
    assert_eq!(found_with(who, Some("HOST")).len(), 2);
    assert_eq!(found_with(who, Some(&("x,".repeat(20) + "host"))).len(), 2);
}

#[test]
fn an_item_of_a_list_of_facts_may_say_the_values() {
    assert_eq!(found_with("种类。\n\n- 取值：Big、Small。\n- 默认值：Big。", Some("Big")), ["Big", "Small"]);
    let members = "门。\n\n- Kind：种类。取值：Big、Small。\n- Age：年龄。";
    assert!(found_with(members, Some(r#"{"Kind": "Big"}"#)).is_empty());
}

#[test]
fn members_of_a_json_value_are_no_values() {
    let members = "包括：\n\n- Id：编号\n- Kind：种类";
    assert!(found_with(members, Some(r#"[{"Id": 1, "Kind": "x"}]"#)).is_empty());
    assert_eq!(found_with(members, Some(r#"["Id"]"#)).len(), 2);
}

#[test]
fn a_list_about_something_else_does_not_join() {
    let text = "Kind. Valid values:\n\n- A: a\n- B: b\n\nSold in:\n\n- Rome: east\n- Oslo: north";
    assert_eq!(found(text), ["A=a", "B=b"]);
}

#[test]
fn a_list_with_one_item_that_is_no_value_is_none() {
    assert!(found("取值：\n\n- OPEN：开\n- 关闭时无值").is_empty());
    assert!(found("Valid values:\n\n- Default value: 60\n- Unit: minutes").is_empty());
}

#[test]
fn a_list_may_say_what_no_value_means() {
    assert_eq!(
        found("原因。可能值：\n\n- 空：正常。\n- LOST：丢失。\n- LATE：迟到。"),
        ["LOST=丢失", "LATE=迟到"]
    );
}

#[test]
fn values_in_a_sentence() {
    assert_eq!(found("取值：Month | Year，默认值为Month。"), ["Month", "Year"]);
    assert_eq!(found("顺序。取值：ASC/DESC。"), ["ASC", "DESC"]);
    assert_eq!(found("取值：on | off（默认值）。"), ["on", "off"]);
    assert_eq!(found("Valid values: System | Custom"), ["System", "Custom"]);
    assert_eq!(found("Valid values: on and off. Default value: off."), ["on", "off"]);
    assert_eq!(found("取值：true或false"), ["true", "false"]);
    assert_eq!(found("Valid values: a, b, and c"), ["a", "b", "c"]);
}

#[test]
fn a_sentence_of_values_with_meanings_needs_no_word() {
    assert_eq!(found_with("结果。 Good(好)，Bad(坏)。", Some("Bad")), ["Good=好", "Bad=坏"]);
}

#[test]
fn ranges_and_numbers_are_no_values() {
    assert!(found("取值：1~100。").is_empty());
    assert!(found("取值：1-65535、-1。").is_empty());
    assert!(found("Valid values of N: 1 to 20.").is_empty());
}

#[test]
fn a_clause_of_values_needs_no_colon() {
    let kind = "指定类型, 取值System或Custom，如果没有指定则列出所有。";
    assert_eq!(found_with(kind, Some("System")), ["System", "Custom"]);
    assert!(found_with("当Type取值为Rds或Ram，且Fetch取值为true时返回。", Some("x")).is_empty());
}

#[test]
fn a_paragraph_about_a_value_does_not_end_the_list() {
    assert_eq!(
        found("Valid values:\n\n- insert: a cookie\n\nThe first answer carries it.\n\n- server: its own"),
        ["insert=a cookie", "server=its own"]
    );
}

#[test]
fn items_are_written_in_many_ways() {
    let default = "Valid values:\n\n- SOFTWARE. This is the default value.\n- HSM";
    assert_eq!(found(default), ["SOFTWARE", "HSM"]);
    assert_eq!(found("取值：\n\n- ACW 话后处理\n- Break 小休"), ["ACW=话后处理", "Break=小休"]);
    let usage = "取值：\n\n- ENCRYPT/DECRYPT：加密\n- SIGN/VERIFY：签名";
    assert_eq!(found_with(usage, Some("ENCRYPT/DECRYPT")), ["ENCRYPT/DECRYPT=加密", "SIGN/VERIFY=签名"]);
}

#[test]
fn parts_of_an_address_are_no_values() {
    let address = "参数取值格式：acs:{region}:{account}。\n\n- region：地域\n- account：账号";
    assert!(found_with(address, Some("acs:north:1:queue/bell")).is_empty());
}

#[test]
fn numbers_with_meanings_are_values_of_a_text() {
    let speed = "取值：\n\n- 0：慢\n- 1（默认值）：快。";
    assert_eq!(found_with(speed, Some("1")), ["0=慢", "1=快"]);
    assert!(found_with(speed, Some("600")).is_empty());
}

#[test]
fn one_value_is_no_set() {
    assert!(found("系统规定参数。取值：RingBell。").is_empty());
}

#[test]
fn a_remark_before_the_colon_is_not_lost() {
    assert_eq!(
        found("取值：\n\n- RAW（默认值）：原始数据\n- ZIP（小）：压缩"),
        ["RAW=原始数据", "ZIP=小: 压缩"]
    );
}

#[test]
fn more_about_an_item_does_not_end_the_list() {
    assert_eq!(found("取值：\n\n- A：甲\n  更多\n- B：乙"), ["A=甲", "B=乙"]);
}

#[test]
fn items_may_have_any_mark() {
    for text in [
        "A state. Valid values:\n• ON: on\n• OFF: off",
        "A state. Valid values:\n* ON: on\n* OFF: off",
        "A state. Enumerated values:\n1. ON: on\n2. OFF: off",
        "A state. Valid values:\n(1) ON: on\n(2) OFF: off",
        "A state. Enum:\n①ON: on\n②OFF: off",
        "A state. Valid values:\nON: on\nOFF: off\n\nNote: soon.",
        "A state.\n\n- Enumeration Value: Description\n- ON: on\n- OFF: off",
    ] {
        assert_eq!(found(text), ["ON=on", "OFF=off"], "{text}");
    }
}

#[test]
fn a_list_may_stand_in_the_line_that_announces_it() {
    for text in [
        "A state. Valid values: ON: on; OFF: off. Default value: ON.",
        "A state. Valid values: • ON: on • OFF: off",
        "A state. Valid values: * ON: on * OFF: off",
        "A state. Valid values: - ON: on - OFF: off",
        "A state. Valid values: 1. ON: on 2. OFF: off",
        "状态。枚举值：①ON：on②OFF：off",
        "状态。取值范围：ON：on；OFF：off。",
    ] {
        assert_eq!(found(text), ["ON=on", "OFF=off"], "{text}");
    }
    assert_eq!(found("A state. Valid values: ON, OFF"), ["ON", "OFF"]);
    assert_eq!(found("状态。枚举值：ON、OFF。"), ["ON", "OFF"]);
}

#[test]
fn what_follows_a_list_without_a_mark_is_no_value() {
    assert_eq!(found("Valid values:\n\n- ON: on\n- OFF: off\n\nNote: it may change."), ["ON=on", "OFF=off"]);
}

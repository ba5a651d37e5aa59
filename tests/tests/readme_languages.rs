//! Compares the English and the Chinese README: code and commands are the same in both.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

fn readme(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    fs::read_to_string(path).expect("the README is there")
}

/// Returns the fenced blocks, with the language that each names.
fn blocks(text: &str) -> Vec<&str> {
    text.split("```").skip(1).step_by(2).collect()
}

/// Counts the headings of each level and the rows of tables.
fn shape(text: &str) -> (Vec<usize>, usize) {
    let outside: String = text.split("```").step_by(2).collect();
    let levels = outside.lines().filter(|line| line.starts_with('#'));
    let levels = levels.map(|line| line.chars().take_while(|c| *c == '#').count());
    (levels.collect(), outside.lines().filter(|line| line.starts_with('|')).count())
}

#[test]
fn commands_and_code_are_the_same_in_both_languages() {
    let (english, chinese) = (readme("README.md"), readme("README.zh-CN.md"));
    assert_eq!(blocks(&chinese), blocks(&english));
}

#[test]
fn sections_and_tables_are_the_same_in_both_languages() {
    let (english, chinese) = (readme("README.md"), readme("README.zh-CN.md"));
    assert_eq!(shape(&chinese), shape(&english));
}

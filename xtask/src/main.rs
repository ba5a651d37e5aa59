//! The maintainer's commands; the only place that touches the file system and prints.
fn main() {}

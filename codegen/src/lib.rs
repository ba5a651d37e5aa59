//! Turns the spec into the source of a Rust client: spec, plan, tokens, formatted files.

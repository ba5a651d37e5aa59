//! Servers that mean harm: each costs bounded memory and gives an error that is short, however much they send.
//!
//! Memory is what the client's thread holds at once, measured by an allocator that counts.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod attack;
mod bodies;
mod heads;
mod json;
mod xml;

use attack::MIB;

/// What an answer may cost whose head or framing is no good.
const HEAD: u64 = MIB;
/// What a body may cost that is cut off after 16 MiB: these, with room to grow in, and once more while they are joined.
const CUT_OFF: u64 = 3 * 16 * MIB;
/// How long the bodies are that are read to their end.
const LENGTH: u64 = 4 * MIB;
/// What such a body may cost.
const BODY: u64 = 3 * LENGTH + HEAD;
/// The same and a decoder's work on it.
const DECODED: u64 = 5 * LENGTH + HEAD;
/// What the most elements cost that a decoder makes something of, whatever the body's length.
const ELEMENTS: u64 = 96 * MIB;

//! Tests of hostile servers: memory is bounded and errors are short, however much they send.
//!
//! A counting allocator measures the memory that the client's thread holds at once.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod attack;
mod bodies;
mod heads;
mod json;
mod xml;

use attack::MIB;

/// The memory for a response whose head or framing is not valid.
const HEAD: u64 = MIB;
/// The memory for a body that is cut off after 16 MiB: its bytes, spare capacity, and a copy while pieces are joined.
const CUT_OFF: u64 = 3 * 16 * MIB;
/// The length of bodies that are read to their end.
const LENGTH: u64 = 4 * MIB;
/// The memory for such a body.
const BODY: u64 = 3 * LENGTH + HEAD;
/// The memory for such a body and for decoding it.
const DECODED: u64 = 5 * LENGTH + HEAD;
/// The memory for the most elements that a decoder keeps something of, whatever the body's length.
const ELEMENTS: u64 = 96 * MIB;

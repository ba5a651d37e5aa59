//! The spec: one [`Operation`] per page, in the order of the page, and one [`SharedType`] for each type that operations
//! share. It describes fields, not how they were found, and depends neither on Markdown nor on Rust.

mod error_code;
mod fact;
mod field;
mod operation;
mod product;
mod sample;
mod shape;

pub use error_code::ErrorCode;
pub use fact::{Format, Range};
pub use field::{Encoding, Field, Position, Sensitivity};
pub use operation::{Links, Operation, Style};
pub use product::{ProductSpec, SharedType, Side};
pub use sample::{Sample, SampleFormat, Samples};
pub use shape::{EnumValue, Shape};

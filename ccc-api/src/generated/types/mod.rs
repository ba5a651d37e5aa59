// @generated from the pages below `spec/docs/ccc/2020-07-01` by `cargo xtask regen`. Do not edit.

//! Types that operations share.

mod call_context;
mod channel_context;
mod user_context;
mod user_state;

pub use call_context::CallContext;
pub use channel_context::ChannelContext;
pub use user_context::UserContext;
pub use user_state::UserState;

//! The product-neutral runtime: what any operation of any RPC product of Alibaba Cloud needs.

pub mod sign;

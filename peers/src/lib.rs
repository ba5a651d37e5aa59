//! The client beside other clients of Alibaba Cloud; all of it is in `benches/`.

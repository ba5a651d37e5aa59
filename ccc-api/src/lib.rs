//! Client for Alibaba Cloud Call Center.

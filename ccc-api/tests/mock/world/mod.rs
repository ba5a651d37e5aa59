//! A call centre that remembers, through the client.

mod directory;

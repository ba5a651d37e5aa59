//! The commands as a maintainer meets them: the built program in processes of its own, on copies of the workspace.

#[cfg(test)]
mod command_line;
#[cfg(test)]
mod corpus;
#[cfg(feature = "endpoint")]
#[cfg(test)]
mod demo;
#[cfg(test)]
mod explain;
#[cfg(test)]
mod folders;
#[cfg(test)]
mod lint;
#[cfg(test)]
mod manifests;
#[cfg(feature = "endpoint")]
#[cfg(test)]
mod mock;
#[cfg(test)]
mod new_crate;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod overlays;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod paths;
#[cfg(test)]
mod regen;
#[cfg(test)]
mod regen_folders;
#[cfg(test)]
mod report;
#[cfg(test)]
mod review;
#[cfg(test)]
mod unread;
#[cfg(test)]
mod workspace;

//! All tables of a section, including those that a copy turned into text.

use super::copied;
use super::grid::Grid;
use super::section::{Kind, Section};
use crate::page::{Block, BlockKind};
use crate::source::Source;

/// Returns the tables of a section in order; where there may be fields or errors, also those that a copy turned into
/// text.
pub(super) fn all<'t>(section: &Section<'t>, source: &Source) -> Vec<Grid<'t>> {
    let is_read = matches!(section.kind, Kind::Request | Kind::Response | Kind::Errors);
    let mut grids = Vec::new();
    for blocks in section.blocks.split_inclusive(|block| matches!(block.kind, BlockKind::Table(_))) {
        if is_read {
            grids.extend(copied::grids(blocks, section.kind, source));
        }
        if let Some((Block { kind: BlockKind::Table(table), .. }, above)) = blocks.split_last() {
            grids.push(Grid { above, ..Grid::new(table, source) });
        }
    }
    grids
}

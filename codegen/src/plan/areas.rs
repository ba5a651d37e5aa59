//! Areas of operations: the cargo features of a client.

use ccc_spec::manifest::{DEFAULT_AREA, Manifest};

/// The areas of a product.
#[derive(Clone, Copy, Debug)]
pub(super) struct Areas<'m>(&'m Manifest);

impl<'m> Areas<'m> {
    pub(super) fn of(manifest: &'m Manifest) -> Self {
        Self(manifest)
    }

    /// The feature of an operation; none where the manifest knows no areas.
    pub(super) fn of_operation(self, action: &str) -> Option<String> {
        let Self(manifest) = self;
        let name = || manifest.area_of(action).map_or(DEFAULT_AREA, |area| &area.name);
        (!manifest.areas.is_empty()).then(|| name().to_owned())
    }

    /// The feature that all of these operations have; none where they have several, or there are none.
    pub(super) fn of_all(self, actions: &[String]) -> Option<String> {
        let (first, others) = actions.split_first()?;
        let area = self.of_operation(first)?;
        let is_same = |action: &String| self.of_operation(action).as_ref() == Some(&area);
        others.iter().all(is_same).then_some(area)
    }
}

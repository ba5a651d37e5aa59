//! Areas of operations, which are the cargo features of a client.

use ccc_spec::manifest::{DEFAULT_AREA, Manifest};

use super::OperationPlan;

/// A group of operations.
#[derive(Clone, Debug)]
pub(crate) struct AreaPlan {
    pub(crate) title: String,
    /// Its cargo feature; `None` if the manifest has no areas.
    pub(crate) feature: Option<String>,
}

/// The areas of a product.
#[derive(Clone, Copy, Debug)]
pub(super) struct Areas<'m>(&'m Manifest);

impl<'m> Areas<'m> {
    pub(super) fn new(manifest: &'m Manifest) -> Self {
        Self(manifest)
    }

    /// Returns the areas that these operations have. The area of all other operations is the last one.
    pub(super) fn in_use(self, operations: &[OperationPlan]) -> Vec<AreaPlan> {
        let Self(manifest) = self;
        let is_used =
            |name: Option<&str>| operations.iter().any(|operation| operation.area.as_deref() == name);
        let named = manifest.areas.iter().filter(|area| is_used(Some(&area.name)));
        let mut areas: Vec<AreaPlan> = named
            .map(|area| AreaPlan { title: area.title.clone(), feature: Some(area.name.clone()) })
            .collect();
        let has = |feature: Option<&str>| areas.iter().any(|area| area.feature.as_deref() == feature);
        let rest = [None, Some(DEFAULT_AREA)].into_iter().find(|rest| is_used(*rest) && !has(*rest));
        areas.extend(
            rest.map(|rest| AreaPlan {
                title: "Other operations".to_owned(),
                feature: rest.map(str::to_owned),
            }),
        );
        areas
    }

    /// Returns the feature of an operation; `None` if the manifest has no areas.
    pub(super) fn feature(self, action: &str) -> Option<String> {
        let Self(manifest) = self;
        let name = || manifest.area_of(action).map_or(DEFAULT_AREA, |area| &area.name);
        (!manifest.areas.is_empty()).then(|| name().to_owned())
    }

    /// Returns the feature that all these operations have; `None` if they have several, or if there are no operations.
    pub(super) fn common_feature(self, actions: &[String]) -> Option<String> {
        let (first, others) = actions.split_first()?;
        let area = self.feature(first)?;
        let is_same = |action: &String| self.feature(action).as_ref() == Some(&area);
        others.iter().all(is_same).then_some(area)
    }
}

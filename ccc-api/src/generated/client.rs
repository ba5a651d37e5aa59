// @generated from the pages below `spec/docs/ccc/2020-07-01` by `cargo xtask regen`. Do not edit.

use super::make_call::MakeCallBuilder;
use crate::Client;

impl Client {
    /// 调用接口MakeCall进行外呼。
    ///
    /// `MakeCall`, CCC 2020-07-01.
    pub fn make_call(&self) -> MakeCallBuilder<Self> {
        MakeCallBuilder::of(self.clone())
    }
}

//! Nobody can match or make one particular undocumented value by its variant.

use ccc_api::response::UnknownValue;
use ccc_api::types::UserState;

fn main() {
    let _ = UserState::Unknown(UnknownValue("LUNCH".into()));
}

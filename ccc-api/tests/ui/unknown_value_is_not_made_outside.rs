//! Undocumented values cannot be matched or made by their variant.

use ccc_api::response::UnknownValue;
use ccc_api::types::UserState;

fn main() {
    let _ = UserState::Unknown(UnknownValue("LUNCH".into()));
}

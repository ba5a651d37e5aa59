//! One read of a real account. It never calls a number.
#![expect(clippy::print_stdout, reason = "it shows what it found")]

use std::process::Command;

/// Needs credentials where the program looks for them (such as `ALIBABA_CLOUD_ACCESS_KEY_ID` and
/// `ALIBABA_CLOUD_ACCESS_KEY_SECRET`), the permission `ccc:GetInstance`, the id of an instance in `CCC_INSTANCE`, and
/// `ALIBABA_CLOUD_REGION_ID` if it is not in cn-shanghai. Run it with
/// `cargo test --package ccc --test real_account -- --ignored --nocapture`.
#[test]
#[ignore = "needs a real account: credentials, and the id of its instance in CCC_INSTANCE"]
fn real_account_passes_the_check() -> Result<(), Box<dyn std::error::Error>> {
    let instance = std::env::var("CCC_INSTANCE")
        .map_err(|_| "set CCC_INSTANCE to the id of a call centre instance that the credentials may read")?;
    let output = Command::new(env!("CARGO_BIN_EXE_ccc"))
        .args(["check", "--instance", &instance, "--output", "table"])
        .output()?;
    println!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "exit code {:?}; the output above says why", output.status.code());
    Ok(())
}

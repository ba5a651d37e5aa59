//! A dry run shows the request without secrets, and sends nothing.

use ccc_api::mock::{ACCESS_KEY_SECRET, MockEndpoint};

use crate::support::Ccc;

const CALL: &str = "MakeCall --InstanceId ccc-test --DeviceId d-1 --Callee 12000000001 --dry-run";

#[tokio::test]
async fn request_is_shown_and_not_sent() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint).run(&format!("{CALL} --output table")).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(0), 0), "{ended:?}");
    let url = format!("POST {}/?Callee=12000000001&DeviceId=d-1&InstanceId=ccc-test\n", endpoint.url());
    for part in [
        &url,
        "x-acs-action: MakeCall\n",
        "\nCanonical request:\nPOST\n",
        "\nString to sign:\nACS3-HMAC-SHA256\n",
    ] {
        assert!(ended.out.contains(part), "{part}: {ended:?}");
    }
    assert!(ended.err.contains("Nothing was sent"), "{ended:?}");
}

#[tokio::test]
async fn secrets_are_hidden() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ccc = Ccc::at(&endpoint)
        .access_key("LTAI5tABCDEFGHIJ", ACCESS_KEY_SECRET)
        .variable("ALIBABA_CLOUD_SECURITY_TOKEN", "STSTOKEN");
    for form in ["table", "json"] {
        let ended = ccc.run(&format!("{CALL} --output {form}")).await;
        assert!(
            ended.out.contains("Credential=LTAI…GHIJ") && ended.out.contains("Signature=[hidden]"),
            "{ended:?}"
        );
        for secret in ["LTAI5tABCDEFGHIJ", ACCESS_KEY_SECRET, "STSTOKEN"] {
            assert!(!ended.out.contains(secret) && !ended.err.contains(secret), "{secret}: {ended:?}");
        }
    }
}

#[tokio::test]
async fn request_is_shown_without_a_signature_where_there_are_no_credentials() {
    let ended = Ccc::bare().run(&format!("{CALL} --output table")).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.starts_with("POST https://ccc.cn-shanghai.aliyuncs.com/?Callee="), "{ended:?}");
    assert!(!ended.out.contains("authorization"), "{ended:?}");
    assert!(ended.err.contains("there are no credentials"), "{ended:?}");
}

#[tokio::test]
async fn role_is_not_taken_on() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let profiles = r#"{"current": "role", "profiles": [{"name": "role", "mode": "RamRoleArn", "access_key_id": "id",
        "access_key_secret": "hush", "ram_role_arn": "acs:ram::1:role/r", "ram_session_name": "s"}]}"#;
    let ended = Ccc::bare().endpoint(endpoint.url()).profiles(profiles).run(CALL).await;
    assert_eq!((ended.code, endpoint.request_count()), (Some(0), 0), "{ended:?}");
    assert!(ended.err.contains("a dry run sends nothing"), "{ended:?}");
}

#[tokio::test]
async fn secret_parameters_are_hidden_everywhere() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let line =
        "ResetUserPassword --InstanceId ccc-test --UserId user-test@ccc-test --Password Hush-4711 --dry-run";
    for form in ["table", "json"] {
        let ended = Ccc::at(&endpoint).run(&format!("{line} --output {form}")).await;
        assert_eq!((ended.code, endpoint.request_count()), (Some(0), 0), "{ended:?}");
        assert!(!ended.out.contains("Hush-4711") && !ended.err.contains("Hush-4711"), "{ended:?}");
        assert_eq!(ended.out.matches("Password=[hidden]").count(), 2, "{ended:?}");
        let note = if form == "table" { "with nothing hidden" } else { "\"CanonicalRequestIsMasked\":true" };
        assert!(ended.out.contains(note), "{ended:?}");
    }
}

#[tokio::test]
async fn undocumented_parameter_is_hidden() {
    let endpoint = MockEndpoint::start().await.unwrap();
    let ended = Ccc::at(&endpoint)
        .run("GetInstance --InstanceId ccc-test --Pasword Hush-4711 --unchecked --dry-run --output table")
        .await;
    assert!(ended.out.contains("Pasword=[hidden]") && !ended.out.contains("Hush-4711"), "{ended:?}");
}

#[tokio::test]
async fn value_that_looks_like_an_access_key_stays() {
    for value in ["none-such", "Signature=x"] {
        let words = ["GetInstance", "--InstanceId", value, "--dry-run", "--output", "table"];
        let ended = Ccc::bare().run_words(&words).await;
        let encoded = value.replace('=', "%3D");
        assert_eq!(ended.out.matches(&format!("InstanceId={encoded}\n")).count(), 2, "{ended:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn command_of_a_profile_is_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let command = format!("sh -c 'echo ran > {}'", trace.display());
    let profiles = serde_json::json!({"current": "outside", "profiles": [
        {"name": "outside", "mode": "External", "process_command": command}]});
    let ended = Ccc::bare().profiles(&profiles.to_string()).run(&format!("{CALL} --output table")).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(!trace.exists() && ended.out.starts_with("POST "), "{ended:?}");
    assert!(ended.err.contains("`process_command` is not run"), "{ended:?}");
}

// @generated from the page `ccc/2020-07-01/MakeCall.md` by `cargo xtask regen`. Do not edit.

use crate::mock::{ErrorDescription, FieldDescription, Kind, OperationDescription};
use crate::types::UserState;

/// `MakeCall` as the local endpoint knows it.
pub static DESCRIPTION: OperationDescription = OperationDescription {
    product: "CCC",
    version: "2020-07-01",
    action: "MakeCall",
    parameters: &[
        FieldDescription { name: "Callee", kind: Kind::String { values: &[] }, required: true },
        FieldDescription { name: "DeviceId", kind: Kind::String { values: &[] }, required: true },
        FieldDescription { name: "InstanceId", kind: Kind::String { values: &[] }, required: true },
        FieldDescription { name: "UserId", kind: Kind::String { values: &[] }, required: false },
        FieldDescription { name: "Caller", kind: Kind::String { values: &[] }, required: false },
        FieldDescription { name: "TimeoutSeconds", kind: Kind::Integer, required: false },
    ],
    answer: &[
        FieldDescription { name: "Code", kind: Kind::String { values: &[] }, required: false },
        FieldDescription { name: "Data", kind: Kind::Structure { fields: &[FieldDescription { name: "CallContext", kind: Kind::Structure { fields: &[FieldDescription { name: "CallType", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "ChannelContexts", kind: Kind::List { element: &Kind::Structure { fields: &[FieldDescription { name: "AssociatedData", kind: Kind::Map { value: &Kind::Json }, required: false }, FieldDescription { name: "CallType", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "ChannelFlags", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "ChannelId", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "ChannelState", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "Destination", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "JobId", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "Originator", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "ReleaseInitiator", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "ReleaseReason", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "Timestamp", kind: Kind::Long, required: false }, FieldDescription { name: "UserExtension", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "UserId", kind: Kind::String { values: &[] }, required: false }] }, wrapper: None, json: false }, required: false }, FieldDescription { name: "InstanceId", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "JobId", kind: Kind::String { values: &[] }, required: false }] }, required: false }, FieldDescription { name: "UserContext", kind: Kind::Structure { fields: &[FieldDescription { name: "BreakCode", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "DeviceId", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "Extension", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "InstanceId", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "JobId", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "OutboundScenario", kind: Kind::Boolean, required: false }, FieldDescription { name: "SignedSkillGroupIdList", kind: Kind::List { element: &Kind::String { values: &[] }, wrapper: None, json: false }, required: false }, FieldDescription { name: "UserId", kind: Kind::String { values: &[] }, required: false }, FieldDescription { name: "UserState", kind: Kind::String { values: UserState::values() }, required: false }, FieldDescription { name: "WorkMode", kind: Kind::String { values: &[] }, required: false }] }, required: false }] }, required: false },
        FieldDescription { name: "HttpStatusCode", kind: Kind::Integer, required: false },
        FieldDescription { name: "Message", kind: Kind::String { values: &[] }, required: false },
        FieldDescription { name: "Params", kind: Kind::List { element: &Kind::String { values: &[] }, wrapper: None, json: false }, required: false },
        FieldDescription { name: "RequestId", kind: Kind::String { values: &[] }, required: false },
    ],
    errors: &[
        ErrorDescription { status: Some(404), code: "NotExists.UserId", message: "The user %s does not exist in instance %s." },
        ErrorDescription { status: Some(404), code: "NotExists.InstanceId", message: "The specified instance %s does not exist." },
        ErrorDescription { status: Some(400), code: "UserBusy", message: "The user %s you called was busy. Please try again later." },
        ErrorDescription { status: Some(404), code: "NotExists.Extension", message: "No available extension number exists." },
    ],
    sample_json: r##"{
	"RequestId": "26A34338-5CD9-4C95-A7A6-5BDCE76C6B94",
	"Message": "无",
	"HttpStatusCode": "200",
	"Params": "无",
	"Data": {
		"UserContext": {
			"Extension": "80011474",
			"UserState": "READY",
			"InstanceId": "ccc-test",
			"UserId": "user-test@ccc-test",
			"DeviceId": "ACC-YUNBS-1.0.10-bsd87c04aaa8f7000176ad354b1c",
			"BreakCode": "Warm-up",
			"OutboundScenario": "false",
			"WorkMode": "ON_SITE",
			"JobId": "job-65700074013925376",
			"SignedSkillGroupIdList": "[\"skill-group@ccc-test\"]"
		},
		"CallContext": {
			"InstanceId": "ccc-test",
			"CallType": "OUTBOUND",
			"JobId": "job-65700074013925376",
			"ChannelContexts": [{
				"Destination": "80011474",
				"ChannelState": "NONE",
				"ReleaseInitiator": "无",
				"CallType": "OUTBOUND",
				"AssociatedData": "无",
				"ChannelId": "ch:user:1318888888->80011474:1609225718294:job-65700074013925376",
				"Timestamp": "1609225718295",
				"ReleaseReason": "无",
				"Originator": "13188888888",
				"ChannelFlags": "[]",
				"UserId": "user-test@ccc-test",
				"UserExtension": "80011474",
				"JobId": "job-65700074013925376"
			}]
		}
	},
	"Code": "OK"
}"##,
};

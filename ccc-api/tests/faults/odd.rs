//! Responses that are written in an odd way, and the outcome that they mean.

use crate::ledger::Fate;

/// A response, and whether it means that nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Odd {
    pub(crate) status: u16,
    pub(crate) body: &'static str,
    pub(crate) fate: Fate,
}

const fn done(status: u16, body: &'static str) -> Odd {
    Odd { status, body, fate: Fate::CarriedOut }
}

const fn refused(status: u16, body: &'static str) -> Odd {
    Odd { status, body, fate: Fate::Refused }
}

pub(crate) const ODD: [Odd; 27] = [
    done(200, r#"{"Code":"","Data":{"CallContext":{"JobId":"j"}}}"#),
    done(200, r#"{"code":"ok","data":{"callContext":{"jobId":"j"}}}"#),
    done(200, r#"{"Code":0,"Data":{"CallContext":{"JobId":"j"}}}"#),
    done(200, r#"{"Code":"Wonderful","Data":{"CallContext":{"JobId":"j"}}}"#),
    done(200, r#"{"Code":"Wonderful","RequestId":"R"}"#),
    done(200, r#"{"Code":42,"RequestId":"R"}"#),
    done(200, r#"{"Code":"UserBusy","Data":{"CallContext":{"JobId":"j"}}}"#),
    done(400, r#"{"Code":"Throttling.User","Data":{"CallContext":{"JobId":"j"}}}"#),
    done(400, r#"{"Code":"InvalidTimeStamp.Expired","Data":"{\"JobId\":\"j\"}"}"#),
    done(400, r#"{"Code":"OK","Data":{"CallContext":{"JobId":"j"}}}"#),
    done(400, r#"{"Data":{"CallContext":{"JobId":"j"}}}"#),
    done(200, r#"{"Success":false,"Data":{"CallContext":{"JobId":"j"}}}"#),
    done(200, r#"{"Success":true,"Code":"UserBusy"}"#),
    done(407, r#"{"Data":{"CallContext":{"JobId":"j"}}}"#),
    done(200, r#"{"Message":"m","HttpStatusCode":200,"Params":["p"]}"#),
    done(200, "{}"),
    done(200, r#"{"Code":"OK","HttpStatusCode":NaN,"Data":{"CallContext":{"JobId":"j"}},}"#),
    done(200, "<MakeCallResponse><Code>Fine</Code><Data><ContextId>1</ContextId></Data></MakeCallResponse>"),
    done(500, "<Error><Code>InternalError</Code></Error>"),
    refused(200, r#"{"code":"UserBusy","message":"m","requestId":"R"}"#),
    refused(400, r#"{"code":"UserBusy","message":"m","requestId":"R"}"#),
    refused(200, r#"{"code":"Throttling.User","requestId":"R"}"#),
    refused(429, r#"{"CODE":"Throttling","Data":{}}"#),
    refused(200, r#"{"Success":false,"ErrorCode":"UserBusy","Data":null}"#),
    refused(400, "<?xml version='1.0'?><Error><Code>Throttling.User</Code><RequestId>R</RequestId></Error>"),
    refused(400, "<Error><Code>UserBusy</Code></Error>"),
    refused(407, "<html>who are you?</html>"),
];

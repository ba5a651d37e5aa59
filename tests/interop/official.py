"""Makes calls with the official Python clients, set up as documented, and returns outcomes that can be compared."""

import loopback  # noqa: F401  comes first: it allows no proxies and only 127.0.0.1

import json
import logging
import traceback

from alibabacloud_ccc20200701.client import Client
from alibabacloud_ccc20200701.models import MakeCallRequest
from alibabacloud_tea_openapi.utils_models import Config
from aliyunsdkcore.acs_exception.exceptions import ClientException, ServerException
from aliyunsdkcore.auth.credentials import AccessKeyCredential, StsTokenCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.request import CommonRequest

from outcome import Outcome

ACCESS_KEY_ID = "testid"
ACCESS_KEY_SECRET = "testsecret"
CALL = {"Callee": "13188888888", "DeviceId": "desk-1", "InstanceId": "ccc-test"}


class Log(logging.Handler):
    """Collects warnings and errors that the clients log, which Python prints unless an application prevents it."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.text = ""

    def emit(self, record):
        self.text += self.format(record) + "\n"


def acs3(port, call=CALL, security_token=None, timeout=None, **settings):
    """Calls with alibabacloud_ccc20200701, which signs with ACS3. By default it makes one attempt, with 5 s to connect
    and 10 s to read."""
    config = Config(
        access_key_id=ACCESS_KEY_ID,
        access_key_secret=ACCESS_KEY_SECRET,
        security_token=security_token,
        endpoint=f"127.0.0.1:{port}",
        protocol="http",
        read_timeout=timeout,
        **settings,
    )

    def make_call():
        answer = Client(config).make_call(MakeCallRequest().from_map(call))
        body = answer.body
        job = body.data and body.data.call_context and body.data.call_context.job_id
        return Outcome(placed(job), body.code, answer.status_code, body.request_id)

    return outcome_of(make_call, code="code", status="status_code", request_id="request_id")


def v1(port, call=CALL, security_token=None, timeout=None, method="POST", form=False):
    """Calls with aliyun-python-sdk-core, which signs with version 1.0. By default it retries the operations of a built-in
    list, which has none of Call Center, with 5 s to connect and 10 s to read."""
    if security_token is None:
        credential = AccessKeyCredential(ACCESS_KEY_ID, ACCESS_KEY_SECRET)
    else:
        credential = StsTokenCredential(ACCESS_KEY_ID, ACCESS_KEY_SECRET, security_token)
    client = AcsClient(credential=credential, port=port, timeout=timeout and timeout / 1000)
    request = CommonRequest("127.0.0.1", "2020-07-01", "MakeCall", product="CCC")
    request.set_protocol_type("http")
    request.set_method(method)
    for name, value in call.items():
        (request.add_body_params if form else request.add_query_param)(name, value)

    def make_call():
        # It returns only the body, without the status.
        body = json.loads(client.do_action_with_exception(request))
        job = body.get("Data", {}).get("CallContext", {}).get("JobId")
        return Outcome(placed(job), body.get("Code"), None, body.get("RequestId"))

    return outcome_of(make_call, code="error_code", status="http_status", request_id="request_id")


def outcome_of(make_call, code, status, request_id):
    """Returns the outcome of a call. For an exception, it has the attributes with these names."""
    log = Log()
    logging.getLogger().addHandler(log)
    try:
        return make_call()
    except Exception as error:
        return Outcome(
            result=kind(error),
            code=getattr(error, code, None),
            status=getattr(error, status, None),
            request_id=getattr(error, request_id, None),
            shown=log.text + "".join(traceback.format_exception(error)),
        )
    finally:
        logging.getLogger().removeHandler(log)


def placed(job):
    return f"placed {job}" if job else "success without a job"


def kind(error):
    """Returns the class of an exception, and of the one inside it."""
    inner = getattr(error, "inner_exception", None)
    return type(error).__name__ + (f"({type(inner).__name__})" if inner else "")

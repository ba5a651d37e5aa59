"""The behaviours of a server that gets a MakeCall, each with a name."""

import gzip
import json
from dataclasses import dataclass

import documented
from server import Reply

LIMIT = 500  # milliseconds: the time limit of every client where a behaviour keeps it waiting

PLACED = json.dumps(
    {"Code": "OK", "HttpStatusCode": 200, "RequestId": "R-BODY", "Data": {"CallContext": {"JobId": "job-1"}}}
)
HTML = "<html><body>Bad gateway</body></html>"
REQUEST_ID = ("x-acs-request-id: R-HEAD",)


@dataclass(frozen=True)
class Behaviour:
    name: str
    # What the server does. It gets the port of a second server, to which it may redirect.
    reply: object
    limit: int | None = None  # the time limit for this one, in milliseconds
    connects: bool = True  # False: nobody listens


def response(status, body="", headers=REQUEST_ID, content_type="application/json;charset=utf-8", length=None):
    body = body if isinstance(body, bytes) else body.encode()
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def refusal(status, code, message, headers=REQUEST_ID):
    body = json.dumps({"Code": code, "Message": message, "RequestId": "R-BODY"})
    return response(status, body, headers)


def fixed(*arguments, **named):
    """The same reply to every request, without a second server."""
    return lambda elsewhere: Reply(*arguments, **named)


def redirection(status):
    def reply(elsewhere):
        location = f"Location: http://127.0.0.1:{elsewhere}/?moved=1"
        return Reply(response(status, headers=(*REQUEST_ID, location)))

    return reply


def responses():
    yield Behaviour("success", fixed(response("200 OK", PLACED)))
    for error in documented.operation()["errors"]:
        body = json.dumps(documented.error_body(error))
        name = f"documented: {error['code']}"
        yield Behaviour(name, fixed(response(f"{error['status']} Refused", body)))
        yield Behaviour(f"{name}, with HTTP 200", fixed(response("200 OK", body)))
    yield Behaviour(
        "an undocumented error", fixed(refusal("400 Bad Request", "Brand.New", "Something new."))
    )
    xml = "<Error><Code>UserBusy</Code><Message>Busy.</Message><RequestId>R-BODY</RequestId></Error>"
    yield Behaviour(
        "an error in XML", fixed(response("400 Bad Request", xml, content_type="text/xml;charset=utf-8"))
    )
    yield Behaviour(
        "a failure of the service",
        fixed(refusal("500 Internal Server Error", "InternalError", "The request processing has failed.")),
    )


def odd_responses():
    job = '"Data": {"CallContext": {"JobId": "job-1"}}'
    refusal_in_lower_case = '{"code": "UserBusy", "message": "Busy.", "requestId": "R-BODY"}'
    for name, status, body in [
        ("a refusal in lower case, with HTTP 200", "200 OK", refusal_in_lower_case),
        ("a refusal in lower case, with HTTP 400", "400 Bad Request", refusal_in_lower_case),
        ("throttling in lower case, with HTTP 200", "200 OK", '{"code": "Throttling.User", "message": "Slow."}'),
        ("success with an empty code", "200 OK", f'{{"Code": "", {job}}}'),
        ("success in another spelling", "200 OK", f'{{"Code": "success", {job}}}'),
        ("success as a number", "200 OK", f'{{"Code": 0, {job}}}'),
        ("data with an unknown code", "200 OK", f'{{"Code": "Wonderful", {job}}}'),
        ("data with a refusal", "400 Bad Request", f'{{"Code": "UserBusy", {job}}}'),
        ("an object that is not a response", "200 OK", '{"Message": "m", "HttpStatusCode": 200}'),
        ("success that is false", "200 OK", '{"Success": false, "ErrorCode": "UserBusy", "RequestId": "R-BODY"}'),
        ("not a number in a side field", "200 OK", f'{{"Code": "OK", {job}, "HttpStatusCode": NaN}}'),
        ("one comma too many", "200 OK", f'{{"Code": "OK", {job}, "Params": ["p",]}}'),
    ]:
        yield Behaviour(name, fixed(response(status, body)))
    xml = "<Error><Code>Throttling.User</Code><Message>Slow.</Message><RequestId>R-BODY</RequestId></Error>"
    yield Behaviour(
        "throttling in XML", fixed(response("400 Bad Request", xml, content_type="text/xml;charset=utf-8"))
    )
    yield Behaviour(
        "a proxy that requires a password",
        fixed(response("407 Proxy Authentication Required", HTML, (), content_type="text/html")),
    )


def throttling():
    told = (*REQUEST_ID, "x-acs-retry-after: 50")
    message = "Request was denied due to user flow control."
    for status, code in [
        ("400 Bad Request", "Throttling"),
        ("429 Too Many Requests", "Throttling.User"),
        ("503 Service Unavailable", "Throttling.Api"),
    ]:
        yield Behaviour(f"{code} with HTTP {status[:3]}", fixed(refusal(status, code, message, told)))
    yield Behaviour(
        "HTML with HTTP 429", fixed(response("429 Too Many Requests", HTML, content_type="text/html"))
    )


def gateways():
    yield Behaviour("HTML with HTTP 502", fixed(response("502 Bad Gateway", HTML, content_type="text/html")))
    yield Behaviour("HTML with HTTP 200", fixed(response("200 OK", HTML, content_type="text/html")))
    yield Behaviour("no body with HTTP 503", fixed(response("503 Service Unavailable")))
    yield Behaviour("no body with HTTP 200", fixed(response("200 OK")))
    packed = gzip.compress(PLACED.encode(), mtime=0)
    headers = (*REQUEST_ID, "Content-Encoding: gzip")
    yield Behaviour("success, compressed although not requested", fixed(response("200 OK", packed, headers)))
    for status in ("414 URI Too Long", "431 Request Header Fields Too Large"):
        yield Behaviour(f"HTML with HTTP {status[:3]}", fixed(response(status, HTML, content_type="text/html")))
    for status in ("302 Found", "307 Temporary Redirect"):
        yield Behaviour(f"redirection with HTTP {status[:3]}", redirection(status))


def broken_responses():
    half = PLACED[: len(PLACED) // 2]
    yield Behaviour("half of the JSON", fixed(response("200 OK", half)))
    yield Behaviour(
        "closed within the body", fixed(response("200 OK", half, length=len(PLACED)), then="close")
    )
    yield Behaviour(
        "closed when the JSON seems complete",
        fixed(response("200 OK", PLACED, length=len(PLACED) + 1), then="close"),
    )
    yield Behaviour(
        "reset within the body", fixed(response("200 OK", half, length=len(PLACED)), then="reset")
    )
    yield Behaviour("not HTTP", fixed(b"220 ready\r\n", then="close"))


def broken_connections():
    yield Behaviour("nobody listens", None, connects=False)
    yield Behaviour("closed without a response", fixed(then="close"))
    yield Behaviour("reset without a response", fixed(then="reset"))
    yield Behaviour("no response in time", fixed(then="silence"), limit=LIMIT)
    yield Behaviour(
        "half of the response, then silence",
        fixed(response("200 OK", PLACED[:20], length=len(PLACED)), then="silence"),
        limit=LIMIT,
    )
    # Each piece comes within the limit, but the whole response does not.
    slow = response("200 OK", PLACED)
    yield Behaviour("a response in slow pieces", fixed(slow, pieces=60, pause=0.6 * LIMIT / 1000), limit=LIMIT)


BEHAVIOURS = [*responses(), *odd_responses(), *throttling(), *gateways(), *broken_responses(), *broken_connections()]

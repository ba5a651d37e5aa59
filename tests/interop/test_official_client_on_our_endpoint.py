"""Places calls with the official clients on the local endpoint, which checks their signatures. The clients understand its
responses."""

import unittest

import documented
import official
from programs import Endpoint

CALL = {
    "Callee": "13188888888",
    "Caller": "0109898989",
    "DeviceId": "desk 1+2/~*'%41&=中文 ☎",
    "InstanceId": "ccc-test",
    "TimeoutSeconds": 60,
    "UserId": "user-test@ccc-test",
}
BUSY = "10000000486"
TOKENS = {"permanent": None, "temporary": "STSTOKEN"}


def every_client():
    """Lists each way in which an official client signs and sends, with a name and a function that places a call."""
    for kind, token in TOKENS.items():
        yield f"ACS3, {kind}", lambda port, call, token=token: official.acs3(port, call, token)
        # What alibabacloud_tea_openapi calls v2 is version 1.0.
        yield f"1.0 by the new client, {kind}", lambda port, call, token=token: official.acs3(
            port, call, token, signature_algorithm="v2"
        )
        for method, form in (("POST", False), ("POST", True), ("GET", False)):
            name = f"1.0, {method}, {'form' if form else 'query'}, {kind}"
            yield name, lambda port, call, token=token, method=method, form=form: official.v1(
                port, call, token, method=method, form=form
            )


class OfficialClientOnOurEndpoint(unittest.TestCase):
    def on_endpoint(self, check, call, *arguments):
        for name, place in every_client():
            with self.subTest(name), Endpoint(*arguments) as endpoint:
                check(place(endpoint.port, call))

    def test_call_is_placed(self):
        def check(outcome):
            self.assertRegex(outcome.result, r"^placed job-\d+$", outcome.shown)
            self.assertEqual(outcome.code, "OK")
            self.assertRegex(outcome.request_id, r"^[0-9A-F-]{36}$")

        self.on_endpoint(check, CALL)

    def test_one_client_places_calls_one_after_another(self):
        for name, place in every_client():
            with self.subTest(name), Endpoint() as endpoint:
                jobs = {place(endpoint.port, CALL).result for _ in range(3)}
                self.assertEqual(len(jobs), 3, jobs)

    def test_documented_errors_are_reported(self):
        conditions = {
            "NotExists.InstanceId": ({**CALL, "InstanceId": "nowhere"}, ()),
            "NotExists.UserId": ({**CALL, "UserId": "nobody"}, ()),
            "UserBusy": ({**CALL, "Callee": BUSY}, ()),
            "NotExists.Extension": (CALL, ("--extensions", "0")),
        }
        errors = documented.operation()["errors"]
        self.assertEqual({error["code"] for error in errors}, set(conditions))
        for error in errors:
            call, arguments = conditions[error["code"]]
            self.on_endpoint(
                lambda outcome, error=error: self.assertEqual(
                    (outcome.code, outcome.status), (error["code"], error["status"]), outcome.shown
                ),
                call,
                *arguments,
            )

    def test_missing_parameter_is_reported(self):
        call = {name: value for name, value in CALL.items() if name != "DeviceId"}
        self.on_endpoint(lambda outcome: self.assertEqual(outcome.code, "Parameter.Null", outcome.shown), call)

    def test_wrong_secret_is_reported(self):
        right = official.ACCESS_KEY_SECRET
        official.ACCESS_KEY_SECRET = "wrong"
        try:
            for name, place in every_client():
                with self.subTest(name), Endpoint() as endpoint:
                    # The older client compares the strings to sign, and reports that the secret is wrong.
                    self.assertIn(
                        place(endpoint.port, CALL).code, ("SignatureDoesNotMatch", "InvalidAccessKeySecret")
                    )
        finally:
            official.ACCESS_KEY_SECRET = right

    def test_wrong_token_is_reported(self):
        with Endpoint() as endpoint:
            for place in (official.acs3, official.v1):
                outcome = place(endpoint.port, CALL, "another")
                self.assertEqual(outcome.code, "InvalidSecurityToken.Malformed", outcome.shown)

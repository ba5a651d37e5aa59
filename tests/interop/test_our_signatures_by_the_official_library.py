"""Calls a server that checks our client's signatures with the official libraries' own functions."""

import json
import random
import unittest
from dataclasses import replace

import official
import signatures
from alibabacloud_tea_openapi.utils import Utils
from behaviours import PLACED, response
from programs import Caller
from server import Reply, Server

SEED = 20200701
STRANGE = [
    "",
    " ",
    "  two  ",
    "+",
    "a+b c",
    "~-_.",
    "*'()!",
    "%",
    "%41",
    "%2B%20",
    "a&b=c;d?e#f/g\\h",
    "\"quoted\" 'too'",
    "中文号码",
    "é e\u0301 ☎ 😀",
    "\u00a0\u2028\ufeff",
    "line\nbreak\r\n\ttab",
    "\x01\x7f",
    "x" * 4000,
    "<xml/>",
    '{"json":["中"]}',
]
SHAPES = [
    {"Skill": ["one", "two words", "", "+3"]},
    {"Tag": [{"Key": "k 1", "Value": "~*"}, {"Key": "k2", "Value": ""}]},
    {"Context": {"Inner": {"Deep": "中"}, "Other": "c"}},
    {"List": [str(number) for number in range(1, 25)]},
    {"a": "1", "A": "2", "a.b": "3", "a-b": "4", "aB": "5", "a_b": "6", "~": "7"},
    {"Action1": "x", "Versions": "y", "signature": "z"},
]
STRANGE_NAMES = {"a b": "1", "中": "2", "é~+": "3", "a": {"b c": "4", "%41": ["5", "6"]}}


WAYS = [
    {"signature": signature, "method": method, "security_token": token}
    for signature in ("ACS3", "1.0")
    for method in ("POST", "GET")
    for token in (None, "STS/TOKEN+a==")
]


class Judge(Server):
    """Responds with success if the official functions accept the signature, else with the reason."""

    def __init__(self):
        super().__init__(self._judge)
        self.parameters = None

    def _judge(self, request):
        try:
            self.parameters = signatures.check(request, official.ACCESS_KEY_ID, official.ACCESS_KEY_SECRET)
            return Reply(response("200 OK", PLACED))
        except Exception as error:
            body = json.dumps({"Code": "SignatureDoesNotMatch", "Message": f"{type(error).__name__}: {error}"})
            return Reply(response("400 Bad Request", body))


class OurSignatures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.caller = cls.enterClassContext(Caller())
        cls.judge = cls.enterClassContext(Judge())

    def send(self, parameters, way):
        return self.caller.send(endpoint=f"http://127.0.0.1:{self.judge.port}", parameters=parameters, **way)

    def accepted(self, parameters, ways=WAYS):
        """Sends the parameters in every way. The server must accept the signature and get all of them."""
        for way in ways:
            with self.subTest(**way):
                told = self.send(parameters, way)
                self.assertEqual(told.get("placed"), "job-1", told.get("shown"))
                # They must be flattened as the official client does it.
                for name, value in Utils.query(parameters).items():
                    self.assertEqual(self.judge.parameters.get(name), value, name)

    def test_strange_values(self):
        self.accepted({f"P{number}": value for number, value in enumerate(STRANGE)})

    def test_each_strange_value_alone(self):
        for value in STRANGE:
            self.accepted({"Callee": value})

    def test_lists_and_structures(self):
        for parameters in SHAPES:
            self.accepted(parameters)

    def test_strange_names(self):
        # Only with version 1.0: for ACS3 the official client signs unencoded names and sends encoded ones, so it cannot
        # send these.
        self.accepted(STRANGE_NAMES, [way for way in WAYS if way["signature"] == "1.0"])

    def test_no_parameters(self):
        self.accepted({})

    def test_random_values(self):
        random_source = random.Random(SEED)
        letters = "aZ09-_.~ +*%&=/?#'\"\\\n\t中é☎😀"
        for _ in range(40):
            parameters = {}
            for _ in range(random_source.randint(1, 8)):
                name = "".join(random_source.choices("abcXYZ019_-", k=random_source.randint(1, 6)))
                texts = ["".join(random_source.choices(letters, k=random_source.randint(0, 12))) for _ in range(3)]
                parameters[name] = random_source.choice([texts[0], texts, {"Key": texts[1]}])
            self.accepted(parameters)

    def test_wrong_signature_is_refused(self):
        """Tests the judge: it refuses a request that was signed with another secret, or changed on the way."""
        for way in WAYS:
            with self.subTest(**way):
                self.send({"Callee": "1"}, way)
                request = self.judge.requests[-1]
                signatures.check(request, official.ACCESS_KEY_ID, official.ACCESS_KEY_SECRET)
                changed = replace(
                    request,
                    target=request.target.replace("Callee=1", "Callee=2"),
                    body=request.body.replace(b"Callee=1", b"Callee=2"),
                )
                self.assertNotEqual(request, changed)
                for forged, secret in [(request, "another secret"), (changed, official.ACCESS_KEY_SECRET)]:
                    with self.assertRaises(signatures.Refused):
                        signatures.check(forged, official.ACCESS_KEY_ID, secret)

"""What the page of MakeCall says, read from the spec, so that no error is typed in a second time."""

import json
from pathlib import Path

SPEC = Path(__file__).parents[2] / "spec/ir/ccc/2020-07-01/MakeCall.json"


def operation():
    return json.loads(SPEC.read_text())


def error_body(error):
    """A documented error as the service sends it, the `%s` of its message filled in."""
    arguments = [argument(before) for before in error["message"].split("%s")[:-1]]
    return {
        "Code": error["code"],
        "Message": error["message"] % tuple(arguments),
        "Params": arguments,
        "RequestId": "R-BODY",
        "HttpStatusCode": error["status"],
    }


def argument(before):
    """What stands in a message after these words: the instance, or, as the service has it for a busy user, the callee."""
    return "ccc-test" if before.endswith("instance ") else "13188888888"

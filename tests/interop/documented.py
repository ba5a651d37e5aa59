"""What the pages say, read from the spec, so that nothing is typed in a second time."""

import json
from pathlib import Path

SPEC = Path(__file__).parents[2] / "spec/ir/ccc/2020-07-01"


def operation(action="MakeCall"):
    return json.loads((SPEC / f"{action}.json").read_text())


def operations():
    """Every operation by its name."""
    return {path.stem: operation(path.stem) for path in sorted(SPEC.glob("*.json"))}


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


def required_parameters(operation):
    """The parameters that a request must have, with the texts that the page shows."""
    return {field["name"]: shown(field) for field in operation["request"] if field.get("required")}


def shown_parameters(operation):
    """The parameters of which the page shows a value, required or not."""
    return {field["name"]: shown(field) for field in operation["request"] if "sample" in field}


def shown(field):
    """What the page shows of a parameter; of a number that is older than its range, the nearest one within."""
    text, bounds = field["sample"], field.get("range", {})
    if "min" in bounds and int(text) < bounds["min"]:
        return str(bounds["min"])
    if "max" in bounds and int(text) > bounds["max"]:
        return str(bounds["max"])
    return text


def response_sample(operation):
    """The response in JSON that the page shows."""
    [lines] = [sample["lines"] for sample in operation["samples"]["responses"] if sample["format"] == "JSON"]
    return json.loads("\n".join(lines))

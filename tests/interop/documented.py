"""Reads what the pages say from the spec, so that nothing is written twice."""

import json
from pathlib import Path

SPEC = Path(__file__).parents[2] / "spec/ir/ccc/2020-07-01"


def operation(action="MakeCall"):
    return json.loads((SPEC / f"{action}.json").read_text())


def operations():
    """Returns every operation by its name."""
    return {path.stem: operation(path.stem) for path in sorted(SPEC.glob("*.json"))}


def error_body(error):
    """Returns a documented error as the service sends it, with arguments for the `%s` of its message."""
    arguments = [argument(before) for before in error["message"].split("%s")[:-1]]
    return {
        "Code": error["code"],
        "Message": error["message"] % tuple(arguments),
        "Params": arguments,
        "RequestId": "R-BODY",
        "HttpStatusCode": error["status"],
    }


def argument(before):
    """Returns the argument after these words of a message: the instance, or, as for a busy user, the callee."""
    return "ccc-test" if before.endswith("instance ") else "13188888888"


def required_parameters(operation):
    """Returns the required parameters, with the texts of the page's samples."""
    return {field["name"]: sample_text(field) for field in operation["request"] if field.get("required")}


def sampled_parameters(operation):
    """Returns all parameters for which the page has a sample."""
    return {field["name"]: sample_text(field) for field in operation["request"] if "sample" in field}


def sample_text(field):
    """Returns the sample of a parameter. A number outside its documented range becomes the nearest one within."""
    text, bounds = field["sample"], field.get("range", {})
    if "min" in bounds and int(text) < bounds["min"]:
        return str(bounds["min"])
    if "max" in bounds and int(text) > bounds["max"]:
        return str(bounds["max"])
    return text


def response_sample(operation):
    """Returns the page's sample of the response in JSON."""
    [lines] = [sample["lines"] for sample in operation["samples"]["responses"] if sample["format"] == "JSON"]
    return json.loads("\n".join(lines))

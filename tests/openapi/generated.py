"""The document of `cargo xtask openapi`, and the client that openapi-python-client made of it.

`.ci/openapi` makes both, and says in the environment where they are.
"""

import importlib
import json
import os
import pkgutil
import sys
import typing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "interop"))

import loopback  # noqa: E402,F401  first of all: no proxies, nothing but 127.0.0.1

from openapi_schema_validator import OAS31Validator  # noqa: E402

from acs3 import Acs3  # noqa: E402
from programs import Endpoint  # noqa: E402,F401  for the tests

GENERATED = Path(os.environ["CCC_OPENAPI_CLIENT"])
sys.path.insert(0, str(GENERATED.parent))
client = importlib.import_module(GENERATED.name)
api = importlib.import_module(f"{GENERATED.name}.api")
Refusal = importlib.import_module(f"{GENERATED.name}.models").Refusal

DOCUMENT = json.loads(Path(os.environ["CCC_OPENAPI_DOCUMENT"]).read_text())
KEY_ID, SECRET = "testid", "testsecret"


def client_of(endpoint, secret=SECRET):
    """The generated client of an endpoint; a context."""
    url = f"http://127.0.0.1:{endpoint.port}"
    return client.Client(base_url=url, httpx_args={"auth": Acs3(KEY_ID, secret)})


def modules():
    """The module of each operation, by the operation's name."""
    plain = {operation["operationId"].lower(): operation["operationId"] for operation in operations()}
    found = {}
    for package in pkgutil.iter_modules(api.__path__):
        area = importlib.import_module(f"{api.__name__}.{package.name}")
        for module in pkgutil.iter_modules(area.__path__):
            name = plain[module.name.replace("_", "")]
            found[name] = importlib.import_module(f"{area.__name__}.{module.name}")
    return found


def operations():
    return [path["post"] for path in DOCUMENT["paths"].values()]


def example(schema):
    """A value of a parameter: the one that the document shows, else one of its type."""
    plain = {"string": "text", "integer": schema.get("minimum", 1), "number": 1.5, "boolean": True}
    if "$ref" in schema:
        target = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        plain["string"] = target.get("x-extensible-enum", ["text"])[0]
        schema = {"type": "string", **schema}
    if "contentSchema" in schema:
        plain["string"] = {"array": "[]"}.get(schema["contentSchema"].get("type"), "{}")
    return schema.get("examples", [plain[schema["type"]]])[0]


def arguments(operation, module):
    """Everything that the method asks for, under the names that the generator gave."""
    hints = typing.get_type_hints(module.sync_detailed)
    names = {name.replace("_", ""): name for name in hints}
    given = {}
    for parameter in operation["parameters"]:
        if parameter.get("in") == "query" and parameter.get("required"):
            given[names[parameter["name"].lower()]] = example(parameter["schema"])
    if "requestBody" in operation:
        [media] = operation["requestBody"]["content"].values()
        form = media["schema"]
        required = {name: example(form["properties"][name]) for name in form.get("required", [])}
        [model] = [kind for kind in typing.get_args(hints["body"]) or [hints["body"]] if hasattr(kind, "from_dict")]
        given["body"] = model.from_dict(required)
    return given


def misfits(operation, body):
    """What of a response is not as the document says, and what it does not speak of."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": DOCUMENT["components"]}
    wrong = [f"{error.json_path}: {error.message}" for error in OAS31Validator(whole).iter_errors(body)]
    return wrong + [f"{path} is not described" for path in undescribed(schema, body, "$")]


def undescribed(schema, value, path):
    if "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(value, list):
        for element in value:
            yield from undescribed(schema.get("items", {}), element, f"{path}[]")
    elif isinstance(value, dict) and "additionalProperties" in schema:
        for element in value.values():
            yield from undescribed(schema["additionalProperties"], element, f"{path}{{}}")
    elif isinstance(value, dict) and "properties" in schema:
        for name, member in value.items():
            if name in schema["properties"]:
                yield from undescribed(schema["properties"][name], member, f"{path}.{name}")
            else:
                yield f"{path}.{name}"


def count(value):
    """How many values there are in a response."""
    if isinstance(value, dict):
        return sum(map(count, value.values()))
    if isinstance(value, list):
        return sum(map(count, value))
    return 1

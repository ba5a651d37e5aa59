"""Calls any operation with the official client, and returns the response and what its models read from it."""

import loopback  # noqa: F401  comes first: it allows no proxies and only 127.0.0.1

import copy
import inspect
import json
import typing
from dataclasses import dataclass

from alibabacloud_ccc20200701 import models
from alibabacloud_ccc20200701.client import Client
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.model import DaraModel

from official import ACCESS_KEY_ID, ACCESS_KEY_SECRET


@dataclass(frozen=True)
class Answer:
    """A call that got a response."""

    query: dict  # the parameters as they were sent
    form: dict
    came: dict  # the response as JSON
    read: dict  # the response as the models write it back
    misfits: list  # values that are not of the type that the models state


class Recorder(Client):
    """The official client, which records what it sent and what it got."""

    def call_api(self, params, request, runtime):
        self.sent = request
        answer = super().call_api(params, request, runtime)
        self.came = copy.deepcopy(answer["body"])
        return answer


class Official:
    """Calls an endpoint with the official client."""

    def __init__(self, port):
        self._client = Recorder(
            Config(
                access_key_id=ACCESS_KEY_ID,
                access_key_secret=ACCESS_KEY_SECRET,
                endpoint=f"127.0.0.1:{port}",
                protocol="http",
            )
        )
        self._methods = methods()

    def call(self, action, texts):
        """Sends an operation; `texts` are its parameters as in pages."""
        model = getattr(models, f"{action}Request")
        stated = {name.replace("_", ""): kind for name, kind in typing.get_type_hints(model.__init__).items()}
        parameters = {
            name: text if stated[name.lower()] is str else json.loads(text) for name, text in texts.items()
        }
        request = model().from_map(parameters)
        body = self._methods[action](self._client, request).body
        return Answer(
            query=as_texts(self._client.sent.query),
            form=as_texts(self._client.sent.body),
            came=self._client.came,
            read=body.to_map(),
            misfits=list(misfits(body, "")),
        )


def as_texts(parameters):
    """Returns parameters as the official client sends them."""
    return {name: str(value) for name, value in (parameters or {}).items()}


def methods():
    """Returns the method of each operation, without the client's methods for requests of any kind."""
    found = {}
    for name, method in inspect.getmembers(Client, inspect.isfunction):
        request = inspect.signature(method).parameters.get("request")
        is_of_models = request is not None and request.annotation.startswith("main_models.")
        if is_of_models and not name.endswith(("_async", "_with_options")):
            found[request.annotation.removeprefix("main_models.").removesuffix("Request")] = method
    return found


def misfits(model, prefix):
    """Lists the fields of a model whose values are of another type than the model states."""
    for name, stated in typing.get_type_hints(type(model).__init__).items():
        value = getattr(model, name)
        if value is not None:
            yield from misfit(value, stated, f"{prefix}{name}")


def misfit(value, stated, path):
    kind, of = typing.get_origin(stated), typing.get_args(stated)
    if kind is list and isinstance(value, list):
        for index, element in enumerate(value):
            yield from misfit(element, of[0], f"{path}[{index}]")
    elif kind is dict and isinstance(value, dict):
        for key, element in value.items():
            yield from misfit(element, of[1], f"{path}.{key}")
    elif inspect.isclass(stated) and issubclass(stated, DaraModel) and isinstance(value, stated):
        yield from misfits(value, f"{path}.")
    elif not (stated is typing.Any or type(value) is stated or (stated is float and type(value) is int)):
        yield f"{path} is {value!r}, not of the type {stated}"

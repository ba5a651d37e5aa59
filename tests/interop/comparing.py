"""Compares a response with what a client read from it."""

import json
import re
import time

NEAR = 3_600_000  # milliseconds: times this close to now count as made up by the endpoint
NOTHING = (None, [], {})  # values that models have for absent fields
NOTHING_IN_XML = (*NOTHING, "")


def is_equal(expected, found):
    return type(expected) is type(found) and expected == found


def is_same(expected, found):
    """Whether two values are equal, or the first is a text with the second in it: pages differ in what is a number."""
    if isinstance(expected, str) and not isinstance(found, str):
        try:
            expected = json.loads(expected)
        except ValueError:
            return False
    return is_equal(expected, found)


def differences(expected, found, same=is_equal, nothing=NOTHING, path=""):
    """Lists the differences of two values, path by path."""
    if expected in nothing and found in nothing:
        return
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in expected | found:
            yield from differences(expected.get(name), found.get(name), same, nothing, f"{path}.{name}".lstrip("."))
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, pair in enumerate(zip(expected, found)):
            yield from differences(*pair, same, nothing, f"{path}[{index}]")
    elif not same(expected, found):
        yield f"{path}: {expected!r} became {found!r}"


def without_differences_of_calls(response):
    """Replaces what differs from one call to the next: the ids and times that the endpoint makes up."""

    def without(match):
        return "1000000000000" if abs(int(match[0]) - time.time() * 1000) < NEAR else match[0]

    text = json.dumps({**response, "RequestId": "R"})
    return json.loads(re.sub(r"(?<!\d)\d{13}(?!\d)", without, re.sub(r"job-\d{17}", "job-1", text)))


def leaves(value, path=()):
    """Lists the values inside a value, with their paths."""
    if isinstance(value, (dict, list)):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, name))
    elif value is not None:
        yield path, value


def at(value, path):
    """Returns the value at a path; None if there is none."""
    for name in path:
        try:
            value = value[name]
        except (KeyError, IndexError, TypeError):
            return None
    return value

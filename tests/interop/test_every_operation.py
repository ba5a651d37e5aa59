"""Calls every operation of Call Center on our endpoint, with the official client and with ours, which must read every
field of the response. Prints the figures as a table."""

import unittest

import documented
import ours
from comparing import NOTHING, NOTHING_IN_XML, at, differences, is_same, leaves, without_differences_of_calls
from every_operation import Official, methods
from programs import Caller, Endpoint

ASKED = {
    "required parameters": documented.required_parameters,
    "values of the page": documented.sampled_parameters,
}
ANSWERED = "official client: answered"
READ = "official client: read, each value of its type"
FOUND = "official client: every field of the sample found"
JSON = "our client: the same values from JSON"
XML = "our client: the same values from XML"
# Operations of the official client that the service does not document.
WITHOUT_PAGE = {"ListCallDetailRecordsV2", "SaveRTCStatsV2"}
# Fields that the endpoint makes up for each call.
MADE_UP = {"RequestId", "JobId", "ChannelId", "Originator", "Timestamp"}
# The word for no value, and a field that the service no longer sends, both in the sample of MakeCall's page.
NONE = "无"
GONE = {"AssociatedData"}


class Table:
    """Collects mistakes, by what was checked and by the parameters of the request."""

    def __init__(self):
        self._operations = documented.operations()
        self.wrong = {(row, asked): {} for row in (ANSWERED, READ, FOUND, JSON, XML) for asked in ASKED}
        self._fields = dict.fromkeys(ASKED, 0)
        with Endpoint() as endpoint, Caller() as caller:
            official = Official(endpoint.port)
            for asked, parameters in ASKED.items():
                for action, operation in self._operations.items():
                    texts = parameters(operation)
                    for row, found in self._rows(endpoint, official, caller, action, operation, texts, asked):
                        if found:
                            self.wrong[row, asked][action] = found

    def _rows(self, endpoint, official, caller, action, operation, texts, asked):
        try:
            answer = official.call(action, texts)
        except Exception as error:
            yield from ((row, [f"{type(error).__name__}: {error}"]) for row in (ANSWERED, READ, FOUND, JSON, XML))
            return
        yield READ, answer.misfits + list(differences(answer.came, answer.read))
        shown = [*fields(documented.response_sample(operation))]
        self._fields[asked] += len(shown)
        missed = [(path, value) for path, value in shown if not is_there(answer.read, path, value, texts)]
        yield FOUND, [f"{path}: not {value!r}" for path, value in missed]
        value, lost = ours.response(caller, endpoint.port, action, answer)
        came = without_differences_of_calls(value or {})
        lost += differences(without_differences_of_calls(answer.came), came)
        for row, form, nothing in ((JSON, "JSON", NOTHING), (XML, "XML", NOTHING_IN_XML)):
            value, more = ours.response(caller, endpoint.port, action, answer, typed=True, format=form)
            read = without_differences_of_calls(value or {})
            yield row, lost + more + list(differences(came, read, is_same, nothing))

    def __str__(self):
        head = ["Call Center on our endpoint", *ASKED]
        count = len(self._operations)
        rows = [
            [row, *(f"{count - len(self.wrong[row, asked])} of {count}" for asked in ASKED)]
            for row in (ANSWERED, READ, FOUND, JSON, XML)
        ]
        rows.append(["fields of samples looked for", *(str(fields) for fields in self._fields.values())])
        widths = [max(map(len, column)) for column in zip(head, *rows)]
        return "\n".join(
            "  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in [head, *rows]
        )


def fields(sample):
    """Lists the fields of a sample that have a value, with their paths."""
    return ((path, value) for path, value in leaves(sample) if value != NONE and path[-1] not in GONE)


def is_there(response, path, shown, texts):
    """Whether a field has the value of the sample, of the request, or one that the endpoint makes up."""
    found = at(response, path)
    [name] = [name for name in path if isinstance(name, str)][-1:]
    if name in MADE_UP:
        return isinstance(found, (str, int))
    return is_same(shown, found) or (name in texts and is_same(texts[name], found))


class EveryOperation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.table = Table()
        print(f"\n{cls.table}\n", flush=True)

    def test_every_operation_of_the_official_client_has_a_page(self):
        self.assertEqual(set(methods()) - WITHOUT_PAGE, set(documented.operations()))

    def assert_all(self, row):
        for asked in ASKED:
            with self.subTest(asked):
                wrong = self.table.wrong[row, asked]
                self.assertFalse(wrong, "".join(f"\n{action}: {'; '.join(told)}" for action, told in wrong.items()))

    def test_every_operation_is_answered(self):
        self.assert_all(ANSWERED)

    def test_official_client_reads_every_response_into_its_models(self):
        self.assert_all(READ)

    def test_official_client_finds_every_field_of_the_sample(self):
        self.assert_all(FOUND)

    def test_our_client_reads_the_same_values_from_json(self):
        self.assert_all(JSON)

    def test_our_client_reads_the_same_values_from_xml(self):
        self.assert_all(XML)

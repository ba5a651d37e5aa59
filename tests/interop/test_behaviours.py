"""Compares what the official clients and ours do for each behaviour of a server with the snapshot `behaviours.md`."""

import difflib
import os
import unittest
from pathlib import Path

import official
import table
from darabonba.policy.retry import RetryCondition, RetryOptions
from behaviours import BEHAVIOURS, PLACED, response
from ours import ours
from programs import Caller
from server import Reply, Server, closed_port

SNAPSHOT = Path(__file__).with_name("behaviours.md")
TOKEN = "STSTOKEN"


RETRIES = RetryOptions(
    retry_condition=[
        RetryCondition(
            max_attempts=3,
            exception=["RetryError"],
            error_code=["Throttling", "Throttling.User", "Throttling.Api", "InternalError"],
        )
    ]
)


def clients(caller):
    """Each client with its defaults, apart from the time limit, and the newer official one also with retries enabled."""
    return {
        "official, ACS3": lambda port, limit: official.acs3(port, security_token=TOKEN, timeout=limit),
        "– retries on": lambda port, limit: official.acs3(
            port, security_token=TOKEN, timeout=limit, retry_options=RETRIES
        ),
        "official, 1.0": lambda port, limit: official.v1(port, security_token=TOKEN, timeout=limit),
        "ours": lambda port, limit: ours(caller, port, security_token=TOKEN, timeout=limit),
    }


def observe(behaviour, call):
    """Makes one call with one client. Returns what the server got, and the outcome."""
    if not behaviour.connects:
        return 0, call(closed_port(), behaviour.limit)
    with Server(lambda _: Reply(response("200 OK", PLACED))) as elsewhere:
        with Server(lambda _: behaviour.reply(elsewhere.port)) as server:
            outcome = call(server.port, behaviour.limit)
        return table.requests(server.requests, elsewhere.requests), outcome


class Behaviours(unittest.TestCase):
    maxDiff = None

    def test_clients_do_what_the_snapshot_says(self):
        with Caller() as caller:
            sections = [
                table.section(
                    behaviour.name,
                    [(client, *observe(behaviour, call)) for client, call in clients(caller).items()],
                )
                for behaviour in BEHAVIOURS
            ]
        now = table.document(sections)
        if os.environ.get("ACCEPT_BEHAVIOURS") == "1":
            SNAPSHOT.write_text(now)
        before = SNAPSHOT.read_text() if SNAPSHOT.exists() else ""
        difference = difflib.unified_diff(
            before.splitlines(), now.splitlines(), "behaviours.md", "what the clients did", lineterm=""
        )
        if before != now:
            self.fail("\n" + "\n".join(difference) + "\n\nAccept it with .ci/interop --accept")

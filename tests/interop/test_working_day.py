"""A working day of the official client in the simulated call centre: signing in, a call on hold, a transfer, the record
and its recording."""

import json
import unittest
import urllib.error
import urllib.request

import official
from alibabacloud_ccc20200701 import models
from alibabacloud_ccc20200701.client import Client
from alibabacloud_tea_openapi.utils_models import Config
from programs import Endpoint

INSTANCE = "ccc-test"
GROUP = "skill-group@ccc-test"
WANG, LI = "user-test@ccc-test", "li@ccc-test"
CUSTOMER = "13188888888"


class Centre:
    """Controls the call centre behind an endpoint: what callers and callees do, and the time."""

    def __init__(self, port):
        self._url = f"http://127.0.0.1:{port}/control/world/"

    def tell(self, command, **values):
        request = urllib.request.Request(self._url + command, json.dumps(values).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)

    def wait(self, seconds):
        self.tell("step", ms=seconds * 1000)


class WorkingDay(unittest.TestCase):
    def setUp(self):
        endpoint = Endpoint("--world", "--user", LI)
        self.addCleanup(endpoint.__exit__)
        self.centre = Centre(endpoint.port)
        self.centre.tell("behaviour", number=CUSTOMER, does="wait")
        self.client = Client(
            Config(
                access_key_id=official.ACCESS_KEY_ID,
                access_key_secret=official.ACCESS_KEY_SECRET,
                endpoint=f"127.0.0.1:{endpoint.port}",
                protocol="http",
            )
        )

    def call(self, name, **parameters):
        """Sends the operation of a method. Returns the body of the response."""
        model = "".join(part.title() for part in name.split("_")) + "Request"
        request = getattr(models, model)(instance_id=INSTANCE, **parameters)
        return getattr(self.client, name)(request).body

    def state(self, user):
        return self.call("poll_user_status", user_id=user).data.user_context.user_state

    def channels(self, user):
        context = self.call("poll_user_status", user_id=user).data.call_context
        return [(channel.user_id, channel.channel_state, channel.channel_flags) for channel in context.channel_contexts]

    def test_working_day(self):
        for user in (WANG, LI):
            signed = json.dumps([GROUP])
            self.call("sign_in_group", user_id=user, device_id="desk", signed_skill_group_id_list=signed)
            self.call("ready_for_service", user_id=user)
        placed = self.call("make_call", user_id=WANG, device_id="desk", callee=CUSTOMER)
        job = placed.data.call_context.job_id
        self.assertEqual(self.state(WANG), "DIALING")
        self.centre.wait(2)
        self.centre.tell("answer", number=CUSTOMER)
        self.assertEqual(self.state(WANG), "TALKING")

        status = self.call("poll_user_status", user_id=WANG)
        self.assertEqual(status.data.call_context.job_id, job)
        customer = status.data.call_context.channel_contexts[1].channel_id
        self.call("hold_call", user_id=WANG, job_id=job, channel_id=customer)
        self.assertEqual(self.channels(WANG)[1], ("", "ANSWERED", '["HOLD"]'))
        self.centre.wait(5)
        self.call("retrieve_call", user_id=WANG, job_id=job, channel_id=customer)

        self.call("initiate_attended_transfer", user_id=WANG, job_id=job, transferee=LI)
        self.assertEqual(self.state(LI), "RINGING")
        self.call("answer_call", user_id=LI, job_id=job)
        self.call("complete_attended_transfer", user_id=WANG, job_id=job)
        self.assertEqual((self.state(WANG), self.state(LI)), ("WORKING", "TALKING"))
        self.centre.wait(20)
        self.call("release_call", user_id=LI, job_id=job)
        self.assertEqual([state for _, state, _ in self.channels(LI)], ["RELEASED"] * 3)

        self.centre.wait(5)
        record = self.call("get_call_detail_record", contact_id=job).data
        self.assertEqual((record.agent_ids, record.release_initiator), (f"{WANG},{LI}", "agent"))
        listed = self.call("list_call_detail_records", page_number=1, page_size=10).data
        self.assertEqual((listed.total_count, listed.list[0].contact_id), (1, job))
        recording = self.call("get_mono_recording", contact_id=job).data
        self.assertIn(job, recording.file_url)

    def test_error_for_an_unknown_command_lists_the_commands(self):
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.centre.tell("ring")
        error = json.load(refused.exception)["error"]
        refused.exception.close()
        self.assertIn("call-in", error)


if __name__ == "__main__":
    unittest.main()

"""The generated client on the local endpoint: every operation, a call, and refusals."""

import json
import unittest
import urllib.request

import generated
from generated import Endpoint, Refusal

INSTANCE, USER, CUSTOMER = "ccc-test", "user-test@ccc-test", "13188888888"
CALL = {"callee": CUSTOMER, "device_id": "desk", "instance_id": INSTANCE}


class OnTheEndpoint(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.endpoint = cls.enterClassContext(Endpoint())
        cls.modules = generated.modules()

    def client(self, **credentials):
        return self.enterContext(generated.client_of(self.endpoint, **credentials))

    def test_every_operation_is_called_and_its_response_read_whole(self):
        client, fields = self.client(), 0
        for operation in generated.operations():
            name = operation["operationId"]
            with self.subTest(name):
                module = self.modules[name]
                response = module.sync_detailed(client=client, **generated.arguments(operation, module))
                body = json.loads(response.content)
                self.assertEqual(response.status_code, 200, body)
                self.assertEqual(type(response.parsed).__name__, f"{name}Response")
                self.assertEqual(response.parsed.to_dict(), body)
                self.assertEqual(generated.misfits(operation, body), [])
                fields += generated.count(body)
        print(f"{len(self.modules)} operations called, {fields} values read")

    def test_a_documented_refusal_is_read(self):
        call = {**CALL, "instance_id": "none"}
        refused = self.modules["MakeCall"].sync_detailed(client=self.client(), **call)
        self.assertIsInstance(refused.parsed, Refusal)
        self.assertEqual((refused.status_code, refused.parsed.code), (404, "NotExists.InstanceId"))

    def test_a_refusal_that_no_page_documents_is_read(self):
        refused = self.modules["MakeCall"].sync(client=self.client(secret="wrong"), **CALL)
        self.assertIsInstance(refused, Refusal)
        self.assertEqual(refused.code, "SignatureDoesNotMatch")


class InACallCentre(unittest.TestCase):
    """Responses that tell of what happened, not those of the pages."""

    def setUp(self):
        self.endpoint = self.enterContext(Endpoint("--world"))
        self.client = self.enterContext(generated.client_of(self.endpoint))
        self.modules = generated.modules()
        self.described = {operation["operationId"]: operation for operation in generated.operations()}

    def tell(self, command, **values):
        url = f"http://127.0.0.1:{self.endpoint.port}/control/world/{command}"
        request = urllib.request.Request(url, json.dumps(values).encode(), method="POST")
        urllib.request.urlopen(request, timeout=10).close()

    def call(self, name, **parameters):
        """Sends an operation; gives the response, which is as the document says."""
        response = self.modules[name].sync_detailed(client=self.client, instance_id=INSTANCE, **parameters)
        body = json.loads(response.content)
        self.assertEqual(response.status_code, 200, body)
        self.assertEqual(generated.misfits(self.described[name], body), [], name)
        self.assertEqual(response.parsed.to_dict(), body, name)
        return response.parsed.data

    def test_a_call_from_signing_in_to_its_record(self):
        groups = json.dumps(["skill-group@ccc-test"])
        self.tell("behaviour", number=CUSTOMER, does="wait")
        self.call("SignInGroup", user_id=USER, device_id="desk", signed_skill_group_id_list=groups)
        self.call("ReadyForService", user_id=USER)
        job = self.call("MakeCall", user_id=USER, device_id="desk", callee=CUSTOMER).call_context.job_id
        self.tell("step", ms=2000)
        self.tell("answer", number=CUSTOMER)
        status = self.call("PollUserStatus", user_id=USER)
        self.assertEqual((status.user_context.user_state, status.call_context.job_id), ("TALKING", job))
        self.call("ReleaseCall", user_id=USER, job_id=job)
        self.tell("step", ms=5000)
        record = self.call("GetCallDetailRecord", contact_id=job)
        self.assertEqual((record.agent_ids, record.release_initiator), (USER, "agent"))
        listed = self.call("ListCallDetailRecords", page_number=1, page_size=10)
        self.assertEqual([listed_record.contact_id for listed_record in listed.list_], [job])


if __name__ == "__main__":
    unittest.main()

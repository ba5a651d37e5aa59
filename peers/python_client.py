"""Measures the calls a second of the official Python client and of ours, with the same server."""

import os
import subprocess
import time

os.environ["NO_PROXY"] = "*"

from alibabacloud_ccc20200701.client import Client
from alibabacloud_ccc20200701.models import MakeCallRequest
from alibabacloud_tea_openapi.utils_models import Config

SECONDS = 5
CALL = {
    "Callee": "13188888888",
    "DeviceId": "ACC-YUNBS-1.0.10-bsd87c04aaa8f7000176ad354b1c",
    "InstanceId": "ccc-test",
    "UserId": "user-test@ccc-test",
    "Caller": "0109898989",
    "TimeoutSeconds": 10,
}


def main():
    command = ["cargo", "bench", "--quiet", "--bench", "peers", "--", "--serve"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        address, ours = server.stdout.readline().split()
        theirs = rate(address)
    finally:
        server.stdin.close()
        server.wait()
    print(f"{'one call after another':<40} {'calls a second':>16} {'ratio':>8}")
    print(f"{'ccc-api':<40} {float(ours):>16.0f} {1:>8.2f}")
    print(f"{'alibabacloud_ccc20200701 (Python)':<40} {theirs:>16.0f} {theirs / float(ours):>8.4f}")


def rate(address):
    config = Config(access_key_id="testid", access_key_secret="testsecret", endpoint=address, protocol="http")
    client = Client(config)
    make_call = lambda: client.make_call(MakeCallRequest().from_map(CALL))
    assert make_call().body.code == "OK"
    calls, start = 0, time.monotonic()
    while time.monotonic() - start < SECONDS:
        make_call()
        calls += 1
    return calls / (time.monotonic() - start)


main()

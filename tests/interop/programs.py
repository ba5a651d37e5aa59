"""Runs the two programs that the tests use: the local endpoint and the caller of our client.

`.ci/interop` builds them, and puts their paths into the environment.
"""

import contextlib
import json
import os
import select
import subprocess
import threading
import time

PATIENCE = 30  # seconds to wait for a line of a program


class Program:
    """A program that reads and writes lines. It gets an empty environment."""

    def __init__(self, variable, *arguments):
        path = os.environ.get(variable)
        if not path:
            raise RuntimeError(f"{variable} is not set; run the tests with .ci/interop")
        self._process = subprocess.Popen(
            [path, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={}, bufsize=0
        )
        self._unread = b""

    def read_line(self):
        deadline = time.monotonic() + PATIENCE
        while b"\n" not in self._unread:
            ready, _, _ = select.select([self._process.stdout], [], [], max(0, deadline - time.monotonic()))
            chunk = os.read(self._process.stdout.fileno(), 1 << 16) if ready else b""
            if not chunk:
                raise RuntimeError(f"{self._process.args[0]} ended, or wrote no line for {PATIENCE} s")
            self._unread += chunk
        line, self._unread = self._unread.split(b"\n", 1)
        return line.decode()

    def write_line(self, line):
        self._process.stdin.write(line.encode() + b"\n")

    def __enter__(self):
        return self

    def stop(self):
        self._process.kill()
        self._process.wait()

    def __exit__(self, *_):
        self.stop()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()


class Endpoint(Program):
    """`cargo xtask mock`: behaves like the service."""

    def __init__(self, *arguments):
        super().__init__("CCC_XTASK", "mock", "--port", "0", *arguments)
        self.port = int(self.read_line().split()[0].rsplit(":", 1)[1])
        # It prints a line for each request, and would block if nobody read them.
        self._reader = threading.Thread(target=self._process.stdout.readall, daemon=True)
        self._reader.start()

    def stop(self):
        super().stop()
        self._reader.join(PATIENCE)


class Caller(Program):
    """Our client: reads orders and writes outcomes, as `tests/examples/caller/` says."""

    def __init__(self):
        super().__init__("CCC_CALLER")

    def send(self, **order):
        self.write_line(json.dumps(order))
        return json.loads(self.read_line())

"""A server on loopback that does with a connection what a behaviour says, and records requests."""

import contextlib
import socket
import struct
import threading
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

PATIENCE = 30  # seconds to wait for a client


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: dict  # names in lower case
    body: bytes

    @property
    def query(self):
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True, strict_parsing=True))

    @property
    def form(self):
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=bool(self.body)))


class Reply:
    """What a server does after it has read a request: it sends `data`, then keeps, closes or resets the connection, or
    sends nothing more."""

    def __init__(self, data=b"", then="keep", pieces=None, pause=0.0):
        self.data = data
        self.then = then
        self.pieces = pieces or len(data)  # bytes sent at a time
        self.pause = pause  # seconds between them


class Server:
    """Responds to each request with what `reply` returns for it."""

    def __init__(self, reply):
        self._reply = reply
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._requests = []
        self._connections = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def requests(self):
        with self._lock:
            return list(self._requests)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._threads[0].join(PATIENCE)
        for connection in self._connections:
            with contextlib.suppress(OSError):  # closed already
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.settimeout(PATIENCE)
            self._connections.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        reader = Reader(connection)
        with connection, contextlib.suppress(OSError):  # the client has gone
            while (request := reader.request()) is not None:
                with self._lock:
                    self._requests.append(request)
                if not self._answer(connection, self._reply(request)):
                    return

    def _answer(self, connection, reply):
        """Sends a reply. Returns whether the connection stays open."""
        for start in range(0, len(reply.data), max(reply.pieces, 1)):
            connection.sendall(reply.data[start : start + reply.pieces])
            if reply.pause and self._over.wait(reply.pause):
                return False
        if reply.then == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif reply.then == "silence":
            self._over.wait(PATIENCE)
        return reply.then == "keep"


class Reader:
    """Reads one request after another, until the client has sent its last."""

    def __init__(self, connection):
        self._connection = connection
        self._unread = b""

    def request(self):
        while b"\r\n\r\n" not in self._unread:
            if not self._more():
                return None
        head, self._unread = self._unread.split(b"\r\n\r\n", 1)
        first, *lines = head.decode().split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        length = int(headers.get("content-length", 0))
        while len(self._unread) < length:
            if not self._more():
                return None
        body, self._unread = self._unread[:length], self._unread[length:]
        return Request(method, target, headers, body)

    def _more(self):
        chunk = self._connection.recv(1 << 16)
        self._unread += chunk
        return bool(chunk)


def closed_port():
    """Returns a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]

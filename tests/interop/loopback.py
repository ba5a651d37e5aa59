"""Keeps the tests on this machine. Importing this removes proxies, profiles and credentials from the environment, and
lets no socket of this process connect to anything but 127.0.0.1."""

import os
import socket

for name in list(os.environ):
    if name.lower().endswith("_proxy") or name.startswith(("ALIBABA_CLOUD_", "ALIYUN_")) or name == "DEBUG":
        del os.environ[name]

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


def _local(host):
    if host not in ("127.0.0.1", b"127.0.0.1"):
        raise AssertionError(f"a test tried to reach {host!r}")


def _only_local_connect(self, address):
    _local(address[0])
    return _connect(self, address)


def _only_local_connect_ex(self, address):
    _local(address[0])
    return _connect_ex(self, address)


def _only_local_getaddrinfo(host, *arguments, **named):
    _local(host)
    return _getaddrinfo(host, *arguments, **named)


socket.socket.connect = _only_local_connect
socket.socket.connect_ex = _only_local_connect_ex
socket.getaddrinfo = _only_local_getaddrinfo

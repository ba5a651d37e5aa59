"""A client of version 1.0 by hand, which can be told to make a mistake."""

import base64
import hashlib
import hmac
import time
import urllib.error
import urllib.request
import uuid
from urllib.parse import quote


def encode(text):
    return quote(text, safe="-_.~")


def send(port, parameters, secret="testsecret&", encode=encode):
    """Sends a signed GET request; gives its status."""
    common = {
        "AccessKeyId": "testid",
        "Format": "JSON",
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": uuid.uuid4().hex,
        "SignatureVersion": "1.0",
        "Timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "Version": "2020-07-01",
    }
    pairs = sorted((common | parameters).items())
    query = "&".join(f"{encode(name)}={encode(value)}" for name, value in pairs)
    code = hmac.new(secret.encode(), f"GET&%2F&{quote(query, safe='-_.~')}".encode(), hashlib.sha1)
    signature = base64.b64encode(code.digest()).decode()
    return status(f"http://127.0.0.1:{port}/?{query}&Signature={quote(signature, safe='')}")


def status(url, headers=None, data=None):
    request = urllib.request.Request(url, headers=headers or {}, data=data)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code

"""Signs a request by hand, as the document describes it (`securitySchemes`)."""

import datetime
import hashlib
import hmac
import secrets
from urllib.parse import quote

import httpx

ALGORITHM = "ACS3-HMAC-SHA256"


class Acs3(httpx.Auth):
    """Signs each request of httpx."""

    requires_request_body = True

    def __init__(self, key_id, secret):
        self._key_id = key_id
        self._secret = secret

    def auth_flow(self, request):
        now = datetime.datetime.now(datetime.UTC)
        content = hashlib.sha256(request.content).hexdigest()
        request.headers["x-acs-date"] = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        request.headers["x-acs-signature-nonce"] = secrets.token_hex(16)
        request.headers["x-acs-content-sha256"] = content

        query = "&".join(
            f"{quote(name, safe='~')}={quote(value, safe='~')}"
            for name, value in sorted(request.url.params.multi_items())
        )
        signed = sorted(
            name
            for name in request.headers
            if name in ("host", "content-type") or name.startswith("x-acs-")
        )
        headers = "".join(f"{name}:{request.headers[name].strip()}\n" for name in signed)
        canonical = "\n".join([request.method, "/", query, headers, ";".join(signed), content])
        to_sign = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        signature = hmac.new(self._secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
        request.headers["authorization"] = (
            f"{ALGORITHM} Credential={self._key_id},SignedHeaders={';'.join(signed)},Signature={signature}"
        )
        yield request

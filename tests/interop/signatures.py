"""Checks the signature of a request as a server does, with only the official libraries' own functions."""

from alibabacloud_tea_openapi.utils import Utils
from aliyunsdkcore.auth.algorithm import sha_hmac1
from aliyunsdkcore.auth.composer import rpc_signature_composer
from darabonba.request import DaraRequest

# Private to its module, but the only function of the older library that makes a string to sign from given parameters.
compose_string_to_sign = getattr(rpc_signature_composer, "__compose_string_to_sign")


class Refused(Exception):
    """A signature that differs from that of the official functions."""


def check(request, access_key_id, secret):
    """Checks the signature of a request. Returns its parameters."""
    if "authorization" in request.headers:
        return check_acs3(request, access_key_id, secret)
    return check_v1(request, secret)


def check_acs3(request, access_key_id, secret):
    authorization = request.headers["authorization"]
    scheme, rest = authorization.split(" ", 1)
    signed = dict(part.split("=", 1) for part in rest.split(","))["SignedHeaders"].split(";")
    for name in ("host", *(name for name in request.headers if name.startswith("x-acs-"))):
        expect(f"{name} is signed", name in signed, True)
    expect("hash of the body", request.headers["x-acs-content-sha256"], Utils.hash(request.body, scheme).hex())

    official = DaraRequest()
    official.method = request.method
    official.pathname = request.target.split("?", 1)[0]
    official.query = request.query
    official.headers = {name: request.headers[name] for name in signed}
    payload = request.headers["x-acs-content-sha256"]
    expect(
        "Authorization", authorization, Utils.get_authorization(official, scheme, payload, access_key_id, secret)
    )
    return {**request.query, **request.form}


def check_v1(request, secret):
    parameters = {**request.query, **request.form}
    signature = parameters.pop("Signature")
    for name in ("SignatureMethod", "SignatureVersion", "SignatureNonce", "Timestamp", "AccessKeyId", "Format"):
        expect(f"{name} is there", name in parameters, True)
    string_to_sign = compose_string_to_sign(request.method, parameters)
    older = sha_hmac1.get_sign_string(string_to_sign, secret + "&")
    newer = Utils.get_rpcsignature(parameters, request.method, secret)
    expect("Signature, by aliyunsdkcore", signature, older)
    expect("Signature, by alibabacloud_tea_openapi", signature, newer)
    return parameters


def expect(what, sent, expected):
    if sent != expected:
        raise Refused(f"{what}: {sent!r} was sent, {expected!r} was expected")

"""Access tokens that a service never gave out: forged, borrowed, stale or for something else.

What RFC 8725 (JSON Web Token best current practices) and RFC 9068 (access tokens) warn of. Each is
made by hand from a good one, so that it differs in one thing alone.
"""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256, sha384, sha512
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

Json = dict[str, Any]
OTHER_KEY = "another key that is as long as it has to be"
NOW = int(time.time())
Digest = Callable[..., Any]
HASHES: dict[str, Digest] = {"HS256": sha256, "HS384": sha384, "HS512": sha512}


def encoded(raw: bytes) -> str:
    """Base64 for URLs, without padding (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def part(value: object) -> str:
    """A part of a token, from what it says."""
    return encoded(json.dumps(value).encode())


@dataclass(frozen=True, slots=True)
class Genuine:
    """A token that the service has given out, and the key that signed it."""

    token: str
    key: str

    @property
    def header(self) -> Json:
        """What it says of itself."""
        return self._read(0)

    @property
    def claims(self) -> Json:
        """What it says of the caller."""
        return self._read(1)

    def _read(self, index: int) -> Json:
        text = self.token.split(".")[index]
        found: Json = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return found

    def content(self, header: Json, claims: Json) -> str:
        """What is signed: header and claims, changed so; None takes one away."""
        changed = [self.header | header, self.claims | claims]
        kept = [{k: v for k, v in one.items() if v is not None} for one in changed]
        return ".".join(map(part, kept))

    def signed(self, header: Json | None = None, key: str | None = None, **claims: Any) -> str:
        """The token with changes, signed as its header says, with this key or the service's."""
        changed = self.header | (header or {})
        digest = HASHES.get(changed["alg"], sha256)
        return self.sealed(self.content(header or {}, claims), key, digest)

    def sealed(self, content: str, key: str | None = None, digest: Digest = sha256) -> str:
        """A content with its signature."""
        signature = hmac.new((self.key if key is None else key).encode(), content.encode(), digest)
        return f"{content}.{encoded(signature.digest())}"


Forgery = Callable[[Genuine], str]


def header(key: str | None = None, **header: Any) -> Forgery:
    """A token whose header differs."""
    return lambda genuine: genuine.signed(header, key)


def claims(**claims: Any) -> Forgery:
    """A token that says something else, and is signed with the key of the service."""
    return lambda genuine: genuine.signed(**claims)


def unsigned(name: str) -> Forgery:
    """A token that says it needs no signature (RFC 8725, 2.1)."""
    return lambda genuine: genuine.content({"alg": name}, {}) + "."


def asymmetric(name: str) -> Forgery:
    """A token signed with a key pair of the attacker's, which it brings along."""

    def forged(genuine: Genuine) -> str:
        content = genuine.content({"alg": name}, {"role": "admin"})
        return f"{content}.{encoded(SIGNERS[name](content.encode()))}"

    return forged


def rsa_signature(content: bytes) -> bytes:
    """A signature by a new RSA key."""
    key = rsa.generate_private_key(65537, 2048)
    return key.sign(content, padding.PKCS1v15(), hashes.SHA256())


SIGNERS: dict[str, Callable[[bytes], bytes]] = {
    "RS256": rsa_signature,
    "ES256": lambda content: ec.generate_private_key(ec.SECP256R1()).sign(
        content, ec.ECDSA(hashes.SHA256())
    ),
    "EdDSA": lambda content: ed25519.Ed25519PrivateKey.generate().sign(content),
}


def altered(genuine: Genuine) -> str:
    """Its own signature below other claims."""
    return f"{genuine.content({}, {'role': 'admin', 'sub': genuine.claims['sub']})}.{tail(genuine)}"


def tail(genuine: Genuine) -> str:
    """The signature of the token."""
    return genuine.token.rpartition(".")[2]


FORGERIES: dict[str, Forgery] = {
    "unsigned": unsigned("none"),
    "unsigned, in capitals": unsigned("NONE"),
    "unsigned, in both": unsigned("nOnE"),
    "unsigned, with the old signature": lambda one: unsigned("none")(one) + tail(one),
    "no signature": lambda one: one.token.rpartition(".")[0] + ".",
    "two parts": lambda one: one.token.rpartition(".")[0],
    "four parts": lambda one: one.token + ".x",
    "half a signature": lambda one: one.token[:-20],
    "other claims under the signature": altered,
    "another key": header(OTHER_KEY),
    "the empty key": header(""),
    "HS384": header(alg="HS384"),
    "HS512": header(alg="HS512"),
    "no algorithm": header(alg=""),
    "an algorithm that is a list": lambda one: f"{part({'alg': ['HS256']})}.{part({})}.x",
    "RS256": asymmetric("RS256"),
    "ES256": asymmetric("ES256"),
    "EdDSA": asymmetric("EdDSA"),
    "a key of its own": header(OTHER_KEY, jwk={"kty": "oct", "k": encoded(OTHER_KEY.encode())}),
    "a certificate of its own": header(OTHER_KEY, x5c=["AAAA"]),
    "a key that is a file": header("", kid="../../../../../../dev/null"),
    "a key that is SQL": header("x", kid="' UNION SELECT 'x"),
    "an extension nobody knows": header(crit=["mine"], mine=1),
    "an extension that isn't there": header(crit=["mine"]),
    "a body that is not encoded": header(b64=False, crit=["b64"]),
    "a token that is any JWT": header(typ="JWT"),
    "a token of no type": header(typ=None),
    "a refresh token": header(typ="rt+jwt"),
    "an ID token": header(typ="id+jwt"),
    **{f"no {name}": claims(**{name: None}) for name in ("aud", "exp", "iat", "iss", "sub")},
    "no jti": claims(jti=None),
    "no role": claims(role=None),
    "another audience": claims(aud="another"),
    "an audience that begins so": lambda one: one.signed(aud=one.claims["aud"] + "-2"),
    "no audience in the list": claims(aud=[]),
    "another issuer": claims(iss="another"),
    "an issuer that is a list": lambda one: one.signed(iss=[one.claims["iss"], "another"]),
    "run out": claims(exp=NOW - 60),
    "run out long ago": claims(exp=1),
    "an end that is no number": claims(exp="tomorrow"),
    "an end that is infinite": claims(exp=float("inf")),
    "an end that is nothing": claims(exp=float("nan")),
    "from tomorrow": claims(nbf=NOW + 86_400),
    "given out tomorrow": claims(iat=NOW + 86_400),
    "nobody's": claims(sub=""),
    "a name": claims(sub="admin"),
    "a number": claims(sub=1),
    "a list": claims(sub=["admin"]),
    "roles": claims(role=["admin"]),
    "a role that is true": claims(role=True),
    "claims that are a list": lambda one: one.sealed(f"{part(one.header)}.{part([])}"),
    "a token in a token": lambda one: f"{part({'alg': 'none'})}.{encoded(one.token.encode())}.",
}
"""Every one of them is a 401."""

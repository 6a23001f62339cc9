"""An OpenID Connect provider, a real HTTPS server: good, until it is told to be otherwise."""

from __future__ import annotations

import asyncio
import secrets
import ssl
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

import httpx2
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from generated.cluster import free_port, wait_until
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

HOST = "127.0.0.1"
START_SECONDS = 30
Claims = dict[str, Any]


@dataclass(frozen=True)
class Certificate:
    """What a server proves by that it is where it says, and what its clients trust."""

    key: Path
    chain: Path

    @cached_property
    def trust(self) -> ssl.SSLContext:
        """What a client trusts that trusts nothing else."""
        return ssl.create_default_context(cafile=self.chain)


def certificate(folder: Path) -> Certificate:
    """A new one for this host, which vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), False)
        .sign(key, hashes.SHA256())
    )
    found = Certificate(folder / "key.pem", folder / "chain.pem")
    found.chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    found.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return found


@dataclass(frozen=True)
class Client:
    """A service that is registered."""

    redirect_uri: str
    secret: str | None = None


@dataclass(frozen=True)
class Grant:
    """What a code stands for."""

    client_id: str
    redirect_uri: str
    challenge: str
    nonce: str
    subject: str


@dataclass
class IdentityProvider:
    """The provider: its clients, its people, and what it is told to do wrong."""

    issuer: str
    clients: dict[str, Client] = field(default_factory=dict)
    people: dict[str, Claims] = field(default_factory=dict)
    """What it tells of somebody, by their subject."""
    keys: list[RSAKey] = field(default_factory=list)
    changes: Claims = field(default_factory=dict)
    """Claims that are other than they should be; None leaves one out."""
    sign: Callable[[Claims], str] | None = None
    answers: dict[str, Response] = field(default_factory=dict)
    """What is answered in place of the right thing, by path."""
    hangs: bool = False
    names_itself: bool = True
    """Whether its callbacks say who it is (RFC 9207)."""
    tells_email_in_token: bool = True
    asked: list[str] = field(default_factory=list)
    _grants: dict[str, Grant] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rotate()

    def rotate(self) -> None:
        """Sign with another key from now on, and forget those before."""
        kid = secrets.token_hex(4)
        self.keys = [RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})]

    def behave(self) -> None:
        """Do as it should again."""
        self.changes, self.answers, self.sign, self.hangs = {}, {}, None, False
        self.names_itself = self.tells_email_in_token = True

    def application(self) -> Starlette:
        """Its HTTP interface."""
        routes = {
            "/.well-known/openid-configuration": (self._metadata, "GET"),
            "/authorize": (self._authorize, "GET"),
            "/token": (self._token, "POST"),
            "/keys": (self._keys, "GET"),
            "/userinfo": (self._userinfo, "GET"),
        }
        return Starlette(
            routes=[
                Route(path, self._told(path, run), methods=[method])
                for path, (run, method) in routes.items()
            ]
        )

    def _told(self, path: str, run: Callable[[Request, Claims], Response]) -> Any:
        async def endpoint(request: Request) -> Response:
            self.asked.append(path)
            while self.hangs:
                await asyncio.sleep(0.05)
            form = dict(parse_qsl((await request.body()).decode()))
            return self.answers.get(path) or run(request, form)

        return endpoint

    def _metadata(self, _request: Request, _form: Claims) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "response_types_supported": ["code"],
                "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": self.names_itself,
            }
        )

    def _authorize(self, request: Request, _form: Claims) -> Response:
        """Whoever the provider's own cookie names says yes; a mistake goes back to no client."""
        asked = dict(request.query_params)
        client = self.clients.get(asked.get("client_id", ""))
        if client is None or asked.get("redirect_uri") != client.redirect_uri:
            return Response("unknown client or redirect_uri", 400)
        wrong = asked.get("response_type") != "code" or "openid" not in asked["scope"].split()
        if wrong or asked.get("code_challenge_method") != "S256" or not asked.get("nonce"):
            return Response("not a login that is asked for here", 400)
        subject = request.cookies.get("who", "")
        said = {"state": asked["state"]} | ({"iss": self.issuer} if self.names_itself else {})
        if subject in self.people:
            said["code"] = secrets.token_urlsafe()
            self._grants[said["code"]] = Grant(
                asked["client_id"],
                client.redirect_uri,
                asked["code_challenge"],
                asked["nonce"],
                subject,
            )
        else:
            said["error"] = "access_denied"
        return RedirectResponse(f"{client.redirect_uri}?{urlencode(said)}", 302)

    def _token(self, request: Request, form: Claims) -> Response:
        client_id = self._client_of(request, form)
        if client_id is None:
            return JSONResponse({"error": "invalid_client"}, 401)
        grant = self._grants.pop(form.get("code", ""), None)
        if grant is None or not self._is_granted(grant, client_id, form):
            return JSONResponse({"error": "invalid_grant"}, 400)
        access_token = secrets.token_urlsafe()
        self._tokens[access_token] = grant.subject
        claims = self.claims(grant, access_token)
        signed = (self.sign or self.signed)(claims)
        return JSONResponse(
            {"access_token": access_token, "token_type": "Bearer", "id_token": signed}
        )

    def _is_granted(self, grant: Grant, client_id: str, form: Claims) -> bool:
        """Whether a code is redeemed by whom it was given to (RFC 6749, 4.1.3; RFC 7636, 4.6)."""
        digest = sha256(form.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        said = (client_id, form.get("redirect_uri"), challenge, form.get("grant_type"))
        return said == (
            grant.client_id,
            grant.redirect_uri,
            grant.challenge,
            "authorization_code",
        )

    def _client_of(self, request: Request, form: Claims) -> str | None:
        """The client that a request proves to be from."""
        scheme, _, text = request.headers.get("authorization", "").partition(" ")
        name, _, secret = (
            b64decode(text).decode().partition(":")
            if scheme == "Basic"
            else (
                form.get("client_id", ""),
                "",
                form.get("client_secret", ""),
            )
        )
        client = self.clients.get(unquote(name))
        if client is None or (client.secret or "") != unquote(secret):
            return None
        return unquote(name)

    def claims(self, grant: Grant, access_token: str) -> Claims:
        """What the ID token says."""
        now, half = int(time.time()), sha256(access_token.encode()).digest()[:16]
        profile = self.people[grant.subject] if self.tells_email_in_token else {}
        found = {
            "iss": self.issuer,
            "aud": grant.client_id,
            "sub": grant.subject,
            "iat": now,
            "exp": now + 300,
            "nonce": grant.nonce,
            "at_hash": urlsafe_b64encode(half).rstrip(b"=").decode(),
            **profile,
            **self.changes,
        }
        return {name: value for name, value in found.items() if value is not None}

    def signed(self, claims: Claims) -> str:
        """The claims, signed with the present key."""
        key = self.keys[-1]
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)

    def _keys(self, _request: Request, _form: Claims) -> Response:
        return JSONResponse(KeySet(list(self.keys)).as_dict(private=False))

    def _userinfo(self, request: Request, _form: Claims) -> Response:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        subject = self._tokens.get(token)
        if subject is None:
            return Response(status_code=401)
        return JSONResponse({"sub": subject, **self.people[subject]})


@dataclass
class Running:
    """A provider's server, which may be stopped and started again on the same port."""

    provider: IdentityProvider
    port: int
    certificate: Certificate
    server: uvicorn.Server | None = None
    thread: threading.Thread | None = None

    def start(self) -> None:
        """Serve, and return once that is so."""
        config = uvicorn.Config(
            self.provider.application(),
            host=HOST,
            port=self.port,
            log_level="critical",
            lifespan="off",
            loop="asyncio",
            ssl_keyfile=str(self.certificate.key),
            ssl_certfile=str(self.certificate.chain),
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        self.server, self.thread = server, threading.Thread(target=server.run, daemon=True)
        self.thread.start()
        wait_until(lambda: server.started, START_SECONDS)

    def client(self) -> httpx2.Client:
        """What a browser asks it with."""
        return httpx2.Client(verify=self.certificate.trust)

    def stop(self) -> None:
        """Be away."""
        if self.server is not None and self.thread is not None:
            self.server.should_exit = True
            self.server.servers[0].get_loop().call_soon_threadsafe(self._cut, self.server)
            self.thread.join(START_SECONDS)
            assert not self.thread.is_alive()
        self.server = self.thread = None

    @staticmethod
    def _cut(server: uvicorn.Server) -> None:
        """End every connection at once; in good order, an idle one takes half a minute."""
        for connection in [*server.server_state.connections]:
            connection.transport.abort()


@contextmanager
def run_provider(trusted: Certificate) -> Iterator[Running]:
    """A provider that runs until the end of the block."""
    port = free_port()
    running = Running(IdentityProvider(f"https://{HOST}:{port}"), port, trusted)
    running.start()
    try:
        yield running
    finally:
        running.provider.hangs = False
        running.stop()

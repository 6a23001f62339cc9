"""Browsers that go to a provider and come back, as people's do: with cookies here and there."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
from generated.server import PASSWORD, REQUEST_SECONDS, Server

from features.identity_provider import IdentityProvider, Running

ORIGIN = "https://provided.example"
"""Where browsers believe the service to be: what ends TLS in front of it is left out."""
SESSION, TICKET, LOGIN = "__Host-session", "__Host-login-ticket", "__Host-login"


NETWORK = httpx2.HTTPTransport(limits=httpx2.Limits(max_keepalive_connections=0))
"""What all of them share: each request has a connection of its own, to whichever process."""


class Passing(httpx2.BaseTransport):
    """The network, which stays when a client of it goes."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request."""
        return NETWORK.handle_request(request)


@dataclass
class Browser:
    """Keeps what cookies it is given, and follows no redirect by itself."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)
    bearer: str | None = None

    def ask(self, method: str, path: str, body: object = None, **page: str) -> httpx2.Response:
        """The answer to a request of the page that is open, over a connection of its own."""
        headers = {"Sec-Fetch-Site": "same-origin", **page}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={one}" for name, one in self.cookies.items())
        if self.bearer:
            headers["Authorization"] = f"Bearer {self.bearer}"
        url = f"{self.server.url}{self.server.prefix}{path}"
        with httpx2.Client(transport=Passing(), timeout=REQUEST_SECONDS) as client:
            answer = client.request(method, url, json=body, headers=headers)
        self._keep(answer)
        return answer

    def _keep(self, answer: httpx2.Response) -> None:
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                assert morsel["secure"]
                assert morsel["httponly"]
                assert (morsel["path"], morsel["samesite"]) == ("/", "lax")
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]

    def begin(self, name: str = "company", **query: str) -> httpx2.Response:
        """The answer to the beginning of a login."""
        return self.ask("GET", f"/auth/{name}/login?{urlencode(query)}")

    def come_back(self, url: str) -> httpx2.Response:
        """The answer to a callback, which a page of the provider has sent the browser to."""
        assert url.startswith(ORIGIN)
        path = url.removeprefix(ORIGIN).removeprefix(self.server.prefix)
        return self.ask("GET", path, **{"Sec-Fetch-Site": "cross-site"})

    def sign_in(self, running: Running, who: str, name: str = "company") -> httpx2.Response:
        """The answer to whoever goes to a provider, says yes there, and comes back."""
        begun = self.begin(name)
        return begun if begun.status_code != 302 else self.come_back(said_yes(running, begun, who))

    def account(self) -> dict[str, Any] | None:
        """The account that is signed in here, with tokens where those are what one has."""
        if self.server.project.has_tokens and TICKET in self.cookies:
            redeemed = self.ask("POST", "/auth/redeem")
            self.bearer = redeemed.json()["access_token"] if redeemed.is_success else None
        answer = self.ask("GET", "/users/me")
        assert answer.status_code in (200, 401)
        return answer.json() if answer.is_success else None

    def sign_in_by_password(self, email: str) -> None:
        """Sign in without a provider."""
        body = {"email": email, "password": PASSWORD}
        answer = self.ask("POST", self.server.signing_in, body)
        assert answer.is_success, answer.text
        if self.server.project.has_tokens:
            self.bearer = answer.json()["access_token"]

    def link(self, running: Running, who: str, name: str = "company") -> httpx2.Response:
        """The answer to whoever links an identity to the account that is signed in here."""
        begun = self.ask("POST", f"/auth/identities/{name}")
        assert begun.status_code == 200, begun.text
        return self.come_back(visit(running, begun.json()["authorization_url"], who))


def said_yes(running: Running, begun: httpx2.Response, who: str) -> str:
    """Where a provider sends the browser of somebody who has begun a login."""
    assert begun.status_code == 302, begun.text
    return visit(running, begun.headers["location"], who)


def visit(running: Running, url: str, who: str) -> str:
    """Where the provider sends somebody who opens its page."""
    assert url.startswith(f"{running.provider.issuer}/authorize?")
    with running.client() as client:
        answer = client.get(url, headers={"Cookie": f"who={who}"})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def changed(url: str, **query: str | None) -> str:
    """A URL with other parameters; None: without that one."""
    parts = urlsplit(url)
    said = {**dict(parse_qsl(parts.query)), **query}
    text = urlencode({name: value for name, value in said.items() if value is not None})
    return parts._replace(query=text).geturl()


def parameter(url: str, name: str) -> str:
    """What a URL says."""
    return dict(parse_qsl(urlsplit(url).query))[name]


def person(provider: IdentityProvider, name: str, **changes: object) -> str:
    """Somebody whom a provider knows from now on; their email."""
    email = f"{name}@example.com"
    provider.people[name] = {"email": email, "email_verified": True, "name": name.title()} | changes
    return email

"""A request and its answer, as the page of the API shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from generator.literals import code
from generator.spec.model import Auth
from generator.views.json_values import json_lines

TOKENS = "jwt"
"""The method of signing in whose tokens the examples have, where there are several."""
TITLES = {422: "Unprocessable Content"}
"""What RFC 9110 calls them, where Python's own words differ from version to version."""


def proof(role: str | None, auth: Auth | None, *, writes: bool) -> tuple[str, ...]:
    """The headers by which somebody of a role says who they are: a token, or a browser's cookie."""
    if role is None or auth is None:
        return ()
    if TOKENS in auth.methods:
        return (f"Authorization: Bearer {{{role}_token}}",)
    cookie = f"Cookie: __Host-session={{{role}_token}}"
    return (cookie, "Sec-Fetch-Site: same-origin") if writes else (cookie,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent: `proof` says who calls, header by header, and `tag` what `If-Match` says."""

    method: str
    target: str
    proof: tuple[str, ...] = ()
    tag: str | None = None
    body: object = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The request as HTTP writes it, without its version."""
        match = [f"If-Match: {self.tag}"] if self.tag else []
        sent = [] if self.body is None else ["Content-Type: application/json", ""]
        document = () if self.body is None else json_lines(self.body)
        return (f"{self.method} {self.target}", *self.proof, *match, *sent, *document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What comes back: the status, the headers that matter, and a document if there is one."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None

    @property
    def line(self) -> str:
        """The status and the headers, in Markdown."""
        phrase = TITLES.get(self.status) or HTTPStatus(self.status).phrase
        told = [f"{self.status} {phrase}", *(f"{key}: {one}" for key, one in self.headers.items())]
        return ", ".join(map(code, told))


@dataclass(frozen=True, slots=True)
class Exchange:
    """An example, every line ready to print."""

    says: str
    request: tuple[str, ...]
    status: str
    answer: tuple[str, ...]


def exchange(says: str, request: Request, answer: Answer) -> Exchange:
    """The lines of a request and its answer."""
    document = () if answer.body is None else json_lines(answer.body)
    return Exchange(says, request.lines, answer.line, document)
